"""Days on which law came into force, was suspended, went out of force, and was known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from writ.book.model import Norm, Override
from writ.formats.legalruleml.keys import Keys
from writ.formats.legalruleml.markup import LRML, Node, data, lrml, node

_VOCABULARY = f"{LRML}vocab#"
IN_FORCE = f"{_VOCABULARY}InForce"
STARTS, ENDS = f"{_VOCABULARY}Starts", f"{_VOCABULARY}Ends"
KNOWN, SUSPENDED, ENACTED = "writ:known", "writ:suspended", "writ:enacted"

Characteristic = tuple[str, str, dt.date | None]
"""A status, whether it starts or ends, and when; without a day it has not come."""


def of_norm(norm: Norm | Override) -> list[Characteristic]:
    """A norm's days. `Ends` is the first day on which it is no longer so."""
    found: list[Characteristic] = [(IN_FORCE, STARTS, norm.start)]
    if norm.end is not None:
        found.append((IN_FORCE, ENDS, norm.end))
    for gap in norm.gaps:
        found.append((SUSPENDED, STARTS, gap.start))
        if gap.end is not None:
            found.append((SUSPENDED, ENDS, gap.end + dt.timedelta(1)))
    if isinstance(norm, Norm) and norm.enacted is not None:
        found.append((ENACTED, STARTS, norm.enacted))
    if norm.known is not None:
        found.append((KNOWN, STARTS, norm.known))
    return found


class Times:
    """The characteristics in use, each once, and the days that they name."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys
        self._used: dict[Characteristic, str] = {}

    def keys(self, items: Iterable[Characteristic]) -> tuple[str, ...]:
        """The keys of characteristics, which stand in the document from now on."""
        return tuple(self._key(each) for each in items)

    def _key(self, item: Characteristic) -> str:
        if item not in self._used:
            status, development, day = item
            name = f"{_last(status)}-{_last(development)}-{day or 'not-yet'}".lower()
            self._used[item] = self._keys.of("tc", name)
        return self._used[item]

    def elements(self) -> list[Node]:
        """The collections of days and of characteristics; nothing where there are none."""
        if not self._used:
            return []
        days = sorted({day for _, _, day in self._used if day is not None})
        times = [
            node("ruleml:Time", {"key": f":{self._day(day)}"}, data(day.isoformat(), "date"))
            for day in days
        ]
        stated = [self._characteristic(item, key) for item, key in self._used.items()]
        return [lrml("Times", {}, *times), lrml("TemporalCharacteristics", {}, *stated)]

    def _characteristic(self, item: Characteristic, key: str) -> Node:
        status, development, day = item
        return lrml(
            "TemporalCharacteristic",
            {"key": key},
            lrml("forStatus", {"iri": status}),
            lrml("hasStatusDevelopment", {"iri": development}),
            None if day is None else lrml("atTime", {"keyref": f"#{self._day(day)}"}),
        )

    def _day(self, day: dt.date) -> str:
        return self._keys.of("t", day.isoformat())


def _last(iri: str) -> str:
    return iri.rpartition("#")[2].rpartition(":")[2]
