"""Whatever goes wrong is answered as a problem, without a word of how the server is made."""

import datetime as dt
import re

import pytest

from ministry.api import acts as operations
from ministry.api import decide, problems
from ministry.api.standing import standing
from ministry.api.tokens import Token as Bearer
from ministry.command import acts as command
from ministry.command.data import Ending
from ministry.database.states import State
from ministry.database.transaction import Busy
from ministry.database.wall import permit
from ministry.identity import acts
from ministry.identity.data import RevokingToken
from ministry.identity.models import Token
from ministry.identity.tokens import acting_by_token
from ministry.people.models import Appointment
from tests.ministry.api.calling import system
from tests.ministry.people import acting, key

PATHS = [("GET", "/api/people"), ("POST", "/api/decide"), ("POST", "/api/acts/enrol-person")]
QUESTION = {"actor": "director-of-personnel", "act": "enrol-person", "at": "2026-01-12"}


def is_problem(answer, status):
    assert answer.status_code == status, answer.get_data(as_text=True)
    assert answer.content_type == problems.MEDIA_TYPE
    told = answer.json
    assert told["status"] == status
    assert told["type"].removeprefix(problems.DOCUMENTED) in problems.KINDS
    assert b"Traceback" not in answer.data
    assert b'File "' not in answer.data
    return told


@pytest.mark.parametrize(("method", "path"), PATHS)
@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "Bearer",
        "Basic {}",
        "Bearer x{}",
        "Bearer {}x",
        "{}",
        "Bearer ministry_" + "A" * 43,
        "Bearer ministry_" + "A" * 5_000,
        "Bearer ministry_' OR 1=1 --",
    ],
)
def test_a_forged_token_opens_nothing(ada, method, path, header):
    header = header and header.replace("{}", ada.token)
    answer = ada.call(method, path, QUESTION if method == "POST" else None, Authorization=header)
    is_problem(answer, 401)
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def expired():
    with permit(State.INSTITUTIONAL):
        Token.objects.update(until=dt.datetime.now(dt.UTC))


def revoked():
    token = Token.objects.get()
    acts.revoke_token(acting("ada", "enrolled-person"), RevokingToken(token=token.id))


def suspended():
    with permit(State.INSTITUTIONAL):
        Token.objects.get().person.__class__.everything.filter(key=key("ada")).update(
            is_active=False
        )


def out_of_office():
    held = Appointment.everything.get(person=key("ada"))
    command.end(acting("bo"), Ending(appointment=held.id))


@pytest.mark.parametrize("ends", [expired, revoked, suspended, out_of_office])
def test_a_token_that_is_over_opens_nothing_from_that_moment_on(either, ends):
    ada = system("ada")
    header = f"Bearer {ada.token}"
    assert ada.decide(QUESTION).status_code == 200
    assert standing(header).by == acting_by_token(header)
    ends()
    for method, path in PATHS:
        is_problem(ada.call(method, path, QUESTION if method == "POST" else None), 401)
    assert standing(header) is acting_by_token(header) is None


@pytest.mark.parametrize(
    "path",
    [
        "/api/",
        "/api/nothing",
        "/api/acts/no-such-act",
        "/api/people/p-nobody",
        "/api/offices/no-such-office",
        "/api/offices/ministry-of-defence",
        "/api/records/r-" + "0" * 32,
        "/api/records/r-" + "0" * 32 + "/bytes",
        "/api/records/r-" + "0" * 32 + "/receipt",
        "/api/requests/r-" + "0" * 32,
        "/api/editions/" + "0" * 64,
        "/api/editions/in-force/provisions?citation=s.+1",
        "/api/people/p-%00",
    ],
)
def test_what_is_not_there_is_not_found(ada, path):
    told = is_problem(ada.get(path), 404)
    assert told.keys() == {"type", "title", "status"}


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/decide"),
        ("PUT", "/api/decide"),
        ("GET", "/api/acts/enrol-person"),
        ("DELETE", "/api/people"),
        ("POST", "/api/records"),
    ],
)
def test_a_wrong_method_is_told_the_right_one(ada, method, path):
    answer = ada.call(method, path)
    is_problem(answer, 405)
    assert answer.headers["Allow"]


