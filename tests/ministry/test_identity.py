"""The whole way of a person on both databases: link, passkey, sign-in, office, proof, recovery, token; a replay."""

import datetime as dt

from ministry.command import acts as command
from ministry.command.data import Appointing
from ministry.gate.verify import verify
from ministry.identity import tokens
from ministry.identity.models import EnrolmentLink, Passkey, RecoveryCode, Session, Token
from tests.ministry.identity.conftest import Browser, csrf
from tests.ministry.people import key


def test_the_whole_way(ministry):
    browser = Browser()
    assert browser.enrol("dee").status_code == 302
    command.appoint(ministry.ada, Appointing(person=key("dee"), office="legal-adviser"))
    browser.send("/account/sign-out/", "/account/sessions/")
    browser.sign_in()
    browser.send("/account/office/", office="legal-adviser")
    browser.change_session(sure_since=0.0)
    assert browser.send("/account/tokens/", office="legal-adviser").url.startswith("/account/sure/")
    assert browser.prove().status_code == 302
    page = browser.send("/account/recovery-codes/")
    assert page.status_code == 200
    codes = page.content.decode().split("<code>")[1:]
    assert len(codes) == 10 == RecoveryCode.objects.count()
    page = browser.send("/account/tokens/", office="legal-adviser", purpose="export", days="7")
    token = page.content.decode().split("<code>")[1].split("</code>")[0]
    acting = tokens.acting_by_token(f"Bearer {token}")
    assert (acting.person, acting.office, acting.sure_since) == (key("dee"), "legal-adviser", 0.0)
    code = codes[0].split("</code>")[0]
    other = Browser()
    assert other.send("/sign-in/recovery/", code=code.upper()).url == "/account/passkeys/add/"
    assert other.register("/account/passkeys/add/").status_code == 302
    assert Passkey.objects.filter(person=key("dee"), until=None).count() == 2
    assert Session.objects.get(person=key("dee"), way="recovery")
    assert EnrolmentLink.objects.get().used - EnrolmentLink.objects.get().issued < dt.timedelta(1)
    assert Token.objects.get().digest == tokens.digest(token)
    assert csrf(browser.get("/account/tokens/"))
    assert verify().differences == []
