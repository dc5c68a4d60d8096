"""A proposed assignment: whoever may take a shift by every rule, who had the fewest nights and weekends first.

It is a proposal that a person looks at, changes and publishes; nothing follows from it by itself. It goes through the
shifts in the order in which fewest could take them, and never breaks a rule: what nobody can take stays open.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, insort
from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

import msgspec

from ministry.rosters.pattern import Slot, is_night, is_weekend
from ministry.rosters.rest import Limits, breaches

Stretch = tuple[dt.datetime, dt.datetime]
AROUND = dt.timedelta(days=9)
"""Shifts so far from another have no bearing on its rules; more where the law counts more nights."""


class Wanted(msgspec.Struct, frozen=True):
    """A shift of a post that somebody has to take."""

    post: str
    slot: Slot
    zone: str


class Candidate(msgspec.Struct, frozen=True):
    """Somebody assigned to posts: when they are absent, and the shifts that they have already, of whatever post."""

    person: str
    posts: frozenset[str]
    absent: tuple[Stretch, ...] = ()
    has: tuple[Slot, ...] = ()
    nights: int = 0
    weekends: int = 0
    hours: int = 0


class Given(msgspec.Struct, frozen=True):
    """Who is proposed for a shift; nobody, where nobody can take it."""

    wanted: Wanted
    person: str = ""


class _Hand:
    """One candidate while it is proposed."""

    def __init__(self, one: Candidate) -> None:
        self.one = one
        self.shifts = sorted(one.has)
        self.nights, self.weekends, self.hours = one.nights, one.weekends, float(one.hours)

    def near(self, slot: Slot, around: dt.timedelta) -> list[Slot]:
        first = bisect_left(self.shifts, Slot(slot.start - around, slot.start))
        last = bisect_left(self.shifts, Slot(slot.start + around, slot.start))
        return self.shifts[first:last]

    def can(self, slot: Slot, zone: ZoneInfo, limits: Limits) -> bool:
        if any(start < slot.end and slot.start < end for start, end in self.one.absent):
            return False
        around = max(AROUND, dt.timedelta(days=2 * (limits.nights or 0) + 2))
        near = self.near(slot, around)
        if any(one.start < slot.end and slot.start < one.end for one in near):
            return False
        if limits.rest is not None:
            rest = dt.timedelta(hours=limits.rest)
            if any(one.start < slot.end + rest and slot.start < one.end + rest for one in near):
                return False
        before = {one.key for one in breaches("", near, zone, limits)}
        insort(near, slot)
        return all(one.key in before for one in breaches("", near, zone, limits))

    def take(self, slot: Slot, night: bool, weekend: bool) -> None:
        insort(self.shifts, slot)
        self.nights += night
        self.weekends += weekend
        self.hours += slot.length.total_seconds() / 3600


def propose(
    wanted: Sequence[Wanted], candidates: Sequence[Candidate], limits: Limits
) -> list[Given]:
    """Who could take which shift, in the order of the shifts that are wanted. The same is proposed for the same."""
    hands = [_Hand(one) for one in sorted(candidates, key=lambda one: one.person)]
    by_post: dict[str, list[_Hand]] = {}
    for hand in hands:
        for post in hand.one.posts:
            by_post.setdefault(post, []).append(hand)
    zones = {one.zone: ZoneInfo(one.zone) for one in wanted}
    marks = [
        (is_night(one.slot, zones[one.zone]), is_weekend(one.slot, zones[one.zone]))
        for one in wanted
    ]
    order = sorted(
        range(len(wanted)),
        # By day, so that it stays even; on a day nights and weekends first, and what fewest can do.
        key=lambda at: (
            wanted[at].slot.start.date(),
            -sum(marks[at]),
            len(by_post.get(wanted[at].post, ())),
            wanted[at].slot,
            wanted[at].post,
        ),
    )
    found: list[Given | None] = [None] * len(wanted)
    for at in order:
        one, (night, weekend) = wanted[at], marks[at]
        some = sorted(
            by_post.get(one.post, ()),
            key=lambda hand: (
                hand.nights * night + hand.weekends * weekend,
                hand.hours,
                hand.one.person,
            ),
        )
        zone = zones[one.zone]
        taker = next((hand for hand in some if hand.can(one.slot, zone, limits)), None)
        if taker is not None:
            taker.take(one.slot, night, weekend)
        found[at] = Given(one, taker.one.person if taker is not None else "")
    return [one for one in found if one is not None]


def share(shifts: Mapping[str, Sequence[Slot]], zone: ZoneInfo) -> dict[str, tuple[int, int, int]]:
    """By person: nights, weekends and hours, of what they have."""
    return {
        person: (
            sum(is_night(one, zone) for one in some),
            sum(is_weekend(one, zone) for one in some),
            round(sum(one.length.total_seconds() for one in some) / 3600),
        )
        for person, some in sorted(shifts.items())
    }
