"""Several versions of one law as one instrument with its amendments, and the text as it stood on a day."""
