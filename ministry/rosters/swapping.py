"""Swaps: one asks, the other accepts, a third approves; what they bring about is weighed again when it is approved."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext

from ministry.editions.queries import law_at
from ministry.gate.acting import Acting
from ministry.gate.deed import Deed, NotPossible
from ministry.gate.holders import holders
from ministry.gate.registry import act
from ministry.rosters import apply, facts
from ministry.rosters.acts import all_seen, of_people
from ministry.rosters.data import Approving, OnSwap, Swapping
from ministry.rosters.facts import Move
from ministry.rosters.models import Member, Shift, Swap
from writ.book.terms import Value


@act("propose-swap", Swapping, apply.swap_proposed)
def propose(by: Acting, data: Swapping, at: dt.datetime) -> Deed:
    """Ask somebody to take a shift of one's own, for one of theirs or for none."""
    shift = standing(data.shift, at, "shift")
    all_seen(by, {data.taker}, at, "taker")
    if data.taker == by.person:
        raise NotPossible(gettext("ask somebody else"), "taker")
    if not Member.objects.filter(post=shift.post, person=data.taker, until=None).exists():
        raise NotPossible(gettext("they are not assigned to the post"), "taker")
    if data.back:
        back = standing(data.back, at, "back")
        if back.person != data.taker or back.post_id != shift.post_id:
            raise NotPossible(gettext("that is no shift of theirs at this post"), "back")
    open_ones = Swap.objects.filter(shift=shift, approved=None, ended=None)
    if open_ones.exists():
        raise NotPossible(
            gettext("somebody is asked to take that shift already"),
            "shift",
            gettext("withdraw that first"),
        )
    return Deed(
        itself=True,
        facts={
            "swap.own": shift.person == by.person,
            "swap.giver": shift.person,
            "swap.taker": data.taker,
        },
        data=data.model_copy(update={"post": shift.post_id}),
        marking=of_people(law_at(at), {by.person, shift.person, data.taker}),
    )


def standing(id: str, at: dt.datetime, field: str) -> Shift:
    """A shift that stands and has not begun.

    Raises:
        NotPossible: there is none.
    """
    found = Shift.objects.select_related("post").filter(id=id, void=None).first()
    if found is None:
        raise NotPossible(gettext("there is no such shift"), field)
    if found.start <= at:
        raise NotPossible(gettext("that shift has begun"), field)
    return found


def swap_of(by: Acting, id: str, at: dt.datetime) -> Swap:
    """A swap that is not settled, between people of whom whoever acts may know.

    Raises:
        NotPossible: there is none.
    """
    found = (
        Swap.objects.select_related("shift", "back", "post")
        .filter(id=id, approved=None, ended=None)
        .first()
    )
    if found is None:
        raise NotPossible(gettext("there is no such swap, or it is settled"), "swap")
    all_seen(by, {found.giver, found.taker}, at, "swap")
    return found


def known(by: Acting, found: Swap) -> dict[str, Value]:
    return {
        "swap.own": found.giver == by.person,
        "swap.asked": found.taker == by.person,
        "swap.giver": found.giver,
        "swap.taker": found.taker,
        "roster.keeps": found.post.keeper == by.office,
    }


@act("accept-swap", OnSwap, apply.swap_accepted)
def accept(by: Acting, data: OnSwap, at: dt.datetime) -> Deed:
    """Take the shift of somebody else, once it is approved."""
    found = swap_of(by, data.swap, at)
    if found.accepted is not None:
        raise NotPossible(gettext("it is accepted already"), "swap")
    people = {found.giver, found.taker}
    return Deed(found.id, known(by, found), marking=of_people(law_at(at), people))


@act("end-swap", OnSwap, apply.swap_ended)
def end(by: Acting, data: OnSwap, at: dt.datetime) -> Deed:
    """Decline a swap, or no longer ask for it."""
    found = swap_of(by, data.swap, at)
    people = {found.giver, found.taker}
    return Deed(found.id, known(by, found), marking=of_people(law_at(at), people))


@act("approve-swap", Approving, apply.swap_approved)
def approve(by: Acting, data: Approving, at: dt.datetime) -> Deed:
    """Approve a swap that was accepted: the shifts pass to the others at once."""
    law, found = law_at(at), swap_of(by, data.swap, at)
    shift, back = found.shift, found.back
    for one, person in ((shift, found.giver), (back, found.taker)):
        if one is not None and (one.void is not None or one.person != person):
            raise NotPossible(
                gettext("the shift has changed since"), "swap", gettext("ask for another swap")
            )
        if one is not None and one.start <= at:
            raise NotPossible(gettext("the shift has begun"), "swap")
    takes = {found.taker: [shift.slot], found.giver: [back.slot] if back is not None else []}
    loses = [one.id for one in (shift, back) if one is not None]
    weighed = facts.weigh(law, holders(law), Move(found.post, takes, loses))
    moves = [(shift.id, found.taker)]
    if back is not None:
        moves.append((back.id, found.giver))
    return Deed(
        found.id,
        {**known(by, found), **facts.of_roster(weighed, by.person)},
        data=data.model_copy(update={"moves": tuple(moves)}),
        marking=of_people(law, {found.giver, found.taker}),
    )
