"""What is forged, framed, too large or too often is refused, and logged without a word of who or what."""

import hashlib
import json
import logging
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client, override_settings
from django.urls import get_resolver

from ministry.identity.context import identity
from ministry.identity.models import Attempts
from ministry.logging.lines import Lines
from tests.ministry.identity.conftest import Browser, link
from tests.ministry.people import key

FORMS = [
    "/sign-in/passkey/",
    "/sign-in/recovery/",
    "/sign-in/demo/",
    "/sign-in/service/",
    "/account/enrol/",
    "/account/enrol/passkey/",
    "/account/sign-out/",
    "/account/office/",
    "/account/sure/",
    "/account/sessions/end/",
    "/account/tokens/",
    "/account/people/",
    "/account/passkeys/add/",
    "/account/passkeys/r-0/remove/",
    "/account/tokens/r-0/revoke/",
    "/account/recovery-codes/",
]


@pytest.mark.parametrize("path", FORMS)
def test_a_form_that_did_not_come_from_our_page_is_refused(dee, path):
    assert dee.post(path, {"office": "duty-officer"}).status_code == 403
    assert dee.person == key("dee")


def test_a_form_from_another_origin_is_refused_even_with_the_right_token(dee):
    from tests.ministry.identity.conftest import csrf

    token = csrf(dee.get("/account/office/"))
    answer = dee.post(
        "/account/office/",
        {"csrfmiddlewaretoken": token, "office": "duty-officer"},
        HTTP_ORIGIN="https://evil.example",
    )
    assert answer.status_code == 403


def test_nothing_is_done_by_opening_an_address(dee):
    for path in ("/account/sign-out/", "/sign-in/demo/", "/account/sessions/end/"):
        assert dee.get(path).status_code == 405
    assert dee.person == key("dee")


@pytest.mark.parametrize("path", ["/sign-in/", "/account/sessions/", "/nowhere/", "/sign-in/demo/"])
def test_every_answer_has_the_headers(dee, path):
    headers = dee.get(path).headers
    policy = headers["Content-Security-Policy"]
    for part in (
        "default-src 'self'",
        "frame-ancestors 'none'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
    ):
        assert part in policy
    assert "unsafe" not in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "publickey-credentials-get=(self)" in headers["Permissions-Policy"]
    assert "charset=utf-8" in headers["Content-Type"]
    assert "Access-Control-Allow-Origin" not in headers


