"""What an attribute may be, as terms of the solver: absent, unknown, or a value of its type.

Days and moments are a day number with, for a moment, the minute of that day in the calendar's zone; that clocks are put
forward and back is not modelled. A value of a kind, a text or a person is a code (`Codes`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import z3

from writ.book import dates
from writ.proof.logic import Formula, conj, disj, equal, less, neg, pick

MINUTES = 1440
EPOCH = dt.date(1, 1, 1).toordinal()


class Moment(NamedTuple):
    """A day, or where `exact` a moment in it."""

    day: Any
    exact: Formula = False
    minute: Any = 0


class Members(NamedTuple):
    """A set: which codes are in it. `every` are the codes it can hold, None where there is no end of them."""

    has: Callable[[Any], Formula]
    every: tuple[int, ...] | None


class Member(NamedTuple):
    """One member of a list: whether it is there, and its attributes by name."""

    there: Formula
    attribute: Callable[[str], Value]
    stated: Callable[[str], Formula]


class Listed(NamedTuple):
    """A list with places for as many members as the questions can tell apart."""

    members: tuple[Member, ...]
    count: Any


class Value(NamedTuple):
    """A value, or why there is none. `data` has the form of its type: a formula for yes-no, a code, a number, a
    `Moment`, hours for a period, `Members`, `Listed`; None where it is surely absent."""

    data: Any
    absent: Formula = False
    unknown: Formula = False

    @property
    def given(self) -> Formula:
        return conj((neg(self.absent), neg(self.unknown)))


ABSENT = Value(None, absent=True)


class Codes:
    """The numbers that stand for the texts, the persons or the values of one kind; `width` bits are enough."""

    def __init__(self, name: str, width: int, values: Iterable[str] = ()) -> None:
        self.name = name
        self.width = width
        self.values: list[str] = []
        self._codes: dict[str, int] = {}
        for value in values:
            self.code(value)

    def code(self, value: str) -> int:
        found = self._codes.get(value)
        if found is None:
            found = self._codes[value] = len(self.values)
            self.values.append(value)
        return found

    def variable(self, name: str) -> Any:
        return z3.BitVec(name, self.width)

    def known(self, term: Any) -> Formula:
        """That it is the code of one of the values listed."""
        if isinstance(term, int) or len(self.values) >= 1 << self.width:
            return True
        return z3.ULE(term, len(self.values) - 1)

    def text(self, code: int) -> str:
        """The value of a code; one that nobody has written gets a name."""
        return self.values[code] if code < len(self.values) else f"{self.name}-{code}"


def width_for(count: int) -> int:
    return max(1, (max(1, count) - 1).bit_length())


def ordered(codes: Codes, order: dict[str, int], term: Any) -> Any:
    """The place of a level: its code where the levels are listed in their order, else looked up."""
    if isinstance(term, int):
        return order[codes.values[term]]
    if all(order.get(value, at) == at for at, value in enumerate(codes.values)):
        return term
    found: Any = z3.BitVecVal(0, term.size())
    for at, value in enumerate(codes.values):
        found = z3.If(term == at, z3.BitVecVal(order.get(value, 0), term.size()), found)
    return found


def below(one: Any, other: Any) -> Formula:
    """Whether one code is lower: codes are unsigned."""
    if isinstance(one, int) and isinstance(other, int):
        return one < other
    return z3.ULT(one, other) if not isinstance(one, int) else z3.UGT(other, one)


def constant_moment(when: dt.date, zone: str = "") -> Moment:
    """A day or a moment that is written in the law."""
    if not isinstance(when, dt.datetime):
        return Moment(when.toordinal())
    local = when.astimezone(dates.zone_of(zone)) if zone else when
    return Moment(local.toordinal(), True, local.hour * 60 + local.minute)


def earlier(one: Moment, other: Moment) -> Formula:
    """Exact between two moments, by the day otherwise (`docs/language.md`, "Day and moment")."""
    within = conj(
        (equal(one.day, other.day), one.exact, other.exact, less(one.minute, other.minute))
    )
    return disj((less(one.day, other.day), within))


def same_time(one: Moment, other: Moment) -> Formula:
    return conj((neg(earlier(one, other)), neg(earlier(other, one))))


def pick_moment(test: Formula, one: Moment, other: Moment) -> Moment:
    return Moment(
        pick(test, one.day, other.day),
        pick(test, one.exact, other.exact),
        pick(test, one.minute, other.minute),
    )


def moment_of(day: int, exact: bool, minute: int, zone: str) -> dt.date:
    """The day or moment that a model names."""
    when = dt.date.fromordinal(day)
    if not exact:
        return when
    return dt.datetime(
        when.year, when.month, when.day, minute // 60, minute % 60, tzinfo=dates.zone_of(zone)
    )
