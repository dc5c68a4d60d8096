"""What is trained for the package, and how. It is not part of it."""
