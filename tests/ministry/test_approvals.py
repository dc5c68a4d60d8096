"""Asking those who have the power, and what is done at once in danger."""

import msgspec
import pytest

from ministry.approvals import acts, queries
from ministry.approvals.data import Asking, Deciding, Declining, Granting, Overriding, Withdrawing
from ministry.approvals.models import Exceeding, Request
from ministry.command import acts as command
from ministry.command.data import Appointing, Giving, TakingBack
from ministry.gate.deed import NotPossible
from ministry.gate.models import Duty
from ministry.gate.refusal import Refused
from ministry.gate.registry import act_named, run
from ministry.gate.verify import verify
from ministry.people.models import Appointment, Gift
from ministry.register.models import Record
from tests.ministry.people import acting, key, reader


def appointing(name="dee", office="legal-adviser"):
    return {"person": key(name), "office": office}


def ask(by, reason="she is to stand in for Cy"):
    return acts.ask(by, Asking(act="appoint-officer", given=appointing(), reason=reason))


def test_a_request_goes_to_the_offices_that_could_do_it(ministry):
    receipt = ask(ministry.cy)
    request = Request.everything.get()
    assert request.id == receipt.record
    assert {one.office for one in request.offices.all()} == {
        "permanent-secretary",
        "director-of-personnel",
    }
    assert list(queries.waiting_for(reader(ministry.bo))) == [request]
    assert not queries.waiting_for(reader(ministry.cy)).exists()


def test_who_grants_it_does_the_act_by_their_own_power(ministry):
    request = ask(ministry.cy).record
    granted, done = acts.grant(ministry.bo, Granting(request=request))
    assert Appointment.everything.get(office="legal-adviser", person=key("dee")).id == done.record
    assert Record.everything.get(id=done.record).actor == "permanent-secretary"
    assert granted.number + 1 == done.number
    assert not queries.waiting_for(reader(ministry.ada)).exists()
    assert verify().differences == []


def test_nobody_grants_their_own_request(ministry):
    request = acts.ask(ministry.bo, Asking(act="appoint-officer", given=appointing())).record
    with pytest.raises(Refused) as refused:
        acts.grant(ministry.bo, Granting(request=request))
    assert refused.value.refusal.decision.citations == ("Authority Act s. 1(2)",)
    assert Request.everything.get().outcome == "open"


def test_a_grant_by_somebody_without_the_power_leaves_the_request_open(ministry):
    request = ask(ministry.cy).record
    with pytest.raises(Refused) as refused:
        acts.grant(ministry.dee, Granting(request=request))
    assert refused.value.refusal.entry.name == "appoint-officer"
    assert Request.everything.get().outcome == "open"
    assert not Appointment.everything.filter(office="legal-adviser", person=key("dee")).exists()


def test_a_grant_is_never_recorded_without_its_act(ministry):
    request = ask(ministry.cy).record
    with pytest.raises(NotPossible, match="only together"):
        acts._granted(ministry.bo, Granting(request=request))
    assert len(run("grant-request", ministry.bo, Granting(request=request))) == 2


def test_a_request_is_declined_by_an_office_that_was_asked(ministry):
    request = ask(ministry.cy).record
    with pytest.raises(NotPossible, match="was not asked"):
        acts.decline(ministry.dee, Declining(request=request, answer="no"))
    acts.decline(ministry.ada, Declining(request=request, answer="not now"))
    assert (Request.everything.get().outcome, Request.everything.get().answer) == (
        "declined",
        "not now",
    )
    with pytest.raises(NotPossible, match="declined already"):
        acts.grant(ministry.bo, Granting(request=request))


def test_whoever_asked_withdraws_it_and_nobody_else(ministry):
    request = ask(ministry.cy).record
    with pytest.raises(Refused):
        acts.withdraw(ministry.bo, Withdrawing(request=request))
    acts.withdraw(ministry.cy, Withdrawing(request=request))
    assert Request.everything.get().outcome == "withdrawn"


def overriding(**given):
    return Overriding(
        act="appoint-officer",
        given=appointing("cy", "duty-officer"),
        danger=True,
        reason="the watch is unmanned and nobody else can be reached",
        **given,
    )


def test_in_danger_the_duty_officer_does_what_nobody_gave_them_power_for(ministry):
    over, done = acts.override(ministry.dee, overriding())
    record = Record.everything.get(id=done.record)
    assert (record.kind, record.outcome) == ("act", "no authority")
    assert Appointment.everything.filter(office="duty-officer", person=key("cy")).exists()
    duty = Duty.everything.get(act="decide-override")
    assert duty.about == over.record
    assert (duty.due - over.at).total_seconds() == 72 * 3600
    assert verify().differences == []


def test_without_danger_or_a_reason_nothing_is_overridden(ministry):
    for changed in ({"danger": False}, {"reason": ""}):
        with pytest.raises(Refused):
            acts.override(ministry.dee, overriding().model_copy(update=changed))
    assert not Exceeding.everything.exists()


def test_what_a_norm_forbids_is_not_done_in_danger_either(ministry):
    forbidden = overriding().model_copy(update={"given": appointing("dee", "permanent-secretary")})
    with pytest.raises(Refused) as refused:
        acts.override(ministry.dee, forbidden)
    assert refused.value.refusal.decision.citations[0] == "Authority Act s. 2(2)"


def test_whether_it_stands_is_not_decided_in_danger(ministry):
    over = acts.override(ministry.dee, overriding())[0].record
    other = acting("cy", "duty-officer")  # whom that act appointed
    given = {"exceeding": over}
    for act in ("ratify-override", "condemn-override"):
        again = Overriding(act=act, given=given, danger=True, reason="no time")
        with pytest.raises(Refused) as caught:
            acts.override(other, again)
        assert caught.value.refusal.decision.citations == ("Authority Act s. 2(2)",)


def test_an_override_asks_for_a_fresh_proof_of_who_it_is(ministry):
    stale = msgspec.structs.replace(ministry.dee, sure_since=1.0)
    with pytest.raises(Refused, match="prove again"):
        acts.override(stale, overriding())


def test_the_permanent_secretary_decides_whether_it_stands_and_the_duty_is_met(ministry):
    over = acts.override(ministry.dee, overriding())[0].record
    with pytest.raises(Refused):
        acts.ratify(ministry.dee, Deciding(exceeding=over))
    acts.ratify(ministry.bo, Deciding(exceeding=over))
    assert Exceeding.everything.get().stands is True
    duty = Duty.everything.get(act="decide-override")
    assert duty.discharged is not None
    assert verify().differences == []


def test_a_power_that_was_given_is_used_and_cited_until_it_is_taken_back(ministry):
    wanted = Appointing(**appointing("eve"))
    with pytest.raises(Refused):
        command.appoint(ministry.dee, wanted)
    given = command.delegate_appointments(ministry.ada, Giving(to="duty-officer"))
    done = command.appoint(ministry.dee, wanted)
    assert "Organisation Act s. 3(1)" in done.decision.citations
    record = Record.everything.get(id=done.record)
    assert (record.actor, record.place) == ("duty-officer", "director-of-personnel")
    command.revoke_delegation(ministry.ada, TakingBack(gift=given.record))
    with pytest.raises(Refused):
        command.appoint(ministry.dee, Appointing(**appointing("fay", "legal-adviser")))
    assert Gift.objects.get().revoked is not None
    assert verify().differences == []


def test_every_act_that_needs_another_names_how_it_is_done():
    from ministry.gate.registry import _runs, all_acts

    assert {name for name, one in all_acts().items() if one.together} == set(_runs)
    assert act_named("override-refusal").sure == 300
