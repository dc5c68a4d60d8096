"""Which entries a replay sees, and in which order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable

import msgspec

from writ.book import dates
from writ.book.model import Book, Calendar
from writ.journal.entry import Days, Entry, Journal


def zone_of_book(book: Book) -> str:
    calendar = book.vocabulary.calendars.get(book.default_calendar)
    return calendar.zone if calendar else ""


def seen(
    entries: Iterable[Entry],
    as_of: dt.date | None,
    known_at: dt.date | None,
    premises: Collection[str],
    zone: str,
) -> list[Entry]:
    """The entries that happened by `as_of`, were known at `known_at` and hold under the premises, in order.

    Of one day, an entry without an hour stays behind the entry that it was written after.
    """
    found: list[Entry] = []
    for entry in entries:
        if entry.under and not any(name in premises for name in entry.under):
            continue
        if as_of is not None and dates.compare(entry.at, as_of, zone) > 0:
            continue
        if known_at is not None and dates.compare(entry.known_at, known_at, zone) > 0:
            continue
        found.append(entry)
    return in_order(found, zone)


def in_order(entries: list[Entry], zone: str) -> list[Entry]:
    """By day, within a day by the hour; entries of one moment as they were written."""
    latest: dict[dt.date, dt.datetime] = {}
    keys: list[dt.datetime] = []
    for entry in entries:
        keys.append(place(entry.at, latest, zone))
    return [entries[at] for at in sorted(range(len(entries)), key=keys.__getitem__)]


def place(at: dt.date, latest: dict[dt.date, dt.datetime], zone: str) -> dt.datetime:
    """Where an entry stands among those of its day, `latest` being the last hour that was written of each day."""
    if isinstance(at, dt.datetime):
        moment = at.astimezone(dt.UTC)
        day = dates.day_of(at, zone)
        if day not in latest or latest[day] < moment:
            latest[day] = moment
        return moment
    midnight = dt.datetime(
        at.year, at.month, at.day, tzinfo=dates.zone_of(zone) if zone else dt.UTC
    )
    return latest.get(at) or midnight.astimezone(dt.UTC)


def end_of(entries: Iterable[Entry], zone: str) -> dt.date:
    """The day of the last thing that happened."""
    return max((dates.day_of(entry.at, zone) for entry in entries), default=dt.date.min)


def with_days(book: Book, days: Iterable[Days]) -> Book:
    """The book with the days that a journal adds to its calendars."""
    added = list(days)
    if not added:
        return book
    calendars = dict(book.vocabulary.calendars)
    for one in added:
        old = calendars.get(one.calendar)
        if old is not None:
            calendars[one.calendar] = _joined(old, one)
    return book.with_calendars(calendars)


def settled(book: Book, journal: Journal) -> tuple[Book, Journal]:
    """The book with the days of a journal, and the journal without them: for who replays it more than once."""
    return with_days(book, journal.days), msgspec.structs.replace(journal, days=())


def _joined(calendar: Calendar, days: Days) -> Calendar:
    sittings = dict(calendar.sittings)
    for body, more in days.sittings.items():
        sittings[body] = tuple(sorted({*sittings.get(body, ()), *more}))
    return msgspec.structs.replace(
        calendar, sittings=sittings, holidays=(*calendar.holidays, *days.holidays)
    )


def unseen(journal: Journal, visible: int) -> int:
    return len(journal.entries) - visible
