"""Holidays and working days: the rules of a calendar reckoned once for each year, then looked up.

Days are counted here as `date.toordinal` does. Easter is by `dateutil`, for the years 1583 to 4099.
"""

from __future__ import annotations

import datetime as dt
from array import array
from bisect import bisect_left, bisect_right
from functools import lru_cache
from typing import NamedTuple

from writ.book.model import Calendar, Place
from writ.syntax.tree import MONTHS, WEEKDAYS, HolidayRule

FARTHEST = 100_000
"""So many working days are counted at most."""

_CALENDARS = 16
_YEARS = 200
_NEAREST = 3


class Year(NamedTuple):
    """One year of a calendar."""

    holidays: frozenset[int]
    working: array[int]
    """In order."""


class Days:
    """The years of one calendar, as far as they were asked for."""

    __slots__ = ("_annual", "_dates", "_weekdays", "_years", "calendar")

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar
        self._years: dict[int, Year] = {}
        self._annual: dict[int, list[int]] = {}
        """The holidays of which the rule speaks in that year; one observed may be in the next or the last."""
        rules = calendar.holidays
        self._weekdays = [rule for rule in rules if rule.form == "weekday"]
        self._dates = [
            dt.date.fromisoformat(rule.date).toordinal() for rule in rules if rule.form == "date"
        ]

    def year(self, number: int) -> Year:
        found = self._years.get(number)
        if found is None:
            if len(self._years) >= _YEARS:
                self._years.clear()
                self._annual.clear()
            found = self._years[number] = self._reckon(number)
        return found

    def _reckon(self, number: int) -> Year:
        first = dt.date(number, 1, 1).toordinal()
        days = range(first, dt.date(number, 12, 31).toordinal() + 1)
        holidays = {day for day in self._dates if day in days}
        for rule in self._weekdays:
            if _valid(rule, number):
                start = first + (WEEKDAYS.index(rule.weekday) - _weekday(first)) % 7
                holidays.update(range(start, days.stop, 7))
        for year in (number - 1, number, number + 1):
            holidays.update(day for day in self._of_rules(year) if day in days)
        weekend = self.calendar.weekend
        working = [day for day in days if _weekday(day) not in weekend and day not in holidays]
        return Year(frozenset(holidays), array("i", working))

    def _of_rules(self, year: int) -> list[int]:
        found = self._annual.get(year)
        if found is None:
            rules = [r for r in self.calendar.holidays if r.form not in ("date", "weekday")]
            days = (_falls(rule, year) for rule in rules if _valid(rule, year))
            found = self._annual[year] = [day for day in days if day]
        return found


_KNOWN: dict[int, Days] = {}
_ORDINARY = Calendar("", "", Place("", 0))
"""Where there is no calendar: Saturday and Sunday are the weekend."""


def days_of(calendar: Calendar | None) -> Days:
    """The years of a calendar, known by its identity: to compare all its rules would take longer than to count."""
    if calendar is None:
        calendar = _ORDINARY
    found = _KNOWN.get(id(calendar))
    if found is None or found.calendar is not calendar:
        if len(_KNOWN) >= _CALENDARS:
            _KNOWN.clear()
        # It holds the calendar, so that no other can come to have that identity.
        found = _KNOWN[id(calendar)] = Days(calendar)
    return found


def is_holiday(day: dt.date, calendar: Calendar | None) -> bool:
    """Whether the calendar's rules make it a holiday (a weekend day is one only by a rule)."""
    if calendar is None or not calendar.holidays:
        return False
    return day.toordinal() in days_of(calendar).year(day.year).holidays


def is_working(day: dt.date, calendar: Calendar | None) -> bool:
    """Whether it is neither of the weekend (Saturday and Sunday without a calendar) nor a holiday."""
    weekend = (calendar or _ORDINARY).weekend
    return day.weekday() not in weekend and not is_holiday(day, calendar)


def nth_working(day: dt.date, amount: int, calendar: Calendar | None) -> dt.date | None:
    """The n-th working day after (before) `day`; None where there are not so many, or a year on the way has none."""
    if amount == 0:
        return day
    days = days_of(calendar)
    if abs(amount) > FARTHEST:
        return None
    number = day.year
    working = days.year(number).working
    if amount > 0:
        at = bisect_right(working, day.toordinal()) + amount - 1
        while at >= len(working):
            at -= len(working)
            number += 1
            if number > dt.MAXYEAR or not working:
                return None
            working = days.year(number).working
    else:
        at = bisect_left(working, day.toordinal()) + amount
        while at < 0:
            number -= 1
            if number < dt.MINYEAR or not working:
                return None
            working = days.year(number).working
            at += len(working)
    return dt.date.fromordinal(working[at])


def next_day(day: dt.date, calendar: Calendar) -> dt.date | None:
    """The day itself if it is no holiday, else the next that is none; None if there is none for a year."""
    if not calendar.holidays:
        return day
    days = days_of(calendar)
    ordinal, number = day.toordinal(), day.year
    holidays = days.year(number).holidays
    if ordinal not in holidays:
        return day
    for later in range(ordinal + 1, min(ordinal + 367, _LAST + 1)):
        after = dt.date.fromordinal(later)
        if later not in days.year(after.year).holidays:
            return after
    return None


_LAST = dt.date.max.toordinal()


def _weekday(ordinal: int) -> int:
    return (ordinal + 6) % 7


def _valid(rule: HolidayRule, year: int) -> bool:
    return rule.since <= year and (not rule.until or year <= rule.until)


def _falls(rule: HolidayRule, year: int) -> int:
    """The day that a rule gives for a year; 0 if none, as for 29 February or a fifth Monday."""
    # Most runs of the program ask for no holiday by rule.
    from dateutil.relativedelta import relativedelta, weekday

    try:
        if rule.form in ("easter", "orthodox easter"):
            sunday = easter(year, rule.form != "easter")
            return sunday.toordinal() + rule.number if sunday else 0
        month = list(MONTHS).index(rule.month) + 1
        if rule.form == "nth":
            near = weekday(WEEKDAYS.index(rule.weekday), rule.number)
            start = 1 if rule.number > 0 else 31
            day = dt.date(year, month, 1) + relativedelta(day=start, weekday=near)
            return day.toordinal() if day.month == month else 0
        day = dt.date(year, month, rule.day)
        if rule.form == "fixed":
            return _observed(rule, day.toordinal())
        side = -1 if rule.form == "before" else 1
        near = weekday(WEEKDAYS.index(rule.weekday), side)
        return (day + relativedelta(days=side, weekday=near)).toordinal()
    except (OverflowError, ValueError):
        return 0


def _observed(rule: HolidayRule, day: int) -> int:
    """The day on which a holiday that falls on that day is observed."""
    for on, falls in rule.observed:
        if WEEKDAYS[_weekday(day)] == falls:
            ahead = WEEKDAYS.index(on) - _weekday(day)
            return day + (ahead + _NEAREST) % 7 - _NEAREST
    return day


@lru_cache(maxsize=1024)
def easter(year: int, orthodox: bool = False) -> dt.date | None:
    """Easter Sunday in the Gregorian calendar; None beyond the years for which its reckoning is known."""
    from dateutil.easter import EASTER_ORTHODOX, EASTER_WESTERN
    from dateutil.easter import easter as reckoned

    if not 1583 <= year <= 4099:
        return None
    return reckoned(year, EASTER_ORTHODOX if orthodox else EASTER_WESTERN)
