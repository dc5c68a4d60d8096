"""A person acts in one office at a time, only in one of theirs, and proves again who they are where it is asked."""

import time

from ministry.command import acts as command
from ministry.command.data import Appointing, Ending
from ministry.people.models import Appointment
from tests.ministry.people import key


def test_the_office_is_changed_to_another_that_is_held(dee, ministry):
    command.name_acting(ministry.bo, Appointing(person=key("dee"), office="legal-adviser"))
    page = dee.get("/account/office/")
    assert page.wsgi_request.acting.office == "duty-officer"
    assert page.wsgi_request.offices == ("duty-officer", "legal-adviser")
    assert dee.send("/account/office/", office="legal-adviser", next="/account/tokens/").url == (
        "/account/tokens/"
    )
    assert dee.get("/account/office/").wsgi_request.acting.office == "legal-adviser"


def test_an_office_that_is_not_theirs_is_not_taken(dee):
    assert dee.send("/account/office/", office="permanent-secretary").status_code == 403
    assert dee.send("/account/office/", office="enrolled-person").status_code == 403
    assert dee.get("/account/office/").wsgi_request.acting.office == "duty-officer"


def test_an_office_that_was_lost_is_not_acted_in_any_more(dee, ministry):
    held = Appointment.everything.get(person=key("dee"))
    command.end(ministry.bo, Ending(appointment=held.id))
    page = dee.get("/account/office/")
    assert page.wsgi_request.acting is None
    assert "You are in no office" in page.content.decode()
    assert dee.get("/account/people/").status_code == 403


def test_what_is_sensitive_asks_for_a_proof_and_goes_on_from_there(dee):
    dee.change_session(sure_since=time.time() - 16 * 60)
    asked = dee.get("/account/passkeys/add/")
    assert asked.url == "/account/sure/?next=%2Faccount%2Fpasskeys%2Fadd%2F"
    before = dee.get("/account/office/").wsgi_request.acting.sure_since
    dee.prove()
    assert dee.get("/account/office/").wsgi_request.acting.sure_since > before
    assert dee.get("/account/passkeys/add/").status_code == 200


def test_a_proof_without_user_verification_proves_nothing(dee):
    dee.change_session(sure_since=0.0)
    dee.device.verifies = False
    assert dee.prove().status_code == 403
    assert dee.get("/account/passkeys/add/").status_code == 302


def test_nobody_is_sent_on_to_another_site(dee):
    for wanted in ("https://evil.example/", "//evil.example", "/\\evil.example", "javascript:1"):
        assert dee.sign_in(next=wanted).url == "/"
