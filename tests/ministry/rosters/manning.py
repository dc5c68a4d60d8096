"""A duty post with people for it, for tests."""

from __future__ import annotations

import datetime as dt

from ministry.command import acts as command
from ministry.command.data import Appointing, Enrolment
from ministry.database.transaction import now
from ministry.rosters import acts, swapping
from ministry.rosters.data import (
    Absent,
    Approving,
    Assigning,
    EndingAbsence,
    Establishing,
    Filling,
    OnSwap,
    PublishingRoster,
    Put,
    Swapping,
)
from ministry.rosters.models import Post, Shift, Swap
from ministry.rosters.pattern import of_days
from tests.ministry.people import acting, key

EIGHTS = """Early | FREQ=DAILY | 06:00-14:00
Late | FREQ=DAILY | 14:00-22:00
Night | FREQ=DAILY | 22:00-06:00"""
WATCH = "duty-officer"
PEOPLE = ("dee", "gus", "hal", "ivy", "jon")
DAY = dt.timedelta(days=1)


def officer(name):
    return acting(name, "duty-officer")


def manned(people=PEOPLE, pattern=EIGHTS, **more):
    """A post `watch` of duty officers, kept by them, with people assigned to it."""
    ada, bo = acting("ada"), acting("bo")
    for name in people:
        if name != "dee":
            command.enrol(ada, Enrolment(sign_in=name, name=name.title()))
            command.appoint(ada, Appointing(person=key(name), office="duty-officer"))
    given = {
        "post": "watch", "name": "Watch", "office": WATCH, "keeper": WATCH, "zone": "Europe/London",
        "pattern": pattern, "always": True, **more,
    }  # fmt: skip
    acts.establish(bo, Establishing(**given))
    for at, name in enumerate(people, 1):
        acts.assign(ada, Assigning(post="watch", person=key(name), order=at))
    return Post.objects.get(key="watch")


def ahead(days=1):
    """A day to come, by the clock of the post."""
    return (now() + days * DAY).date()


def slots_of(post, first, days=1):
    return of_days(post.lines, post.zone, first, first + (days - 1) * DAY)


def puts(post, first, names):
    """Shifts of a period, each for the next of the names; None leaves one open."""
    found = []
    for slot, name in zip(slots_of(post, first, -(-len(names) // 3)), names, strict=False):
        if name:
            found.append(Put(start=slot.start, person=key(name)))
    return tuple(found)


def publish(post, names, by="ada", first=None):
    """Publish a roster of whole days, of three shifts each."""
    first = first or ahead()
    last = first + (-(-len(names) // 3) - 1) * DAY
    who = acting(by) if by in ("ada", "bo", "cy") else officer(by)
    given = PublishingRoster(post="watch", first=first, last=last, shifts=puts(post, first, names))
    return acts.publish(who, given)


def shift_of(name, at=0):
    return Shift.objects.filter(person=key(name), void=None).order_by("start")[at]


def ask(giver, taker, at=0, back=None):
    given = Swapping(
        shift=shift_of(giver, at).id, taker=key(taker), back=shift_of(taker, back).id if back is not None else ""
    )  # fmt: skip
    swapping.propose(officer(giver), given)
    return Swap.objects.latest("asked")


def accepted(giver, taker, at=0, back=None):
    found = ask(giver, taker, at, back)
    swapping.accept(officer(taker), OnSwap(swap=found.id))
    return found


def halves():
    """A post of two shifts a day, by UTC: one under way, two to come, gaps between and one filled; a swap of each
    end, an absence."""
    pattern = "Day | FREQ=DAILY | 08:00-20:00\nNight | FREQ=DAILY | 20:00-08:00"
    every = ("duty-officer", "legal-adviser", "permanent-secretary", "registrar", "auditor")
    given = {"zone": "UTC", "offices": every, "keeper": "duty-officer"}
    post = manned(("dee",), pattern, **given)
    for name in ("cy", "fay", "bo"):
        acts.assign(acting("ada"), Assigning(post="watch", person=key(name), order=2))
    first = now().date() - DAY
    some = [one for one in slots_of(post, first, 4) if one.end > now()]
    shifts = tuple(
        Put(start=some[at].start, person=key(name))
        for at, name in ((0, "dee"), (2, "cy"), (4, "cy"))
    )
    last = first + 3 * DAY
    acts.publish(
        acting("ada"), PublishingRoster(post="watch", first=first, last=last, shifts=shifts)
    )
    cy = acting("cy")
    for settle in (swapping.end, None):
        given = Swapping(shift=shift_of("cy").id, taker=key("fay"))
        asked = OnSwap(swap=swapping.propose(cy, given).record)
        if settle is not None:
            settle(cy, asked)
    swapping.accept(acting("fay"), asked)
    swapping.approve(acting("ada"), Approving(swap=asked.swap))
    absence = Absent(person=key("hal"), start=now(), end=now() + 9 * DAY)
    record = acts.record_absence(acting("ada"), absence).record
    acts.end_absence(acting("ada"), EndingAbsence(absence=record))
    acts.fill(acting("ada"), Filling(post="watch", start=some[3].start, person=key("bo")))
