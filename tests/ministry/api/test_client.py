"""The client against a running server; and against servers that fail it."""

import http.server
import json
import subprocess
import sys
import threading
import urllib.request
from contextlib import suppress

import pytest

from ministry.client import (
    Client,
    Invalid,
    NotAllowed,
    NotFound,
    NotYet,
    Refused,
    Unavailable,
    verify,
)
from ministry.register.models import Record
from ministry.register.sequencer import sequence
from tests.ministry.api.calling import token_of
from tests.ministry.people import key, texts
from tests.ministry.serving import free_port, serving
from writ.journal.log.codes import Refused as Unproven


@pytest.fixture(scope="module")
def served(on_sqlite, tmp_path_factory):
    with serving(on_sqlite, tmp_path_factory.mktemp("served")) as served:
        with served.database():
            served.tokens = {name: token_of(name) for name in ("ada", "bo", "dee", "fay")}
            served.keys = {name: key(name) for name in ("ada", "bo", "dee", "fay")}
        yield served


@pytest.fixture
def ada(served):
    with Client(served.url, served.tokens["ada"]) as client:
        yield client


@pytest.fixture
def dee(served):
    with Client(served.url, served.tokens["dee"]) as client:
        yield client


def test_it_asks_whether_something_may_be_done(ada, served):
    facts = {"appointee": served.keys["bo"]}
    answer = ada.decide(
        "director-of-personnel",
        "appoint-officer",
        person=served.keys["ada"],
        at="2026-01-12",
        facts=facts,
        who=True,
    )
    assert answer.permitted
    assert answer.citations == ("Organisation Act s. 2(1)",)
    assert {one.office for one in answer.who} == {"director-of-personnel", "permanent-secretary"}
    other = ada.decide("director-of-personnel", "appoint-officer", person="bo", facts=facts)
    assert (other.outcome, other.in_office, other.permitted) == ("permitted", False, False)


def test_it_acts_once_under_one_key(ada, served):
    first = ada.act("enrol-person", {"sign_in": "gus", "name": "Gus"}, key="k")
    assert ada.act("enrol-person", {"sign_in": "gus", "name": "Gus"}, key="k") == first
    assert first.citations == ("Organisation Act s. 1(1)",)
    with pytest.raises(Invalid) as wrong:
        ada.act("enrol-person", {"sign_in": "gus", "name": "Gus"})
    assert wrong.value.errors["sign_in"]
    assert wrong.value.help


def test_a_refusal_is_an_exception_with_its_reasons(ada, served):
    with pytest.raises(Refused) as refused:
        ada.act("appoint-officer", {"person": served.keys["ada"], "office": "duty-officer"})
    found = refused.value
    assert (found.outcome, found.citations) == ("prohibited", ("Organisation Act s. 2(2)",))
    assert found.could[0].people
    assert ada.record(found.record).kind == "refusal"
    assert "Organisation Act s. 2(2)" in str(found)


def test_it_reads_the_journal_page_by_page(ada, dee, served):
    for _ in range(55):
        dee.decide("auditor", "inspect-register", journal=True)
    numbers = [one.number for one in dee.records(act="record-question")]
    assert len(numbers) == 55
    assert numbers == sorted(numbers, reverse=True)
    with pytest.raises(NotFound):
        dee.record(next(ada.records()).id)


def test_a_receipt_is_verified_offline_and_a_changed_one_is_not(ada, served):
    done = ada.act("enrol-person", {"sign_in": "hal", "name": "Hal"})
    with pytest.raises(NotYet):
        ada.receipt(done.record, wait=0)
    with served.database():
        sequence()
        body = bytes(Record.everything.get(id=done.record).body)
    receipt = ada.receipt(done.record)
    with urllib.request.urlopen(f"{served.url}/log/policy") as answer:
        policy = answer.read()
    verdict = verify(receipt, policy)
    assert verdict.verified
    assert verdict.record == body == ada.record_bytes(done.record)
    changed = receipt.replace(b"\nindex ", b"\nindex 1", 1)
    with suppress(Unproven):
        assert not verify(changed, policy).verified


