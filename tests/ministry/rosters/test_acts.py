"""Rosters are settled by acts: what the law says of rest stands, and everything replays."""

import datetime as dt
import threading

import pytest
from django.db import connection

from ministry.command import acts as command
from ministry.command.data import Appointing, Enrolment
from ministry.database.transaction import now
from ministry.editions.queries import law_at
from ministry.gate.deed import NotPossible
from ministry.gate.models import Duty
from ministry.gate.refusal import Refused
from ministry.gate.verify import verify
from ministry.rosters import acts, facts, handing, queries, swapping
from ministry.rosters.data import (
    Absent,
    Approving,
    Assigning,
    Changing,
    Establishing,
    Excepting,
    Filling,
    HandingOver,
    OnPost,
    OnSwap,
    Releasing,
    Reporting,
    Swapping,
    TakingOver,
)
from ministry.rosters.models import Exempt, Handover, Post, Shift, Swap
from ministry.rosters.rest import Limits
from tests.ministry.people import acting, appointed, key, reader
from tests.ministry.rosters.manning import (
    DAY,
    EIGHTS,
    WATCH,
    accepted,
    ahead,
    ask,
    manned,
    officer,
    publish,
    puts,
    shift_of,
    slots_of,
)

HOUR = dt.timedelta(hours=1)
TWO_DAYS = ["dee", "gus", "hal", "ivy", "jon", "dee"]


def test_the_numbers_of_rest_are_those_of_the_law_in_force(ministry):
    assert facts.limits(law_at(now())) == Limits(11, 13, 48, 4)


def test_a_published_roster_says_who_is_on_duty_and_replays(ministry):
    post = manned()
    publish(post, TWO_DAYS)
    for slot, name in zip(slots_of(post, ahead(), 2), TWO_DAYS, strict=True):
        assert [one.person for one in queries.on_duty("watch", slot.start)] == [key(name)]
        assert [one.person for one in queries.on_duty("watch", slot.end - HOUR)] == [key(name)]
    assert queries.on_duty("watch", slots_of(post, ahead(), 2)[-1].end) == []
    assert verify().differences == []


def test_whoever_keeps_the_roster_publishes_it_and_nobody_else(ministry):
    post = manned()
    with pytest.raises(Refused):
        publish(post, TWO_DAYS, by="cy")
    publish(post, TWO_DAYS, by="dee")
    with pytest.raises(NotPossible, match="already"):
        publish(post, TWO_DAYS)


@pytest.mark.parametrize(
    ("names", "cited"),
    [
        (["dee", "gus", "dee"], "Roster Reg. s. 3(1)"),
        (["dee", "gus", "hal", "dee", "gus", "hal"] + ["dee", "gus", "hal"] * 5, "Roster Reg. s. 3(3)"),
        ([None, None, "dee"] * 5, "Roster Reg. s. 3(4)"),
    ],
)  # fmt: skip
def test_what_breaches_rest_is_refused_and_cited(ministry, names, cited):
    post = manned()
    with pytest.raises(Refused) as caught:
        publish(post, names)
    assert cited in caught.value.refusal.decision.citations
    assert not Shift.objects.exists()


def test_a_shift_that_is_too_long_is_refused(ministry):
    post = manned(pattern="Long | FREQ=DAILY | 06:00-20:00", always=False)
    with pytest.raises(Refused) as caught:
        publish(post, ["dee"])
    assert "Roster Reg. s. 3(2)" in caught.value.refusal.decision.citations


def test_who_is_not_assigned_not_in_the_office_or_absent_is_not_on_a_roster(ministry):
    post = manned(("dee", "gus"))
    with pytest.raises(Refused):
        publish(post, ["dee", None, "cy"])  # in another office, and not assigned
    start = slots_of(post, ahead())[0].start
    acts.record_absence(ministry.ada, Absent(person=key("gus"), start=start - DAY, end=start + DAY))
    with pytest.raises(Refused) as caught:
        publish(post, ["gus", None, "dee"])
    assert "Roster Reg. s. 2(2)" in caught.value.refusal.decision.citations
    publish(post, ["dee"])


