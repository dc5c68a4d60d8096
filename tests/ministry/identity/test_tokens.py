"""A token acts for one office, for a while, until it is ended; it is shown once and kept as a digest."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ministry.command import acts as command
from ministry.command.data import Ending, Suspending
from ministry.database.states import State
from ministry.database.wall import permit
from ministry.gate.refusal import Refused
from ministry.gate.verify import verify
from ministry.identity import acts, tokens
from ministry.identity.data import IssuingToken, RevokingToken
from ministry.identity.models import Token, TokenUse
from ministry.people.models import Appointment
from ministry.register.models import Record
from tests.ministry.identity.conftest import Browser
from tests.ministry.people import acting, key


@pytest.fixture
def token(dee):
    page = dee.send("/account/tokens/", office="duty-officer", purpose="export", days="30")
    return re.search(r"<code>(ministry_[\w-]{43})</code>", page.content.decode())[1]


def test_a_token_acts_in_its_office(token):
    who = tokens.acting_by_token(f"Bearer {token}")
    assert (who.person, who.office, who.sure_since) == (key("dee"), "duty-officer", 0.0)
    assert verify().differences == []


def test_it_is_shown_once_and_kept_as_a_digest(dee, token):
    assert token not in dee.get("/account/tokens/").content.decode()
    assert Token.objects.get().digest == tokens.digest(token)
    assert token.encode() not in bytes(Record.everything.get(act="issue-token").body)


def test_it_takes_one_query_by_the_unique_index(token):
    tokens.acting_by_token(f"Bearer {token}")
    with CaptureQueriesContext(connection) as queries:
        tokens.acting_by_token(f"Bearer {token}")
    assert len(queries) == 1
    plan = connection.cursor().execute(f"EXPLAIN QUERY PLAN {queries[0]['sql']}").fetchall()
    assert all("SEARCH" in row[3] for row in plan if "identity_token" in row[3])
    assert any("identity_token" in row[3] and "digest" in row[3] for row in plan)


def test_its_last_use_is_shown(dee, token):
    assert "never" in dee.get("/account/tokens/").content.decode()
    tokens.acting_by_token(f"Bearer {token}")
    assert TokenUse.objects.count() == 1
    assert "never" not in dee.get("/account/tokens/").content.decode()


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "Bearer",
        "Bearer ",
        "Bearer ministry_",
        "Basic {}",
        "Bearer {}x",
        "Bearer x{}",
        "{}",
        "Bearer ministry_" + "A" * 43,
        "Bearer ministry_" + "A" * 10_000,
        "Bearer ministry_' OR 1=1 --",
    ],
)
def test_a_forged_token_is_nobody(token, header):
    assert tokens.acting_by_token(header and header.replace("{}", token)) is None


def test_what_is_no_token_costs_no_query(ministry):
    with CaptureQueriesContext(connection) as queries:
        tokens.acting_by_token("Bearer something-else")
    assert len(queries) == 0


def test_it_is_ended_by_whoever_answers_for_it(dee, token):
    name = Token.objects.get().id
    assert dee.send(f"/account/tokens/{name}/revoke/", "/account/tokens/").status_code == 302
    assert tokens.acting_by_token(f"Bearer {token}") is None
    assert verify().differences == []


def test_another_does_not_end_it_but_the_security_officer_does(token, ministry):
    from ministry.command.data import Appointing

    name = Token.objects.get().id
    cy = Browser()
    cy.enrol("cy")
    assert cy.send(f"/account/tokens/{name}/revoke/", "/account/tokens/").status_code == 403
    command.appoint(ministry.bo, Appointing(person=key("cy"), office="security-officer"))
    acts.revoke_token(acting("cy", "security-officer"), RevokingToken(token=name))
    assert tokens.acting_by_token(f"Bearer {token}") is None


def test_it_expires(token):
    with permit(State.INSTITUTIONAL):
        Token.objects.update(until=dt.datetime.now(dt.UTC))
    assert tokens.acting_by_token(f"Bearer {token}") is None


def test_it_ends_with_the_appointment(token, ministry):
    held = Appointment.everything.get(person=key("dee"))
    command.end(ministry.bo, Ending(appointment=held.id))
    assert tokens.acting_by_token(f"Bearer {token}") is None


def test_it_ends_with_the_suspension(token, ministry):
    command.suspend(ministry.ada, Suspending(person=key("dee")))
    assert tokens.acting_by_token(f"Bearer {token}") is None


def test_nobody_makes_one_for_an_office_that_is_not_theirs(dee):
    page = dee.send("/account/tokens/", office="permanent-secretary", purpose="x", days="1")
    assert page.status_code == 403
    assert not Token.objects.exists()


def test_a_token_makes_no_token(token):
    """It never proved who it is: what asks for that is refused to it."""
    by = tokens.acting_by_token(f"Bearer {token}")
    with pytest.raises(Refused, match="prove again"):
        acts.issue_token(
            by, IssuingToken(office=by.office, digest=tokens.digest("x"), purpose="x", days=1)
        )


@pytest.mark.parametrize("days", ["0", "91", "x", "", "-1"])
def test_ninety_days_are_the_most(dee, days):
    page = dee.send("/account/tokens/", office="duty-officer", purpose="x", days=days)
    assert page.status_code == 400
    assert not Token.objects.exists()
