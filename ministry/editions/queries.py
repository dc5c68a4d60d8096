"""Which edition is in force, ready to decide."""

from __future__ import annotations

import datetime as dt
from contextvars import ContextVar
from functools import lru_cache

import msgspec

from ministry.editions import content
from ministry.editions.models import Edition, Promulgation
from writ.book.model import Book
from writ.engine.engine import Engine, engine_of
from writ.journal.rules import Rules, rules_of

KEPT = 4
"""So many compiled editions are kept in a process."""


_read: ContextVar[tuple[dt.datetime, str] | None] = ContextVar("edition read", default=None)
"""The moment of the act under way, that very object, and the edition that its transaction found in force then."""


class NoEdition(LookupError):
    """No edition is in force: nothing can be decided."""


class Law(msgspec.Struct, frozen=True):
    """An edition, compiled."""

    digest: str
    book: Book
    engine: Engine
    rules: Rules


@lru_cache(maxsize=KEPT)
def law_of(digest: str) -> Law:
    """The edition of that digest, compiled once in each process.

    Raises:
        Edition.DoesNotExist: there is none.
        NotABook: its text is not what its digest says.
    """
    packed = Edition.objects.using("default").values_list("content", flat=True).get(digest=digest)
    files = content.unpacked(bytes(packed))
    if content.digest(files) != digest:
        raise content.NotABook(f"the text of edition {digest[:12]} was changed")
    book = content.compiled(files)
    return Law(digest, book, engine_of(book), rules_of(book))


def digest_at(at: dt.datetime) -> str:
    """The digest of the edition in force at a moment.

    Raises:
        NoEdition: none is.
    """
    read = _read.get()
    if read is not None and read[0] is at:
        return read[1]
    found = (
        Promulgation.objects.filter(since__lte=at)
        .order_by("-number")
        .values_list("edition", flat=True)
        .first()
    )
    if found is None:
        raise NoEdition("no edition of the Book is in force")
    return found


def law_at(at: dt.datetime) -> Law:
    """The edition in force at a moment, ready to decide.

    Raises:
        NoEdition: none is.
    """
    return law_of(digest_at(at))


def in_force_at(at: dt.datetime, digest: str) -> Law:
    """The edition that was read to be in force at a moment; whoever asks with that same object is told without reading.

    Raises:
        NoEdition: none is.
    """
    if not digest:
        raise NoEdition("no edition of the Book is in force")
    _read.set((at, digest))
    return law_of(digest)
