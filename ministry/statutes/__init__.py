"""Statutes: editions of the Book, proposed, certified and promulgated."""
