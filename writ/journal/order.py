"""Whether the entries of a journal stand in order: of what happened, and of what came to be known."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator

import msgspec

from writ.book import dates
from writ.book.model import Book
from writ.diagnostics import Diagnostic, Related, Span
from writ.journal.canonical import NotCanonical, canonical
from writ.journal.codes import severity_of
from writ.journal.entry import Entry


def found_at(file: str, line: int) -> Span:
    """The place of an entry: its date, with which it begins."""
    return Span(file, line, 1, line, 11)


class Order:
    """Takes entries one after another. What it holds grows with the number of entries, by little each."""

    def __init__(self, book: Book, file: str) -> None:
        calendar = book.vocabulary.calendars.get(book.default_calendar)
        self.zone = calendar.zone if calendar is not None else ""
        self.file = file
        self.last: dt.date | None = None
        """When the entry above happened; entries under premises stand outside of the order."""
        self.moment: dt.datetime | None = None
        """The last moment of that day."""
        self.known: dt.date | None = None
        """The latest that anything was known."""
        self.ids: dict[str, int] = {}
        self.same: dict[bytes, int] = {}

    def add(self, entry: Entry, line: int) -> list[Diagnostic]:
        """What is wrong with the place of the next entry, which begins on that line."""
        found = [*self._alone(entry, line), *self._repeated(entry, line)]
        if not entry.under:
            found += self._in_order(entry, line)
        return found

    def _alone(self, entry: Entry, line: int) -> Iterator[Diagnostic]:
        if entry.known is not None and dates.compare(entry.known, entry.at, self.zone) < 0:
            message = f"the entry was known on {said(entry.known)}, before it happened"
            yield self._wrong("J202", line, message, "`known` is the day on which it came to light")
        if entry.until is not None and dates.compare(entry.until, entry.at, self.zone) < 0:
            message = f"it ends on {said(entry.until)}, before it begins"
            yield self._wrong("J215", line, message, "`until` is its last day")

    def _in_order(self, entry: Entry, line: int) -> Iterator[Diagnostic]:
        day = self._day(entry.at)
        above = self._day(self.last) if self.last is not None else None
        late = entry.known is not None and dates.compare(entry.known, entry.at, self.zone) > 0
        if above is not None and day < above and entry.known is None:
            message = f"the entry is of {day}, and the one above it of {above}"
            help = "put it in its place; or say when it came to be known: `known DATE`"
            yield self._wrong("J201", line, message, help)
        elif self.known is not None and self._day(entry.known_at) < self._day(self.known):
            message = f"known on {said(entry.known_at)}, and recorded after what was known later"
            help = f"an entry above was known on {said(self.known)} only"
            yield self._wrong("J203", line, message, help)
        if isinstance(entry.at, dt.datetime) and not late:
            if above == day and self.moment is not None and entry.at < self.moment:
                message = f"the clock goes back, from {self.moment:%H:%M} to {entry.at:%H:%M}"
                yield self._wrong("J214", line, message, "put the entries of one day in order")
            if above != day or self.moment is None or entry.at > self.moment:
                self.moment = entry.at
        elif above != day:
            self.moment = None
        self.last = entry.at if not late else self.last
        if self.known is None or dates.compare(entry.known_at, self.known, self.zone) > 0:
            self.known = entry.known_at

    def _repeated(self, entry: Entry, line: int) -> Iterator[Diagnostic]:
        first = self.ids.setdefault(entry.id, line)
        if first != line:
            message = f"the id `{entry.id[:60]}` is used twice"
            place = Related(found_at(self.file, first), "first used here")
            help = "an entry without an id has its number for one"
            yield self._wrong("J204", line, message, "give it another" if entry.id else help, place)
            return
        try:
            data = canonical(msgspec.structs.replace(entry, id=""))
        except NotCanonical:
            return
        key = hashlib.blake2b(data, digest_size=16).digest()
        first = self.same.setdefault(key, line)
        if first != line:
            place = Related(found_at(self.file, first), "the other is here")
            message = "the same entry stands here twice"
            yield self._wrong("J205", line, message, "drop one, or say what sets it apart", place)

    def _day(self, when: dt.date) -> dt.date:
        return dates.day_of(when, self.zone)

    def _wrong(
        self, code: str, line: int, message: str, help: str, *related: Related
    ) -> Diagnostic:
        span = found_at(self.file, line)
        return Diagnostic(code, severity_of(code), message, span, help, related)


def said(when: dt.date) -> str:
    """A day or a moment, for a message."""
    if isinstance(when, dt.datetime):
        return when.isoformat(timespec="minutes")
    return when.isoformat()
