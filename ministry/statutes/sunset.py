"""What ends by itself: instruments and provisions whose text says a last day, and what was decided on them."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

import msgspec

from ministry.editions.queries import Law, law_of
from ministry.statutes.models import Ending
from writ.book.model import Instrument
from writ.diagnostics import LENGTH_BITS
from writ.editions.provisions import provisions_of

WITHIN = dt.timedelta(days=90)
"""So long ahead it is shown, and may be decided on: as the model law has it."""


class Ends(msgspec.Struct, frozen=True):
    """An instrument, or a provision of it, that ends on a day: the first on which it is no longer in force."""

    instrument: Instrument
    key: str
    """Of the provision; empty: the whole instrument."""
    label: str
    citation: str
    day: dt.date
    norms: int
    decided: Ending | None = None


@lru_cache(maxsize=16)
def _all(digest: str) -> tuple[Ends, ...]:
    book = law_of(digest).book
    found: list[Ends] = []
    counted: dict[str, int] = {}
    for norm in book.norms:
        counted[norm.instrument] = counted.get(norm.instrument, 0) + 1
    by_file: dict[str, list[tuple[int, dt.date]]] = {}
    for norm in book.norms:
        end = book.instruments[norm.instrument].end
        if norm.end is not None and (end is None or norm.end < end):
            place = norm.place.span >> LENGTH_BITS
            by_file.setdefault(norm.place.file, []).append((place, norm.end))
    for item in book.instruments.values():
        if item.end is not None:
            named = item.citation or item.title
            found.append(Ends(item, "", "", named, item.end, counted.get(item.id, 0)))
        rows = by_file.get(item.place.file)
        if not rows:
            continue
        text = book.sources[item.place.file].text
        for one in provisions_of(item.place.file, text, item.id):
            days: dict[dt.date, int] = {}
            for place, day in rows:
                if one.start <= place < one.end:
                    days[day] = days.get(day, 0) + 1
            cited = item.cite(one.label) if one.label else one.title
            found += [Ends(item, one.key, one.label, cited, day, n) for day, n in days.items()]
    return tuple(sorted(found, key=lambda one: (one.day, one.citation)))


def endings(law: Law, today: dt.date, within: dt.timedelta = WITHIN) -> list[Ends]:
    """What ends from tomorrow on within that time, with what was decided on it. One query, where anything does."""
    soon = [one for one in _all(law.digest) if today < one.day <= today + within]
    if not soon:
        return []
    names = {one.instrument.id for one in soon}
    decided = {
        (one.instrument, one.provision, one.day): one
        for one in Ending.objects.filter(instrument__in=names).order_by("at", "id")
    }
    return [
        msgspec.structs.replace(one, decided=decided.get((one.instrument.id, one.key, one.day)))
        for one in soon
    ]
