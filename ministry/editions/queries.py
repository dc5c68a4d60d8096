"""Which edition is in force, ready to decide."""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from contextlib import suppress
from contextvars import ContextVar
from threading import RLock

import msgspec

from ministry.editions import content
from ministry.editions.models import Edition, Promulgation
from writ.book.model import Book
from writ.engine.engine import Engine, engine_of
from writ.journal.rules import Rules, rules_of

KEPT = 6
"""So many compiled editions are kept in a process: those asked for last."""
_compiled: OrderedDict[str, Law] = OrderedDict()
_compiling = RLock()


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


def law_of(digest: str) -> Law:
    """The edition of that digest, compiled once in each process, whoever asks for it at the same time.

    Raises:
        Edition.DoesNotExist: there is none.
        NotABook: its text is not what its digest says.
    """
    found = _compiled.get(digest)
    if found is None:
        with _compiling:
            found = _compiled.get(digest) or _compile(digest)
            _compiled[digest] = found
            while len(_compiled) > KEPT:
                _compiled.popitem(last=False)
    with suppress(KeyError):  # another thread has just put it out
        _compiled.move_to_end(digest)
    return found


def is_compiled(digest: str) -> bool:
    """Whether this process has that edition ready."""
    return digest in _compiled


def forget() -> None:
    """Let this process compile anew what it is asked for."""
    _compiled.clear()


def _compile(digest: str) -> Law:
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
