"""The sitting days of a body, as far as the calendar knows them."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right

from writ.book.holidays import is_holiday
from writ.book.model import Calendar


def nth_sitting(day: dt.date, amount: int, body: str, calendar: Calendar | None) -> dt.date | None:
    """The n-th sitting day after (before) `day`; None beyond the calendar's list."""
    if amount == 0:
        return day
    sittings = calendar.sittings.get(body, ()) if calendar else ()
    if amount > 0:
        at = bisect_right(sittings, day) + amount - 1
        return sittings[at] if at < len(sittings) else None
    at = bisect_left(sittings, day) + amount
    return sittings[at] if at >= 0 else None


def next_sitting(day: dt.date, calendar: Calendar) -> dt.date | None:
    """The first sitting day, from `day` on, of the body to whose sittings the calendar rolls; no holiday where it rolls
    off those too. None beyond the list."""
    sittings = calendar.sittings.get(calendar.rolls_to, ())
    for at in range(bisect_left(sittings, day), len(sittings)):
        if not (calendar.rolls_forward and is_holiday(sittings[at], calendar)):
            return sittings[at]
    return None


def known_until(day: dt.date, body: str, calendar: Calendar | None) -> dt.date:
    """The last day, from `day` on, of which the calendar says whether the body sits."""
    if calendar is None:
        return day
    last = max((day, *calendar.sittings.get(body, ())[-1:]))
    for start, end in calendar.recesses.get(body, ()):
        if start.toordinal() <= last.toordinal() + 1:
            last = max(last, end)
    return last
