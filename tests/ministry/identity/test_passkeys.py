"""A passkey signs in whom it verified, and nobody else."""

import pytest
from django.test import Client

from ministry.gate.verify import verify
from ministry.identity.models import EnrolmentLink, Passkey
from ministry.register.models import Record
from tests.ministry.identity.conftest import Browser, csrf, link
from tests.ministry.identity.device import Device
from tests.ministry.people import key


def test_from_a_link_to_a_passkey_to_a_sign_in(browser):
    registered = browser.enrol("dee")
    assert (registered.status_code, registered.url) == (302, "/account/recovery-codes/?new=1")
    assert browser.person == key("dee")
    browser.send("/account/sign-out/", "/account/sessions/")
    assert browser.person == ""
    assert browser.sign_in().url == "/"
    assert browser.person == key("dee")


def test_the_register_knows_every_passkey_and_replays_to_the_tables(dee):
    record = Record.everything.get(act="register-passkey")
    assert (record.person, record.actor, record.about) == (
        key("dee"),
        "enrolled-person",
        key("dee"),
    )
    assert Passkey.objects.get(person=key("dee")).id == record.id
    assert verify().differences == []


def test_the_browser_is_asked_for_a_resident_key_that_verifies(browser):
    browser.send("/account/enrol/", link=link("dee"))
    asked = browser.data("/account/enrol/passkey/")["creation_options"]["publicKey"]
    assert asked["authenticatorSelection"]["residentKey"] == "required"
    assert asked["authenticatorSelection"]["userVerification"] == "required"
    asked = browser.get("/sign-in/passkey/").json()["request_options"]["publicKey"]
    assert (asked["userVerification"], asked.get("allowCredentials", [])) == ("required", [])


def test_the_server_refuses_to_register_without_user_verification(ministry):
    browser = Browser(verifies=False)
    assert browser.enrol("dee").status_code == 400
    assert browser.person == ""
    assert not Passkey.objects.exists()
    assert EnrolmentLink.objects.get().used is None


def test_the_server_refuses_a_sign_in_without_user_verification(dee):
    dee.send("/account/sign-out/", "/account/sessions/")
    dee.device.verifies = False
    assert dee.sign_in().url == "/sign-in/?problem=passkey"
    assert dee.person == ""


def test_it_refuses_it_even_where_the_library_was_asked_for_less(dee, monkeypatch):
    from fido2.server import Fido2Server

    dee.send("/account/sign-out/", "/account/sessions/")
    dee.device.verifies = False
    begin = Fido2Server.authenticate_begin

    def lax(self, *args, **options):
        return begin(self, *args, **{**options, "user_verification": "discouraged"})

    monkeypatch.setattr(Fido2Server, "authenticate_begin", lax)
    assert dee.sign_in().url == "/sign-in/?problem=passkey"
    assert dee.person == ""


@pytest.mark.parametrize(
    "device",
    [
        {"origin": "http://evil.example"},
        {"origin": "http://sub.localhost:8000"},
        {"origin": "http://localhost:9999"},
        {"rp": "evil.example"},
    ],
    ids=["another page", "a page below ours", "another port", "another party"],
)
def test_what_was_made_on_a_page_that_is_not_ours_is_refused(dee, device):
    dee.send("/account/sign-out/", "/account/sessions/")
    for name, value in device.items():
        setattr(dee.device, name, value)
    assert dee.sign_in().url == "/sign-in/?problem=passkey"
    assert dee.person == ""


def test_an_answer_is_good_once(dee):
    dee.send("/account/sign-out/", "/account/sessions/")
    options = dee.get("/sign-in/passkey/").json()["request_options"]
    credential = dee.device.prove(options)
    token = csrf(dee.get("/sign-in/"))
    again = {"csrfmiddlewaretoken": token, "credential": credential}
    assert dee.post("/sign-in/passkey/", again).url == "/"
    other = Browser()
    assert other.send("/sign-in/passkey/", "/sign-in/", credential=credential).url.endswith(
        "problem=passkey"
    )
    other.get("/sign-in/passkey/")
    assert other.send("/sign-in/passkey/", "/sign-in/", credential=credential).url.endswith(
        "problem=passkey"
    )


