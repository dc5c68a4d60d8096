"""Acts that several must do: each does a part, and the last one's completes the act."""

import io
import json
import threading

import pytest
from django.core.management import call_command
from django.db import connection

from ministry.approvals import acts as approvals
from ministry.approvals.data import Asking, Granting, Overriding
from ministry.command import acts as command
from ministry.command.data import Appointing, Ending, Suspending
from ministry.database.wall import opened as wall_opened
from ministry.editions.models import Promulgation
from ministry.editions.queries import law_of
from ministry.gate import do, duties
from ministry.gate.deed import NotPossible
from ministry.gate.models import Duty
from ministry.gate.refusal import Refused
from ministry.gate.verify import verify
from ministry.identity import acts as identity
from ministry.identity.data import OfPerson
from ministry.people.models import Appointment
from ministry.register.models import Kind, Record
from ministry.register.record import opened
from tests.ministry.console.conftest import Somebody
from tests.ministry.people import Named, acting, appointed, key
from tests.ministry.places import Clock, templates
from writ.engine.answer import Outcome
from writ.journal.audit import audit
from writ.journal.lines import read_log
from writ.journal.record import ActStatus


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def ministries(request):
    with templates(request, request.param, "joint") as made:
        yield made


@pytest.fixture
def house(ministries, tmp_path):
    with ministries():
        yield Named()
        assert verify().differences == []
        audited(tmp_path / "register.jsonl")


@pytest.fixture
def edited(ministries):
    """A house of which records are changed afterwards."""
    with ministries():
        yield Named()


@pytest.fixture
def clock(monkeypatch):
    return Clock(monkeypatch)


def law():
    return law_of(Promulgation.objects.latest("number").edition)


def audited(file):
    """The exported register, judged by the Book alone: an act is authorised, a part of one is without effect."""
    call_command("journal", file, stdout=io.StringIO())
    journal, wrong = read_log(file, law().book)
    assert wrong == ()
    found = {one.entry: one.status for one in audit(law().book, journal).acts}
    for one in Record.everything.filter(kind=Kind.ACT):
        match one.outcome, opened(bytes(one.body)).part:
            case Outcome.PERMITTED, _:
                assert found[one.id] is ActStatus.AUTHORISED
            case Outcome.NEEDS, part if part:
                assert found.get(one.id, ActStatus.NO_EFFECT) is ActStatus.NO_EFFECT
            case _:
                assert found[one.id] is ActStatus.NO_AUTHORITY


def appoint(by, name="hal", office="registrar"):
    return command.appoint(by, Appointing(person=key(name), office=office))


def holds(name="hal", office="registrar"):
    return Appointment.everything.filter(person=key(name), office=office, until=None).exists()


def end_sessions(by, name="hal"):
    return identity.end_sessions(by, OfPerson(person=key(name)))


def part_of(receipt):
    return opened(bytes(Record.everything.get(id=receipt.record).body)).part


def test_the_first_does_a_part_that_changes_nothing_and_the_last_completes_the_act(house):
    first = appoint(house.cy)
    assert (first.decision.outcome, holds()) == (Outcome.NEEDS, False)
    assert [one.what for one in first.decision.missing] == ["appoint-officer by auditor"]
    row = Record.everything.get(id=first.record)
    assert (row.kind, row.outcome, part_of(first)) == ("act", "needs", first.record)
    last = appoint(house.fay)
    assert (last.decision.outcome, holds()) == (Outcome.PERMITTED, True)
    assert part_of(last) == first.record


def test_a_part_alone_begins_nothing_and_opens_no_duty(house):
    appoint(house.cy)
    assert not Duty.everything.filter(act="set-quorum").exists()
    with pytest.raises(Refused):
        command.suspend(house.dee, Suspending(person=key("hal")))
    appoint(house.fay)
    assert Duty.everything.filter(act="set-quorum").exists()
    command.suspend(house.dee, Suspending(person=key("hal")))


def test_nobody_completes_something_other_than_what_was_begun(house):
    appoint(house.cy)
    with pytest.raises(NotPossible, match="begun with other data by legal-adviser"):
        appoint(house.fay, "eve")
    assert not holds("eve")
    assert appoint(house.cy, "ivo").decision.outcome is Outcome.NEEDS  # begun anew
    with pytest.raises(NotPossible, match="begun with other data"):
        appoint(house.fay)
    appoint(house.fay, "ivo")
    assert holds("ivo") and not holds()


def test_who_could_do_no_part_is_told_nothing_of_what_was_begun(house):
    appoint(house.cy)
    with pytest.raises(Refused):
        appoint(house.dee, "eve")


def test_a_part_about_one_thing_is_none_about_another(house):
    appoint(house.cy)
    assert appoint(house.fay, "hal", "security-officer").decision.outcome is Outcome.NEEDS
    assert not holds("hal", "security-officer")


def test_the_same_part_is_not_done_twice(house):
    appoint(house.cy)
    with pytest.raises(NotPossible, match="done already; it waits for appoint-officer by auditor"):
        appoint(house.cy)


def test_whoever_has_the_power_alone_needs_nobody(house):
    appoint(house.cy)
    assert appoint(house.bo).decision.outcome is Outcome.PERMITTED
    assert holds()


