"""Today: what waits, what must be done, what was done."""

import datetime as dt

import pytest
from django.test import RequestFactory
from django.utils import timezone

from ministry.approvals import acts as approvals
from ministry.approvals.data import Asking, Overriding
from ministry.command import acts
from ministry.command.data import Appointing
from ministry.gate.refusal import Refused
from ministry.notices.models import Notice
from tests.ministry.console.conftest import Somebody
from tests.ministry.console.queries import counted
from tests.ministry.notices.telling import follow
from tests.ministry.people import key


def test_a_quiet_day_says_that_nothing_waits(house):
    page = Somebody("cy").sees("/")
    assert "Nothing waits for a decision of this office." in page
    assert "None is open now." in page
    assert "This office has done nothing yet." in page
    assert "Nothing was refused to this office lately." in page


def test_it_shows_what_the_office_did_and_under_which_provision(house):
    page = Somebody("ada").sees("/")
    assert "Appoint a person to an office" in page
    assert "Organisation Act s. 2(1)" in page
    assert "/book/organisation-act/#s-2-1" in page.links


def test_it_shows_what_was_refused(house):
    with pytest.raises(Refused):
        acts.appoint(house.cy, Appointing(person=key("dee"), office="permanent-secretary"))
    page = Somebody("cy").sees("/")
    assert "no authority" in page


def test_what_others_ask_of_the_office_waits_there(house):
    asked = approvals.ask(
        house.cy,
        Asking(
            act="appoint-officer",
            given={"person": key("dee"), "office": "legal-adviser"},
            reason="while I am away",
        ),
    )
    page = Somebody("bo").sees("/")
    assert "while I am away" in page
    assert f"/approvals/{asked.record}/" in page.links
    assert "while I am away" not in Somebody("eve").sees("/")


def test_a_duty_that_an_act_opened_stands_there_until_it_is_done(house):
    assert "None is open now." in Somebody("bo").sees("/")
    approvals.override(
        house.dee,
        Overriding(
            act="appoint-officer",
            given={"person": key("cy"), "office": "duty-officer"},
            danger=True,
            reason="nobody else can be reached",
        ),
    )
    page = Somebody("bo").sees("/")
    assert "soon" in page
    assert "Authority Act s. 2(3)" in page
    assert "None is open now." in Somebody("cy", "legal-adviser").sees("/")


def test_an_overdue_duty_is_marked(house):
    from ministry.console.here import Here
    from ministry.console.views.today import duties

    approvals.override(
        house.dee,
        Overriding(
            act="appoint-officer",
            given={"person": key("cy"), "office": "duty-officer"},
            danger=True,
            reason="nobody else can be reached",
        ),
    )
    request = RequestFactory().get("/")
    request.acting = house.bo
    found = Here(request)
    found.at = timezone.now() + dt.timedelta(days=9)
    (duty,) = duties(found, house.bo)
    assert duty["late"] and not duty["soon"]


def test_it_says_which_edition_is_in_force_and_whether_the_watch_is_alive(house):
    page = Somebody("cy").sees("/")
    assert "Edition 1 in force since" in page
    assert "The watch is silent" in page


def test_the_watch_is_alive_while_a_worker_says_so(house, monkeypatch):
    from ministry.timers import auditor

    light = auditor.Light(True, dt.datetime.now(dt.UTC), 1, 2)
    monkeypatch.setattr(auditor, "alive", lambda: light)
    assert "The watch is alive; 2 parked" in Somebody("cy").sees("/")


def test_it_asks_the_database_the_same_number_of_questions_however_much_was_done(house):
    somebody = Somebody("ada")
    asks_of_ada(house)
    somebody.sees("/")
    few = counted(lambda: somebody.sees("/"))
    for _ in range(3):
        end_and_appoint(house)
        asks_of_ada(house)
    follow()  # and is told of it: the bell costs one question, however much it counts
    assert Notice.everything.filter(person=key("ada"), read=None).count() > 0
    somebody.sees("/")  # who holds what has changed, and is read again
    assert counted(lambda: somebody.sees("/")) == few <= 20


def asks_of_ada(house):
    given = {"sign_in": "xx", "name": "X"}
    approvals.ask(house.cy, Asking(act="enrol-person", given=given, reason="new"))


def end_and_appoint(house):
    from ministry.command.data import Ending
    from ministry.people.models import Appointment

    row = Appointment.everything.get(office="duty-officer", until=None)
    acts.end(house.ada, Ending(appointment=row.id))
    acts.appoint(house.ada, Appointing(person=key("dee"), office="duty-officer"))
