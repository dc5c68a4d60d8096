"""The public part of an edition: its instruments that everybody may read, and nothing that stands in the others.

The texts are those of the edition. What is said of norms comes from their own blocks. Names are described in words
only where they are declared in a public text. The digest of a part is that of its files.
"""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from functools import lru_cache
from threading import RLock

import msgspec
from django.utils import timezone

from ministry.editions import content
from ministry.editions.models import Edition, Promulgation
from ministry.editions.queries import NoEdition, is_compiled, law_of
from ministry.reading import text
from ministry.reading.text import Section
from ministry.statutes import publication
from writ.book.load import load_texts
from writ.book.model import Book, Instrument
from writ.syntax.front import extent

KEPT = 3
"""Editions that are kept compiled in a process to be read: beside those that decide, never among them."""
FILES = 16
"""Editions whose texts are kept."""
_books: OrderedDict[str, Book] = OrderedDict()
_lock = RLock()


class Term(msgspec.Struct, frozen=True):
    """An edition with the time in which it is, or was, in force."""

    digest: str
    number: int
    since: dt.datetime
    until: dt.datetime | None
    """None: it is in force."""


class Part(msgspec.Struct, frozen=True):
    """The public part of an edition."""

    term: Term
    names: frozenset[str]
    files: dict[str, str]
    digest: str

    @property
    def book(self) -> Book:
        """The whole edition, compiled; what of it may be told, `Part` tells."""
        return book_of(self.term.digest)

    @property
    def instruments(self) -> dict[str, Instrument]:
        """By name, in order."""
        every = self.book.instruments
        return {name: every[name] for name in sorted(self.names)}

    def office(self, name: str) -> str:
        """An office in words, where they stand in a public text."""
        actor = self.book.vocabulary.actors.get(name)
        public = actor is not None and actor.place.file in self.files
        return (actor.description if actor is not None and public else "") or name

    def text(self, instrument: str) -> str:
        return self.files[self.instruments[instrument].place.file]

    def sections(self, instrument: str) -> tuple[Section, ...]:
        assert instrument in self.names
        return _sections(self.term.digest, instrument)


@lru_cache(maxsize=64)
def _sections(digest: str, instrument: str) -> tuple[Section, ...]:
    return text.sections(book_of(digest), instrument)


def terms(at: dt.datetime) -> list[Term]:
    """The editions in force so far, the latest first; of those since the same moment the last. One query.

    Raises:
        NoEdition: none is.
    """
    found: list[Term] = []
    until = None
    rows = Promulgation.objects.filter(since__lte=at).order_by("-number")
    for digest, number, since in rows.values_list("edition", "number", "since"):
        if until is None or since < until:
            found.append(Term(digest, number, since, until))
            until = since
    if not found:
        raise NoEdition("no edition of the Book is in force")
    return found


class Room:
    """What everybody may read at a moment. Two queries; the texts of an edition are read once in a process."""

    def __init__(self) -> None:
        self.at = timezone.now()
        self.terms = terms(self.at)
        self.by_act, self._touched = publication.published(self.at)

    @property
    def now(self) -> Part:
        return self.part(self.terms[0])

    def part(self, term: Term) -> Part:
        chosen = frozenset(
            name for name, since in self.by_act.items() if term.until is None or since < term.until
        )
        return _part(term, chosen)

    def of(self, digest: str) -> Part | None:
        """The edition of a digest: its last term."""
        return next((self.part(one) for one in self.terms if one.digest == digest), None)

    def on(self, day: dt.date) -> Part | None:
        """The edition in force at the end of a day (UTC), or now; None before the first and of a day to come."""
        if day > self.at.date():
            return None
        end = min(dt.datetime.combine(day, dt.time.max, dt.UTC), self.at)
        return next((self.part(one) for one in self.terms if one.since <= end), None)

    @property
    def state(self) -> str:
        """What all that is shown depends on."""
        said = [f"{name} {since.isoformat()}" for name, since in sorted(self.by_act.items())]
        return "|".join([self.terms[0].digest, str(self.terms[0].number), *said])

    @property
    def changed(self) -> dt.datetime:
        """When it was last otherwise."""
        return max(filter(None, (self.terms[0].since, self._touched)))


@lru_cache(maxsize=FILES)
def _part(term: Term, by_act: frozenset[str]) -> Part:
    files, fronts = _texts(term.digest)
    # The heads of the files alone say which instruments there are and how they rank: no norm is read for that.
    names = frozenset(
        name
        for name, item in fronts.instruments.items()
        if publication.by_law(fronts, item) or name in by_act
    )
    places = {one.place.file: name for name, one in fronts.instruments.items()}
    own = {
        path: one for path, one in files.items() if path == "book.md" or places.get(path) in names
    }
    return Part(term, names, own, content.digest(own))


@lru_cache(maxsize=FILES)
def _texts(digest: str) -> tuple[dict[str, str], Book]:
    """The files of an edition, and the book of their heads."""
    packed = Edition.objects.values_list("content", flat=True).get(digest=digest)
    files = content.unpacked(bytes(packed))
    if content.digest(files) != digest:
        raise content.NotABook(f"the text of edition {digest[:12]} was changed")
    return files, load_texts({path: head(one) for path, one in files.items()})[0]


def head(whole: str) -> str:
    """The front matter of a file."""
    place = extent(whole)
    return whole[: place[2]] if place is not None and place[1] > 0 else ""


def book_of(digest: str) -> Book:
    """An edition, compiled; reading old ones never puts out the one that decides."""
    if is_compiled(digest):
        return law_of(digest).book
    with _lock:
        found = _books.get(digest)
        if found is None:
            found = _books[digest] = load_texts(_texts(digest)[0])[0]
            while len(_books) > KEPT:
                _books.popitem(last=False)
        _books.move_to_end(digest)
        return found
