"""When instruments are to be reviewed: by the day in their front matter, or a later one that a review set."""

from __future__ import annotations

import datetime as dt

import msgspec

from ministry.editions.queries import Law
from ministry.statutes.models import Review
from writ.book.model import Instrument


class Due(msgspec.Struct, frozen=True):
    """One instrument that names a day of review."""

    instrument: Instrument
    day: dt.date
    under_way: Review | None
    last: Review | None
    """The review that was concluded last."""

    def overdue(self, today: dt.date) -> bool:
        return self.day < today


def due_of(item: Instrument, last: Review | None) -> dt.date | None:
    """By when an instrument is to be reviewed, where a review of it was concluded last, or none."""
    days = [one for one in (item.review, last.next if last is not None else None) if one]
    return max(days, default=None)


def in_force(item: Instrument, day: dt.date) -> bool:
    return item.start is not None and item.start <= day and (item.end is None or day < item.end)


def reviews_of(instruments: set[str] | None = None) -> tuple[dict[str, Review], dict[str, Review]]:
    """By instrument, the review under way and the one concluded last. One query."""
    rows = Review.objects.defer("evidence", "reasons")
    if instruments is not None:
        rows = rows.filter(instrument__in=instruments)
    under_way: dict[str, Review] = {}
    last: dict[str, Review] = {}
    for one in rows.order_by("begun", "id"):
        (last if one.concluded else under_way)[one.instrument] = one
    return under_way, last


def calendar(law: Law, today: dt.date, instruments: set[str] | None = None) -> list[Due]:
    """The instruments that are to be reviewed, those that are due first before the others. One query."""
    under_way, last = reviews_of(instruments)
    found = []
    for name, item in law.book.instruments.items():
        if instruments is not None and name not in instruments:
            continue
        day = due_of(item, last.get(name))
        if day is not None and (item.end is None or today < item.end):
            found.append(Due(item, day, under_way.get(name), last.get(name)))
    return sorted(found, key=lambda one: (one.day, one.instrument.title))