def test_a_breach_is_allowed_by_a_named_office_stating_why_and_only_so_far(ministry):
    post = manned()
    names = ["dee", "gus", "dee"]
    start = slots_of(post, ahead())[2].start
    allowed = {"person": key("dee"), "start": start, "rule": "rest", "found": 8}
    given = {"post": "watch", "breaches": [allowed], "reason": "Two are ill; a day off follows."}
    with pytest.raises(Refused):
        acts.except_(ministry.ada, Excepting(**given))
    acts.except_(ministry.bo, Excepting(**{**given, "breaches": [{**allowed, "found": 9}]}))
    with pytest.raises(Refused):
        publish(post, names)  # it takes more than was allowed
    acts.except_(ministry.bo, Excepting(**given))
    command.appoint(ministry.ada, Appointing(person=key("bo"), office="director-of-personnel"))
    bo = acting("bo", "director-of-personnel")
    with pytest.raises(Refused):  # nobody allows what they plan
        acts.publish(
            bo,
            acts.PublishingRoster(
                post="watch", first=ahead(), last=ahead(), shifts=puts(post, ahead(), names)
            ),
        )
    publish(post, names)
    assert Exempt.objects.count() == 2
    assert verify().differences == []


def test_a_gap_is_a_duty_until_it_is_filled_or_reported(ministry):
    post = manned()
    publish(post, ["dee", "gus", None])
    owed = Duty.everything.get(act="answer-gap")
    assert owed.status == "open" and owed.about == "watch"
    start = slots_of(post, ahead())[2].start
    given = {"post": "watch", "start": start}
    with pytest.raises(Refused):
        acts.fill(ministry.ada, Filling(**given, person=key("dee")))
    acts.fill(ministry.ada, Filling(**given, person=key("hal")))
    assert Duty.everything.get(act="answer-gap").status == "met"
    with pytest.raises(NotPossible, match="no gap"):
        acts.fill(ministry.ada, Filling(**given, person=key("ivy")))
    acts.change(ministry.ada, Changing(**given, old=key("hal"), reason="Ill since this morning."))
    acts.report(ministry.ada, Reporting(**given, reason="Nobody is left; the Registrar listens."))
    open_ones = queries.gaps_of([post], start - HOUR, start + 9 * HOUR)
    assert [(one.published, one.reported) for one in open_ones if one.start == start] == [
        (True, True)
    ]
    assert verify().differences == []


def test_a_swap_is_asked_accepted_and_approved_by_three(ministry):
    post = manned()
    publish(post, ["dee", "gus", "hal"])
    found = ask("dee", "ivy")
    with pytest.raises(Refused):  # nobody accepted it
        swapping.approve(ministry.ada, Approving(swap=found.id))
    with pytest.raises(Refused):
        swapping.accept(officer("gus"), OnSwap(swap=found.id))
    swapping.accept(officer("ivy"), OnSwap(swap=found.id))
    for own in ("dee", "ivy"):
        with pytest.raises(Refused):
            swapping.approve(officer(own), Approving(swap=found.id))
    swapping.approve(officer("gus"), Approving(swap=found.id))
    assert shift_of("ivy").start == slots_of(post, ahead())[0].start
    assert not Shift.objects.filter(person=key("dee"), void=None).exists()
    assert verify().differences == []


def test_nobody_gives_away_the_shift_of_somebody_else(ministry):
    publish(manned(), ["dee", "gus", "hal"])
    with pytest.raises(Refused):
        given = Swapping(shift=shift_of("gus").id, taker=key("ivy"))
        swapping.propose(officer("dee"), given)


def test_a_swap_for_a_shift_in_return_exchanges_both(ministry):
    post = manned()
    publish(post, ["dee", "gus", "hal", "ivy", "jon", None])
    found = accepted("dee", "jon", back=0)
    swapping.approve(ministry.ada, Approving(swap=found.id))
    some = slots_of(post, ahead(), 2)
    assert (shift_of("jon").start, shift_of("dee").start) == (some[0].start, some[4].start)
    assert verify().differences == []


