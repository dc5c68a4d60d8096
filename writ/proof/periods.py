"""Days reckoned in a world: a day moved by a period, the first and last day of a month or year.

Days, weeks and hours are reckoned exactly. How long a month, a run of working or of sitting days is depends on where it
begins: the solver is given bounds, and where a model departs from the calendar, the calendar's answer for that one day
(`Reckoning.corrections`).
"""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

import z3

from writ.book import dates
from writ.book.model import Calendar
from writ.book.terms import Period
from writ.proof.logic import Formula, conj, equal, implies, neg, pick
from writ.proof.values import MINUTES, Moment, Value, constant_moment, moment_of, pick_moment

MONTH = (28, 31)
YEAR = (365, 366)
ROLL = "the next day that counts"


class Moved(NamedTuple):
    """A day that the calendar is asked for: `base` moved by a period, or to a bound of its month or year."""

    base: Moment
    how: Period | str
    calendar: Calendar | None
    sign: int
    result: Value


class Reckoning:
    """The days reckoned in one world."""

    def __init__(self, axioms: list[Formula], prefix: str = "") -> None:
        self._axioms = axioms
        self._prefix = prefix
        self._known: dict[object, Value] = {}
        self._terms: list[Any] = []
        self.moved: list[Moved] = []

    def add(self, base: Moment, period: Period, calendar: Calendar | None, sign: int = 1) -> Value:
        """The end of a period counted from a day or moment (`writ.book.dates.add`)."""
        unit, amount = period.unit, period.amount * sign
        inclusive = calendar is not None and calendar.counts_first_day and amount != 0
        if unit == "hours":
            return Value(self._hours(base, amount))
        if unit in ("days", "weeks"):
            days = amount * (7 if unit == "weeks" else 1) - (sign if inclusive else 0)
            return Value(Moment(base.day + days))
        if unit in ("months", "years"):
            low, high = MONTH if unit == "months" else YEAR
            return self._between(
                base, period, calendar, sign, period.amount * low, period.amount * high, inclusive
            )
        if unit in ("calendar months", "calendar years"):
            low, high = (28, 31) if unit == "calendar months" else (365, 366)
            return self._between(
                base,
                period,
                calendar,
                sign,
                period.amount * low - high,
                period.amount * high + high,
                False,
            )
        return self._between(base, period, calendar, sign, period.amount, None, inclusive)

    def bound(self, base: Moment, which: str, unit: str) -> Value:
        """The first or last day of its month or year."""
        most = 30 if unit == "month" else 365
        low, high = (0, most) if which == "end" else (-most, 0)
        return self._new(base, f"{which} of {unit}", None, 1, low, high)

    def roll(self, base: Moment, calendar: Calendar) -> Value:
        """A due day moved off a holiday, or to a sitting day; a moment stays."""
        moved = self._new(base, ROLL, calendar, 1, 0, None)
        unknown = conj((neg(base.exact), moved.unknown))
        if moved.data is None:
            return Value(None, unknown=unknown)
        return Value(pick_moment(base.exact, base, moved.data), unknown=unknown)

    def _hours(self, base: Moment, hours: int) -> Moment:
        days = -(-abs(hours) // 24) * (1 if hours >= 0 else -1)
        if base.exact is False:
            return Moment(base.day + days)
        key = (self._id(base.day), self._id(base.minute), hours)
        known = self._known.get(key)
        if known is None:
            at = len(self._known)
            day, minute = z3.Int(f"{self._prefix}hour day {at}"), z3.Int(f"{self._prefix}hour {at}")
            total = base.day * MINUTES + base.minute + 60 * hours
            self._axioms += [minute >= 0, minute < MINUTES, day * MINUTES + minute == total]
            known = self._known[key] = Value(Moment(day, True, minute))
        exact = known.data
        return Moment(pick(base.exact, exact.day, base.day + days), base.exact, exact.minute)

    def _between(
        self,
        base: Moment,
        period: Period,
        calendar: Calendar | None,
        sign: int,
        low: int,
        high: int | None,
        inclusive: bool,
    ) -> Value:
        low -= 1 if inclusive else 0
        if sign > 0:
            return self._new(base, period, calendar, sign, low, high)
        return self._new(base, period, calendar, sign, None if high is None else -high, -low)

    def _new(
        self,
        base: Moment,
        how: Period | str,
        calendar: Calendar | None,
        sign: int,
        low: int | None,
        high: int | None,
    ) -> Value:
        if isinstance(base.day, int):
            when = exactly(constant(base, calendar), how, calendar, sign)
            return Value(None, unknown=True) if when is None else Value(constant_moment(when))
        key = (self._id(base.day), how, self._calendar(calendar), sign)
        known = self._known.get(key)
        if known is not None:
            return known
        at = len(self._known)
        day = z3.Int(f"{self._prefix}day {at}")
        self._axioms += [] if low is None else [day >= base.day + low]
        self._axioms += [] if high is None else [day <= base.day + high]
        # Only of sitting days does the calendar not always know.
        sitting = how.unit == "sitting days" if isinstance(how, Period) else how == ROLL
        doubt = z3.Bool(f"{self._prefix}day {at} unknown") if sitting else False
        found = self._known[key] = Value(Moment(day), unknown=doubt)
        self.moved.append(Moved(base, how, calendar, sign, found))
        return found

    def _calendar(self, calendar: Calendar | None) -> int:
        """A key for a calendar. It is kept, as terms are."""
        if calendar is None:
            return 0
        self._terms.append(calendar)
        return id(calendar)

    def _id(self, term: Any) -> object:
        """A key for a term. It is kept, so that its number is not given to another."""
        if isinstance(term, int):
            return term
        self._terms.append(term)
        return ("term", term.get_id())

    def corrections(self, model: z3.ModelRef) -> list[tuple[Formula, Formula]]:
        """What the calendar says of each day that the model reckoned from: that day, and what follows from it.

        Those that the model has right are among them.
        """
        found: list[tuple[Formula, Formula]] = []
        for each in self.moved:
            day = number(model, each.base.day)
            if not dt.date.min.toordinal() <= day <= dt.date.max.toordinal():
                continue  # nothing hangs on a day that no calendar has
            base = moment_of(day, False, 0, "")
            when = exactly(base, each.how, each.calendar, each.sign)
            here = each.base.day == day
            if when is None:
                follows = each.result.unknown
            else:
                follows = conj(
                    (equal(each.result.data.day, when.toordinal()), neg(each.result.unknown))
                )
            found.append((here, implies(here, follows)))
        return found


def exactly(
    base: dt.date, how: Period | str, calendar: Calendar | None, sign: int
) -> dt.date | None:
    """The day that the calendar gives."""
    if isinstance(how, Period):
        return dates.add(base, how, calendar, sign)
    if how == ROLL:
        return dates.roll(base, calendar)
    which, _, unit = how.partition(" of ")
    return (dates.end_of if which == "end" else dates.start_of)(unit, base)


def constant(base: Moment, calendar: Calendar | None) -> dt.date:
    exact = base.exact is True
    return moment_of(
        base.day, exact, base.minute if exact else 0, calendar.zone if calendar else ""
    )


def number(model: z3.ModelRef, term: Any) -> int:
    if isinstance(term, int):
        return term
    return int(model.eval(term, model_completion=True).as_long())
