"""What every answer tells the browser, asked of every address there is, by a stranger and by somebody signed in."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from django.conf import settings
from django.test import Client, override_settings
from werkzeug.test import Client as Wsgi

from ministry.api import decide
from ministry.database import described
from ministry.wsgi import application
from tests.ministry.conftest import HOME, database
from tests.ministry.console import conftest as console
from tests.ministry.routes import paths
from tests.ministry.serving import ROOT

OTHERS = [
    "/nowhere/",
    "/static/known.css",
    "/static/nothing.js",
    "/api/nothing",
    "/api/records/\0",
    "/api/records?act=%00",
    "/log/tile/../../etc/passwd",
]
house = console.house
METHODS = ("GET", "HEAD", "POST", "PUT", "TRACE", "CONNECT", "NONSENSE")
PUBLIC = re.compile(r"/(log/|law/|static/|metrics|api/docs|api/openapi.json)")
"""What tells nothing of anybody, and may be kept."""
ECHO = "said-by-the-sender"
POLICY = {
    "default-src 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
}
HEADERS = {
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
}
BINARY = ("application/json", "application/problem+json", "application/octet-stream")


def somebody(name):
    client = Client(SERVER_NAME="localhost", raise_request_exception=False)
    if name:
        client.cookies[settings.SESSION_COOKIE_NAME] = console.session_of(name)
    return client


class Said(NamedTuple):
    """What one address said to one method."""

    method: str
    path: str
    status: int
    headers: dict
    body: bytes


def walk(name, methods):
    """Ask every address by every method, with a marked header."""
    client = somebody(name)
    for path in [*paths(), *OTHERS]:
        for method in methods:
            if name and settings.SESSION_COOKIE_NAME not in client.cookies:
                client = somebody(name)
            answer = client.generic(method, path, HTTP_X_ECHO=ECHO)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            yield Said(method, path, answer.status_code, dict(answer.headers), body)
            if path == "/account/sign-out/" and method == "POST":
                client = somebody(name)


@pytest.fixture(scope="module", params=["sqlite stranger", "sqlite dee", "postgresql dee"])
def walked(request, tmp_path_factory):
    """Every answer of a ministry to a stranger, and to somebody in office."""
    kind, name = request.param.split(" ")
    if kind == "sqlite":
        place = tmp_path_factory.mktemp("walked")
        shutil.copy(request.getfixturevalue("on_sqlite"), place / "ministry.sqlite3")
        here = described("", place)
    else:
        cluster = request.getfixturevalue("cluster")
        here = described(
            cluster.address(cluster.copy(request.getfixturevalue("on_postgres"))), HOME
        )
    file = Path(settings.STATIC_ROOT) / "known.css"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("p {}", "utf-8")  # as `collectstatic` would
    with database(here), override_settings(SECURE=True):
        return list(walk("" if name == "stranger" else name, METHODS))


def test_every_address_answers_with_every_header(walked):
    wrong = []
    for said in walked:
        policy = set(said.headers.get("Content-Security-Policy", "").split("; "))
        if not (
            policy >= POLICY
            and not any("unsafe" in one or "*" in one for one in policy)
            and {name: said.headers.get(name) for name in HEADERS} == HEADERS
            and "camera=()" in said.headers.get("Permissions-Policy", "")
            and not {"Access-Control-Allow-Origin", "Server", "X-Powered-By"} & said.headers.keys()
        ):
            wrong.append((said.method, said.path, said.status))
    assert wrong == []


def test_a_file_for_the_browser_was_among_them(walked):
    found = [
        said.body for said in walked if (said.method, said.path) == ("GET", "/static/known.css")
    ]
    assert found == [b"p {}"]


def test_what_somebody_signed_in_is_shown_no_cache_keeps(walked):
    wrong = [
        (said.method, said.path)
        for said in walked
        if not PUBLIC.match(said.path)
        and said.status != 302
        and "no-store" not in said.headers.get("Cache-Control", "")
    ]
    assert wrong == []


def test_every_answer_with_a_body_says_what_it_is(walked):
    for said in walked:
        kind = said.headers.get("Content-Type", "").replace('"', "")
        assert not said.body or "charset=utf-8" in kind or kind in BINARY, (said.path, kind)


def test_no_address_gives_back_what_was_sent(walked):
    for said in walked:
        assert ECHO.encode() not in said.body
        if said.method in ("TRACE", "CONNECT", "NONSENSE"):
            assert said.status in (400, 404, 405), (said.method, said.path)


def test_nobody_is_led_from_http_to_https(walked):
    """Whoever sends a secret in the clear is not helped to go on; the proxy leads those who open pages."""
    for said in walked:
        assert "://" not in said.headers.get("Location", ""), (said.method, said.path)


def test_no_answer_tells_how_the_server_is_made(walked):
    for said in walked:
        for word in (
            b"Traceback",
            b"Exception",
            b"site-packages",
            b"SELECT ",
            b"sqlite3",
            b"psycopg",
        ):
            assert word not in said.body, (said.method, said.path)
        assert said.status != 500, (said.method, said.path)


def test_the_lane_of_decisions_has_the_headers_of_an_answer_that_is_no_page(house):
    answer = Wsgi(application).post(decide.PATH, data=b"{}", headers={"Host": "localhost"})
    assert answer.status_code == 401
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_behind_https_that_lane_asks_for_it_too(tmp_path):
    said = subprocess.run(
        [
            sys.executable,
            "-c",
            "import ministry.wsgi; from ministry.api.lane import HEADERS;"
            " print(dict(HEADERS)['Strict-Transport-Security'])",
        ],
        cwd=ROOT,
        env={**os.environ, "MINISTRY_HOME": str(tmp_path), "MINISTRY_URL": "https://writ.example"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.startswith("max-age=63072000; includeSubDomains")


FOLDERS = (
    "/static/",
    "/static/identity/",
    "/log/",
    "/log/tile/",
    "/.git/HEAD",
    "/.git/config",
    "/keys/session",
)


def test_no_folder_is_listed_and_nothing_of_the_source_is_served(house):
    client = somebody("dee")
    assert {path: client.get(path).status_code for path in FOLDERS} == dict.fromkeys(FOLDERS, 404)


def test_signing_out_clears_what_the_browser_kept(house):
    answer = somebody("dee").post("/account/sign-out/")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'


def test_no_script_of_ours_keeps_anything_in_the_browser_but_a_draft_that_is_not_saved(ministry):
    root = Path(settings.ROOT)
    editor = root / "console" / "browser"
    keeps = editor / "editor" / "keeping.js"  # taken away again as soon as the server has it
    made = set(root.rglob("static/**/editor.js"))
    for path in {*root.rglob("static/**/*.js"), *editor.rglob("*.js")} - {keeps} - made:
        text = path.read_text("utf-8")
        for word in (
            "localStorage",
            "sessionStorage",
            "indexedDB",
            "document.cookie",
            "postMessage",
        ):
            assert word not in text, (path, word)
