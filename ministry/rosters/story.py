"""What the demonstration tells of rosters: the watch of the Duty Officer of the last week and the next two."""

from __future__ import annotations

import datetime as dt

from ministry.command import acts as command
from ministry.command.data import Appointing, Enrolment
from ministry.console.demo import acting, key
from ministry.database.transaction import now
from ministry.editions.queries import law_at
from ministry.gate.acting import Acting
from ministry.gate.holders import holders
from ministry.rosters import acts, facts, handing, planning, queries, swapping
from ministry.rosters.data import (
    Absent,
    Assigning,
    Changing,
    Establishing,
    HandingOver,
    OnSwap,
    PublishingRoster,
    Put,
    Swapping,
    TakingOver,
)
from ministry.rosters.models import Post, Shift
from ministry.rosters.pattern import DAY, of_days

WATCH = {
    "mia": "Mia Castellanos",
    "noa": "Noa Ferreira",
    "oli": "Olivier Brandt",
    "pia": "Pia Sundqvist",
    "rex": "Rex Adeyemi",
}
"""Officers of the watch besides the first."""
EIGHTS = """Early | FREQ=DAILY | 06:00-14:00
Late | FREQ=DAILY | 14:00-22:00
Night | FREQ=DAILY | 22:00-06:00"""
OFFICE = "duty-officer"
REASONS = ("", "My daughter's wedding.", "The dentist has no other day.")


def told() -> None:
    """Tell it, in a ministry that was founded with the people of the demonstration."""
    ada, bo, at = acting("ada"), acting("bo"), now()
    for sign_in, name in WATCH.items():
        command.enrol(ada, Enrolment(person=None, sign_in=sign_in, name=name))
        command.appoint(ada, Appointing(person=key(sign_in), office=OFFICE))
    acts.establish(
        bo,
        Establishing(
            post="watch",
            name="Watch of the Ministry",
            office=OFFICE,
            keeper=OFFICE,
            pattern=EIGHTS,
            always=True,
            overlap=15,
        ),
    )
    acts.establish(
        bo,
        Establishing(
            post="press-watch",
            name="Evening duty for the press",
            office=OFFICE,
            keeper=OFFICE,
            pattern="Evening | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR | 17:00-22:00",
        ),
    )
    for place, sign_in in enumerate(("dee", *WATCH), 1):
        acts.assign(ada, Assigning(post="watch", person=key(sign_in), order=place))
    acts.assign(ada, Assigning(post="press-watch", person=key("rex"), order=1))
    absent = at + 9 * DAY
    acts.record_absence(ada, Absent(person=key("pia"), start=absent, end=absent + 6 * DAY))
    post = Post.objects.get(key="watch")
    today = post.day_of(at)
    monday = today - (today.weekday() + 7) * DAY
    published(ada, post, monday, monday + 13 * DAY)
    published(ada, post, monday + 14 * DAY, monday + 20 * DAY, leave_open=2)
    later(ada, post, at)


def published(by: Acting, post: Post, first: dt.date, last: dt.date, leave_open: int = 0) -> None:
    """Publish a roster as it is proposed, some of its last shifts left open."""
    at = now()
    law = law_at(at)
    slots = of_days(post.lines, post.zone, first, last)
    given = planning.proposed(law, holders(law), post, slots, {}, at)
    some = slots[: len(slots) - leave_open]
    shifts = tuple(
        Put(start=slot.start, person=person)
        for slot in some
        for person in given.get(f"{slot.start:%Y%m%dT%H%M}", ())
    )
    acts.publish(by, PublishingRoster(post=post.key, first=first, last=last, shifts=shifts))


def later(by: Acting, post: Post, at: dt.datetime) -> None:
    """A change, a swap that waits, a note that was left."""
    law = law_at(at)
    rows = Shift.objects.filter(post=post, void=None, start__gt=at + DAY)
    ahead = list(rows.order_by("start"))
    held = holders(law)
    people = [key(one) for one in ("dee", *WATCH)]

    def free(shift: Shift) -> str | None:
        """Somebody who could take a shift by every rule."""
        for person in people:
            move = facts.Move(post, {person: [shift.slot]}, ())
            found = facts.weigh(law, held, move)
            if person != shift.person and not (found.breaches or found.unfit or found.absent):
                return person
        return None

    done = 0
    for shift in ahead[3:30]:
        taker = free(shift)
        if taker is None:
            continue
        if done == 0:
            acts.change(
                by,
                Changing(
                    post=post.key,
                    start=shift.start,
                    old=shift.person,
                    new=taker,
                    reason="A hearing before the committee on that day.",
                ),
            )
        else:
            giver = Acting(shift.person, OFFICE, 0.0)
            asked = swapping.propose(
                giver, Swapping(shift=shift.id, taker=taker, reason=REASONS[done])
            )
            if done == 1:
                swapping.accept(Acting(taker, OFFICE, 0.0), OnSwap(swap=asked.record))
        done += 1
        if done == 3:
            break
    for shift in queries.on_duty(post.key, at)[:1]:
        on_duty = Acting(shift.person, OFFICE, 0.0)
        handing.take_over(on_duty, TakingOver(post=post.key))
        handing.hand_over(
            on_duty,
            HandingOver(
                post=post.key,
                standing="Quiet. The exercise Northern Lantern ended at noon; all units answered.",
                open="The second line to the crisis centre is dead; the telephone company comes tomorrow.",
            ),
        )
