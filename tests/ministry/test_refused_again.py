"""What the gate refused by itself is decided again, as far as the records tell."""

import json

import msgspec
import pytest
from django.core.management import call_command

from ministry.command import acts as command
from ministry.command.data import Appointing, Enrolment
from ministry.database.wall import opened
from ministry.gate.do import NOT_IN_OFFICE, STEP_UP
from ministry.gate.refusal import Refused
from ministry.gate.verify import verify
from ministry.identity import acts as identity
from ministry.identity.data import OfPerson
from ministry.register.models import Record
from tests.ministry.people import acting, key


def refused(act, by, data):
    with pytest.raises(Refused) as caught:
        act(by, data)
    return caught.value.refusal.record


def out_of_office():
    by = acting("cy", "director-of-personnel")
    return refused(command.enrol, by, Enrolment(sign_in="gus", name="Gus"))


def unproved(house):
    by = msgspec.structs.replace(house.ada, sure_since=1.0)
    return refused(identity.vouch, by, OfPerson(person=key("bo")))


def by_the_book(house):
    wanted = Appointing(person=key("dee"), office="permanent-secretary")
    return refused(command.appoint, house.cy, wanted)


def changed(record, **more):
    """A record says something else of itself."""
    row = Record.everything.filter(id=record)
    said = json.loads(bytes(row.get().body)) | more
    with opened():
        row.update(body=json.dumps(said, sort_keys=True, separators=(",", ":")).encode())


def told(record):
    return [
        one.message
        for one in verify().differences
        if one.what == "decision" and one.where == record
    ]


def test_what_was_refused_as_recorded_is_no_difference(ministry):
    out_of_office(), by_the_book(ministry)
    assert verify().differences == []


def test_what_cannot_be_decided_again_is_named(ministry, capsys):
    record = unproved(ministry)
    found = verify()
    assert found.differences == []
    assert [(one.where, "proved" in one.why) for one in found.undecided] == [(record, True)]
    call_command("verify")
    assert "1 records were not decided again" in capsys.readouterr().out


def test_somebody_in_office_who_was_refused_as_not_in_it_is_found(ministry):
    record = by_the_book(ministry)
    reason = NOT_IN_OFFICE.format(ministry.cy.person, ministry.cy.office)
    changed(record, reason=reason, outcome="no authority", deciding=[], citations=[])
    assert any("in office" in one for one in told(record))


def test_somebody_out_of_office_who_was_asked_for_a_proof_is_found(ministry):
    record = out_of_office()
    changed(record, reason=STEP_UP)
    assert any("not in office" in one for one in told(record))
    assert any("asks for no such proof" in one for one in told(record))


def test_a_refusal_of_the_gate_that_cites_norms_is_found(ministry):
    record = out_of_office()
    changed(record, citations=["Basic Law Art. 1"])
    assert any("norms are said" in one for one in told(record))


def test_a_refusal_by_norms_that_says_it_was_the_gate_is_found(ministry):
    record = by_the_book(ministry)
    changed(record, reason="because")
    assert any("decided again: by norms" in one for one in told(record))