def test_a_copied_passkey_is_refused(dee):
    dee.send("/account/sign-out/", "/account/sessions/")
    dee.device.counter = 0
    assert dee.sign_in().url == "/sign-in/?problem=passkey"


def test_a_forged_signature_is_refused(dee):
    dee.send("/account/sign-out/", "/account/sessions/")
    dee.device.key = Device().key
    assert dee.sign_in().url == "/sign-in/?problem=passkey"


def test_a_passkey_of_one_person_does_not_sign_in_another(dee):
    other = Browser()
    other.enrol("cy")
    other.send("/account/sign-out/", "/account/sessions/")
    other.device.handle = dee.device.handle
    assert other.sign_in().url == "/sign-in/?problem=passkey"


def test_a_passkey_that_no_act_registered_signs_nobody_in(dee):
    """Somebody writes a key of their own beside that of Dee, straight into the database."""
    from allauth.mfa.models import Authenticator

    mine = Browser()
    mine.enrol("cy")
    row = Authenticator.objects.get(user_id=key("cy"))
    row.pk, row.user_id = None, key("dee")
    row.save()
    mine.send("/account/sign-out/", "/account/sessions/")
    mine.device.handle = dee.device.handle
    assert mine.sign_in().url == "/sign-in/?problem=passkey"


def test_whoever_is_suspended_is_signed_out_and_stays_out(dee, ministry):
    from ministry.command import acts as command
    from ministry.command.data import Suspending

    assert dee.get("/account/sessions/").status_code == 200
    command.suspend(ministry.ada, Suspending(person=key("dee")))
    assert dee.get("/account/sessions/").status_code == 302
    assert dee.sign_in().url == "/sign-in/?problem=passkey"


@pytest.mark.parametrize(
    "sent",
    ["", "x", "[]", "{}", '{"response": {}}', '{"response": {"userHandle": 7}}', "9" * 30_000],
)
def test_nonsense_is_refused_and_is_no_error(ministry, sent):
    browser = Browser()
    browser.get("/sign-in/passkey/")
    answer = browser.send("/sign-in/passkey/", "/sign-in/", credential=sent)
    assert answer.url == "/sign-in/?problem=passkey"


def test_another_passkey_is_added_and_the_first_removed(dee):
    first = Passkey.objects.get()
    old, dee.device = dee.device, Device()
    assert dee.register("/account/passkeys/add/").url == "/account/sessions/?changed=1"
    removed = dee.send(f"/account/passkeys/{first.id}/remove/", "/account/passkeys/")
    assert removed.url == "/account/sessions/?changed=1"
    assert verify().differences == []
    dee.send("/account/sign-out/", "/account/sessions/")
    new, dee.device = dee.device, old
    assert dee.sign_in().url == "/sign-in/?problem=passkey"
    dee.device = new
    assert dee.sign_in().url == "/"


def test_the_last_passkey_is_not_removed(dee):
    only = Passkey.objects.get()
    answer = dee.send(f"/account/passkeys/{only.id}/remove/", "/account/passkeys/")
    assert answer.status_code == 409
    assert Passkey.objects.get().until is None


def test_the_passkey_of_another_is_not_there(dee):
    other = Browser()
    other.enrol("cy")
    theirs = Passkey.objects.get(person=key("cy"))
    answer = dee.send(f"/account/passkeys/{theirs.id}/remove/", "/account/passkeys/")
    assert answer.status_code == 404


def test_a_plain_client_finds_no_way_to_register_itself(ministry):
    client = Client(HTTP_HOST="localhost:8000")
    for path in ("/accounts/signup/", "/sign-up/", "/account/signup/", "/account/login/"):
        assert client.get(path).status_code == 404
