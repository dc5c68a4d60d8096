"""What a missed duty brings about counts when acts are decided, whoever or whatever came between."""

import datetime as dt
import io
from hashlib import sha256

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ministry.command import acts as command
from ministry.command.data import Enrolment, Suspending
from ministry.database import transaction
from ministry.editions.models import Promulgation
from ministry.editions.queries import law_of
from ministry.gate import duties, stretches
from ministry.gate.decide import answered, could, entry_of
from ministry.gate.deed import Deed
from ministry.gate.models import Duty
from ministry.gate.refusal import Refused
from ministry.gate.verify import verify
from ministry.identity import acts as identity
from ministry.identity.data import Linking
from ministry.oversight import acts as oversight
from ministry.oversight.data import Admitting, Counting
from ministry.register.models import Kind, Record
from tests.ministry.doing import KEYS
from tests.ministry.people import Named, key
from tests.ministry.places import Clock, templates
from writ.book.dates import zone_of
from writ.engine.answer import Outcome
from writ.engine.request import Request, StateGiven
from writ.journal.audit import audit
from writ.journal.lines import read_log
from writ.journal.record import ActStatus

LINK = "issue-enrolment-link"


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def ministries(request):
    with templates(request, request.param, "backlog") as made:
        yield made


@pytest.fixture
def house(ministries, tmp_path):
    with ministries():
        named = Named()
        for about in Duty.everything.filter(act=LINK, status="open").values_list(
            "about", flat=True
        ):
            linked(named, about)
        yield named
        assert verify().differences == []
        assert verify(tables=False).differences == []
        audited(tmp_path / "register.jsonl")


@pytest.fixture
def clock(monkeypatch):
    return Clock(monkeypatch)


def later(clock, hours):
    clock.ahead += dt.timedelta(hours=hours)


def law():
    return law_of(Promulgation.objects.latest("number").edition)


def audited(file):
    """The exported register, judged by the Book alone: it says of every act what the gate said."""
    call_command("journal", file, stdout=io.StringIO())
    journal, wrong = read_log(file, law().book)
    assert wrong == ()
    found = {one.entry: one for one in audit(law().book, journal).acts}
    for one in Record.everything.filter(kind=Kind.ACT):
        permitted = found[one.id].status is not ActStatus.NO_AUTHORITY
        assert permitted is (one.outcome == Outcome.PERMITTED), (one, found[one.id])


def enrolled(by, name):
    command.enrol(by, Enrolment(sign_in=name, name=name.title()))
    return key(name)


def linked(house, person):
    digest = sha256(person.encode()).hexdigest()
    identity.issue_enrolment_link(house.ada, Linking(person=person, digest=digest))


def missed(house, clock, name="zoe"):
    """A link that was owed within twelve hours, and thirteen have passed; nobody has done anything since."""
    person = enrolled(house.ada, name)
    later(clock, 13)
    return person


def refused(act, by, data):
    with pytest.raises(Refused) as caught:
        act(by, data)
    return caught.value.refusal.decision


def suspend(by, person):
    command.suspend(by, Suspending(person=person))


def quorum(house):
    oversight.set_quorum(house.eve, Counting(needed=0))


def test_before_the_due_day_a_power_is_there_and_after_it_refused_with_the_citation(house, clock):
    enrolled(house.ada, "zoe")
    later(clock, 11)
    enrolled(house.ada, "yan")
    refused(command.enrol, house.bo, Enrolment(sign_in="xan", name="X"))
    later(clock, 2)
    found = refused(command.enrol, house.ada, Enrolment(sign_in="xan", name="X"))
    assert found.outcome is Outcome.PROHIBITED
    assert "Backlog Act s. 2(1)" in found.citations


def test_a_power_that_a_breach_opens_is_there_from_then_on(house, clock):
    person = enrolled(house.ada, "zoe")
    refused(command.suspend, house.dee, Suspending(person=person))
    later(clock, 13)
    suspend(house.dee, person)
    done = Record.everything.filter(act="suspend-person").latest("number")
    assert (done.kind, done.outcome, done.actor) == ("act", "permitted", "duty-officer")


def test_a_duty_that_was_done_in_time_brings_nothing(house, clock):
    person = enrolled(house.ada, "zoe")
    later(clock, 11)
    linked(house, person)
    later(clock, 2)
    enrolled(house.ada, "yan")