def test_a_swap_is_weighed_again_when_it_is_approved(ministry):
    publish(manned(), ["dee", "gus", None, "hal", None, None])
    found = accepted("hal", "gus")  # the morning after gus's late shift
    with pytest.raises(Refused) as caught:
        swapping.approve(ministry.ada, Approving(swap=found.id))
    assert "Roster Reg. s. 3(1)" in caught.value.refusal.decision.citations
    swapping.end(officer("gus"), OnSwap(swap=found.id))
    with pytest.raises(NotPossible, match="settled"):
        swapping.approve(ministry.ada, Approving(swap=found.id))
    assert Swap.objects.get().ended is not None


def test_of_two_swaps_approved_at_once_that_together_leave_no_rest_one_stands(ministry):
    """Each alone leaves rest enough: jon would have the early and, eight hours after it, the night."""
    publish(manned(), ["dee", "gus", "hal"])
    swaps = [accepted("dee", "jon"), accepted("hal", "jon")]
    approvers = [ministry.ada, appointed("cy", "director-of-personnel")]
    came, ready = [], threading.Barrier(2)

    def approve(by, swap):
        ready.wait()
        try:
            swapping.approve(by, Approving(swap=swap))
            came.append("done")
        except Refused as stopped:
            came.append(stopped.refusal.decision.citations)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=approve, args=(by, one.id))
        for by, one in zip(approvers, swaps, strict=True)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert came.count("done") == 1, came
    assert Shift.objects.filter(person=key("jon"), void=None).count() == 1
    assert verify().differences == []


def underway(names=("dee", "gus", "hal")):
    """A roster of today, by shifts that are under way or come soon."""
    at = now()
    begins = (at - HOUR).replace(minute=0, second=0, microsecond=0)
    hours = [f"{(begins + 4 * n * HOUR):%H}:00" for n in range(4)]
    pattern = "\n".join(f"W{n} | FREQ=DAILY | {hours[n]}-{hours[n + 1]}" for n in range(3))
    post = manned(pattern=pattern, always=False, zone="UTC", overlap=0)
    first = begins.date()
    known = [one for one in slots_of(post, first, 2) if one.start >= begins][:3]
    shifts = tuple(
        acts.Put(start=slot.start, person=key(name))
        for slot, name in zip(known, names, strict=True)
    )
    given = acts.PublishingRoster(post="watch", first=first, last=first + DAY, shifts=shifts)
    acts.publish(acting("ada"), given)
    return post


def test_a_shift_begins_with_the_note_of_the_one_before_signed_by_both(ministry):
    underway()
    with pytest.raises(NotPossible, match="no such note"):
        handing.take_over(officer("dee"), TakingOver(post="watch", note="r-none"))
    handing.take_over(officer("dee"), TakingOver(post="watch"))
    assert Duty.everything.get(act="hand-over").status == "open"
    handing.hand_over(
        officer("dee"), HandingOver(post="watch", standing="Quiet.", open="Line 3 is dead.")
    )
    assert Duty.everything.get(act="hand-over").status == "met"
    note = Handover.objects.seen_by(reader(officer("gus"))).get()
    with pytest.raises(NotPossible, match="not sign it again"):
        handing.take_over(officer("dee"), TakingOver(post="watch", note=note.id))
    with pytest.raises(Refused):  # they come next but one
        handing.take_over(officer("hal"), TakingOver(post="watch", note=note.id))
    assert verify().differences == []


def test_a_note_that_is_marked_is_read_by_whoever_is_cleared(ministry):
    underway()
    given = HandingOver(post="watch", standing="A source called.", marking="secret/sources")
    handing.hand_over(officer("dee"), given)
    for name in ("gus", "hal"):
        assert not Handover.objects.seen_by(reader(officer(name))).exists()
    assert not Handover.objects.seen_by(reader(ministry.cy)).exists()
    with pytest.raises(NotPossible, match="no such note"):
        note = Handover.everything.get().id
        handing.take_over(officer("gus"), TakingOver(post="watch", note=note))


