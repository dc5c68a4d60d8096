"""One act from the gate to the register and back: decided, recorded, replayed, decided otherwise once amended."""

import datetime as dt

import pytest
from django.db import connections

from ministry.command import acts as command
from ministry.command.data import Appointing, Enrolment
from ministry.database.states import State
from ministry.database.wall import NotThroughTheGate, permit
from ministry.editions.apply import deposit
from ministry.gate.deed import NotPossible
from ministry.gate.refusal import Refused
from ministry.gate.verify import verify
from ministry.operations import checks
from ministry.people.models import Appointment, Person
from ministry.register.models import Record
from ministry.register.record import opened
from ministry.statutes import acts as statutes
from ministry.statutes.data import Certifying, Promulgating, Proposing
from tests.ministry.enacting import certify, examine
from tests.ministry.people import acting, key, texts


def test_an_act_that_the_book_allows_is_done_and_recorded(ministry):
    receipt = command.enrol(ministry.ada, Enrolment(sign_in="gus", name="Gus"))
    assert Person.everything.get(sign_in="gus").name == "Gus"
    record = Record.everything.get(id=receipt.record)
    assert (record.act, record.outcome) == ("enrol-person", "permitted")
    assert receipt.decision.citations == ("Organisation Act s. 1(1)",)
    assert opened(bytes(record.body)).citations == receipt.decision.citations


def test_the_name_of_a_person_is_not_in_the_record(ministry):
    receipt = command.enrol(ministry.ada, Enrolment(sign_in="gus", name="Augustus Sand"))
    record = Record.everything.get(id=receipt.record)
    assert b"Augustus" not in bytes(record.body)
    assert record.sealed.get(field="name").value == "Augustus Sand"


def test_an_act_that_no_norm_allows_is_refused_and_the_refusal_is_recorded(ministry):
    before = Appointment.everything.count()
    with pytest.raises(Refused) as refused:
        command.appoint(ministry.cy, Appointing(person=key("dee"), office="permanent-secretary"))
    assert Appointment.everything.count() == before
    record = Record.everything.get(id=refused.value.refusal.record)
    assert (record.kind, record.outcome) == ("refusal", "no authority")


def test_nobody_appoints_themselves(ministry):
    with pytest.raises(Refused) as refused:
        command.appoint(ministry.ada, Appointing(person=key("ada"), office="duty-officer"))
    assert refused.value.refusal.decision.outcome == "prohibited"
    assert refused.value.refusal.decision.citations == ("Organisation Act s. 2(2)",)


def test_an_office_that_is_not_held_is_not_acted_in(ministry):
    with pytest.raises(Refused) as refused:
        command.enrol(
            acting("cy", "director-of-personnel"),
            Enrolment(sign_in="gus", name="Gus"),
        )
    assert "neither holds" in refused.value.refusal.reason
    assert not Person.everything.filter(sign_in="gus").exists()


def test_what_cannot_be_done_is_no_refusal_and_is_not_recorded(ministry):
    before = Record.everything.count()
    with pytest.raises(NotPossible, match="signs in already"):
        command.enrol(ministry.ada, Enrolment(sign_in="bo", name="Bo"))
    assert Record.everything.count() == before


def test_after_an_amendment_the_same_act_is_decided_otherwise(ministry):
    appointing = Appointing(person=key("cy"), office="duty-officer")
    files = texts()
    files["organisation-act.md"] = files["organisation-act.md"].replace(
        "permanent-secretary, director-of-personnel may appoint-officer",
        "permanent-secretary may appoint-officer",
    )
    edition = deposit(files)
    statutes.propose(ministry.bo, Proposing(edition=edition))
    with pytest.raises(Refused) as early:
        statutes.promulgate(ministry.bo, Promulgating(edition=edition))
    assert [one.what for one in early.value.refusal.decision.missing] == [
        "certify-edition by legal-adviser"
    ]
    certify(ministry.cy, edition)
    statutes.promulgate(ministry.bo, Promulgating(edition=edition))
    with pytest.raises(Refused) as refused:
        command.appoint(ministry.ada, appointing)
    assert refused.value.refusal.edition == edition
    assert command.appoint(ministry.bo, appointing).edition == edition
    assert verify().differences == []


def test_nobody_certifies_what_they_proposed(ministry):
    edition = deposit({**texts(), "more.md": "Nothing."})
    statutes.propose(ministry.cy, Proposing(edition=edition))
    examine(ministry.cy, edition)
    with pytest.raises(Refused) as refused:
        statutes.certify(ministry.cy, Certifying(edition=edition))
    assert refused.value.refusal.decision.citations == ("Law and Policy Act s. 1(4)",)


def test_the_register_replays_to_the_tables(ministry):
    found = verify()
    assert found.differences == []
    assert found.acts == Record.everything.filter(kind="act").count()


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (
            lambda: Person.everything.filter(sign_in="bo").update(name="Mallory"),
            "name is 'Mallory'",
        ),
        (
            lambda: Appointment.everything.filter(office="auditor").delete(),
            "missing from the table",
        ),
        (lambda: Record.everything.filter(act="enrol-person").update(actor="nobody"), "actor is"),
    ],
    ids=["a changed row", "a removed row", "a changed column of a record"],
)
def test_what_was_changed_without_an_act_is_found(ministry, change, what):
    with permit(State.INSTITUTIONAL, State.REGISTER):
        change()
    assert any(what in one.message for one in verify().differences)


def test_nothing_writes_to_a_table_past_the_gate(ministry):
    with pytest.raises(NotThroughTheGate, match="only an act"):
        Person.everything.filter(sign_in="bo").update(name="Mallory")
    with pytest.raises(NotThroughTheGate):
        Record.everything.filter(act="enrol-person").update(actor="nobody")


def test_a_clock_that_was_set_back_brings_no_older_edition_into_force(ministry, monkeypatch):
    if connections["default"].vendor == "postgresql":
        pytest.skip("there the clock is the database's")
    edition = deposit({**texts(), "more.md": "Nothing."})
    statutes.propose(ministry.bo, Proposing(edition=edition))
    certify(ministry.cy, edition)
    last = statutes.promulgate(ministry.bo, Promulgating(edition=edition)).at
    monkeypatch.setattr("ministry.gate.moment.now", lambda: last - dt.timedelta(days=3))
    done = command.enrol(ministry.ada, Enrolment(sign_in="gus", name="Gus"))
    assert (done.edition, done.at) == (edition, last)
    assert next(one for one in checks.everything() if one.name == "clock").good
    assert verify().differences == []