def test_behind_https_cookies_and_transport_are_strict(ministry):
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            "from ministry import settings as s; print(s.SECURE, s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME,"
            " s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.ORIGIN)",
        ],
        env={**os.environ, "MINISTRY_URL": "https://writ.example/"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.split() == [
        "True",
        "__Host-session",
        "__Host-csrf",
        "True",
        "True",
        "https://writ.example",
    ]
    with override_settings(SECURE=True):
        headers = Browser().get("/sign-in/").headers
    assert headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"


def test_our_script_builds_no_html():
    text = Path(finders.find("identity/passkeys.js")).read_text("utf-8")
    for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
        assert word not in text


def test_no_page_of_ours_has_a_script_or_a_style_in_it(dee):
    for path in ("/sign-in/", "/account/passkeys/add/", "/account/sure/", "/account/people/"):
        text = dee.get(path).content.decode()
        inline = [
            part
            for part in text.split("<script")[1:]
            if " src=" not in part.split(">")[0] and "application/json" not in part.split(">")[0]
        ]
        assert inline == []
        assert " style=" not in text and " onclick=" not in text


def test_what_somebody_signed_in_was_shown_is_kept_in_no_cache(dee):
    for path in ("/account/sessions/", "/sign-in/", "/account/enrol/"):
        assert "no-store" in dee.get(path).headers["Cache-Control"]


def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(dee):
    for name in ("session", "csrf"):
        dee.get("/sign-in/")
        cookie = dee.cookies[name]
        assert cookie["httponly"] and cookie["samesite"] == "Lax"
        assert not cookie["domain"] and cookie["path"] == "/"


def test_a_body_that_is_too_large_is_refused(ministry):
    browser = Browser()
    assert browser.post("/sign-in/passkey/", {"credential": "x" * 70_000}).status_code == 413
    answer = browser.generic("POST", "/sign-in/passkey/", b"", CONTENT_LENGTH="many")
    assert answer.status_code == 413


def test_enrolment_links_cannot_be_tried_without_end(ministry, still):
    browser = Browser()
    tried = [browser.send("/account/enrol/", link=f"x{n}").status_code for n in range(12)]
    assert tried == [403] * 10 + [429] * 2
    good = link("dee")
    assert browser.send("/account/enrol/", link=good).status_code == 429


FEW = {**settings.LIMITS, "sign-in": (30, 60)}


@override_settings(LIMITS=FEW)
def test_sign_ins_cannot_be_tried_without_end(ministry, still):
    browser = Browser()
    tried = [browser.get("/sign-in/passkey/").status_code for _ in range(32)]
    assert tried == [200] * 30 + [429] * 2


def test_what_is_counted_says_nothing_of_who_tried(ministry):
    Browser().get("/sign-in/passkey/", REMOTE_ADDR="203.0.113.7")
    row = Attempts.objects.get()
    assert re.fullmatch("[0-9a-f]{64}", row.key)
    assert row.key != hashlib.sha256(b"203.0.113.7").hexdigest()


@override_settings(LIMITS=FEW)
def test_a_sender_does_not_choose_the_address_that_is_counted(ministry, still):
    browser = Browser()
    for number in range(32):
        answer = browser.get("/sign-in/passkey/", HTTP_X_FORWARDED_FOR=f"203.0.113.{number}")
    assert answer.status_code == 429
    with override_settings(PROXIES=1):
        said = "203.0.113.9, 198.51.100.1"
        assert browser.get("/sign-in/passkey/", HTTP_X_FORWARDED_FOR=said).status_code == 200


def test_outside_a_demonstration_there_is_no_demonstration(browser):
    assert "demonstration" not in browser.get("/sign-in/").content.decode().lower()
    assert browser.send("/sign-in/demo/", "/sign-in/", person="ada").status_code == 404


@override_settings(DEMO=True)
def test_in_a_demonstration_the_stated_people_sign_in_with_one_click(ministry):
    browser = Browser()
    page = browser.get("/sign-in/")
    assert identity(page.wsgi_request)["demo"] is True  # the banner
    assert "Sign in as Ada" in page.content.decode()
    assert browser.send("/sign-in/demo/", "/sign-in/", person="ada").url == "/"
    assert browser.person == key("ada")


@override_settings(DEMO=True, DEMO_PEOPLE=["ada"])
def test_in_a_demonstration_nobody_else_does(ministry):
    browser = Browser()
    assert browser.send("/sign-in/demo/", "/sign-in/", person="bo").status_code == 404
    assert browser.person == ""


def test_every_page_of_an_account_asks_who_is_there(ministry):
    client = Client(HTTP_HOST="localhost:8000")
    open_to_all = ("account/enrol/", "account/enrol/passkey/", "account/sign-out/")
    for pattern in get_resolver("ministry.identity.urls").url_patterns:
        path = str(pattern.pattern)
        if path.startswith("account/") and path not in open_to_all:
            path = path.replace("<str:passkey>", "r-0").replace("<str:token>", "r-0")
            answer = client.post(f"/{path}")
            if answer.status_code == 405:
                answer = client.get(f"/{path}")
            assert answer.status_code == 302 and answer.url.startswith("/sign-in/"), path


def test_the_log_has_keys_and_patterns_and_nothing_of_a_person(ministry, caplog):
    caplog.set_level(logging.INFO, "ministry")
    browser = Browser()
    secret = link("dee")
    browser.enrol("dee", secret)
    browser.get("/account/passkeys/r-secret-name/remove/?name=Dee")
    browser.send("/sign-in/recovery/", code="abcd-efgh")
    lines = [json.loads(Lines().format(record)) for record in caplog.records]
    text = json.dumps(lines)
    assert secret not in text and "abcd-efgh" not in text
    assert '"Dee"' not in text and "r-secret-name" not in text and "127.0.0.1" not in text
    requests = [line for line in lines if line.get("event") == "request"]
    assert {"/account/enrol/", "/account/passkeys/<str:passkey>/remove/"} <= {
        line["path"] for line in requests
    }
    signed = [line for line in lines if line.get("event") == "sign-in"]
    assert [(line["way"], line["ok"]) for line in signed] == [("link", True), ("recovery", False)]
    assert signed[0]["person"] == key("dee")


def test_an_error_is_logged_without_its_text():
    try:
        raise ValueError("Augustus Sand, 203.0.113.7")
    except ValueError:
        record = logging.LogRecord(
            "django.request",
            40,
            "",
            0,
            "Internal Server Error: %s",
            ("/people/Sand",),
            sys.exc_info(),
        )
    line = Lines().format(record)
    assert "Sand" not in line and "203.0.113.7" not in line
    assert json.loads(line)["error"] == "ValueError"
