"""The duties that pages list are those that are open now, not those that were when somebody last acted."""

import datetime as dt
from hashlib import sha256

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ministry.approvals import acts as approvals
from ministry.approvals.data import Overriding
from ministry.command import acts as command
from ministry.command.data import Enrolment
from ministry.editions.models import Promulgation
from ministry.editions.queries import Law, law_of
from ministry.gate import owed as owed_now
from ministry.gate.models import Duty
from ministry.gate.owed import moves_by_time, open_duties
from ministry.gate.verify import verify
from ministry.identity import acts as identity
from ministry.identity.data import Linking
from ministry.oversight import acts as oversight
from ministry.oversight.data import Counting
from tests.journal.gates import book_of
from tests.ministry.console.conftest import Somebody
from tests.ministry.people import Named, key, reader
from tests.ministry.places import Clock, templates


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def ministries(request):
    with templates(request, request.param, "watch") as made:
        yield made


@pytest.fixture
def house(ministries):
    with ministries():
        named = Named()
        owing = Duty.everything.filter(act="issue-enrolment-link", status="open")
        for about in owing.values_list("about", flat=True):
            digest = sha256(about.encode()).hexdigest()
            identity.issue_enrolment_link(named.ada, Linking(person=about, digest=digest))
        yield named
        assert verify().differences == []


@pytest.fixture
def clock(monkeypatch):
    return Clock(monkeypatch)


def later(clock, hours):
    clock.ahead += dt.timedelta(hours=hours)


def law():
    return law_of(Promulgation.objects.latest("number").edition)


def owed(by, act):
    return open_duties(law(), reader(by), act=act)


def today(name, office):
    return Somebody(name, office).sees("/").words


def alarm(house):
    given = {"person": key("eve"), "office": "legal-adviser"}
    over = Overriding(act="appoint-officer", given=given, danger=True, reason="it burns")
    approvals.override(house.dee, over)


def nearly_over(house, clock):
    """An alarm of two days, 44 hours old, for which what was owed so far was done: a quorum every twelve hours.

    It was raised late on a day, and lasts to the end of its last.
    """
    at = clock.now()
    evening = at.replace(hour=21, minute=0)
    clock.ahead += evening - at + dt.timedelta(days=evening < at)
    alarm(house)
    for _ in range(4):
        later(clock, 11)
        oversight.set_quorum(house.eve, Counting(needed=0))


def test_what_goes_with_a_state_is_gone_when_the_state_ran_out_by_itself(house, clock):
    nearly_over(house, clock)
    assert [one.occurrence for one in owed(house.eve, "set-quorum")] == [5]
    later(clock, 7)
    assert owed(house.eve, "set-quorum") == []
    assert Duty.everything.get(act="set-quorum", occurrence=5).status == "open"


def test_what_the_end_of_a_state_opens_is_there_though_nobody_has_acted_since(house, clock):
    nearly_over(house, clock)
    assert owed(house.cy, "propose-edition") == []
    later(clock, 7)
    (found,) = owed(house.cy, "propose-edition")
    assert (found.status, found.citation) == ("open", "Watch Act s. 1")
    assert not Duty.everything.filter(act="propose-edition").exists()
    command.enrol(house.ada, Enrolment(sign_in="zoe", name="Zoe"))  # the next act writes it down
    assert Duty.everything.get(act="propose-edition").id == found.id


def test_what_a_breach_brings_is_there_and_the_breach_is_said(house, clock):
    command.enrol(house.ada, Enrolment(sign_in="zoe", name="Zoe"))
    later(clock, 13)
    (late,) = [one for one in owed(house.ada, "issue-enrolment-link") if one.about == key("zoe")]
    assert (late.status, late.follows) == ("breached", ["begins alarm"])
    assert any(one.about == key("zoe") for one in owed(house.eve, "set-quorum"))


def test_what_is_due_first_comes_first_and_no_more_than_are_asked_for(house, clock):
    for name in ("zoe", "yan", "xan"):
        later(clock, 1)
        command.enrol(house.ada, Enrolment(sign_in=name, name=name))
    later(clock, 11)
    found = open_duties(law(), reader(house.ada), act="issue-enrolment-link")
    assert [one.due for one in found] == sorted(one.due for one in found)
    assert open_duties(law(), reader(house.ada), 2, act="issue-enrolment-link") == found[:2]


def test_today_and_the_list_of_the_interface_have_them(house, clock):
    nearly_over(house, clock)
    assert "None is open now" not in today("eve", "clerk-of-parliament")
    later(clock, 7)
    assert "None is open now" in today("eve", "clerk-of-parliament")


@pytest.mark.parametrize(
    ("when", "moves"),
    [
        ("within 12 hours of open-gate", False),
        ("every 3 months", True),
        ("within 12 hours of open-gate\n  if breached escalates to warden", True),
    ],
)
def test_time_alone_moves_the_duties_that_recur_and_those_whose_breach_has_effects(
    when, moves, tmp_path
):
    made = book_of(tmp_path, f"duty 1\n  warden must close-gate\n  {when}\n")
    assert moves_by_time(Law("gates", made)) is moves


def test_nothing_is_asked_of_the_docket_where_time_alone_moves_no_duty(ministry, monkeypatch):
    monkeypatch.setattr(owed_now, "moves_by_time", lambda law: False)
    with CaptureQueriesContext(connection) as queries:
        open_duties(law(), reader(ministry.bo), act="decide-override")
    assert queries.captured_queries
    assert not [one for one in queries if "register_record" in one["sql"]]
