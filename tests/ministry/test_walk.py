"""A walk over every address and every operation: whatever is asked, by whomever, only recorded acts change anything."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from random import Random

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.models import Max
from django.test import Client, override_settings

from ministry.approvals import acts as approvals
from ministry.approvals.data import Asking
from ministry.command import acts as command
from ministry.command.data import Appointing, Ending, Enrolment
from ministry.console import forms
from ministry.database import described
from ministry.database.states import State
from ministry.gate.registry import all_acts
from ministry.gate.verify import verify
from ministry.register.models import Kind, Record
from ministry.statutes.forms import STEPS
from ministry.statutes.models import Proposal
from tests.ministry.api.calling import System, token_of
from tests.ministry.conftest import database
from tests.ministry.console.conftest import session_of
from tests.ministry.doing import GIVEN
from tests.ministry.enacting import CHECKS
from tests.ministry.people import Named, acting, key
from tests.ministry.rosters.manning import manned
from tests.ministry.routes import patterns, values
from tests.ministry.statutes.drafts import APPOINT, edited, proposed

TITLE = ("title: Law and Policy of Defence Act", "title: Law and Policy Act")
KEPT = {State.INSTITUTIONAL, State.REGISTER, State.LOG}
WITH_EVERY_RECORD = {"people_standing", "labels_label"}
"""A marking that is new is kept with the refusal or the reading that has it."""

ASKS, ANSWERS = {"request-approval"}, {"decline-request", "withdraw-request"}
DOES = {
    "acts/<slug:name>/": set(forms.FORMS),
    "approvals/request/": ASKS,
    "approvals/<str:key>/<slug:how>/": {"grant-request", *ANSWERS, "appoint-officer"},
    "sign-in/recovery/": {"use-recovery-code"},
    "account/enrol/passkey/": {"register-passkey"},
    "account/passkeys/add/": {"register-passkey"},
    "account/passkeys/<str:passkey>/remove/": {"remove-passkey"},
    "account/recovery-codes/": {"renew-recovery-codes"},
    "account/tokens/": {"issue-token"},
    "account/tokens/<str:token>/revoke/": {"revoke-token"},
    "account/people/": {
        "issue-enrolment-link",
        "vouch-for-person",
        "end-sessions",
        "remove-passkey",
        "revoke-token",
    },
    "api/decide": {"record-question"},
    "rosters/swaps/<str:swap>/<slug:step>/": {"accept-swap", "end-swap", "approve-swap"},
    "rosters/posts/<slug:post>/plan/": {"publish-roster"},
    "statutes/reviews/<slug:instrument>/": {"begin-review", "conclude-review"},
    "statutes/proposals/": {"propose-edition"},
    "statutes/drafts/<str:key>/propose/": {"propose-edition", "revise-edition"},
    "statutes/proposals/<str:edition>/<slug:step>/": {one.act for one in STEPS.values()},
}
"""The acts that each address does which takes more than questions; those of the API are called `api/acts/NAME`."""
DRAFTING = [
    "edit/", "file/", "restore/", "drafters/", "rebase/", "close/",
    "save", "text", "here", "diagnostics", "completion", "hover", "format",
]  # fmt: skip
WORKS = {
    "notices/read/": "marks notices as read, of whoever asks",
    "notices/preferences/": "keeps how whoever asks is told by mail",
    "api/notices/read": "marks notices as read, of whoever asks",
    "language/": "keeps the language that the reader chose in a cookie",
    "preferences/": "keeps in a cookie how somebody wants the pages",
    "rosters/feeds/": "makes or takes back the address of a calendar, of whoever asks",
    "ask/": "a question to the Book changes nothing",
    "search/saved/": "keeps a search for whoever asks, or lets it go",
    "sign-in/passkey/": "begins a session: working state, of whoever signs in",
    "sign-in/demo/": "begins a session, and in a demonstration alone",
    "sign-in/service/": "sends the browser to another sign-in service",
    "sign-in/service/back/": "begins a session",
    "account/sign-out/": "ends the session of whoever asks",
    "account/enrol/": "puts the secret of a link into the session",
    "account/sure/": "notes in the session when its owner proved who they are",
    "account/sessions/end/": "ends sessions of whoever asks",
    "account/office/": "notes in the session in which office its owner acts",
    "statutes/proposals/<str:edition>/impact/": "has a worker prove: working state that follows from the texts",
    "statutes/import/": "deposits a text, which decides nothing until an act promulgates it",
    "statutes/drafts/new": "opens a draft: working state, of whoever asks",
    **{
        f"statutes/drafts/<str:key>/{one}": "on a draft, for its drafters: working state"
        for one in DRAFTING
    },
    "api/editions": "deposits a text, which decides nothing until an act promulgates it",
}
"""The other addresses that take more than questions, and why no act is needed."""
READS = {"inspect-register", "read-material", "record-question"}
"""What a page may put on the record that somebody reads."""


@pytest.fixture
def house(on_sqlite, tmp_path):
    shutil.copy(on_sqlite, tmp_path / "ministry.sqlite3")
    limits = dict.fromkeys(settings.LIMITS, (10**9, 60))
    with database(described("", tmp_path)), override_settings(LIMITS=limits):
        yield Named()


class Kept:
    """What the tables hold that only acts may change, and what was recorded since it was looked at last."""

    def __init__(self):
        self.tables = {
            model._meta.db_table: model._meta.base_manager
            for model in apps.get_models()
            if getattr(model, "state", None) in KEPT
        }
        self.known = self.digests()
        self.last = self.number()
        self.writes = connection.connection.total_changes

    def digests(self):
        return {
            table: hashlib.sha256(repr([*rows.order_by("pk").values_list()]).encode()).digest()
            for table, rows in self.tables.items()
        }

    @staticmethod
    def number():
        return Record.everything.aggregate(last=Max("number"))["last"]

    def changed(self):
        """The tables that are otherwise than before, and the records that came meanwhile."""
        writes, self.writes = self.writes, connection.connection.total_changes
        if writes == self.writes:  # nothing was written, to whatever table
            return set(), []
        before, self.known = self.known, self.digests()
        records = [*Record.everything.filter(number__gt=self.last).order_by("number")]
        self.last = self.number()
        return {table for table in before if before[table] != self.known[table]}, records


def check(kept, route, status, does):
    """Only what an act, a refusal or a reading of this request changed is otherwise than before it."""
    assert status < 500, (route, status)
    changed, records = kept.changed()
    if not changed:
        assert not records
        return
    assert {one.act for one in records} <= does | READS, (route, records)
    state = {model._meta.db_table: getattr(model, "state", None) for model in apps.get_models()}
    beyond = {table for table in changed if state[table] is not State.REGISTER}
    if not any(one.kind == Kind.ACT for one in records):
        assert records and beyond <= WITH_EVERY_RECORD, (route, changed)
    assert State.LOG not in {state[table] for table in beyond}, (route, changed)


def filled(route, **more):
    known = {**values(), **more}
    return "/" + re.sub(
        r"<(?:\w+:)?(\w+)>|\{(\w+)\}", lambda found: known[found[1] or found[2]], route
    )


def browser(name, office=""):
    client = Client(SERVER_NAME="localhost", raise_request_exception=False)
    if name:
        client.cookies[settings.SESSION_COOKIE_NAME] = session_of(name, office)
    return client


def peopled():
    """Somebody without an office, who had one; a request that waits; the tokens of those who call."""
    ada = acting("ada")
    command.enrol(ada, Enrolment(sign_in="hal", name="Hal"))
    held = command.appoint(ada, Appointing(person=key("hal"), office="registrar")).record
    tokens = {"hal": token_of("hal", "registrar")}
    command.end(ada, Ending(appointment=held))
    for name in ("ada", "bo", "dee", "eve", "fay"):
        tokens[name] = token_of(name)
    proposed(Named(), APPOINT)
    manned(("dee",), keeper="permanent-secretary")
    wanted = {"person": key("dee"), "office": "legal-adviser"}
    asked = approvals.ask(acting("cy"), Asking(act="appoint-officer", given=wanted))
    return tokens, asked.record


def forms_of(route, asked, r):
    """What may be sent to an address: paths, and what is filled in."""
    if route == "acts/<slug:name>/":
        for name in forms.FORMS:
            # A form cannot send half a character.
            given = {
                k: str(v).encode("utf-8", "replace").decode()
                for k, v in GIVEN[name](r).items()
                if v is not None
            }
            yield filled(route, name=name), given
    elif "<slug:how>" in route:
        for how in ("decline", "grant", "withdraw", "other"):
            yield filled(route, key=asked, how=how), {"answer": "so be it"}
    elif route.startswith("rosters/swaps/<"):
        for step in ("accept", "approve", "end", "other"):
            yield filled(route, step=step), {}
    elif route.endswith("/plan/"):
        for what in ("save", "propose", "publish"):
            yield filled(route), {"what": what}
    elif route == "statutes/proposals/":
        for edition in (edited(TITLE), "0" * 64):
            yield filled(route), {"edition": edition, "title": "so"}
    elif route.startswith("statutes/proposals/"):
        edition = Proposal.objects.earliest("proposed").edition
        for step in STEPS if "<slug:step>" in route else [""]:
            given = {"consult.office": "auditor", "consult.due": "2090-01-01", "comment.text": "so"}
            found = {f"examine.{one}.finding": "passed" for one in CHECKS}
            found |= {f"examine.{one}.reason": "so" for one in CHECKS}
            yield filled(route, edition=edition, step=step), {**given, **found, "revise.by": "x"}
    elif route == "account/people/":
        for what in ("link", "vouch", "sessions", "other"):
            yield filled(route), {"person": key("dee"), "what": what, "action": what}
    else:
        given = GIVEN["appoint-officer"](r)
        yield (
            filled(route, key=asked if "approvals" in route else key("dee")),
            {
                "act": "appoint-officer",
                "given": json.dumps(given),
                "reason": "so",
                "office": "permanent-secretary",
                "purpose": "x",
                "days": "3",
                "person": "ada",
                "code": "x",
                "credential": "{}",
                "session": "others",
            },
        )


ASKING, TAKING = ["GET", "HEAD", "OPTIONS"], ["POST", "PUT", "PATCH", "DELETE", "TRACE"]
WHO = {"nobody": "", "an officer without an office": "hal", "an officer": "bo"}


def asked_of(client, method, path, given):
    if method == "GET":
        return client.get(path)
    if method == "POST":
        return client.post(path, given)
    return client.generic(method, path, "x=1", content_type="application/x-www-form-urlencoded")


@pytest.mark.parametrize("who", WHO)
def test_no_address_changes_anything_but_by_a_recorded_act(house, who):
    _, waiting = peopled()
    kept, r = Kept(), Random(7)
    taking = set()
    for route, _ in patterns():
        if route.startswith("api/acts/"):
            continue  # below
        for path, given in forms_of(route, waiting, r):
            # What a method does beyond asking and sending a form does not depend on who is there.
            for method in ASKING + TAKING if who == "nobody" else ["GET", "POST"]:
                client = browser(WHO[who])
                kept.writes = connection.connection.total_changes
                response = asked_of(client, method, path, given)
                check(kept, (method, path), response.status_code, DOES.get(route, set()))
                if method == "POST" and response.status_code not in (404, 405):
                    taking.add(route)
    named = {*DOES, *WORKS}
    assert named <= {route for route, _ in patterns()}
    assert taking <= named, f"say what these do, or why no act is needed: {sorted(taking - named)}"
    assert who == "nobody" or verify().differences == []


def operations(document):
    """The operations of the API: method, address, and the name of each."""
    for path, item in document["paths"].items():
        for method, operation in item.items():
            if method in ("get", "put", "post", "delete", "patch"):
                yield method.upper(), path, operation["operationId"]


def does(method, path, operation):
    """The acts that an operation of the API does."""
    if operation.startswith("act-"):
        name = operation.removeprefix("act-")
        return all_acts().keys() if name in TOGETHER else {name}
    if method == "GET":
        return READS
    assert path.lstrip("/") in {*DOES, *WORKS}, f"say what {method} {path} does"
    return DOES.get(path.lstrip("/"), set())


TOGETHER = {"grant-request", "override-refusal"}
"""What is asked for is done with them."""
TOKENS = {"nobody": None, "whoever left the office": "hal", "an officer": "bo", "the clerk": "eve"}


@pytest.mark.parametrize("who", TOKENS)
def test_no_operation_changes_anything_but_by_a_recorded_act(house, who):
    tokens, waiting = peopled()
    system = System(tokens.get(TOKENS[who], "none"))
    kept, r = Kept(), Random(8)
    document = json.loads(System(tokens["ada"]).get("/api/openapi.json").data)
    found = [*operations(document)]
    assert {operation for _, _, operation in found} >= {f"act-{name}" for name in all_acts()}
    came = set()
    for method, path, operation in found:
        name = operation.removeprefix("act-")
        given = GIVEN[name](r) if name in GIVEN else {"actor": "auditor", "act": "enrol-person"}
        sent = None if method == "GET" else {k: v for k, v in given.items() if v is not None}
        where = filled(path.lstrip("/"), name=waiting)
        kept.writes = connection.connection.total_changes
        response = system.call(method, where, sent)
        check(kept, (method, where), response.status_code, does(method, path, operation))
        came.add(response.status_code)
    if who in ("nobody", "whoever left the office"):
        assert came == {401}
    else:
        assert {200, 201} <= came
    assert verify().differences == []
