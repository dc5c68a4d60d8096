"""What can be asked: records, duties, offices, people, editions, each to whom it is open."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ministry.gate.verify import verify
from ministry.register.models import Record
from ministry.register.sequencer import sequence
from tests.ministry.api.calling import system
from tests.ministry.enacting import FINDINGS
from tests.ministry.people import key, texts
from writ.journal.log.receipt import parse_receipt


def numbers(answer):
    return [one["number"] for one in answer.json["records"]]


def test_ones_own_records_and_those_of_the_office_are_open_and_no_others(dee, ada):
    theirs = ada.act("enrol-person", {"sign_in": "gus", "name": "Gus"}).json
    shown = dee.get("/api/records").json["records"]
    assert {one["person"] for one in shown} == {key("dee")}
    assert dee.get(f"/api/records?act=enrol-person&person={key('ada')}").json["records"] == []
    for path in ("", "/bytes", "/receipt"):
        hidden = dee.get(f"/api/records/{theirs['record']}{path}")
        absent = dee.get(f"/api/records/r-{'0' * 32}{path}")
        assert (
            (hidden.status_code, hidden.data)
            == (absent.status_code, absent.data)
            == (404, absent.data)
        )
    assert ada.get(f"/api/records/{theirs['record']}").status_code == 200


def test_a_hidden_record_costs_the_same_queries_as_none(dee, ada):
    theirs = ada.act("enrol-person", {"sign_in": "gus", "name": "Gus"}).json["record"]
    dee.get(f"/api/records/{theirs}")
    counts = []
    for name in (theirs, f"r-{'0' * 32}"):
        with CaptureQueriesContext(connection) as queries:
            dee.get(f"/api/records/{name}")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_auditor_reads_the_whole_register_and_that_is_recorded_once(either):
    fay = system("fay")

    def reads():
        return Record.everything.filter(kind="read", act="inspect-register").count()

    every = Record.everything.count()
    assert len(numbers(fay.get("/api/records"))) == every + 1
    assert reads() == 1
    fay.get("/api/records?before=5")
    assert reads() == 1
    assert numbers(fay.get("/api/records?act=enrol-person"))
    assert reads() == 2
    others = Record.everything.get(number=1).id
    told = fay.get(f"/api/records/{others}").json
    assert told["id"] == others
    assert reads() == 3
    assert json.loads(bytes(Record.everything.get(number=1).body)) == told["body"]
    assert verify().differences == []


def test_records_are_paged_by_their_numbers(ada):
    for _ in range(60):
        ada.decide(
            {"actor": "auditor", "act": "inspect-register", "at": "2026-01-12", "journal": True}
        )
    first = ada.get("/api/records?act=record-question").json
    second = ada.get(f"/api/records?act=record-question&before={first['next']}").json
    assert (len(first["records"]), len(second["records"]), second["next"]) == (50, 10, None)
    assert first["records"][-1]["number"] > second["records"][0]["number"]


@pytest.mark.parametrize(
    "query",
    [
        "before=-1",
        "before=99999999999999999999",
        "kind=x",
        "outcome=x",
        "since=yesterday",
        "since=2026-01-01",
        "act=" + "x" * 201,
    ],
)
def test_a_search_that_cannot_be_is_told(ada, query):
    answer = ada.get(f"/api/records?{query}")
    assert answer.status_code == 422
    assert answer.json["errors"][0]["field"] == query.partition("=")[0]


def test_the_bytes_are_those_that_are_hashed_and_the_receipt_proves_them(ada):
    record = ada.act("enrol-person", {"sign_in": "gus", "name": "Gus"}).json["record"]
    early = ada.get(f"/api/records/{record}/receipt")
    assert (early.status_code, early.headers["Retry-After"]) == (409, "1")
    sequence()
    receipt = ada.get(f"/api/records/{record}/receipt")
    assert receipt.content_type.startswith("text/plain")
    body = ada.get(f"/api/records/{record}/bytes").data
    assert body == bytes(Record.everything.get(id=record).body)
    assert parse_receipt(receipt.data).disclosed[1] == body


def test_duties_of_the_office_are_told_until_they_are_met(either):
    dee = system("dee")
    from ministry.approvals import acts
    from ministry.approvals.data import Overriding
    from tests.ministry.people import acting

    given = {"person": key("cy"), "office": "duty-officer"}
    acts.override(
        acting("dee"),
        Overriding(act="appoint-officer", given=given, danger=True, reason="nobody is there"),
    )
    bo = system("bo")
    assert dee.get("/api/duties").json["duties"] == []
    (duty,) = bo.get("/api/duties").json["duties"]
    assert (duty["act"], duty["citation"]) == ("decide-override", "Authority Act s. 2(3)")
    bo.act("ratify-override", {"exceeding": duty["about"]})
    assert bo.get("/api/duties").json["duties"] == []


def test_offices_are_those_of_the_book_with_their_holders(dee):
    offices = {one["office"]: one for one in dee.get("/api/offices").json["offices"]}
    assert [one["person"] for one in offices["auditor"]["holders"]] == [key("fay")]
    assert offices["prime-minister"]["holders"] == []
    assert dee.get("/api/offices/auditor").json == offices["auditor"]


def test_people_are_told_with_their_offices(dee):
    people = {one["key"]: one for one in dee.get("/api/people").json["people"]}
    assert len(people) == 6
    told = people[key("bo")]
    assert (told["name"], [one["office"] for one in told["offices"]]) == (
        "Bo",
        ["permanent-secretary"],
    )
    assert dee.get(f"/api/people/{key('bo')}").json == told
    assert "email" not in told
    assert "sign_in" not in told


def test_a_text_with_errors_is_not_kept_and_its_errors_are_told(dee):
    answer = dee.post("/api/editions", {"files": {"a.md": "---\nid: x\n"}})
    assert (answer.status_code, answer.json["type"]) == (422, "/api/docs#problem-not-a-book")
    (found,) = answer.json["diagnostics"]
    assert (found["code"], found["file"], found["line"]) == ("S113", "a.md", 1)


def test_an_edition_is_deposited_proposed_certified_and_promulgated(dee):
    bo, cy = system("bo"), system("cy")
    files = {**texts(), "note.md": "# A note\n"}
    told = dee.post("/api/editions", {"files": files})
    digest = told.json["digest"]
    assert told.status_code == 201
    assert dee.post("/api/editions", {"files": files}).json == told.json
    assert bo.act("propose-edition", {"edition": digest}).status_code == 201
    listed = dee.get("/api/editions").json["editions"]
    assert [(one["digest"] == digest, one["in_force"]) for one in listed] == [
        (False, True),
        (True, False),
    ]
    assert cy.act("examine-edition", {"edition": digest, "findings": FINDINGS}).status_code == 201
    assert cy.act("certify-edition", {"edition": digest}).status_code == 201
    assert bo.act("promulgate-edition", {"edition": digest}).status_code == 201
    assert dee.get("/api/editions/in-force").json["digest"] == digest
    assert dee.get(f"/api/editions/{digest}").json["number"] == 2


def test_a_provision_is_told_as_it_is_cited(dee):
    told = dee.get("/api/editions/in-force/provisions?citation=Register Act s. 5").json
    assert told["instrument"] == "register-act"
    assert told["norms"] == ["register-act/5"]
    assert "anyone may record-question" in told["text"]


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/api/records", 8),
        ("/api/duties", 5),
        ("/api/requests", 4),
        ("/api/offices", 4),
        ("/api/people", 5),
        ("/api/editions", 8),
        ("/api/editions/in-force", 6),
    ],
)
def test_each_costs_few_queries(dee, path, most):
    dee.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert dee.get(path).status_code == 200
    assert len(queries) <= most
