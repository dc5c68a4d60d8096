"""Counting by a calendar, a day at a time as a replay asks, beside what counts days elsewhere.

The peers are given the holidays as a list, which we reckon from rules. Each must first find the same days as we do.
"""

from __future__ import annotations

import datetime as dt
import importlib.util
import random
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from dateutil.rrule import DAILY, FR, MO, TH, TU, WE, rrule, rruleset

from writ.book import dates
from writ.book.load import load_texts
from writ.book.model import Calendar
from writ.book.terms import Period

FIRST, LAST = dt.date(2015, 1, 1), dt.date(2026, 12, 31)
BOOK = """---
id: days
title: Days
kind: statute
cite-as: s. {}
top: true
in-force: 2000-01-01
---

```writ
body house
calendar canada
  zone America/Toronto
  holiday 1 january
  holiday easter - 2 days
  holiday monday before 25 may
  holiday 1 july observed monday if sunday
  holiday first monday of september
  holiday second monday of october
  holiday 11 november
  holiday 25 december
  holiday sunday
  sitting house monday, tuesday, wednesday, thursday from 2015-01-01 until 2026-12-31 except holidays
  rolls forward
```
"""
WORKING = Period(10, "working days")
Count = Callable[[dt.date], Any]
ROW = "{:<44} {:>14}"


def main() -> None:
    book, found = load_texts({"days.md": BOOK})
    assert not found, found
    calendar = book.vocabulary.calendars["canada"]
    rng = random.Random(7)
    days = [dt.date(2016, 1, 1) + dt.timedelta(days=rng.randrange(3_600)) for _ in range(50_000)]
    print(ROW.format("ten working days", "counts/s"))
    row("writ", lambda day: dates.add(day, WORKING, calendar), days)
    for name, count, some in working(calendar):
        for day in days[:some:97]:
            assert count(day) == dates.add(day, WORKING, calendar), (name, day)
        row(name, count, days[:some])
    at_once(calendar, days)
    print()
    print(ROW.format("writ, other units", "counts/s"))
    for amount, unit, body in (
        (250, "working days", ""),
        (15, "sitting days", "house"),
        (30, "days", ""),
        (3, "months", ""),
        (48, "hours", ""),
    ):
        period = Period(amount, unit, body)
        row(str(period), lambda day, period=period: dates.add(day, period, calendar), days)
    row("whether a holiday", lambda day: dates.is_holiday(day, calendar), days)
    row("roll off holidays", lambda day: dates.roll(day, calendar), days)


def working(calendar: Calendar) -> list[tuple[str, Count, int]]:
    """Each peer: its name, how it counts ten working days, and over how many days there is time to."""
    span = (FIRST + dt.timedelta(days=n) for n in range((LAST - FIRST).days + 1))
    holidays = [day for day in span if dates.is_holiday(day, calendar)]
    busy = np.busdaycalendar(holidays=holidays)

    def numpy_scalar(day: dt.date) -> Any:
        start = np.busday_offset(day, 0, roll="backward", busdaycal=busy)
        return np.busday_offset(start, WORKING.amount, busdaycal=busy).item()

    def recurrence(day: dt.date) -> Any:
        start = dt.datetime(day.year, day.month, day.day)
        rules = rruleset()
        rules.rrule(rrule(DAILY, dtstart=start, byweekday=(MO, TU, WE, TH, FR)))
        for holiday in holidays:
            if day <= holiday <= day + dt.timedelta(days=60):
                rules.exdate(dt.datetime(holiday.year, holiday.month, holiday.day))
        return rules.xafter(start, count=WORKING.amount)

    def last(day: dt.date) -> Any:
        return list(recurrence(day))[-1].date()

    peers: list[tuple[str, Count, int]] = [
        ("numpy.busday_offset, one by one", numpy_scalar, 50_000),
        ("dateutil.rrule", last, 500),
    ]
    if importlib.util.find_spec("holidays"):
        from holidays import HolidayBase  # type: ignore[import-not-found,unused-ignore]

        listed = HolidayBase(years=range(FIRST.year, LAST.year + 1))
        listed.update(dict.fromkeys(holidays, "holiday"))
        nth = listed.get_nth_working_day
        peers.append(("holidays.get_nth_working_day", lambda day: nth(day, WORKING.amount), 5_000))
    return peers


def at_once(calendar: Calendar, days: list[dt.date]) -> None:
    """What numpy is made for: all days in one call, without the making of the array."""
    span = (FIRST + dt.timedelta(days=n) for n in range((LAST - FIRST).days + 1))
    busy = np.busdaycalendar(holidays=[day for day in span if dates.is_holiday(day, calendar)])
    starts = np.array(days, dtype="datetime64[D]")
    begun = time.process_time()
    for _ in range(20):
        back = np.busday_offset(starts, 0, roll="backward", busdaycal=busy)
        np.busday_offset(back, WORKING.amount, busdaycal=busy)
    spent = time.process_time() - begun
    print(ROW.format("numpy.busday_offset, one array", f"{20 * len(days) / spent:,.0f}"))


def row(name: str, count: Count, days: list[dt.date]) -> None:
    """Counts per second of processor time, the best of three."""
    best = 0.0
    for _ in range(3):
        begun = time.process_time()
        for day in days:
            count(day)
        best = max(best, len(days) / max(time.process_time() - begun, 1e-9))
    print(ROW.format(name, f"{best:,.0f}"), flush=True)


if __name__ == "__main__":
    main()
