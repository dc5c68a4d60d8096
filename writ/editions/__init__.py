"""Two editions of a book, compared by what their norms say: what an amendment changes, and for whom."""
