"""Mutation testing of books: weaken the law, and see whether a check or a case notices."""
