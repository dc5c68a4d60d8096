"""What the compiler says, in the forms that people and other programs read."""
