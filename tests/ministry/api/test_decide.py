"""May this be done? Answered as the engine answers, under the edition in force at that moment."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ministry.command import acts as command
from ministry.command.data import Ending
from ministry.editions.apply import deposit
from ministry.editions.queries import digest_at, law_of
from ministry.gate.verify import verify
from ministry.people.models import Appointment
from ministry.register.models import Record
from ministry.register.record import opened
from ministry.statutes import acts as statutes
from ministry.statutes.data import Promulgating, Proposing
from tests.ministry.api.calling import system
from tests.ministry.enacting import certify
from tests.ministry.people import key, texts
from writ.engine.ask import read_request

OWN = {
    "actor": {"office": "director-of-personnel", "person": "ada"},
    "act": "appoint-officer",
    "at": "2026-01-12",
    "facts": {"appointee": "ada"},
}
OTHER = {**OWN, "facts": {"appointee": "bo"}}


def amended():
    """An edition in which the Director of Personnel no longer appoints."""
    files = texts()
    files["organisation-act.md"] = files["organisation-act.md"].replace(
        "permanent-secretary, director-of-personnel may appoint-officer",
        "permanent-secretary may appoint-officer",
    )
    return deposit(files)


@pytest.mark.parametrize(
    "question", [OWN, OTHER, {**OTHER, "act": "promulgate-edition", "facts": {}}]
)
def test_it_is_answered_as_the_engine_answers(dee, question):
    law = law_of(digest_at(dt.datetime.now(dt.UTC)))
    request, _ = read_request(law.book, question)
    decision = law.engine.decide(request)
    told = dee.decide(question).json
    assert told["outcome"] == decision.outcome
    assert told["citations"] == list(decision.citations)
    assert told["deciding"] == list(decision.deciding)
    assert [one["norm"] for one in told["considered"]] == [o.norm for o in decision.considered]
    assert [one["what"] for one in told["missing"]] == [one.what for one in decision.missing]
    assert told["edition"] == law.digest


def test_an_amendment_changes_the_answer_at_once_and_the_old_edition_can_still_be_asked(
    dee, ministry
):
    before = dee.decide(OTHER).json
    edition = amended()
    statutes.propose(ministry.bo, Proposing(edition=edition))
    certify(ministry.cy, edition)
    assert dee.decide({**OTHER, "edition": edition}).json["outcome"] == "no authority"
    assert dee.decide(OTHER).json["outcome"] == "permitted"
    statutes.promulgate(ministry.bo, Promulgating(edition=edition))
    after = dee.decide(OTHER).json
    assert (after["outcome"], after["edition"]) == ("no authority", edition)
    assert dee.decide({**OTHER, "edition": before["edition"]}).json == before


def test_it_says_whether_the_person_is_in_that_office(either):
    dee = system("dee")
    mine = {**OTHER, "actor": {"office": "director-of-personnel", "person": key("ada")}}
    assert dee.decide(mine).json["in_office"] is True
    assert dee.decide(OTHER).json["in_office"] is False
    assert "in_office" not in dee.decide({**OTHER, "actor": "director-of-personnel"}).json
    held = Appointment.everything.get(person=key("ada"))
    command.end(either.bo, Ending(appointment=held.id))
    assert dee.decide(mine).json["in_office"] is False


def test_it_says_who_could(dee):
    told = dee.decide({**OWN, "actor": "legal-adviser", "who": True}).json
    could = {one["office"]: one for one in told["who"]}
    assert could.keys() == {"permanent-secretary", "director-of-personnel"}
    assert could["permanent-secretary"]["people"] == [key("bo")]


def test_the_duties_it_would_open_are_told(dee):
    asked = {
        "actor": {"office": "duty-officer", "person": "dee"},
        "act": "override-refusal",
        "at": "2026-01-12T10:00+01:00",
        "facts": {"answer": "unready-act", "danger": True, "reason": "fire"},
    }
    (opens,) = dee.decide(asked).json["opens"]
    assert (opens["act"], opens["due"]) == ("decide-override", "2026-01-15T10:00:00+01:00")


def test_left_out_the_moment_is_now(dee):
    question = {name: value for name, value in OTHER.items() if name != "at"}
    assert dee.decide(question).json["outcome"] == "permitted"


def test_on_the_record_stand_the_question_and_what_was_answered(either):
    dee = system("dee")
    told = dee.decide({**OTHER, "journal": True}).json
    record = Record.everything.get(id=told["record"])
    assert (record.kind, record.act, record.person) == ("read", "record-question", key("dee"))
    data = opened(bytes(record.body)).data
    assert data["question"] == OTHER
    assert (data["outcome"], data["edition"]) == (told["outcome"], told["edition"])
    assert data["citations"] == told["citations"]
    assert verify().differences == []


def test_nobody_records_an_answer_that_was_not_given(dee):
    given = {"question": OWN, "outcome": "permitted", "citations": ["s. 1"]}
    done = dee.act("record-question", given).json
    data = opened(bytes(Record.everything.get(id=done["record"]).body)).data
    assert (data["outcome"], data["citations"]) == ("prohibited", ["Organisation Act s. 2(2)"])


@pytest.mark.parametrize(
    "question",
    [
        {},
        {"actor": "director-of-personnel"},
        {**OWN, "act": "appoint-oficer"},
        {**OWN, "actor": 1},
        {**OWN, "actor": {"office": ["x"]}},
        {**OWN, "at": "never"},
        {**OWN, "at": "9999-12-31T23:59:59-23:59"},
        {**OWN, "at": "0001-01-01T00:00:00+23:59"},
        {**OWN, "facts": {"appointee": 7}},
        {**OWN, "facts": [1]},
        {**OWN, "number": 10**30},
        {**OWN, "about": {"a": 1}},
        {**OWN, "edition": "0" * 64},
        {**OWN, "edition": 5},
        {**OWN, "journal": "yes"},
        {**OWN, "who": 1},
        {**OWN, "surprise": 1},
        {**OWN, "done": ["x"] * 10_001},
    ],
)
def test_what_is_no_question_is_told_what_is_wrong(dee, question):
    answer = dee.decide(question)
    if answer.status_code == 200:
        assert "number" in question
        return
    assert answer.status_code == 422
    assert answer.json["errors"][0]["message"]


def test_it_costs_one_query(dee):
    mine = {**OTHER, "actor": {"office": "director-of-personnel", "person": key("ada")}}
    dee.decide(mine)
    with CaptureQueriesContext(connection) as queries:
        assert dee.decide(mine).status_code == 200
    assert len(queries) == 1


def test_a_connection_that_was_lost_is_made_again(either):
    dee = system("dee")
    dee.decide(OTHER)
    if connection.vendor == "postgresql":
        connection.connection.close()
        assert dee.decide(OTHER).status_code == 200
    connection.close()
    assert dee.decide(OTHER).status_code == 200


def test_the_query_uses_the_index_of_tokens(dee):
    dee.decide(OTHER)
    with CaptureQueriesContext(connection) as queries:
        dee.decide(OTHER)
    plan = connection.cursor().execute(f"EXPLAIN QUERY PLAN {queries[0]['sql']}").fetchall()
    assert any("digest" in row[3] for row in plan)
    assert not any(row[3].startswith("SCAN") and "promulgation" not in row[3] for row in plan)


def test_through_django_it_is_answered_alike(dee):
    header = {"Authorization": f"Bearer {dee.token}"}
    inside = Client(HTTP_HOST="localhost").post(
        "/api/decide", OTHER, "application/json", headers=header
    )
    assert (inside.status_code, inside.content) == (200, dee.decide(OTHER).data)
    assert inside["Content-Type"] == "application/json"
