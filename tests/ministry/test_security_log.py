"""What is refused is told in the log: what, when, by whom where that is known, from where; and nothing of a person."""

import json
import logging

import pytest
from django.conf import settings
from django.db import DatabaseError
from django.test import Client, RequestFactory, override_settings
from django.urls import path as route
from werkzeug.test import Client as Wsgi

from ministry.identity import limits
from ministry.identity.tokens import acting_by_token
from ministry.logging.lines import Lines
from ministry.logging.refusals import REFUSALS, Refusals
from ministry.logging.source import source
from ministry.timers.received import NotVerified, verified
from ministry.timers.signature import Sender
from ministry.wsgi import application
from tests.ministry.api.calling import system, token_of
from tests.ministry.console import conftest as console
from tests.ministry.identity import conftest as identity
from tests.ministry.people import key

house = console.house
still = identity.still
TYPED = "Augustus Sand <augustus@writ.example>"


@pytest.fixture
def lines():
    """The lines of the log as they are written."""
    said = []

    class Kept(logging.Handler):
        def emit(self, record):
            said.append(self.format(record))

    handler = Kept()
    handler.setFormatter(Lines())
    logging.getLogger().addHandler(handler)
    yield said
    logging.getLogger().removeHandler(handler)


def events(lines, **wanted):
    """The lines that say all of it."""
    found = [json.loads(line) for line in lines]
    return [one for one in found if {name: one.get(name) for name in wanted} == wanted]


def nothing_of_anybody(lines, *typed):
    text = "\n".join(lines)
    for word in (TYPED, "Augustus", "127.0.0.1", "203.0.113.7", "Dee", *typed):
        assert word not in text, word


def test_a_sign_in_that_fails(ministry, lines):
    browser = identity.Browser()
    browser.defaults["REMOTE_ADDR"] = "203.0.113.7"
    browser.send("/sign-in/passkey/", "/sign-in/", credential=TYPED)
    (line,) = events(lines, event="sign-in")
    assert (line["ok"], line["way"], line["level"]) == (False, "passkey", "warning")
    (asked,) = events(lines, event="request", path="/sign-in/passkey/")
    assert asked["request"] == line["request"]
    assert line["at"].endswith("+00:00")
    nothing_of_anybody(lines)


def test_a_sign_in_that_succeeds_and_a_sign_out(house, lines):
    browser = identity.Browser()
    browser.enrol("dee")
    browser.send("/account/sign-out/", "/account/sessions/")
    browser.sign_in()
    assert [one["way"] for one in events(lines, event="sign-in", ok=True)] == ["link", "passkey"]
    assert [one["person"] for one in events(lines, event="sign-out")] == [key("dee")]
    nothing_of_anybody(lines)


def test_a_proof_that_fails(house, lines):
    browser = identity.Browser()
    browser.enrol("dee")
    browser.send("/account/sure/", credential="{}")
    (line,) = events(lines, event="sign-in", ok=False)
    assert (line["way"], line["person"]) == ("prove", key("dee"))


def test_an_act_that_the_book_does_not_allow(house, lines):
    somebody = console.Somebody("cy")
    page = somebody.does("/acts/appoint-officer/", person="dee", office="permanent-secretary")
    assert page.status == 403
    (line,) = events(lines, event="request", refused="refused")
    assert (line["act"], line["person"], line["office"], line["status"]) == (
        "appoint-officer",
        key("cy"),
        "legal-adviser",
        403,
    )
    (told,) = events(lines, event="refused")
    assert told["record"].startswith("r-")
    nothing_of_anybody(lines)


def test_a_refusal_names_its_record(house, lines):
    browser = identity.Browser()
    browser.enrol("dee")  # the duty officer issues no links
    answer = browser.send("/account/people/", person="bo", act="issue-enrolment-link")
    assert answer.status_code == 403
    (line,) = events(lines, event="refused")
    assert (line["act"], line["person"], line["outcome"]) == (
        "issue-enrolment-link",
        key("dee"),
        "no authority",
    )
    assert line["record"].startswith("r-")


def test_an_act_that_a_system_may_not_do(house, lines):
    answer = system("cy").act("appoint-officer", {"person": key("dee"), "office": "auditor"})
    assert answer.status_code == 403
    (line,) = events(lines, event="request", refused="refused")
    assert (line["path"], line["person"]) == ("/api/acts/appoint-officer", key("cy"))
    (told,) = events(lines, event="refused")
    assert told["record"].startswith("r-")


@pytest.mark.parametrize(
    "header", ["Bearer ministry_forged", "Bearer eyJhbGciOiJub25lIn0.e30.", "Basic YTpi"]
)
def test_a_forged_token(house, lines, header):
    assert acting_by_token(header) is None
    (line,) = events(lines, event="token", ok=False)
    assert line["level"] == "warning"
    nothing_of_anybody(lines, header.split(" ")[1])


@pytest.mark.parametrize("path", ["/api/records", "/api/decide"])
def test_a_forged_token_of_a_request(house, lines, path):
    good = token_of("dee")
    forged = good[:-4] + "AAAA"
    method = "POST" if path == "/api/decide" else "GET"
    headers = {"Authorization": f"Bearer {forged}", "Host": "localhost"}
    answer = Wsgi(application).open(path, method=method, headers=headers)
    assert answer.status_code == 401
    (line,) = events(lines, event="request", refused="unauthenticated")
    assert line["level"] == "warning"
    nothing_of_anybody(lines, forged, good)