def test_it_reads_offices_people_duties_requests_and_editions(ada, served):
    assert [one.person for one in ada.office("auditor").holders] == [served.keys["fay"]]
    assert ada.office("auditor") in ada.offices()
    assert served.keys["bo"] in [one.key for one in ada.people()]
    assert [one.office for one in ada.person(served.keys["bo"]).offices] == ["permanent-secretary"]
    assert [one.act for one in ada.duties()] == ["train-on-disclosure"]
    asked = ada.act(
        "request-approval",
        {"act": "appoint-officer", "given": {"person": served.keys["ada"], "office": "registrar"}},
    )
    assert [one.id for one in ada.requests("mine")] == [asked.record]
    assert "permanent-secretary" in ada.request(asked.record).offices
    with Client(served.url, served.tokens["bo"]) as bo:
        assert [one.id for one in bo.requests()] == [asked.record]
        assert (
            bo.act("grant-request", {"request": asked.record}).together[0].act == "appoint-officer"
        )
    assert ada.edition().in_force
    deposited = ada.deposit({**texts(), "note.md": "# A note\n"})
    assert ada.edition(deposited.digest).title == deposited.title
    assert not ada.edition(deposited.digest).in_force
    assert ada.edition() in ada.editions()
    assert "may record-question" in ada.provision("Register Act s. 5").text


def test_a_token_that_is_none_is_told(served):
    with Client(served.url, "ministry_no") as client, pytest.raises(NotAllowed):
        client.offices()


# --- servers that fail it


class Failing(http.server.BaseHTTPRequestHandler):
    """Says what it is told to say, one after the other; `None` hangs up."""

    protocol_version = "HTTP/1.1"

    def do_POST(self):
        self.server.keys.append(self.headers.get("Idempotency-Key"))
        self.rfile.read(int(self.headers["Content-Length"]))
        status = self.server.says.pop(0)
        if status is None:
            self.close_connection = True
            return
        body = json.dumps(DONE if status == 201 else {"title": "no", "status": status}).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST

    def log_message(self, *_):
        pass


DONE = {
    "record": "r-1",
    "number": 1,
    "at": "2026-11-23T10:00:00Z",
    "act": "enrol-person",
    "about": "",
    "edition": "e",
    "outcome": "permitted",
    "citations": [],
    "opens": [],
    "receipt": "",
    "together": [],
    "added-later": 1,
}


@pytest.fixture
def failing(monkeypatch):
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Failing)
    server.keys, server.says = [], []
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def client_of(server, **given):
    return Client(f"http://127.0.0.1:{server.server_port}", "ministry_x", **given)


def test_what_is_busy_or_hangs_up_is_asked_again_under_the_same_key(failing):
    failing.says = [503, None, 429, 201]
    with client_of(failing) as client:
        assert client.act("enrol-person", {}).record == "r-1"
    assert len(failing.keys) == 4
    assert len(set(failing.keys)) == 1
    assert failing.keys[0]


def test_two_acts_have_two_keys(failing):
    failing.says = [201, 201]
    with client_of(failing) as client:
        client.act("enrol-person", {})
        client.act("enrol-person", {})
    assert len(set(failing.keys)) == 2


def test_it_gives_up_in_the_end(failing):
    failing.says = [503] * 9
    with client_of(failing, tries=3) as client, pytest.raises(Unavailable):
        client.act("enrol-person", {})
    assert len(failing.keys) == 3


def test_what_would_be_recorded_twice_is_not_asked_twice(failing):
    failing.says = [None, 201]
    with client_of(failing) as client, pytest.raises(Unavailable):
        client.decide("auditor", "inspect-register", journal=True)
    assert len(failing.keys) == 1


def test_a_server_that_is_not_there_is_unavailable(monkeypatch):
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    with pytest.raises(Unavailable):
        Client(f"http://127.0.0.1:{free_port()}", "ministry_x").act("enrol-person", {})


@pytest.mark.parametrize("url", ["http://writ.example", "ftp://localhost", "writ.example", ""])
def test_a_token_is_not_sent_in_the_clear(url):
    with pytest.raises(ValueError, match="https"):
        Client(url, "ministry_x")


def test_it_needs_no_django():
    code = "import sys, ministry.client; sys.exit('django' in sys.modules or 'pydantic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
