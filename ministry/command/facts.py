"""What command tells the engine."""

from __future__ import annotations

from writ.book.model import Book
from writ.book.terms import Value

OVERSIGHT = "parliament"
"""A body within it answers to it alone."""


def independent(book: Book, office: str) -> bool:
    """Whether an office belongs to a body that answers to Parliament alone."""
    actors = book.vocabulary.actors
    seen: set[str] = set()
    at = office
    while at in actors and at not in seen:
        seen.add(at)
        if at == OVERSIGHT:
            return True
        at = actors[at].body
    return False


def of_post(book: Book, office: str) -> dict[str, Value]:
    return {"post.independent": independent(book, office)}
