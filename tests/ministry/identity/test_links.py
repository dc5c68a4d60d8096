"""An enrolment link is good once, for a while, for one person, and given by those who may."""

import datetime as dt
import time

import pytest
from django.core.management import CommandError, call_command

from ministry.database.states import State
from ministry.database.wall import permit
from ministry.gate.refusal import Refused
from ministry.identity import acts, tokens
from ministry.identity.data import Linking, OfPerson
from ministry.identity.models import EnrolmentLink, Passkey
from ministry.register.models import Record, Sealed
from tests.ministry.identity.conftest import Browser, link
from tests.ministry.people import acting, key


def issue(by, name):
    return acts.issue_enrolment_link(by, Linking(person=key(name), digest=tokens.digest(name)))


def test_a_link_registers_one_passkey_and_no_second(browser):
    secret = link("dee")
    assert browser.enrol("dee", secret).status_code == 302
    other = Browser()
    assert other.send("/account/enrol/", link=secret).status_code == 403
    assert other.get("/account/enrol/passkey/").status_code == 403
    assert Passkey.objects.count() == 1


def test_of_two_who_opened_one_link_the_first_registers(browser):
    secret, other = link("dee"), Browser()
    for one in (browser, other):
        one.send("/account/enrol/", link=secret)
    assert browser.register("/account/enrol/passkey/").status_code == 302
    assert other.register("/account/enrol/passkey/").status_code == 403
    assert Passkey.objects.count() == 1


def test_a_link_is_good_for_72_hours(browser):
    secret = link("dee")
    row = EnrolmentLink.objects.get()
    assert row.until - row.issued == dt.timedelta(hours=72)
    with permit(State.INSTITUTIONAL):
        EnrolmentLink.objects.update(until=dt.datetime.now(dt.UTC) - dt.timedelta(seconds=1))
    assert browser.send("/account/enrol/", link=secret).status_code == 403


def test_a_later_link_takes_the_place_of_an_earlier_one(browser):
    first, second = link("dee"), link("dee")
    assert browser.send("/account/enrol/", link=first).status_code == 403
    assert browser.send("/account/enrol/", link=second).status_code == 302


@pytest.mark.parametrize("sent", ["", "x", "http://localhost:8000/account/enrol/#", "a" * 300])
def test_what_is_no_link_is_refused(browser, sent):
    assert browser.send("/account/enrol/", link=sent).status_code == 403


def test_the_secret_is_kept_nowhere(browser):
    secret = link("dee")
    record = Record.everything.get(act="issue-enrolment-link")
    assert secret.encode() not in bytes(record.body)
    assert EnrolmentLink.objects.get().digest == tokens.digest(secret)


def test_the_credential_is_kept_apart_where_it_may_be_erased(dee):
    record = Record.everything.get(act="register-passkey")
    assert b"clientDataJSON" not in bytes(record.body)
    assert "clientDataJSON" in Sealed.objects.get(record_id=record.id).value


def test_nobody_issues_a_link_to_themselves(ministry):
    with pytest.raises(Refused) as refused:
        issue(ministry.ada, "ada")
    assert refused.value.refusal.decision.citations == ("Identity Reg. s. 2(3)",)


def test_an_office_without_the_power_issues_none(ministry):
    with pytest.raises(Refused):
        issue(ministry.dee, "cy")


def test_whoever_has_a_passkey_gets_another_link_from_two_offices_alone(dee, ministry):
    from ministry.command import acts as command
    from ministry.command.data import Appointing

    command.appoint(ministry.bo, Appointing(person=key("cy"), office="security-officer"))
    security = acting("cy", "security-officer")
    with pytest.raises(Refused):
        issue(ministry.ada, "dee")
    with pytest.raises(Refused) as early:
        issue(security, "dee")
    assert early.value.refusal.decision.outcome == "needs"
    acts.vouch(ministry.ada, OfPerson(person=key("dee")))
    assert issue(security, "dee").decision.citations == ("Identity Reg. s. 2(2)",)


def test_whoever_vouched_does_not_issue_in_another_office(dee, ministry):
    from ministry.command import acts as command
    from ministry.command.data import Appointing

    command.appoint(ministry.bo, Appointing(person=key("ada"), office="security-officer"))
    acts.vouch(ministry.ada, OfPerson(person=key("dee")))
    with pytest.raises(Refused) as refused:
        issue(acting("ada", "security-officer"), "dee")
    assert refused.value.refusal.decision.outcome == "prohibited"


def test_the_operator_prints_the_first_link_of_the_first_officer(browser, capsys):
    call_command("enrol", "ada")
    printed = capsys.readouterr().out.strip()
    assert printed.startswith("http://localhost:8000/account/enrol/#")
    assert browser.enrol("ada", printed).status_code == 302
    assert browser.person == key("ada")
    with pytest.raises(CommandError, match="a passkey already"):
        call_command("enrol", "ada")
    with pytest.raises(CommandError, match="nobody is enrolled"):
        call_command("enrol", "zoe")


def test_a_link_is_issued_on_the_page_and_shown_once(browser):
    from tests.ministry.identity.conftest import Browser

    browser.enrol("ada")
    page = browser.send("/account/people/", person="cy", act="issue-enrolment-link")
    secret = page.content.decode().split("/account/enrol/#")[1].split("<")[0]
    assert secret not in browser.get("/account/people/").content.decode()
    assert Browser().enrol("cy", secret).status_code == 302


def test_a_refusal_on_the_page_cites_the_law(browser):
    browser.enrol("ada")
    page = browser.send("/account/people/", person="ada", act="issue-enrolment-link")
    assert page.status_code == 403
    assert "Identity Reg. s. 2(3)" in page.content.decode()


def test_an_act_that_asks_for_it_is_refused_to_whoever_is_not_sure(ministry):
    stale = acting("ada").__class__(key("ada"), "director-of-personnel", time.time() - 3600)
    with pytest.raises(Refused, match="prove again"):
        issue(stale, "dee")
