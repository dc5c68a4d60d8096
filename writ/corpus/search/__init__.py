"""Searching a body of law: words and structure, ranked, from an index that is kept beside the book."""
