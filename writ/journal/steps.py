"""The way from one audit of a journal to another: what came to be known, then what happened, day by day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import NamedTuple

import msgspec

from writ.book import dates
from writ.book.model import Book
from writ.journal.entry import Entry
from writ.journal.sequence import zone_of_book

Day = dt.date | None


class Cause(msgspec.Struct, frozen=True, omit_defaults=True):
    """What made a conclusion another.

    `kind`: entry, late entry (one that was known later than it happened), amendment, time; or unresolved, where the
    journal is so long that it was not looked for.
    """

    kind: str
    what: str = ""
    """The id of the entry; the citation of the provision."""
    at: Day = None
    """When the entry happened, and of a late one when it came to be known; the day of the amendment or of the turn."""
    how: str = ""
    """Of an amendment: in force, no longer in force, replaced, suspended, in force again, known."""


class Step(NamedTuple):
    """An audit on the way, and the entries that the one before it did not see."""

    at: dt.date
    known: Day
    entries: tuple[Entry, ...] = ()


def learning(
    book: Book, entries: Iterable[Entry], at: dt.date, old: Day, new: Day, premises: Collection[str]
) -> list[Step]:
    """What came to be known of what had happened by `at`, a step for each day on which something did."""
    zone = zone_of_book(book)
    found = [Step(at, old)]
    if old is None or old == new:
        return found
    days: dict[dt.date, list[Entry]] = {}
    for entry in entries:
        new_to_us = counts(entry, premises) and between(entry.known_at, old, new, zone)
        if new_to_us and dates.compare(entry.at, at, zone) <= 0:
            days.setdefault(dates.day_of(entry.known_at, zone), []).append(entry)
    for norm in book.norms:
        if norm.known is not None and between(norm.known, old, new, zone):
            days.setdefault(norm.known, [])
    for day in sorted(days):
        found.append(Step(at, day, tuple(days[day])))
    last = Step(at, new)
    if days and (
        new is None or dates.day_of(new, zone) == dates.day_of(found[-1].known or at, zone)
    ):
        return [*found[:-1], last._replace(entries=found[-1].entries)]
    return [*found, last]


def passing(
    book: Book,
    entries: Iterable[Entry],
    old: dt.date,
    new: dt.date,
    known: Day,
    premises: Collection[str],
) -> list[Step]:
    """What happened between two times: for each day with entries its eve, which is time's doing, and the day."""
    zone = zone_of_book(book)
    found = [Step(old, known)]
    days: dict[dt.date, list[Entry]] = {}
    for entry in entries:
        happened = counts(entry, premises) and between(entry.at, old, new, zone)
        if happened and (known is None or dates.compare(entry.known_at, known, zone) <= 0):
            days.setdefault(dates.day_of(entry.at, zone), []).append(entry)
    for day in sorted(days):
        if dates.day_of(found[-1].at, zone) < day - dates.ONE_DAY:
            found.append(Step(day - dates.ONE_DAY, known))
        found.append(Step(day, known, tuple(days[day])))
    last = Step(new, known)
    if days and dates.day_of(new, zone) == found[-1].at:
        return [*found[:-1], last._replace(entries=found[-1].entries)]
    return [*found, last]


def between(when: dt.date, old: dt.date, new: Day, zone: str) -> bool:
    """Whether it is behind the first time, and not behind the second."""
    later = dates.compare(when, old, zone) > 0
    return later and (new is None or dates.compare(when, new, zone) <= 0)


def counts(entry: Entry, premises: Collection[str]) -> bool:
    return not entry.under or any(name in premises for name in entry.under)


def cause_of(entry: Entry, zone: str) -> Cause:
    late = entry.known is not None and dates.compare(entry.known, entry.at, zone) > 0
    return Cause("late entry" if late else "entry", entry.id, entry.known_at if late else entry.at)
