"""What rosters answer: who is on duty, whom to wake, where there are gaps, who alone can do what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import pairwise

import msgspec

from ministry.editions.queries import Law
from ministry.gate.holders import Holders
from ministry.rosters import cover, facts
from ministry.rosters.models import Absence, GapReport, Member, Post, Roster, Shift
from ministry.rosters.pattern import LONGEST, Slot, moment, slots

AHEAD = dt.timedelta(days=30)
"""So far ahead gaps are looked for."""
LEFT_OUT = dt.timedelta(days=14)
"""So far back a missing handover is shown."""
GRACE = dt.timedelta(minutes=30)
"""So long after its end a shift may still leave its note."""


def on_duty(post: str, at: dt.datetime) -> list[Shift]:
    """Who is on duty at a post at a moment, who came last first; nobody, where the roster has a gap. One query."""
    rows = Shift.objects.filter(
        post=post, void=None, start__lte=at, start__gt=at - LONGEST, end__gt=at
    )
    return list(rows.order_by("-start", "person"))


class Call(msgspec.Struct, frozen=True):
    """Somebody to be called: at which place of the chain, and whether they are on duty, absent, or just off duty."""

    person: str
    place: int
    on_duty: bool = False
    absent: bool = False
    resting: bool = False


def whom_to_wake(post: str, at: dt.datetime) -> list[Call]:
    """The chain of a post: who is on duty, then the others in their order, who is absent last. Four queries."""
    now = [one.person for one in on_duty(post, at)]
    members = list(Member.objects.filter(post=post, until=None).order_by("order", "since", "id"))
    people = list(dict.fromkeys([*now, *(one.person for one in members)]))
    away = set(
        Absence.objects.filter(person__in=people, start__lte=at, end__gt=at).values_list(
            "person", flat=True
        )
    )
    tired = set(
        Shift.objects.filter(
            person__in=people, void=None, start__gt=at - LONGEST, end__gt=at - REST, end__lte=at
        ).values_list("person", flat=True)
    )
    order = sorted(
        people,
        key=lambda one: (one not in now, one in away, one in tired, people.index(one)),
    )
    return [
        Call(one, place, one in now, one in away, one in tired and one not in now)
        for place, one in enumerate(order, 1)
    ]


REST = dt.timedelta(hours=8)
"""So long after a shift somebody is called after those who have slept."""


class Open(msgspec.Struct, frozen=True):
    """A gap of a post ahead: whether a roster is published for it, and whether it was reported."""

    post: Post
    start: dt.datetime
    end: dt.datetime
    missing: int
    published: bool
    reported: bool
    shift: dt.datetime
    """The beginning of the shift that lacks somebody: with a handover the gap begins after it."""


def wanted(post: Post, since: dt.datetime, until: dt.datetime) -> list[tuple[cover.Stretch, int]]:
    """When how many are to be on duty at a post, between two moments."""
    if post.always:
        return [((since, until), post.needs)]
    return [
        ((max(one.start, since), min(one.end, until)), post.needs)
        for one in slots(post.lines, post.zone, since - LONGEST, until)
        if one.end > since
    ]


def gaps_of(posts: Sequence[Post], since: dt.datetime, until: dt.datetime) -> list[Open]:
    """Where posts have too few on duty, the first gap first. Three queries, however many posts."""
    there: dict[str, list[cover.Stretch]] = {}
    rows = Shift.objects.filter(
        post__in=posts, void=None, start__lt=until, start__gt=since - LONGEST, end__gt=since
    )
    for post, start, end in rows.values_list("post_id", "start", "end"):
        there.setdefault(post, []).append((max(start, since), min(end, until)))
    reported: dict[str, list[dt.datetime]] = {}
    rows_of = GapReport.objects.filter(post__in=posts, start__gte=since - LONGEST, start__lt=until)
    for post, start in rows_of.values_list("post_id", "start"):
        reported.setdefault(post, []).append(start)
    periods: dict[str, list[tuple[dt.datetime, dt.datetime]]] = {}
    by_key = {one.key: one for one in posts}
    some = Roster.objects.filter(post__in=posts, last__gte=(since - LONGEST).date())
    for post, first, last in some.values_list("post_id", "first", "last"):
        tz = by_key[post].tz
        day = dt.timedelta(days=1)
        periods.setdefault(post, []).append(
            (moment(first, dt.time(), tz), moment(last + day, dt.time(), tz))
        )
    found = []
    for one in posts:
        for gap in cover.gaps(wanted(one, since, until), there.get(one.key, ())):
            found += [
                Open(
                    one,
                    start,
                    end,
                    gap.missing,
                    any(first <= start < last for first, last in periods.get(one.key, ())),
                    any(start <= at < end for at in reported.get(one.key, ())),
                    shift,
                )
                for start, end, shift in by_shift(one, gap)
            ]
    return sorted(found, key=lambda one: (one.start, one.post.key))


def by_shift(post: Post, gap: cover.Gap) -> list[tuple[dt.datetime, dt.datetime, dt.datetime]]:
    """A gap, parted where shifts of the pattern begin; each part with the beginning of its shift."""
    starts = [one.start for one in slots(post.lines, post.zone, gap.start - LONGEST, gap.end)]
    turns = sorted({gap.start, *(one for one in starts if one > gap.start), gap.end})
    return [
        (start, end, max((one for one in starts if one <= start), default=start))
        for start, end in pairwise(turns)
    ]


def apart(rows: Iterable[Open]) -> tuple[list[Open], list[Open]]:
    """The gaps of published rosters; and of what is not planned yet the first of each post."""
    published: list[Open] = []
    unplanned: dict[str, Open] = {}
    for one in rows:
        if one.published:
            published.append(one)
        else:
            unplanned.setdefault(one.post.key, one)
    return published, list(unplanned.values())


def gap_count(
    post: Post, wanted_slots: Iterable[Slot], there: Iterable[Slot], since: dt.datetime
) -> int:
    """Of these shifts, the gaps that are left by those who are there."""
    need = [((one.start, one.end), post.needs) for one in wanted_slots if one.end > since]
    return len(cover.gaps(need, [(one.start, one.end) for one in there]))


class Alone(msgspec.Struct, frozen=True):
    """A post that hangs on one person, or on nobody."""

    post: Post
    people: tuple[str, ...]


def single_points(law: Law, held: Holders, posts: Sequence[Post]) -> list[Alone]:
    """Posts for which no more people are assigned and qualified than have to be on duty at once. One query."""
    members: dict[str, list[str]] = {}
    rows = Member.objects.filter(post__in=posts, until=None)
    for post, person in rows.values_list("post_id", "person"):
        members.setdefault(post, []).append(person)
    found = []
    for one in posts:
        able = facts.qualified(law, held, one, members.get(one.key, ()))
        if len(able) <= one.needs:
            found.append(Alone(one, tuple(sorted(able))))
    return found


def missing_notes(posts: Sequence[Post], at: dt.datetime) -> list[Shift]:
    """Shifts that ended lately and left no note, the latest first. One query."""
    rows = Shift.objects.filter(
        post__in=posts,
        void=None,
        end__lte=at - GRACE,
        start__gt=at - LEFT_OUT,
        left=None,
    )
    found = rows.select_related("post").order_by("-end", "id")
    return [one for one in found if one.post.since <= one.start][:200]
