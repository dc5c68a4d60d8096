"""A recovery code signs in once, and lets a person register a new passkey and do nothing that asks for one."""

import re

import pytest

from ministry.gate.verify import verify
from ministry.identity import tokens
from ministry.identity.models import RecoveryCode
from ministry.register.models import Record
from tests.ministry.identity.conftest import Browser
from tests.ministry.people import key


@pytest.fixture
def codes(dee):
    page = dee.send("/account/recovery-codes/").content.decode()
    return re.findall(r"<code>([a-z2-7-]+)</code>", page)


def test_codes_are_shown_once_and_kept_as_digests(dee, codes):
    assert len(codes) == 10
    assert all(len(code.replace("-", "")) == 32 for code in codes)
    assert codes[0] not in dee.get("/account/recovery-codes/").content.decode()
    assert RecoveryCode.objects.filter(digest=tokens.digest(codes[0])).exists()
    body = bytes(Record.everything.get(act="renew-recovery-codes").body)
    assert codes[0].encode() not in body


def test_a_code_signs_in_once(codes):
    browser, other = Browser(), Browser()
    assert browser.send("/sign-in/recovery/", code=codes[3]).url == "/account/passkeys/add/"
    assert browser.person == key("dee")
    assert other.send("/sign-in/recovery/", code=codes[3]).status_code == 403
    assert other.person == ""
    assert Record.everything.filter(act="use-recovery-code", person=key("dee")).count() == 1
    assert verify().differences == []


def test_a_code_may_be_typed_with_blanks_and_capitals(codes):
    typed = codes[0].upper().replace("-", " ")
    assert Browser().send("/sign-in/recovery/", code=typed).status_code == 302


def test_after_a_code_a_new_passkey_is_registered_and_nothing_else_that_asks_for_one(codes):
    browser = Browser()
    browser.send("/sign-in/recovery/", code=codes[0])
    made = browser.send("/account/recovery-codes/")
    assert made.url.startswith("/account/sure/")
    assert browser.get("/account/sessions/").wsgi_request.acting is None
    assert browser.register("/account/passkeys/add/").status_code == 302
    assert browser.get("/account/sessions/").wsgi_request.acting.office == "duty-officer"
    assert browser.send("/account/recovery-codes/").status_code == 200


def test_new_codes_replace_all_earlier_ones(dee, codes):
    dee.send("/account/recovery-codes/")
    assert Browser().send("/sign-in/recovery/", code=codes[0]).status_code == 403


def test_guessing_is_slowed_and_locks_nobody_out(dee, codes, still):
    guesser = Browser()
    tried = [
        guesser.send("/sign-in/recovery/", code=f"aaaa-{number}").status_code for number in range(7)
    ]
    assert tried == [403] * 5 + [429] * 2
    dee.send("/account/sign-out/", "/account/sessions/")
    assert dee.sign_in().url == "/"
