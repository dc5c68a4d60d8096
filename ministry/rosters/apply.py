"""How the acts of rosters change its tables."""

from __future__ import annotations

import datetime as dt

from ministry.gate.deed import Change
from ministry.rosters.models import (
    Absence,
    Exempt,
    GapReport,
    Handover,
    Left,
    Member,
    Post,
    Roster,
    Shift,
    Swap,
)


def established(change: Change) -> None:
    data = change.data
    Post.objects.create(
        key=data.post,
        name=data.name,
        office=data.office,
        keeper=data.keeper,
        zone=data.zone,
        pattern=data.pattern,
        always=data.always,
        needs=data.needs,
        overlap=data.overlap,
        offices=list(data.offices),
        acts=list(data.acts),
        record=change.record,
        since=change.at,
    )


def closed(change: Change) -> None:
    Post.objects.filter(key=change.data.post).update(until=change.at)


def assigned(change: Change) -> None:
    data = change.data
    Member.objects.create(
        id=change.record,
        post_id=data.post,
        person=data.person,
        order=data.order,
        since=change.at,
    )


def released(change: Change) -> None:
    Member.objects.filter(id=change.data.member).update(until=change.at)


def absent(change: Change) -> None:
    data = change.data
    Absence.objects.create(id=change.record, person=data.person, start=data.start, end=data.end)


def absence_ended(change: Change) -> None:
    Absence.objects.filter(id=change.data.absence).update(end=change.at)


def published(change: Change) -> None:
    data = change.data
    Roster.objects.create(
        id=change.record,
        post_id=data.post,
        first=data.first,
        last=data.last,
        at=change.at,
        person=change.person,
    )
    Shift.objects.bulk_create(
        [
            shift(change, f"{change.record}.{at}", data.post, one.person, one.start, one.end, one.name)
            for at, one in enumerate(data.shifts)
        ],
        batch_size=100,
    )  # fmt: skip


def shift(
    change: Change,
    id: str,
    post: str,
    person: str,
    start: dt.datetime,
    end: dt.datetime,
    name: str,
) -> Shift:
    return Shift(
        id=id, post_id=post, person=person, start=start, end=end, name=name, made=change.at
    )


def changed(change: Change) -> None:
    data = change.data
    if data.shift:
        Shift.objects.filter(id=data.shift).update(void=change.at)
    if data.new:
        shift(change, change.record, data.post, data.new, data.start, data.end, data.name).save(
            force_insert=True
        )


def filled(change: Change) -> None:
    data = change.data
    shift(change, change.record, data.post, data.person, data.start, data.end, data.name).save(
        force_insert=True
    )


def reported(change: Change) -> None:
    data = change.data
    GapReport.objects.create(
        id=change.record,
        post_id=data.post,
        start=data.start,
        reason=data.reason,
        at=change.at,
        person=change.person,
    )


def excepted(change: Change) -> None:
    data = change.data
    for at, one in enumerate(data.breaches):
        Exempt.objects.create(
            id=f"{change.record}.{at}",
            record=change.record,
            post_id=data.post,
            person=one.person,
            start=one.start,
            rule=one.rule,
            found=one.found,
            reason=data.reason,
            by=change.person,
            office=change.actor,
            at=change.at,
        )


def swap_proposed(change: Change) -> None:
    data = change.data
    Swap.objects.create(
        id=change.record,
        post_id=data.post,
        shift_id=data.shift,
        back_id=data.back or None,
        giver=change.person,
        taker=data.taker,
        reason=data.reason,
        asked=change.at,
    )


def swap_accepted(change: Change) -> None:
    Swap.objects.filter(id=change.data.swap).update(accepted=change.at)


def swap_ended(change: Change) -> None:
    Swap.objects.filter(id=change.data.swap).update(ended=change.at)


def swap_approved(change: Change) -> None:
    data = change.data
    Swap.objects.filter(id=data.swap).update(approved=change.at)
    for at, (old, person) in enumerate(data.moves):
        was = Shift.objects.get(id=old)
        Shift.objects.filter(id=old).update(void=change.at)
        new = f"{change.record}.{at}"
        shift(change, new, was.post_id, person, was.start, was.end, was.name).save(
            force_insert=True
        )


def handed_over(change: Change) -> None:
    data = change.data
    Handover.everything.create(
        id=change.record,
        post_id=data.post,
        office=data.office,
        shift_id=data.shift,
        leaving=change.person,
        at=change.at,
        standing=data.standing,
        open=data.open,
        label=change.label,
    )
    if not Left.objects.filter(shift=data.shift).exists():
        Left.objects.create(shift_id=data.shift)


def taken_over(change: Change) -> None:
    if change.data.note:
        Handover.everything.filter(id=change.data.note).update(
            coming=change.person, taken=change.at
        )
