"""Days and moments: comparison, periods, holidays and sitting days.

A *day* is a plain `date`, a *moment* an aware `datetime`. Two moments compare exactly; where either side is a day, by
the day in the calendar's zone (`docs/language.md`, "Day and moment").
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from writ.book.holidays import is_holiday, is_working, next_day, nth_working
from writ.book.model import Calendar
from writ.book.sittings import known_until, next_sitting, nth_sitting
from writ.book.terms import Period
from writ.syntax.tree import WEEKDAYS

ONE_DAY = dt.timedelta(days=1)
FAR = 3
"""So many days apart, two are in the same order in every zone: offsets are less than a day."""


def parse(text: str) -> dt.date:
    """A day (`2022-02-14`) or a moment; a moment without an offset is in UTC.

    Raises:
        ValueError: the text is neither.
    """
    if len(text) == 10:
        return dt.date.fromisoformat(text)
    moment = dt.datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


@lru_cache(maxsize=256)
def zone_of(name: str) -> dt.tzinfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return dt.UTC


def is_moment(when: dt.date) -> bool:
    return isinstance(when, dt.datetime)


def day_of(when: dt.date, zone: str = "") -> dt.date:
    """The day of a moment where it happened: in the zone given, else in its own offset."""
    if isinstance(when, dt.datetime):
        if not zone:
            return when.date()
        try:
            # The clocks of a zone tell an autumn hour twice, and the two are equal: then nothing is remembered.
            found = _day_in if isinstance(when.tzinfo, dt.timezone) else _day_in.__wrapped__
            return found(when, zone)
        except OverflowError:  # the first or the last day of all
            return when.date()
    return when


@lru_cache(maxsize=4_096)
def _day_in(moment: dt.datetime, zone: str) -> dt.date:
    """The day of a moment in a zone. One is asked for again and again while its entry is dealt with."""
    return moment.astimezone(zone_of(zone)).date()


def compare(left: dt.date, right: dt.date, zone: str = "") -> int:
    """-1, 0 or 1; exact for two moments, by the day otherwise."""
    if isinstance(left, dt.datetime):
        if isinstance(right, dt.datetime):
            if left.tzinfo is right.tzinfo and not isinstance(left.tzinfo, dt.timezone):
                # Python compares the clocks of one zone, and an autumn hour stands on them twice.
                left, right = _exact(left), _exact(right)
            return (left > right) - (left < right)
        apart = left.toordinal() - right.toordinal()
        if -FAR < apart < FAR:
            left = day_of(left, zone)
            return (left > right) - (left < right)
        return 1 if apart > 0 else -1
    if isinstance(right, dt.datetime):
        apart = left.toordinal() - right.toordinal()
        if -FAR < apart < FAR:
            right = day_of(right, zone)
            return (left > right) - (left < right)
        return 1 if apart > 0 else -1
    return (left > right) - (left < right)


def _exact(moment: dt.datetime) -> dt.datetime:
    """The moment with a fixed offset, as all that are parsed have."""
    if isinstance(moment.tzinfo, dt.timezone):
        return moment
    return moment.replace(tzinfo=dt.timezone(moment.utcoffset() or dt.timedelta(0)))


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day of the month so many months on, or the month's last day where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        raise OverflowError(f"year {year} is out of range")
    if day.day > 28:
        return day.replace(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    return day.replace(year, month + 1)


def add(when: dt.date, period: Period, calendar: Calendar | None, sign: int = 1) -> dt.date | None:
    """The end of a period counted from `when` (or its start, counted back with `sign` -1).

    None where the calendar cannot tell: sitting days beyond its list, a year out of range. Hours run from moment to
    moment; from a day they count as whole days. Calendar months and years end with the last day of the month or year
    reached. Every other unit ends with a day, and gives a day. The day counted from is the first of the period only
    where the calendar counts the first day; hours, calendar months and calendar years are as long there.
    """
    unit, amount = period.unit, period.amount * sign
    inclusive = calendar is not None and calendar.counts_first_day and amount != 0
    try:
        if unit == "hours":
            if isinstance(when, dt.datetime):
                exact = _exact(when) + dt.timedelta(hours=amount)
                return exact if exact.tzinfo is when.tzinfo else exact.astimezone(when.tzinfo)
            return when + dt.timedelta(days=-(-abs(amount) // 24)) * (1 if amount >= 0 else -1)
        day = day_of(when, calendar.zone if calendar else "")
        if unit == "days" or unit == "weeks":
            days = amount if unit == "days" else 7 * amount
            return day + dt.timedelta(days=days - sign if inclusive else days)
        if unit == "months" or unit == "years":
            end = add_months(day, amount if unit == "months" else 12 * amount)
            return _inclusive(day, end, sign) if inclusive else end
        if unit == "calendar months":
            return end_of("month", add_months(day.replace(day=1), amount))
        if unit == "calendar years":
            return dt.date(day.year + amount, 12, 31)
        if inclusive:
            day -= sign * ONE_DAY
    except (OverflowError, ValueError):
        return None
    if unit == "sitting days":
        return nth_sitting(day, amount, period.of, calendar)
    return nth_working(day, amount, calendar)


def _inclusive(day: dt.date, end: dt.date, sign: int) -> dt.date:
    """The end of months that begin with their first day: the day before the one of the same number, or the month's
    last where it has no such day (BGB section 188(2) and (3))."""
    if sign > 0 and end.day != day.day:
        return end
    return end - sign * ONE_DAY


def last_sure(base: dt.date, period: Period, calendar: Calendar | None) -> dt.date | None:
    """Until when a period that the calendar cannot compute, or whose due day it cannot move, surely runs; None if it
    ends beyond all years."""
    end = add(base, period, calendar)
    if end is None:
        if period.unit != "sitting days":
            return None
        return known_until(day_of(base, calendar.zone if calendar else ""), period.of, calendar)
    if calendar is None or not calendar.rolls_to:
        return None
    return known_until(day_of(end, calendar.zone), calendar.rolls_to, calendar)


def roll(due: dt.date, calendar: Calendar | None) -> dt.date | None:
    """A due day moved off a holiday, or to the next sitting day, where the calendar rolls forward; moments stay.

    None where the calendar cannot tell: it lists no such sitting day, or has nothing but holidays for a year.
    """
    if calendar is None or isinstance(due, dt.datetime):
        return due
    if calendar.rolls_to:
        return next_sitting(due, calendar)
    return next_day(due, calendar) if calendar.rolls_forward else due


def end_of(unit: str, day: dt.date) -> dt.date:
    """The last day of the month or year."""
    if unit == "year":
        return dt.date(day.year, 12, 31)
    return dt.date(day.year, day.month, monthrange(day.year, day.month)[1])


def start_of(unit: str, day: dt.date) -> dt.date:
    """The first day of the month or year."""
    return dt.date(day.year, 1 if unit == "year" else day.month, 1)


__all__ = [
    "ONE_DAY",
    "WEEKDAYS",
    "add",
    "add_months",
    "compare",
    "day_of",
    "end_of",
    "is_holiday",
    "is_moment",
    "is_working",
    "last_sure",
    "nth_sitting",
    "nth_working",
    "parse",
    "roll",
    "start_of",
    "zone_of",
]
