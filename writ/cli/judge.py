"""The engine of a book, as the commands use it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from writ.book.model import Book
    from writ.engine.answer import Decision
    from writ.engine.request import Request
    from writ.engine.who import Delegable


def decider(book: Book) -> Callable[[Request], Decision]:
    """What answers the requests of this book."""
    from writ.engine.engine import engine_of

    return engine_of(book).decide


def who(book: Book, request: Request) -> list[tuple[str, Decision]]:
    """Every actor of the book to whom the act is permitted, or who only lacks something, with the answer."""
    from writ.engine.engine import engine_of

    return engine_of(book).who(request, persons=True)


def delegable(book: Book, actor: str, at: dt.date) -> list[tuple[str, Delegable]]:
    """The acts for which the actor could be given authority, with the rules by which."""
    from writ.engine.engine import engine_of

    powers = engine_of(book).may(actor, at)
    return [(power.act, rule) for power in powers for rule in power.delegable]
