"""A proposal for a post over the tables: who is assigned and can, what they have already, what they had before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from ministry.editions.queries import Law
from ministry.gate.holders import Holders
from ministry.rosters import facts
from ministry.rosters.acts import with_overlap
from ministry.rosters.models import Member, Post
from ministry.rosters.pattern import Slot
from ministry.rosters.proposing import Candidate, Wanted, propose, share

BEFORE = dt.timedelta(days=84)
"""So far back nights and weekends count for what is even."""


def proposed(
    law: Law,
    held: Holders,
    post: Post,
    slots: Sequence[Slot],
    given: Mapping[str, Sequence[str]],
    at: dt.datetime,
) -> dict[str, list[str]]:
    """Who could have which shift, by its beginning (`%Y%m%dT%H%M`), with what is given already. Four queries."""
    if not slots:
        return {}
    since, until = slots[0].start - BEFORE, slots[-1].end + facts.AROUND
    members = list(Member.objects.filter(post=post, until=None).values_list("person", flat=True))
    able = facts.qualified(law, held, post, members)
    has = facts.shifts_of(able, since, until)
    away = facts.absences_of(able, since, until)
    kept = {f"{one.start:%Y%m%dT%H%M}": list(given.get(f"{one.start:%Y%m%dT%H%M}", ())) for one in slots}  # fmt: skip
    some = []
    for person in sorted(able):
        own = [one.slot for one in has.get(person, ())]
        own += [with_overlap(post, one) for one in slots if person in kept[f"{one.start:%Y%m%dT%H%M}"]]  # fmt: skip
        nights, weekends, hours = share({person: own}, post.tz).get(person, (0, 0, 0))
        some.append(
            Candidate(
                person,
                frozenset({post.key}),
                tuple(away.get(person, ())),
                tuple(sorted(own)),
                nights,
                weekends,
                hours,
            )
        )
    wanted = [
        Wanted(post.key, with_overlap(post, one), post.zone)
        for one in slots
        for _ in range(post.needs - len(kept[f"{one.start:%Y%m%dT%H%M}"]))
    ]
    for each in propose(wanted, some, facts.limits(law)):
        if each.person:
            kept[f"{each.wanted.slot.start:%Y%m%dT%H%M}"].append(each.person)
    return {start: people for start, people in kept.items() if people}