def test_a_note_is_left_on_duty_alone(ministry):
    underway()
    for name in ("hal", "jon"):
        with pytest.raises(NotPossible):
            handing.hand_over(officer(name), HandingOver(post="watch", standing="Nothing."))


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"pattern": "Early | FREQ=DAILY | 06:00-14:00", "always": True}, "pattern"),
        ({"pattern": "nonsense"}, "pattern"),
        ({"zone": "Europe/Atlantis"}, "zone"),
        ({"office": "ministry-of-defence"}, "office"),
        ({"acts": ["fly"]}, "acts"),
    ],
)
def test_a_post_that_cannot_be_is_not_established(ministry, more, field):
    given = {"post": "x", "name": "X", "office": WATCH, "keeper": WATCH, "pattern": EIGHTS}
    with pytest.raises(NotPossible) as caught:
        acts.establish(ministry.bo, Establishing(**{**given, **more}))
    assert caught.value.field == field


def test_who_holds_the_post_must_be_able_to_do_what_it_asks(ministry):
    post = manned(("dee",), offices=("duty-officer", "legal-adviser"), acts=("certify-edition",))
    acts.assign(ministry.ada, Assigning(post="watch", person=key("cy"), order=2))
    with pytest.raises(Refused):
        publish(post, ["dee"])
    publish(post, ["cy"])


def test_posts_are_closed_and_people_released(ministry):
    manned(("dee", "gus"))
    acts.release(ministry.ada, Releasing(post="watch", person=key("gus")))
    with pytest.raises(NotPossible, match="not assigned"):
        acts.release(ministry.ada, Releasing(post="watch", person=key("gus")))
    acts.close(ministry.bo, OnPost(post="watch"))
    with pytest.raises(NotPossible, match="no such post"):
        acts.close(ministry.bo, OnPost(post="watch"))
    assert Post.objects.get().until is not None
    assert verify().differences == []


def test_whoever_is_woken_is_on_duty_or_next_in_the_order_and_not_absent(ministry):
    post = manned(("dee", "gus", "hal", "ivy"))
    publish(post, ["gus", None, None])
    start = slots_of(post, ahead())[0].start
    acts.record_absence(ministry.ada, Absent(person=key("dee"), start=start, end=start + DAY))
    chain = queries.whom_to_wake("watch", start + HOUR)
    assert [one.person for one in chain] == [key(name) for name in ("gus", "hal", "ivy", "dee")]
    assert (chain[0].on_duty, chain[-1].absent) == (True, True)
    after = queries.whom_to_wake("watch", start + 9 * HOUR)
    assert [one.person for one in after] == [key(name) for name in ("hal", "ivy", "gus", "dee")]
    assert after[2].resting


def test_a_post_hangs_on_one_person_where_one_alone_can_take_it(ministry):
    post = manned(("dee",))
    acts.assign(ministry.ada, Assigning(post="watch", person=key("cy"), order=2))
    law = law_at(now())
    held = facts_held(law)
    assert [one.people for one in queries.single_points(law, held, [post])] == [(key("dee"),)]
    appointed("cy", "duty-officer")
    assert queries.single_points(law, facts_held(law), [post]) == []


def facts_held(law):
    from ministry.gate.holders import holders

    return holders(law)


def test_who_may_not_be_known_of_is_nobody_on_a_roster(ministry):
    post = manned()
    command.enrol(ministry.ada, Enrolment(sign_in="ned", name="Ned", marking="secret/inquiries"))
    start = slots_of(post, ahead())[0].start
    with pytest.raises(NotPossible, match="nobody is enrolled"):
        acts.publish(
            officer("dee"),
            acts.PublishingRoster(
                post="watch", first=ahead(), last=ahead(),
                shifts=(acts.Put(start=start, person=key("ned")),),
            ),
        )  # fmt: skip
