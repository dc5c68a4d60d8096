"""Rest: what shifts take from whoever has them, measured as the law speaks of it, and where they breach its rules.

How much rest is enough the Book says; here is only how it is counted. Hours of rest are rounded down, hours of duty
up, so that no rule is kept by rounding.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from zoneinfo import ZoneInfo

import msgspec

from ministry.rosters.pattern import DAY, Slot, is_night

HOUR = dt.timedelta(hours=1)
WEEK = dt.timedelta(days=7)
ENOUGH = 1_000
"""Hours of rest of whoever has no two shifts."""
RULES = ("rest", "longest", "week", "nights")


class Limits(msgspec.Struct, frozen=True):
    """What the law allows: hours of rest at least, hours of a shift, hours in seven days and nights at the most."""

    rest: int | None = None
    longest: int | None = None
    week: int | None = None
    nights: int | None = None


class Taken(msgspec.Struct, frozen=True):
    """What the shifts of one person, or of several, come to at their worst."""

    rest: int = ENOUGH
    longest: int = 0
    week: int = 0
    nights: int = 0

    def worst(self, other: Taken) -> Taken:
        return Taken(
            min(self.rest, other.rest),
            max(self.longest, other.longest),
            max(self.week, other.week),
            max(self.nights, other.nights),
        )


class Breach(msgspec.Struct, frozen=True, order=True):
    """A rule that a shift breaches for somebody: how much it is, and how much the law allows."""

    person: str
    start: dt.datetime
    rule: str
    found: int
    allowed: int

    @property
    def key(self) -> str:
        return f"{self.person} {self.start:%Y%m%dT%H%MZ} {self.rule} {self.found}"


def up(length: dt.timedelta) -> int:
    """Hours, rounded up."""
    return -(-length // HOUR)


def measures(shifts: Sequence[Slot], zone: ZoneInfo) -> list[Taken]:
    """For each shift of one person, in order: rest before it, its length, hours of the week that ends with it, nights
    up to it. Shifts that overlap leave no rest."""
    found = []
    run, last_night = 0, dt.date.min
    first = 0
    nights = [is_night(one, zone) for one in shifts]
    latest: dt.datetime | None = None
    for at, one in enumerate(shifts):
        rest = ENOUGH
        if latest is not None:
            rest = min(ENOUGH, max(0, (one.start - latest) // HOUR))
        latest = one.end if latest is None else max(latest, one.end)
        since = one.end - WEEK
        while shifts[first].end <= since and first < at:
            first += 1
        hours = dt.timedelta()
        for each in shifts[first : at + 1]:
            hours += max(each.end - max(each.start, since), dt.timedelta())
        if nights[at]:
            night = (one.start.astimezone(zone) - dt.timedelta(hours=6)).date()
            if night != last_night:
                run = run + 1 if night - last_night == DAY else 1
            last_night = night
        found.append(Taken(rest, up(one.length), up(hours), run if nights[at] else 0))
    return found


def taken(shifts: Iterable[Slot], zone: ZoneInfo) -> Taken:
    """What the shifts of one person come to at their worst."""
    worst = Taken()
    for one in measures(sorted(shifts), zone):
        worst = worst.worst(one)
    return worst


def breaches(person: str, shifts: Iterable[Slot], zone: ZoneInfo, limits: Limits) -> list[Breach]:
    """Where the shifts of one person breach a rule."""
    ordered = sorted(shifts)
    found = []
    for one, come in zip(ordered, measures(ordered, zone), strict=True):
        for rule in RULES:
            allowed = getattr(limits, rule)
            much = getattr(come, rule)
            if allowed is not None and (much < allowed if rule == "rest" else much > allowed):
                found.append(Breach(person, one.start, rule, much, allowed))
    return found
