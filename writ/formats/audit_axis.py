"""The time axis of a picture: from the times of a record to parts of its width, with ticks at round times."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
TICKS = 8
"""At most so many."""
EDGE = 0.015
"""Part of the width that stays free at either end."""
BEYOND = 2
"""Of the time in which things happened, so many times is shown of what lies ahead."""
NOON = 0.5
_STEPS = (
    *(("hours", step) for step in (1, 2, 3, 6, 12)),
    *(("days", step) for step in (1, 2, 7, 14)),
    *(("months", step) for step in (1, 3, 6)),
    *(("years", step) for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)),
)
_LENGTHS = {"hours": 1 / 24, "days": 1, "months": 28, "years": 365}
"""Days at least."""


class Tick(msgspec.Struct, frozen=True):
    """`at` in per cent of the width; `minor` ticks go without a label where there is little room."""

    at: float
    label: str
    minor: bool


class Axis(msgspec.Struct, frozen=True):
    """Times as days since the year 1, with their fraction, in one offset for all."""

    start: float
    end: float
    zone: dt.timezone = dt.UTC

    def days(self, at: dt.date, of_day: float = 0.0) -> float:
        """The time in days; of a day without an hour, that part of it."""
        return days(at, self.zone, of_day)

    def place(self, time: float) -> float:
        """Per cent of the width, from 0 to 100; what lies outside is put on the edge."""
        span = self.end - self.start
        part = EDGE + (time - self.start) / span * (1 - 2 * EDGE)
        return round(100 * min(max(part, 0.0), 1.0), 2)

    def places(self, times: NDArray[np.float64]) -> NDArray[np.float64]:
        """`place` of many times at once; shape as that of `times`."""
        part = EDGE + (times - self.start) / (self.end - self.start) * (1 - 2 * EDGE)
        return part.clip(0.0, 1.0) * 100

    def ticks(self) -> list[Tick]:
        """Ticks at round times, as many as can be read."""
        times: list[float] = []
        for unit, step in _STEPS:
            if (self.end - self.start) / (_LENGTHS[unit] * step) > TICKS + 1:
                continue
            times = list(self._times(unit, step))
            if len(times) <= TICKS:
                break
        found: list[Tick] = []
        year = 0
        for index, time in enumerate(times):
            day = dt.date.fromordinal(int(time + 1e-6))
            label = _label(unit, time, day, new_year=day.year != year)
            year = day.year
            if unit == "hours" and not found and ":" in label:
                label = f"{_label('days', time, day, new_year=False)} {label}"
            found.append(Tick(self.place(time), label, minor=index % 2 == 1))
        return found

    def _times(self, unit: str, step: int) -> Iterator[float]:
        first = dt.date.fromordinal(max(int(self.start), 1))
        if unit == "hours":
            time = float(int(self.start))
            length = step / 24
        elif unit == "days":
            # Weeks begin on a Monday, as the first day of all did.
            time = float(int(self.start) - (int(self.start) - 1) % step)
            length = float(step)
        else:
            months = step if unit == "months" else 12 * step
            month = first.year * 12 + first.month - 1
            month -= month % months
            yield from self._months(month, months)
            return
        while time <= self.end + 1e-9:
            if time >= self.start - 1e-9:
                yield time
            time += length

    def _months(self, month: int, step: int) -> Iterator[float]:
        for at in range(month, 12 * 10_000, step):
            if at < 12:
                continue
            time = float(dt.date(at // 12, at % 12 + 1, 1).toordinal())
            if time > self.end:
                return
            if time >= self.start:
                yield time


def _label(unit: str, time: float, day: dt.date, new_year: bool) -> str:
    if unit == "hours":
        minutes = round((time - int(time + 1e-6)) * 1440)
        if minutes > 0:
            return f"{minutes // 60:02}:{minutes % 60:02}"
    if unit in ("hours", "days"):
        label = f"{day.day} {MONTHS[day.month - 1]}"
        return f"{label} {day.year}" if new_year else label
    if unit == "months":
        return f"{MONTHS[day.month - 1]} {day.year}" if new_year else MONTHS[day.month - 1]
    return str(day.year)


def days(at: dt.date, zone: dt.timezone, of_day: float = 0.0) -> float:
    """Days since the year 1 as they are counted in the zone."""
    if not isinstance(at, dt.datetime):
        return at.toordinal() + of_day
    hours = at.hour / 24 + at.minute / 1440 + at.second / 86_400
    own, other = at.utcoffset() or dt.timedelta(), zone.utcoffset(None)
    return at.toordinal() + hours + (other - own).total_seconds() / 86_400


def zone_of(times: Iterable[dt.date | None]) -> dt.timezone:
    """The offset of the first moment among them; UTC where there is none."""
    for time in times:
        if isinstance(time, dt.datetime):
            return dt.timezone(time.utcoffset() or dt.timedelta())
    return dt.UTC


def axis(core: tuple[float, float], wanted: Iterable[float], zone: dt.timezone) -> Axis:
    """The axis over what happened, and over as much of what lies before and after as does not squeeze it.

    Args:
        core: from the first to the last of what happened.
        wanted: further times at which something begins or ends.
    """
    first, last = core
    span = max(last - first, 1.0 / 24)
    start, end = first, last
    for time in wanted:
        # What lies far out is shown as going on: it gets a margin to go on into.
        start = min(start, time if time >= first - span else first - span / 4)
        end = max(end, time if time <= last + BEYOND * span else last + span / 4)
    return Axis(max(start, 1.0), max(end, start + 1.0 / 24), zone)
