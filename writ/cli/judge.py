"""The engine of a book, as the commands use it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from writ.book.model import Book
    from writ.engine.answer import Decision
    from writ.engine.request import Request


def decider(book: Book) -> Callable[[Request], Decision]:
    """What answers the requests of this book."""
    from writ.engine.engine import engine_of

    return engine_of(book).decide


def who(book: Book, request: Request) -> list[tuple[str, Decision]]:
    """Every actor of the book to whom the act is permitted, or who only lacks something, with the answer."""
    import msgspec

    decide = decider(book)
    found = []
    for actor in book.vocabulary.actors:
        answer = decide(msgspec.structs.replace(request, actor=actor))
        if answer.outcome in ("permitted", "needs"):
            found.append((actor, answer))
    return found