@pytest.mark.parametrize("path", ["/api/decide", "/api/acts/enrol-person", "/api/editions"])
@pytest.mark.parametrize(
    "kind",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/jsonx",
        "",
    ],
)
def test_only_json_is_taken(ada, path, kind):
    is_problem(ada.post(path, b'{"a": 1}', **{"Content-Type": kind}), 415)


@pytest.mark.parametrize("path", ["/api/decide", "/api/acts/enrol-person", "/api/editions"])
@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"\xff\xfe",
        b'{"a": NaN}',
        b'{"a": "\\u0000"}',
        b'{"a": "\\ud800"}',
        b"[" * 100_000,
        b'{"a":' * 20_000,
        b"{'a': 1}",
    ],
)
def test_what_is_no_json_is_malformed(ada, path, body):
    is_problem(ada.post(path, body), 400)


@pytest.mark.parametrize(
    ("path", "size"),
    [
        ("/api/decide", 262_145),
        ("/api/acts/enrol-person", 262_145),
        ("/api/editions", 5 * 2**20 + 1),
    ],
)
def test_a_body_that_is_too_large_is_not_read(ada, path, size):
    is_problem(ada.post(path, b'"' + b"x" * (size - 2) + b'"'), 413)


@pytest.mark.parametrize("body", [b"null", b"[]", b"1", b'"x"', b"{}"])
@pytest.mark.parametrize("path", ["/api/decide", "/api/acts/enrol-person", "/api/editions"])
def test_what_is_json_and_nothing_else_is_invalid(ada, path, body):
    assert is_problem(ada.post(path, body), 422)["errors"]


def test_a_text_with_a_nul_is_not_looked_for(ada):
    is_problem(ada.get("/api/records?about=%00"), 400)


def test_when_the_register_is_busy_it_says_when_to_come_back(ada, monkeypatch):
    def busy(*_, **__):
        raise Busy("too many others")

    monkeypatch.setattr(operations, "run", busy)
    monkeypatch.setattr(decide, "run", busy)
    for answer in (
        ada.act("enrol-person", {"sign_in": "gus", "name": "Gus"}),
        ada.decide({**QUESTION, "journal": True}),
    ):
        is_problem(answer, 503)
        assert int(answer.headers["Retry-After"]) > 0


def test_a_failure_tells_nothing_of_itself(ada, monkeypatch):
    def fails(*_, **__):
        raise RuntimeError("the secret of the safe")

    monkeypatch.setattr(operations, "run", fails)
    monkeypatch.setattr(decide, "decided", fails)
    monkeypatch.setattr(Bearer, "__call__", fails)
    for answer in (
        ada.act("enrol-person", {"sign_in": "gus", "name": "Gus"}),
        ada.decide(QUESTION),
    ):
        is_problem(answer, 500)
        assert b"safe" not in answer.data


def test_nothing_is_kept_by_a_cache_and_no_page_may_frame_it(ada):
    for answer in (ada.get("/api/people"), ada.decide(QUESTION), ada.get("/api/nothing")):
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


def test_a_cookie_opens_nothing(ada):
    is_problem(ada.get("/api/people", Authorization=None, Cookie="session=x"), 401)


def test_the_reference_names_every_operation_and_problem_and_loads_nothing_from_elsewhere(ada):
    page = ada.get("/api/docs", Authorization=None).get_data(as_text=True)
    for code in problems.KINDS:
        assert f'id="problem-{code}"' in page
    document = ada.get("/api/openapi.json", Authorization=None).json
    for operations_of in document["paths"].values():
        for one in operations_of.values():
            assert f'id="{one["operationId"]}"' in page
    assert "http" not in re.sub(r">[^<]*<", "><", page)
