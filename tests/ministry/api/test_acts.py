"""Acts over HTTP: done and recorded, refused with the reasons, or not possible; once under one key."""

import threading

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ministry.api import rates
from ministry.api.models import Answered
from ministry.gate import registry
from ministry.gate.do import do_all
from ministry.gate.refusal import Refused
from ministry.gate.verify import verify
from ministry.people.models import Appointment, Person
from ministry.register.models import Record
from tests.ministry.api.calling import System, system, token_of
from tests.ministry.enacting import FINDINGS
from tests.ministry.people import key

GUS = {"sign_in": "gus", "name": "Gus"}


def test_every_registered_act_has_an_operation_with_its_words_and_its_fields(ada):
    document = ada.get("/api/openapi.json").json
    assert document["openapi"].startswith("3.1")
    for name, act in registry.all_acts().items():
        operation = document["paths"][f"/api/acts/{name}"]["post"]
        assert operation["description"].startswith(act.doc)
        schema = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"]
        fields = document["components"]["schemas"][schema.rpartition("/")[2]]["properties"]
        assert fields.keys() == act.data.model_fields.keys(), name
        assert {"201", "401", "403", "422", "429", "503"} <= operation["responses"].keys()
        assert "application/problem+json" in operation["responses"]["422"]["content"]


def test_an_act_is_done_and_its_receipt_given(either):
    ada = system("ada")
    answer = ada.act("enrol-person", GUS)
    assert answer.status_code == 201
    told = answer.json
    record = Record.everything.get(id=told["record"])
    assert (told["number"], told["act"]) == (record.number, "enrol-person")
    assert told["citations"] == ["Organisation Act s. 1(1)"]
    assert told["edition"] == record.edition
    assert Person.everything.get(key=told["about"]).name == "Gus"
    assert verify().differences == []


def test_the_duties_that_an_act_opens_are_told(ministry):
    bo, cy = system("bo"), system("cy")
    text = {"files": {"a.md": "# Nothing\n"}}
    digest = bo.post("/api/editions", text).json["digest"]
    assert bo.act("propose-edition", {"edition": digest}).json["opens"] == []
    assert cy.act("examine-edition", {"edition": digest, "findings": FINDINGS}).status_code == 201
    assert cy.act("certify-edition", {"edition": digest}).status_code == 201


def test_a_refusal_says_why_and_who_could_and_how_to_ask_them(ada):
    before = Appointment.everything.count()
    answer = ada.act("appoint-officer", {"person": key("ada"), "office": "duty-officer"})
    told = answer.json
    assert (answer.status_code, answer.content_type) == (403, "application/problem+json")
    assert (told["outcome"], told["citations"]) == ("prohibited", ["Organisation Act s. 2(2)"])
    assert "permanent-secretary" in [one["office"] for one in told["could"]]
    assert key("bo") in told["could"][0]["people"]
    assert Record.everything.get(id=told["record"]).kind == "refusal"
    assert Appointment.everything.count() == before
    asked = ada.post(
        told["approval"]["href"],
        {
            "act": told["approval"]["act"],
            "given": {"person": key("ada"), "office": "duty-officer"},
            "refusal": told["approval"]["refusal"],
        },
    )
    assert asked.status_code == 201


def test_what_is_missing_is_told(ministry):
    bo = system("bo")
    digest = bo.post("/api/editions", {"files": {"a.md": "# Nothing\n"}}).json["digest"]
    bo.act("propose-edition", {"edition": digest})
    told = bo.act("promulgate-edition", {"edition": digest}).json
    assert told["outcome"] == "needs"
    assert [one["what"] for one in told["missing"]] == ["certify-edition by legal-adviser"]


def test_a_request_is_seen_by_whoever_is_asked_and_granted_with_its_act(ada):
    asked = ada.act(
        "request-approval",
        {"act": "appoint-officer", "given": {"person": key("ada"), "office": "duty-officer"}},
    ).json
    bo, cy = system("bo"), system("cy")
    waiting = bo.get("/api/requests").json["requests"]
    assert [one["id"] for one in waiting] == [asked["record"]]
    assert ada.get("/api/requests?of=mine").json["requests"][0]["id"] == asked["record"]
    assert bo.get(f"/api/requests/{asked['record']}").status_code == 200
    assert cy.get(f"/api/requests/{asked['record']}").status_code == 404
    done = bo.act("grant-request", {"request": asked["record"]}, "k").json
    assert [one["act"] for one in done["together"]] == ["appoint-officer"]
    assert bo.act("grant-request", {"request": asked["record"]}, "k").json == done
    assert verify().differences == []


