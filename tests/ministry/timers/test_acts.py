"""A step of a timer may do an act: both happen, or neither."""

import datetime as dt
import threading

import pytest
from django.db import connection

from ministry.command import acts as command
from ministry.command.data import Appointing, Ending, Enrolment
from ministry.database import transaction
from ministry.database.transaction import now
from ministry.gate.refusal import Refused
from ministry.gate.verify import verify
from ministry.oversight import acts as oversight
from ministry.oversight.data import Counting
from ministry.people.models import Appointment, Person
from ministry.register.models import Record
from ministry.timers.models import Stage, Step, Timer
from ministry.timers.set import set_timer
from ministry.timers.steps import Park, step
from ministry.timers.watch import Watch
from tests.ministry.people import key
from tests.ministry.test_races import Other

by = {}


@step("enrol-by-timer")
def enrolling(timer, at):
    try:
        command.enrol(by["who"], Enrolment(sign_in=timer.key, name="Gus"))
    except Refused as refused:
        raise Park(refused.refusal.record) from None
    if timer.data.get("fails"):
        raise ZeroDivisionError


def run(key, kind="enrol-by-timer", **data):
    set_timer(kind, key, now() - dt.timedelta(seconds=1), data)
    Watch("one", dt.timedelta(seconds=10), threading.Event()).once()
    return Timer.objects.get(key=key)


def test_an_act_of_a_step_is_done_with_it(ministry):
    by["who"] = ministry.ada
    assert run("gus").stage == Stage.DONE
    assert Person.everything.filter(sign_in="gus").exists()
    assert verify().differences == []


def test_an_act_of_a_step_that_fails_was_not_done(ministry):
    by["who"] = ministry.ada
    before = Record.everything.count()
    assert run("gus", fails=True).stage == Stage.WAITING
    assert not Person.everything.filter(sign_in="gus").exists()
    assert Record.everything.count() == before
    assert verify().differences == []


def test_a_refusal_of_a_step_is_on_the_record_and_the_timer_is_parked(ministry):
    by["who"] = ministry.cy
    found = run("gus")
    assert found.stage == Stage.PARKED
    assert Record.everything.get(id=found.error).kind == "refusal"
    assert not Person.everything.filter(sign_in="gus").exists()
    assert Step.objects.count() == 1


@step("late")
def late(timer, at):
    """It has read, and then somebody else ends the appointment of whoever acts in it."""
    assert Appointment.everything.count()
    if "other" not in by:
        by["other"] = Other(lambda: command.end(by["bo"], Ending(appointment=by["appointment"])))
        by["other"].done(0.5)
    enrolling(timer, at)


def test_an_act_of_a_step_is_decided_as_of_its_place_in_the_register(ministry):
    transaction._needed.clear()
    by.pop("other", None)
    by.update(who=ministry.ada, bo=ministry.bo)
    by["appointment"] = Appointment.everything.get(person=key("ada"), until=None).id
    found = run("gus", kind="late")
    by["other"].thread.join()
    assert by["other"].error is None
    assert found.stage == (Stage.DONE if connection.vendor == "sqlite" else Stage.PARKED)
    assert verify().differences == []


@step("place")
def placed(timer, at):
    """It does an act, and tells which lock it has on the order of the register."""
    oversight.set_quorum(by["eve"], Counting(needed=0))
    if timer.data.get("weighs"):
        command.appoint(by["bo"], Appointing(person=key("cy"), office="duty-officer"))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT mode FROM pg_locks WHERE pid = pg_backend_pid()"
            " AND relation = 'people_standing'::regclass AND mode <> 'AccessShareLock'"
        )
        return [mode for (mode,) in cursor.fetchall()]


def test_an_act_of_a_step_has_its_place_in_the_register(ministry):
    if connection.vendor == "sqlite":
        pytest.skip("there one writes at a time")
    transaction._needed.clear()
    by.update(eve=ministry.eve)
    assert run("gus", kind="place").stage == Stage.DONE
    modes = Step.objects.get().result
    assert "RowShareLock" in modes
    assert "ExclusiveLock" not in modes


def test_an_act_of_a_step_by_which_others_are_decided_is_done_by_itself(ministry):
    if connection.vendor == "sqlite":
        pytest.skip("there one writes at a time")
    transaction._needed.clear()
    by.update(eve=ministry.eve, bo=ministry.bo)
    assert run("gus", kind="place", weighs=True).stage == Stage.DONE
    assert "ExclusiveLock" in Step.objects.get().result
