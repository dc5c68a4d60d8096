"""A whole body of law, read: search, counts, pictures, and who must do what."""
