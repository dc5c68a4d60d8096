"""Which edition is in force, ready to decide."""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from contextlib import suppress
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cached_property
from threading import RLock

from ministry.editions import compiling, content
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


@dataclass(frozen=True, eq=False)
class Law:
    """An edition, compiled."""

    digest: str
    book: Book

    @cached_property
    def engine(self) -> Engine:
        """What decides under it."""
        return engine_of(self.book)

    @cached_property
    def rules(self) -> Rules:
        """What the Journal is followed by. It takes as long as compiling; who only reads does without."""
        return rules_of(self.book)

    def ready(self) -> Law:
        """The same, with all that acts under it need."""
        _ = self.engine, self.rules
        return self


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
    """Whether this process has that edition compiled."""
    return digest in _compiled


def is_ready(digest: str) -> bool:
    """Whether this process has all of that edition that acts under it need."""
    found = _compiled.get(digest)
    return found is not None and "rules" in vars(found)


def forget() -> None:
    """Let this process compile anew what it is asked for."""
    _compiled.clear()
    compiling.forget()


def _compile(digest: str) -> Law:
    packed = Edition.objects.using("default").values_list("content", flat=True).get(digest=digest)
    files = content.unpacked(bytes(packed))
    if content.digest(files) != digest:
        raise content.NotABook(f"the text of edition {digest[:12]} was changed")
    return Law(digest, compiling.book_of(files))


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


def coming(at: dt.datetime) -> list[Promulgation]:
    """The editions that are to come into force after a moment, in their order. Two queries.

    What was promulgated for later is left out where an edition that was promulgated since takes its place.
    """
    current = Promulgation.objects.filter(since__lte=at).order_by("-number").first()
    number = current.number if current is not None else 0
    rows = Promulgation.objects.filter(since__gt=at, number__gt=number).order_by("-number")
    found: list[Promulgation] = []
    for one in rows:
        if not found or one.since < found[-1].since:
            found.append(one)
    return found[::-1]
