"""Days and moments: comparison, periods, holidays and sitting days.

A *day* is a plain `date`, a *moment* an aware `datetime`. Two moments compare exactly; where either side is a day, by
the day in the calendar's zone (`docs/language.md`, "Day and moment").
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from writ.book.model import Calendar
from writ.book.terms import Period
from writ.syntax.tree import HolidayRule

MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
ONE_DAY = dt.timedelta(days=1)


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
        return (when.astimezone(zone_of(zone)) if zone else when).date()
    return when


def compare(left: dt.date, right: dt.date, zone: str = "") -> int:
    """-1, 0 or 1; exact for two moments, by the day otherwise."""
    if isinstance(left, dt.datetime) and isinstance(right, dt.datetime):
        return (left > right) - (left < right)
    a, b = day_of(left, zone), day_of(right, zone)
    return (a > b) - (a < b)


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day of the month so many months on, or the month's last day where it is shorter."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        raise OverflowError(f"year {year} is out of range")
    last = 31
    while True:
        try:
            return day.replace(year=year, month=month + 1, day=min(day.day, last))
        except ValueError:
            last -= 1


def add(when: dt.date, period: Period, calendar: Calendar | None, sign: int = 1) -> dt.date | None:
    """The end of a period counted from `when` (or its start, counted back with `sign` -1).

    None where the calendar cannot tell: sitting days beyond its list, a year out of range. Hours run from moment to
    moment; from a day they count as whole days. Calendar months and years end with the last day of the month or year
    reached. Every other unit ends with a day, and gives a day.
    """
    amount = period.amount * sign
    try:
        if period.unit == "hours":
            if isinstance(when, dt.datetime):
                return when + dt.timedelta(hours=amount)
            return when + dt.timedelta(days=-(-abs(amount) // 24)) * (1 if amount >= 0 else -1)
        day = day_of(when, calendar.zone if calendar else "")
        if period.unit == "days":
            return day + dt.timedelta(days=amount)
        if period.unit == "weeks":
            return day + dt.timedelta(weeks=amount)
        if period.unit == "months":
            return add_months(day, amount)
        if period.unit == "years":
            return add_months(day, 12 * amount)
        if period.unit == "calendar months":
            return end_of("month", add_months(day.replace(day=1), amount))
        if period.unit == "calendar years":
            return dt.date(day.year + amount, 12, 31)
    except (OverflowError, ValueError):
        return None
    if period.unit == "sitting days":
        return nth_sitting(day, amount, period.of, calendar)
    return nth_working(day, amount, calendar)


def last_sure(base: dt.date, period: Period, calendar: Calendar | None) -> dt.date | None:
    """Until when a period that the calendar cannot compute surely runs; None if it ends beyond all years."""
    if period.unit != "sitting days":
        return None
    day = day_of(base, calendar.zone if calendar else "")
    sittings = calendar.sittings.get(period.of, ()) if calendar else ()
    return max((day, *sittings))


def nth_sitting(day: dt.date, amount: int, body: str, calendar: Calendar | None) -> dt.date | None:
    """The n-th sitting day after (before) `day`; None beyond the calendar's list."""
    sittings = calendar.sittings.get(body, ()) if calendar else ()
    if amount >= 0:
        later = [sitting for sitting in sittings if sitting > day]
        if amount == 0:
            return day
        return later[amount - 1] if amount <= len(later) else None
    earlier = [sitting for sitting in sittings if sitting < day]
    return earlier[amount] if -amount <= len(earlier) else None


def nth_working(day: dt.date, amount: int, calendar: Calendar | None) -> dt.date | None:
    step = ONE_DAY if amount >= 0 else -ONE_DAY
    left = abs(amount)
    if left > 100_000:
        return None
    try:
        while left:
            day += step
            if is_working(day, calendar):
                left -= 1
    except OverflowError:
        return None
    return day


def is_working(day: dt.date, calendar: Calendar | None) -> bool:
    weekend = calendar.weekend if calendar else frozenset({5, 6})
    return day.weekday() not in weekend and not is_holiday(day, calendar)


def is_holiday(day: dt.date, calendar: Calendar | None) -> bool:
    """Whether the calendar's rules make it a holiday (a weekend day is one only by a rule)."""
    if calendar is None:
        return False
    return any(_falls(rule, day) for rule in calendar.holidays)


def roll(due: dt.date, calendar: Calendar | None) -> dt.date:
    """A due day moved off a holiday, where the calendar rolls forward; moments stay."""
    if calendar is None or not calendar.rolls_forward or isinstance(due, dt.datetime):
        return due
    for _ in range(366):
        if not is_holiday(due, calendar):
            return due
        due += ONE_DAY
    return due


@lru_cache(maxsize=256)
def easter(year: int) -> dt.date:
    """Easter Sunday, Gregorian (Meeus, Jones and Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    weekday = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 19 * weekday) // 433
    month, day = divmod(h + weekday - 7 * m + 114, 31)
    return dt.date(year, month, day + 1)


def _falls(rule: HolidayRule, day: dt.date) -> bool:
    if rule.form == "date":
        return day.isoformat() == rule.date
    if rule.form == "fixed":
        return day.day == rule.day and MONTHS[day.month - 1] == rule.month
    if rule.form == "easter":
        return day == easter(day.year) + dt.timedelta(days=rule.number)
    if WEEKDAYS[day.weekday()] != rule.weekday:
        return False
    if rule.form == "weekday":
        return True
    if rule.form == "nth":
        if MONTHS[day.month - 1] != rule.month:
            return False
        if rule.number == -1:
            return (day + dt.timedelta(days=7)).month != day.month
        return (day.day - 1) // 7 + 1 == rule.number
    anchor = dt.date(day.year, MONTHS.index(rule.month) + 1, rule.day)
    if rule.form == "before":
        return dt.timedelta(0) < anchor - day <= dt.timedelta(days=7)
    return dt.timedelta(0) < day - anchor <= dt.timedelta(days=7)


def end_of(unit: str, day: dt.date) -> dt.date:
    """The last day of the month or year."""
    if unit == "year":
        return dt.date(day.year, 12, 31)
    first = dt.date(day.year, day.month, 1)
    return add_months(first, 1) - ONE_DAY if (day.year, day.month) != (9999, 12) else dt.date.max


def start_of(unit: str, day: dt.date) -> dt.date:
    return dt.date(day.year, 1 if unit == "year" else day.month, 1)
