"""Finding records in a register of millions: each page costs the same, whatever is asked for.

One filter drives: an index has its records in the order of their numbers. The others are tried on at most `REACH`
records that it gives, so that a search for what is rare stops, says how far it looked, and can be gone on with.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import msgspec
from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Concat

from ministry.labels.reader import Reader
from ministry.register.models import Record

PAGE = 50
REACH = 5_000
"""So many records are looked at for one page."""
BEYOND = 2**62
"""A number that no record has."""
SLACK = dt.timedelta(minutes=2)
"""Records are numbered in the order of time, but for those that were made in the same moment."""

DRIVING = ("about", "person", "office", "act", "outcome", "kind")
"""Filters by how few records they are apt to leave; the first that is given drives."""
COLUMNS = {"office": "actor"}
COMMON = {"outcome": "permitted", "kind": "act"}
"""What nearly every record is: the indexes of outcomes and kinds hold the others alone."""


class Filters(msgspec.Struct, frozen=True):
    """What is looked for. Empty: not asked for."""

    act: str = ""
    office: str = ""
    person: str = ""
    about: str = ""
    outcome: str = ""
    kind: str = ""
    since: dt.datetime | None = None
    until: dt.datetime | None = None
    """Exclusive."""

    def __bool__(self) -> bool:
        return any(getattr(self, name) for name in self.__struct_fields__)


class Page(msgspec.Struct, frozen=True):
    """Records from the latest back. `back_to` is where the search stopped, if there may be more before it."""

    records: list[Record]
    back_to: int = 0
    stopped: bool = False
    """It was stopped because it had looked at so many, and not because the page was full."""


def page(filters: Filters, reader: Reader, before: int = 0) -> Page:
    """The latest records before a number that somebody may read."""
    if reader.sight(Record.sort).others:
        return one(filters, reader, before)
    parts = [
        one(msgspec.structs.replace(filters, **{name: value}), reader, before)
        for name, value in (("person", reader.person), ("office", reader.office))
        if getattr(filters, name) in ("", value)
    ]
    if not parts:
        return Page([])
    # What one part did not reach the other may not show either, or a record would be passed over.
    floor = max(part.back_to for part in parts)
    found = {
        record.number: record for part in parts for record in part.records if record.number >= floor
    }
    numbers = sorted(found, reverse=True)
    records = [found[number] for number in numbers[:PAGE]]
    if len(numbers) > PAGE:
        return Page(records, records[-1].number)
    return Page(records, floor, any(part.stopped for part in parts) and len(records) < PAGE)


def one(filters: Filters, reader: Reader, before: int) -> Page:
    first, last = bounds(filters)
    given = (filters, before, last)
    drive = next((name for name in DRIVING if getattr(filters, name)), "")
    reach = reached(driven(Record.everything.all(), *given, drive), filters, drive)
    rows = rest(driven(Record.objects.seen_by(reader), *given, drive), filters, drive)
    rows = rows.filter(number__gt=max(first - 1, reach))
    found = list(rows.order_by("-number")[: PAGE + 1])
    if len(found) > PAGE:
        return Page(found[:PAGE], found[PAGE - 1].number)
    stopped = reach >= first > 0 or (reach > 0 and not first)
    return Page(found, reach + 1 if stopped else 0, stopped)


def driven(
    found: QuerySet[Record], filters: Filters, before: int, last: int, drive: str
) -> QuerySet[Record]:
    """The records that the driving filter gives."""
    if drive:
        found = found.filter(**{COLUMNS.get(drive, drive): getattr(filters, drive)})
    if drive in COMMON and getattr(filters, drive) != COMMON[drive]:
        # In so many words, since a database that is given the value apart would not know that the index has them all.
        found = found.extra(where=[f"{drive} <> '{COMMON[drive]}'"])
    if last:
        found = found.filter(number__lte=last)
    return found.filter(number__lt=before) if before else found


def reached(driven: QuerySet[Record], filters: Filters, drive: str) -> int:
    """The number of the last record that is not looked at; 0 where all are. The index alone tells it."""
    if not any(getattr(filters, name) for name in DRIVING if name != drive):
        return 0
    numbers = driven.order_by("-number").values_list("number", flat=True)
    return numbers[REACH : REACH + 1].first() or 0


def rest(found: QuerySet[Record], filters: Filters, drive: str) -> QuerySet[Record]:
    """The other filters, tried on each record: as expressions, for which there is no index that would drive instead."""
    for name in DRIVING:
        value = getattr(filters, name)
        if value and name != drive:
            found = found.alias(**{f"{name}_tried": Concat(COLUMNS.get(name, name), Value(""))})
            found = found.filter(**{f"{name}_tried": value})
    if filters.since is not None:
        found = found.filter(at__gte=filters.since)
    if filters.until is not None:
        found = found.filter(at__lt=filters.until)
    return found


def bounds(filters: Filters) -> tuple[int, int]:
    """The numbers between which the records of a time must lie; 0: no bound."""
    first = last = 0
    ordered = Record.everything.values_list("number", flat=True)
    if filters.since is not None:
        early = ordered.filter(at__gte=filters.since - SLACK).order_by("at").first()
        first = early if early is not None else BEYOND
    if filters.until is not None:
        late = ordered.filter(at__lt=filters.until + SLACK).order_by("-at").first()
        last = late if late is not None else -1
    return first, last


def open_to(reader: Reader, name: str) -> Record | None:
    """The record of that id or number, if it may be read; the same answer where it is not there."""
    wanted = Q(number=int(name)) if name.isdecimal() and len(name) < 19 else Q(id=name)
    return Record.objects.seen_by(reader).filter(wanted).first()


def readable(reader: Reader, ids: Iterable[str]) -> set[str]:
    """Those of these records that may be read: to no others does a page lead."""
    wanted = {one for one in ids if one}
    if not wanted:
        return wanted
    return set(Record.objects.seen_by(reader).filter(id__in=wanted).values_list("id", flat=True))


NEIGHBOURS = 4


def neighbours(record: Record, reader: Reader) -> list[Record]:
    """The records about the same thing around this one that may be read, this one among them."""
    if not record.about:
        return [record]
    same = Record.objects.seen_by(reader).filter(about=record.about)
    before = list(same.filter(number__lt=record.number).order_by("-number")[:NEIGHBOURS])
    after = list(same.filter(number__gt=record.number).order_by("number")[:NEIGHBOURS])
    return [*reversed(before), record, *after]
