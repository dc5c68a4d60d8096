"""Sessions are listed and ended, end by themselves, and cannot be had from a copy of the database."""

import time

from django.db import connection
from django.test.utils import CaptureQueriesContext

from ministry.identity import acts, sessions
from ministry.identity.data import OfPerson
from ministry.identity.models import Session
from tests.ministry.identity.conftest import Browser
from tests.ministry.people import acting, key


def again(browser):
    """The same person on another device."""
    other = Browser()
    other.device = browser.device
    other.defaults["HTTP_USER_AGENT"] = (
        "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    )
    other.sign_in()
    return other


def test_a_session_says_on_what_since_when_and_in_which_office(dee):
    other = again(dee)
    other.send("/account/office/", office="duty-officer")
    page = dee.get("/account/sessions/").content.decode()
    assert "Firefox on Linux" in page
    assert "duty-officer" in page
    assert "(this one)" in page


def test_the_others_are_ended(dee):
    other = again(dee)
    dee.send("/account/sessions/end/", "/account/sessions/", session="others")
    assert other.get("/account/sessions/").url.startswith("/sign-in/")
    assert dee.get("/account/sessions/").status_code == 200


def test_ending_a_session_asks_for_a_proof(dee):
    other = again(dee)
    dee.change_session(sure_since=0.0)
    asked = dee.send("/account/sessions/end/", "/account/sessions/", session="others")
    assert asked.url == "/account/sure/?next=%2Faccount%2Fsessions%2F"
    assert other.get("/account/sessions/").status_code == 200


def test_one_is_ended(dee):
    other = again(dee)
    theirs = sessions.kept_as(other.session.session_key)
    dee.send("/account/sessions/end/", "/account/sessions/", session=theirs)
    assert other.get("/account/sessions/").status_code == 302


def test_the_session_of_another_person_is_not_there(dee):
    cy = Browser()
    cy.enrol("cy")
    theirs = sessions.kept_as(cy.session.session_key)
    answer = dee.send("/account/sessions/end/", "/account/sessions/", session=theirs)
    assert answer.status_code == 404
    assert cy.get("/account/sessions/").status_code == 200


def test_the_security_officer_ends_the_sessions_of_anybody(dee, ministry):
    from ministry.command import acts as command
    from ministry.command.data import Appointing

    command.appoint(ministry.bo, Appointing(person=key("cy"), office="security-officer"))
    acts.end_sessions(acting("cy", "security-officer"), OfPerson(person=key("dee")))
    assert dee.get("/account/sessions/").status_code == 302


def test_a_session_that_nobody_uses_ends(dee):
    dee.change_session(seen=time.time() - 31 * 60)
    assert dee.get("/account/sessions/").status_code == 302
    assert dee.person == ""


def test_a_session_ends_after_twelve_hours_however_much_it_is_used(dee):
    dee.change_session(began=time.time() - 12 * 3600 - 1)
    assert dee.get("/account/sessions/").status_code == 302


def test_every_sign_in_and_every_proof_has_a_new_key(dee):
    first = dee.session.session_key
    dee.prove()
    second = dee.session.session_key
    dee.sign_in()
    assert len({first, second, dee.session.session_key}) == 3
    assert Session.objects.filter(person=key("dee")).count() == 1


def test_a_session_of_before_the_sign_in_is_not_carried_over(browser):
    browser.get("/sign-in/passkey/")
    planted = browser.session.session_key
    browser.enrol("dee")
    assert browser.session.session_key != planted
    assert not sessions.SessionStore().exists(planted)


def test_a_copy_of_the_database_signs_nobody_in(dee):
    kept = Session.objects.get(person=key("dee")).session_key
    thief = Browser()
    thief.cookies["session"] = kept
    assert thief.get("/account/sessions/").status_code == 302


def test_a_key_that_we_did_not_make_is_not_taken(dee):
    thief = Browser()
    thief.cookies["session"] = "planted0planted0planted0planted0"
    thief.enrol("cy")
    assert thief.session.session_key != "planted0planted0planted0planted0"


def test_signing_out_ends_the_session_on_the_server(dee):
    cookie = dee.cookies["session"].value
    answer = dee.send("/account/sign-out/", "/account/sessions/")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    thief = Browser()
    thief.cookies["session"] = cookie
    assert thief.get("/account/sessions/").status_code == 302


def test_signing_out_is_at_hand_on_every_page(dee):
    for path in ("/", "/journal/", "/offices/", "/book/", "/account/passkeys/", "/account/tokens/"):
        assert 'action="/account/sign-out/"' in dee.get(path).content.decode(), path


def test_a_page_costs_three_queries_for_who_is_there(dee):
    dee.get("/account/office/")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        dee.get("/account/sign-out/")
    assert [q["sql"].split('FROM "')[1].split('"')[0] for q in queries] == [
        "identity_session",
        "people_person",
        "people_appointment",
    ]