def test_each_doing_needs_everybody_again(house):
    appoint(house.cy)
    appoint(house.fay)
    again = appoint(house.cy, "ivo")
    assert (again.decision.outcome, holds("ivo")) == (Outcome.NEEDS, False)
    with pytest.raises(NotPossible, match="begun with other data"):
        appoint(house.fay, "eve")
    appoint(house.fay, "ivo")
    assert holds("ivo")


def test_three_who_must_do_it(house):
    first = end_sessions(house.cy)
    second = end_sessions(house.eve)
    assert [one.what for one in second.decision.missing] == ["end-sessions by auditor"]
    last = end_sessions(house.fay)
    assert {part_of(one) for one in (first, second, last)} == {first.record}
    assert last.decision.outcome is Outcome.PERMITTED


def test_one_person_in_two_of_the_offices_is_refused_where_the_law_says_so(house):
    end_sessions(house.cy)
    command.appoint(house.eve, Appointing(person=house.cy.person, office="auditor"))
    with pytest.raises(Refused) as refused:
        end_sessions(acting("cy", "auditor"))
    assert "Joint Act s. 3" in refused.value.refusal.decision.citations


def test_so_many_of_an_office_do_it_together(house):
    def name(by):
        data = Appointing(person=key("hal"), office="registrar")
        return command.name_acting(by, data)

    first = name(house.dee)
    assert [one.kind for one in first.decision.missing] == ["number"]
    with pytest.raises(NotPossible, match="done already"):
        name(house.dee)
    last = name(appointed("gus", "duty-officer"))
    assert (last.decision.outcome, part_of(last)) == (Outcome.PERMITTED, first.record)
    assert Appointment.everything.filter(person=key("hal"), office="registrar", until=None).exists()


def test_a_request_for_the_other_part_is_granted_by_doing_it(house):
    appoint(house.cy)
    given = {"person": key("hal"), "office": "registrar"}
    asked = approvals.ask(house.cy, Asking(act="appoint-officer", given=given))
    approvals.grant(house.fay, Granting(request=asked.record))
    assert holds()


def test_what_was_done_in_danger_is_no_part(house):
    given = {"person": key("hal"), "office": "registrar"}
    over = Overriding(act="appoint-officer", given=given, danger=True, reason="it burns")
    approvals.override(house.dee, over)
    command.end(house.bo, ending("hal", "registrar"))
    assert appoint(house.cy).decision.outcome is Outcome.NEEDS


def ending(name, office):
    return Ending(appointment=Appointment.everything.get(person=key(name), office=office).id)


def test_a_crash_between_the_parts_and_in_the_last_loses_nothing(house, monkeypatch):
    appoint(house.cy)

    def failed(*_):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(do, "append", failed)
    with pytest.raises(RuntimeError):
        appoint(house.fay)
    monkeypatch.undo()
    assert not holds()
    duties._dockets.clear()  # another process
    appoint(house.fay)
    assert holds()


def test_of_two_who_do_their_parts_at_once_one_completes_the_act(house):
    came = []

    def does(by):
        try:
            came.append(appoint(by).decision.outcome)
        finally:
            connection.close()

    cy, fay = house.cy, house.fay
    both = [threading.Thread(target=does, args=(by,)) for by in (cy, fay)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(came) == [Outcome.NEEDS, Outcome.PERMITTED]
    assert holds()


def changed(record, **more):
    row = Record.everything.filter(id=record)
    said = json.loads(bytes(row.get().body)) | more
    with wall_opened():
        row.update(body=json.dumps(said, sort_keys=True, separators=(",", ":")).encode())


def told(record):
    return [one.message for one in verify(tables=False).differences if one.where == record]


def test_a_part_that_was_changed_afterwards_is_found(edited):
    first, last = appoint(edited.cy), appoint(edited.fay)
    data = {"person": key("ivo"), "office": "registrar"}
    changed(first.record, data=data)
    assert any("other data" in one for one in told(last.record))
    changed(last.record, data=data, part=first.record)
    changed(first.record, part="r-none")
    assert any("not begun" in one for one in told(first.record))
    assert any("not begun" in one for one in told(last.record))


def test_an_act_that_says_it_completes_what_nobody_began_is_found(edited):
    first = appoint(edited.cy)
    changed(first.record, outcome="permitted", missing=[])
    assert told(first.record)


def test_the_page_says_what_remains_and_whoever_does_it_finds_it_on_today(house):
    did = Somebody("cy").does_then_sees("/acts/appoint-officer/", person="hal", office="registrar")
    assert "Your part is done" in did and "Auditor" in did.words
    assert "Done, and on the record" not in did
    today = Somebody("fay", "auditor").sees("/")
    (link,) = [one for one in today.links if one.startswith("/acts/appoint-officer/?")]
    assert "appoint-officer" not in " ".join(Somebody("dee").sees("/").links)
    form = Somebody("fay", "auditor").sees(link)
    assert key("hal") in form.html
    Somebody("fay", "auditor").does("/acts/appoint-officer/", person=key("hal"), office="registrar")
    assert holds()
    assert not [one for one in Somebody("fay", "auditor").sees("/").links if "?person" in one]
