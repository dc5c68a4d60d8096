"""The shifts that a pattern makes: recurrence by RFC 5545 (`dateutil.rrule`), in the local time of the post.

A shift begins and ends at times of the clock on the wall. The night over the change of the clock is therefore an hour
shorter or longer, and no minute of it is covered twice or not at all. A time that the clock leaves out is taken as
what it is an hour later (02:30 is 03:30 on that night), one that it has twice is the first of the two (PEP 495).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from zoneinfo import ZoneInfo

import msgspec
from dateutil.rrule import rrule, rruleset, rrulestr

DAY = dt.timedelta(days=1)
LONGEST = dt.timedelta(days=3)
"""No shift of a pattern is longer: so far back one that is still under way may have begun."""
MOST = 40_000
"""Shifts that are made at once, at the most."""
FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")


class NotAPattern(ValueError):
    """A rule that cannot be read, or that a roster does not have: what is wrong with it."""


class Line(msgspec.Struct, frozen=True):
    """One line of a pattern: on the days of a rule a shift from one time of the clock to another.

    `rule` is the part after `RRULE:`; its days are counted from Monday 3 January 2000. `ends` at or before `begins`
    is on the next day.
    """

    name: str
    rule: str
    begins: dt.time
    ends: dt.time

    @property
    def turns(self) -> bool:
        """Whether it ends on the next day."""
        return self.ends <= self.begins


class Slot(msgspec.Struct, frozen=True, order=True):
    """A shift that somebody has to be on duty for: from a moment until another, in UTC."""

    start: dt.datetime
    end: dt.datetime
    name: str = ""

    @property
    def length(self) -> dt.timedelta:
        return self.end - self.start


EPOCH = dt.datetime(2000, 1, 3)


@lru_cache(maxsize=4_096)
def days_of(rule: str, first: dt.date, last: dt.date) -> tuple[dt.date, ...]:
    """The days of a rule from one to another, both included.

    Raises:
        NotAPattern: it is no rule, or one that comes oftener than each day.
    """
    found = read(rule).between(
        dt.datetime.combine(first, dt.time()), dt.datetime.combine(last, dt.time()), inc=True
    )
    return tuple(one.date() for one in found)


@lru_cache(maxsize=4_096)
def read(rule: str) -> rrule:
    """A rule, checked."""
    parts = dict(one.partition("=")[::2] for one in rule.upper().split(";"))
    if parts.get("FREQ") not in FREQUENCIES:
        raise NotAPattern(f"the rule begins with FREQ= and one of {', '.join(FREQUENCIES)}")
    if set(parts) & {"BYHOUR", "BYMINUTE", "BYSECOND", "COUNT", "DTSTART"}:
        raise NotAPattern("the rule names days alone: no hours, and no count")
    if "\n" in rule or len(rule) > 200:
        raise NotAPattern("the rule is one line of 200 characters at the most")
    try:
        found = rrulestr(rule.upper(), dtstart=EPOCH)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise NotAPattern(f"this is no rule: {error}") from None
    if isinstance(found, rruleset):
        raise NotAPattern("the rule is one rule")
    return found


def moment(day: dt.date, time: dt.time, zone: ZoneInfo) -> dt.datetime:
    """A time of the clock on a day, in UTC."""
    return dt.datetime.combine(day, time, zone).astimezone(dt.UTC)


def slots(lines: Iterable[Line], zone: str, since: dt.datetime, until: dt.datetime) -> list[Slot]:
    """The shifts that begin in a stretch of time, in order.

    Raises:
        NotAPattern: a line is none, or there are more than `MOST`.
    """
    where = ZoneInfo(zone)
    first = since.astimezone(where).date() - DAY
    last = until.astimezone(where).date() + DAY
    found: list[Slot] = []
    for line in lines:
        for day in days_of(line.rule, first, last):
            start = moment(day, line.begins, where)
            if since <= start < until:
                end = moment(day + DAY if line.turns else day, line.ends, where)
                if end > start:
                    found.append(Slot(start, end, line.name))
        if len(found) > MOST:
            raise NotAPattern(f"more than {MOST} shifts at once")
    return sorted(found)


def of_days(lines: Sequence[Line], zone: str, first: dt.date, last: dt.date) -> list[Slot]:
    """The shifts that begin on the days from one to another, both included, by the clock of the post."""
    where = ZoneInfo(zone)
    since = moment(first, dt.time(), where)
    return slots(lines, zone, since, moment(last + DAY, dt.time(), where))


def is_night(slot: Slot, zone: ZoneInfo) -> bool:
    """Whether a shift takes somebody's night: at least three hours of it lie between 23:00 and 06:00 of the clock."""
    start, end = slot.start.astimezone(zone), slot.end.astimezone(zone)
    day, taken = start.date() - DAY, dt.timedelta()
    while day <= end.date():
        begins = max(moment(day, NIGHT[0], zone), slot.start)
        ends = min(moment(day + DAY, NIGHT[1], zone), slot.end)
        taken += max(ends - begins, dt.timedelta())
        day += DAY
    return taken >= dt.timedelta(hours=3)


NIGHT = (dt.time(23), dt.time(6))


def is_weekend(slot: Slot, zone: ZoneInfo) -> bool:
    """Whether a shift begins on a Saturday or a Sunday."""
    return slot.start.astimezone(zone).weekday() >= 5


def lines_of(text: str) -> tuple[Line, ...]:
    """The lines of a pattern as it is written: `Night | FREQ=DAILY | 22:00-06:00`, one below the other.

    Raises:
        NotAPattern: one of them is none.
    """
    found = []
    for at, line in enumerate(filter(None, (one.strip() for one in text.splitlines())), 1):
        name, rule, times = (*(one.strip() for one in line.split("|")), "", "", "")[:3]
        hours = HOURS.fullmatch(times)
        if not name or not rule or hours is None or line.count("|") != 2:
            raise NotAPattern(f"line {at} is not written `Night | FREQ=DAILY | 22:00-06:00`")
        read(rule)
        begins, ends = (dt.time.fromisoformat(one) for one in hours.groups())
        found.append(Line(name[:80], rule.upper(), begins, ends))
    if not 0 < len(found) <= LINES:
        raise NotAPattern(f"a pattern has one line at least, and {LINES} at the most")
    return tuple(found)


HOURS = re.compile(r"((?:[01]\d|2[0-3]):[0-5]\d) ?[-–] ?((?:[01]\d|2[0-3]):[0-5]\d)")
LINES = 24