def test_what_is_not_possible_names_the_field_and_the_way_out(ada):
    before = Record.everything.count()
    answer = ada.act("enrol-person", {"sign_in": "bo", "name": "Bo"})
    told = answer.json
    assert (answer.status_code, told["field"]) == (422, "sign_in")
    assert "signs in already" in told["detail"]
    assert told["help"]
    assert Record.everything.count() == before


def test_what_is_wrong_stands_beside_its_field(ada):
    told = ada.act("enrol-person", {"sign_in": "G", "surname": "x"}).json
    assert {one["field"] for one in told["errors"]} == {"sign_in", "name", "surname"}


def test_an_act_that_asks_for_a_fresh_proof_is_refused_to_a_token(ada):
    told = ada.act("issue-enrolment-link", {"person": key("cy"), "digest": "0" * 64})
    assert told.status_code == 403
    assert "passkey" in told.json["detail"]


# --- once


def test_the_same_key_does_it_once_and_is_answered_alike(either):
    ada = system("ada")
    first = ada.act("enrol-person", GUS, "one")
    again = ada.act("enrol-person", GUS, "one")
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.data == first.data
    assert Record.everything.filter(act="enrol-person", id=first.json["record"]).count() == 1
    assert Person.everything.filter(sign_in="gus").count() == 1


def test_a_refusal_too_is_recorded_once(either):
    ada = system("ada")
    given = {"person": key("ada"), "office": "duty-officer"}
    first = ada.act("appoint-officer", given, "one")
    again = ada.act("appoint-officer", given, "one")
    assert (again.status_code, again.data) == (403, first.data)
    assert Record.everything.filter(kind="refusal").count() == 1


def test_what_was_not_possible_may_be_tried_again_under_the_same_key(ada):
    given = {"person": "p-nobody", "office": "duty-officer"}
    assert ada.act("appoint-officer", given, "one").status_code == 422
    assert not Answered.objects.exists()


def test_a_key_stands_for_one_body_one_act_and_one_token(ada, dee):
    ada.act("enrol-person", GUS, "one")
    other = ada.act("enrol-person", {**GUS, "name": "Augustus"}, "one")
    assert (other.status_code, other.json["type"]) == (422, "/api/docs#problem-key-used")
    assert ada.act("suspend-person", {"person": key("cy")}, "one").status_code == 201
    assert system("ada").act("enrol-person", GUS, "one").status_code == 422  # signs in already


def test_an_act_and_its_answer_are_kept_together_or_not_at_all(ada, monkeypatch):
    """As if the process had died between the act and its answer."""
    before = (Record.everything.count(), Person.everything.count())

    def dies(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(Answered.objects, "create", dies)
        ada.act("enrol-person", GUS, "one")
    assert (Record.everything.count(), Person.everything.count()) == before
    assert ada.act("enrol-person", GUS, "one").status_code == 201


def test_of_many_at_the_same_moment_one_does_it(either):
    token = token_of("ada")
    answers = []

    def ask():
        try:
            answers.append(System(token).act("enrol-person", GUS, "one"))
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert [one.status_code for one in answers] == [201] * 6
    assert len({one.data for one in answers}) == 1
    assert Person.everything.filter(sign_in="gus").count() == 1
    assert verify().differences == []


def test_what_is_to_be_done_once_runs_in_the_transaction_of_the_gate(either):
    """Also where the act is refused: that is recorded in the transaction in which it was decided."""
    seen = []

    class Watched:
        def before(self):
            seen.append(("before", connection.in_atomic_block))

        def after(self, came):
            seen.append((type(came).__name__, connection.in_atomic_block))

    act = registry.act_named("appoint-officer")
    given = act.data(person=key("ada"), office="duty-officer")
    with pytest.raises(Refused):
        do_all(either.ada, [(act, given)], once=Watched())
    assert seen == [("before", True), ("Refusal", True)]


# --- bounds


def test_an_act_by_an_api_costs_few_queries(ada):
    ada.act("enrol-person", GUS)
    with CaptureQueriesContext(connection) as queries:
        assert ada.act("enrol-person", {**GUS, "sign_in": "gusta"}, "k").status_code == 201
    plain = [
        one
        for one in queries
        if not one["sql"].startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"))
    ]
    assert len(plain) <= 19


def test_too_many_acts_are_put_off(ada, monkeypatch):
    from django.conf import settings

    monkeypatch.setattr(rates.ACTS, "_counts", {})
    monkeypatch.setitem(settings.LIMITS, "api-acts", (2, 3600))
    assert [ada.act("enrol-person", GUS).status_code for _ in range(3)] == [201, 422, 429]
    assert int(ada.act("enrol-person", GUS).headers["Retry-After"]) > 0
