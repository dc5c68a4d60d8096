"""A step of a timer may do an act: both happen, or neither."""

import datetime as dt
import threading

from ministry.command import acts as command
from ministry.command.data import Enrolment
from ministry.gate.refusal import Refused
from ministry.gate.verify import verify
from ministry.people.models import Person
from ministry.register.models import Record
from ministry.timers.clock import moment
from ministry.timers.models import Stage, Step, Timer
from ministry.timers.set import set_timer
from ministry.timers.steps import Park, step
from ministry.timers.watch import Watch

by = {}


@step("enrol-by-timer")
def enrolling(timer, at):
    try:
        command.enrol(by["who"], Enrolment(sign_in=timer.key, name="Gus"))
    except Refused as refused:
        raise Park(refused.refusal.record) from None
    if timer.data.get("fails"):
        raise ZeroDivisionError


def run(key, **data):
    set_timer("enrol-by-timer", key, moment() - dt.timedelta(seconds=1), data)
    Watch("one", dt.timedelta(seconds=10), threading.Event()).once()
    return Timer.objects.get(key=key)


def test_an_act_of_a_step_is_done_with_it(ministry):
    by["who"] = ministry.ada
    assert run("gus").stage == Stage.DONE
    assert Person.objects.filter(sign_in="gus").exists()
    assert verify().differences == []


def test_an_act_of_a_step_that_fails_was_not_done(ministry):
    by["who"] = ministry.ada
    before = Record.objects.count()
    assert run("gus", fails=True).stage == Stage.WAITING
    assert not Person.objects.filter(sign_in="gus").exists()
    assert Record.objects.count() == before
    assert verify().differences == []


def test_a_refusal_of_a_step_is_on_the_record_and_the_timer_is_parked(ministry):
    by["who"] = ministry.cy
    found = run("gus")
    assert found.stage == Stage.PARKED
    assert Record.objects.get(id=found.error).kind == "refusal"
    assert not Person.objects.filter(sign_in="gus").exists()
    assert Step.objects.count() == 1