def test_a_webhook_that_is_not_signed(ministry, lines):
    headers = {
        "HTTP_WEBHOOK_ID": TYPED,
        "HTTP_WEBHOOK_TIMESTAMP": "1",
        "HTTP_WEBHOOK_SIGNATURE": TYPED,
    }
    request = RequestFactory().post("/", TYPED, content_type="text/plain", **headers)
    with pytest.raises(NotVerified):
        verified(request, Sender("alarms"))
    (line,) = events(lines, event="webhook", ok=False)
    assert (line["way"], line["why"]) == ("alarms", "not of now")
    nothing_of_anybody(lines)


def test_a_body_that_is_too_large(house, lines):
    answer = Client(SERVER_NAME="localhost").post("/sign-in/passkey/", {"x": "y" * 70_000})
    assert answer.status_code == 413
    (line,) = events(lines, event="request", refused="too-large")
    assert (line["level"], len(line["source"])) == ("warning", 16)


def test_a_decision_asked_with_too_much(house, lines):
    headers = {"Authorization": f"Bearer {token_of('dee')}", "Host": "localhost"}
    answer = Wsgi(application).post("/api/decide", data=b" " * 300_000, headers=headers)
    assert answer.status_code == 413
    assert events(lines, event="request", refused="too-large", path="/api/decide")


def test_a_form_that_did_not_come_from_our_page(house, lines):
    client = Client(enforce_csrf_checks=True, SERVER_NAME="localhost")
    client.cookies[settings.SESSION_COOKIE_NAME] = console.session_of("dee")
    assert client.post("/account/office/", {"office": TYPED}).status_code == 403
    (line,) = events(lines, event="csrf", ok=False)
    (asked,) = events(lines, event="request", refused="refused")
    assert line["request"] == asked["request"]
    nothing_of_anybody(lines)


def test_what_is_tried_too_often(house, lines, still):
    for _ in range(6):
        identity.Browser().send("/sign-in/recovery/", code=TYPED)
    (line,) = events(lines, event="limited")
    assert line["action"] == "recovery"
    assert len(events(lines, event="request", refused="too-often")) == 1
    nothing_of_anybody(lines)


def test_input_that_is_not_what_is_taken(house, lines):
    somebody = console.Somebody("ada")
    assert somebody.does("/acts/appoint-officer/", person=TYPED).status == 422
    assert events(lines, event="request", refused="invalid", person=key("ada"))
    nothing_of_anybody(lines)


def test_a_host_that_is_not_ours(house, lines):
    client = Client(SERVER_NAME="augustus.sand.example", raise_request_exception=False)
    assert client.get("/sign-in/").status_code == 400
    assert events(lines, logger="django.security.DisallowedHost", message="DisallowedHost")
    assert events(lines, event="request", refused="malformed")
    nothing_of_anybody(lines, "augustus")


def failing(request):
    raise DatabaseError(f"duplicate key: {TYPED}")


urlpatterns = [route("failing/", failing)]


def test_an_error_that_nobody_expected(house, lines):
    with override_settings(ROOT_URLCONF=__name__):
        client = Client(SERVER_NAME="localhost", raise_request_exception=False)
        assert client.get("/failing/").status_code in (500, 503)
    assert events(lines, level="error", error="DatabaseError")
    assert events(lines, event="request", level="warning", path="/failing/")
    nothing_of_anybody(lines)


def test_a_sender_cannot_write_a_line(house, lines):
    forged = 'x\n{"at":"2026-01-01T00:00:00.000+00:00","level":"info","event":"sign-in","ok":true}'
    client = Client(SERVER_NAME="localhost", raise_request_exception=False)
    client.get("/sign-in/", HTTP_USER_AGENT=forged, HTTP_X_REQUEST_ID=forged)
    client.generic("GET\n" + forged, "/sign-in/")
    client.get("/nowhere\r\n" + forged)
    logging.getLogger("ministry.identity").warning(
        "a line", extra={"why": forged + "\x1b[31m\u2028"}
    )
    for line in lines:
        assert "\n" not in line and "\r" not in line and "\x1b" not in line and "\u2028" not in line
        assert json.loads(line)["logger"]
    assert events(lines, event="sign-in") == []


def test_a_value_is_never_longer_than_a_line_bears(house, lines):
    logging.getLogger("ministry.identity").warning("a line", extra={"why": "x" * 10_000_000})
    assert len(lines[0]) < 1_000


@pytest.mark.parametrize("status", sorted(REFUSALS))
def test_no_level_of_the_log_leaves_out_a_refusal(status):
    record = logging.LogRecord("ministry.requests", logging.INFO, "", 0, "request", (), None)
    assert not Refusals("ERROR").filter(record)
    record.status = status
    assert Refusals("ERROR").filter(record)
    assert (record.levelname, record.refused) == ("WARNING", REFUSALS[status])


def test_where_it_comes_from_is_told_apart_and_not_told():
    def said(address):
        return source(RequestFactory().get("/", REMOTE_ADDR=address))

    assert said("203.0.113.7") == said("203.0.113.7") != said("203.0.113.8")
    before = said("203.0.113.7")
    with override_settings(SECRET_KEY="another"):
        assert said("203.0.113.7") != before
    request = RequestFactory().get("/", REMOTE_ADDR="203.0.113.7", HTTP_X_FORWARDED_FOR="1.2.3.4")
    assert limits.address(request) == "203.0.113.7"


def test_a_line_of_a_request_says_when_who_where_and_what(house, lines):
    console.Somebody("dee").sees("/offices/")
    (line,) = events(lines, event="request")
    assert {
        "at",
        "level",
        "logger",
        "method",
        "path",
        "status",
        "ms",
        "person",
        "office",
        "request",
    } <= set(line)
    assert line["person"] == key("dee")
    assert "source" not in line  # of what was answered it is not told where it went