def test_what_a_breach_began_an_act_ends(house, clock):
    missed(house, clock)
    quorum(house)
    assert enrolled(house.ada, "yan")
    later(clock, 13)  # the next link is missed, and there is a backlog again
    refused(command.enrol, house.ada, Enrolment(sign_in="xan", name="X"))


def test_what_a_breach_began_lapses_by_itself(house, clock):
    missed(house, clock)
    refused(command.enrol, house.ada, Enrolment(sign_in="yan", name="Y"))
    later(clock, 24 * 11)
    assert enrolled(house.ada, "yan")


def test_a_breach_suspends_what_an_act_began(house, clock):
    other = key("hal")
    refused(command.suspend, house.cy, Suspending(person=other))
    oversight.admit(house.eve, Admitting(name="court", key=KEYS[0]))
    missed(house, clock)
    refused(command.suspend, house.cy, Suspending(person=other))


def test_what_an_act_began_counts_once_and_is_there_while_nothing_was_missed(house, clock):
    oversight.admit(house.eve, Admitting(name="court", key=KEYS[0]))
    entry = entry_of("suspend-person", "r-x", house.cy, Deed(about=key("hal")), transaction.now())
    states = stretches.states_at(law(), "suspend-person", "", key("hal"), entry.at)
    assert [one.state for one in states] == ["trust"]
    suspend(house.cy, key("hal"))


def test_a_breach_that_follows_on_a_breach_counts_though_nothing_was_done_between(house, clock):
    missed(house, clock)
    later(clock, 13)
    refused(command.suspend, house.fay, Suspending(person=key("hal")))
    later(clock, 24)  # a backlog since the thirteenth hour, into which nobody looked for a day
    suspend(house.fay, key("hal"))


def test_who_could_do_it_is_told_with_what_a_breach_brought(house, clock):
    deed = Deed(about=key("hal"))
    before = entry_of("suspend-person", "r-x", house.cy, deed, transaction.now())
    assert "duty-officer" not in dict(could(law(), before))
    missed(house, clock)
    after = entry_of("suspend-person", "r-x", house.cy, deed, transaction.now())
    assert "duty-officer" in dict(could(law(), after))


def test_a_question_of_the_present_is_answered_with_what_a_breach_brought(house, clock):
    missed(house, clock)
    at = transaction.now()
    question = Request("duty-officer", "suspend-person", at)
    assert answered(law(), question).outcome is Outcome.PERMITTED
    today = at.astimezone(zone_of("Europe/Berlin")).date()
    assert (
        answered(law(), Request("duty-officer", "suspend-person", today)).outcome
        is Outcome.PERMITTED
    )
    yesterday = Request("duty-officer", "suspend-person", at - dt.timedelta(days=1))
    assert answered(law(), yesterday).outcome is Outcome.NO_AUTHORITY
    told = Request("duty-officer", "suspend-person", at, states=(StateGiven("trust", at),))
    assert answered(law(), told).outcome is Outcome.NO_AUTHORITY


def test_a_question_and_a_refusal_leave_the_docket_as_it_was(house, clock):
    person = missed(house, clock)
    was = duties.docket().latest
    answered(law(), Request("duty-officer", "suspend-person", transaction.now()))
    refused(command.enrol, house.ada, Enrolment(sign_in="yan", name="Y"))
    assert duties.docket().latest == was
    assert Duty.everything.get(act="issue-enrolment-link", about=person).status == "open"
    linked(house, person)
    assert Duty.everything.get(act="issue-enrolment-link", about=person).status == "late"


def test_another_process_sees_what_this_one_recorded(house, clock):
    person = missed(house, clock)
    mine, reading = duties._dockets.pop("default"), {**stretches._reading}
    stretches._reading.clear()
    suspend(house.dee, person)
    quorum(house)
    duties._dockets["default"] = mine
    stretches._reading.update(reading)
    assert enrolled(house.ada, "yan")


def test_an_act_that_looks_at_such_a_state_costs_one_statement_more_and_no_other_any(
    house, monkeypatch
):

    def cost(name):
        with CaptureQueriesContext(connection) as queries:
            enrolled(house.ada, name)
        return len(queries)

    enrolled(house.ada, "zoe")
    assert stretches.asks_docket(law(), "enrol-person")
    assert stretches.asks_docket(law(), "suspend-person")
    assert not stretches.asks_docket(law(), "set-quorum")
    assert not stretches.asks_docket(law(), "appoint-officer")
    with_states = cost("yan")
    monkeypatch.setattr(stretches, "untold", lambda book: frozenset())
    assert with_states == cost("xan") + 1
    monkeypatch.undo()
