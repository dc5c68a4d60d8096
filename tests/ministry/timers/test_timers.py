"""Timers: taken once, run once, never lost."""

import datetime as dt
import re
import threading

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ministry.database.transaction import now
from ministry.timers import leases
from ministry.timers.models import Outbox, Stage, Step, Timer
from ministry.timers.outbox import Courier, post
from ministry.timers.set import cancel_timer, move_timer, set_timer
from ministry.timers.steps import Park, step
from ministry.timers.watch import MOST_TRIES, Came, Watch

SECOND = dt.timedelta(seconds=1)
LEASE = 10 * SECOND


@step("greet")
def greeted(timer, at):
    post("mail", "duty@example.org", "Good morning", "", f"greet {timer.key}")
    set_timer("greet", f"{timer.key} again", at + SECOND)
    return {"greeted": timer.key}


@step("fail")
def failing(timer, at):
    post("mail", "duty@example.org", "Never", "", f"fail {timer.key}")
    raise ZeroDivisionError("by nothing")


@step("refuse")
def refusing(timer, at):
    post("mail", "duty@example.org", "It cannot be done", "", f"refuse {timer.key}")
    raise Park("the office is vacant")


@step("ponder", first=lambda timer: {"answer": 42})
def pondered(timer, at):
    return timer.brought


def watch(owner="one", lease=LEASE, long=False):
    return Watch(owner, lease, threading.Event(), long)


def due(kind, key="a", ago=SECOND):
    set_timer(kind, key, now() - ago)
    return Timer.objects.get(kind=kind, key=key)


def taken(kind, key="a", owner="one", lease=LEASE):
    due(kind, key)
    (found,) = leases.claim(Timer.objects.filter(kind=kind, key=key), owner, lease, 1)
    return found


def again(timer):
    return Timer.objects.get(pk=timer.pk)


def lapse(timer):
    """Let the lease be over."""
    Timer.objects.filter(pk=timer.pk).update(wake=now() - SECOND)


def test_a_timer_that_is_due_is_run_with_all_that_follows_from_it(ministry):
    timer = due("greet")
    assert watch().once() == 1
    assert again(timer).stage == Stage.DONE
    assert Outbox.objects.get().key == "greet a"
    assert Timer.objects.get(key="a again").stage == Stage.WAITING
    done = Step.objects.get(timer=timer)
    assert (done.result, done.fence, done.owner) == ({"greeted": "a"}, 1, "one")
    assert done.late > dt.timedelta(0)


def test_a_timer_of_later_is_left_alone(ministry):
    set_timer("greet", "a", now() + SECOND * 60)
    assert watch().once() == 0
    assert 0 < leases.pause(Timer.objects.all(), 100) < 60


def test_setting_a_timer_again_changes_nothing(ministry):
    timer = due("greet")
    set_timer("greet", "a", now() + SECOND * 60, {"other": 1})
    assert again(timer).due == timer.due
    watch().once()
    set_timer("greet", "a", now())
    assert again(timer).stage == Stage.DONE


def test_a_timer_may_be_moved_until_it_is_taken(ministry):
    timer = taken("greet")
    assert not move_timer("greet", "a", now() + SECOND)
    leases.release(timer)
    assert move_timer("greet", "a", now() + 60 * SECOND)
    assert watch().once() == 0


def test_while_one_worker_has_a_timer_no_other_gets_it(ministry):
    taken("greet")
    assert leases.claim(Timer.objects.all(), "two", LEASE, 10) == []


def test_the_timer_of_a_lost_worker_is_taken_by_another(ministry):
    timer = taken("greet")
    lapse(timer)
    (found,) = leases.claim(Timer.objects.all(), "two", LEASE, 10)
    assert (found.pk, found.fence, found.tries, found.owner) == (timer.pk, 2, 1, "two")


def test_a_worker_that_comes_back_too_late_changes_nothing(ministry):
    late = taken("greet")
    lapse(late)
    assert watch("two").once() == 1
    assert watch("one").run(late) is Came.LOST
    assert Step.objects.filter(timer=late).count() == 1
    assert Outbox.objects.count() == 1
    assert not leases.release(late)


def test_a_cancelled_timer_does_nothing_although_a_worker_has_it(ministry):
    timer = taken("greet")
    assert cancel_timer("greet", "a")
    assert watch().run(timer) is Came.LOST
    assert not Outbox.objects.exists()
    assert again(timer).stage == Stage.CANCELLED
    assert not cancel_timer("greet", "a")


def test_what_was_done_is_no_longer_cancelled(ministry):
    due("greet")
    watch().once()
    assert not cancel_timer("greet", "a")


def test_a_step_that_fails_leaves_nothing_behind_and_is_tried_again(ministry):
    timer = taken("fail")
    assert watch().run(timer) is Came.AGAIN
    found = again(timer)
    assert (found.stage, found.tries) == (Stage.WAITING, 1)
    assert found.error == "ZeroDivisionError: by nothing"
    assert found.wake > now()
    assert not Outbox.objects.exists() and not Step.objects.exists()


def test_a_step_that_always_fails_is_parked_and_may_be_tried_again(ministry):
    timer = due("fail")
    for _ in range(MOST_TRIES):
        lapse(timer)
        watch().once()
    assert again(timer).stage == Stage.PARKED
    lapse(timer)
    assert watch().once() == 0
    assert leases.unpark(Timer.objects.all()) == 1
    assert watch().once() == 1


def test_what_a_step_did_before_it_parked_itself_stays(ministry):
    timer = taken("refuse")
    assert watch().run(timer) is Came.PARKED
    found = again(timer)
    assert (found.stage, found.error) == (Stage.PARKED, "the office is vacant")
    assert Outbox.objects.get().key == "refuse a"
    assert Step.objects.get(timer=timer).result == {"parked": "the office is vacant"}


def test_a_timer_whose_step_nobody_knows_is_kept(ministry):
    timer = taken("from-a-later-release")
    assert watch().run(timer) is Came.AGAIN
    assert "no step here" in again(timer).error


def test_a_timer_that_its_workers_do_not_survive_is_parked(ministry):
    timer = due("greet")
    for _ in range(MOST_TRIES + 2):
        leases.claim(Timer.objects.filter(pk=timer.pk), "lost", LEASE, 1)
        lapse(timer)
    watch().once()
    assert again(timer).stage == Stage.PARKED


def test_what_takes_long_is_run_apart_and_brings_its_result(ministry):
    timer = due("ponder")
    assert watch().once() == 0
    assert watch(long=True).once() == 1
    assert Step.objects.get(timer=timer).result == {"answer": 42}


def test_a_worker_that_is_told_to_stop_gives_back_what_it_has_not_begun(ministry):
    timer = due("greet")
    stopping = watch()
    stopping.stop.set()
    stopping.once()
    found = again(timer)
    assert (found.stage, found.owner, found.tries) == (Stage.WAITING, "", 0)
    assert found.wake == timer.wake, "it went to the end of the queue"


@pytest.mark.parametrize("many", [1, 10])
def test_taking_and_running_cost_the_same_queries_however_many_wait(ministry, many):
    for number in range(many):
        due("ponder", str(number))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        found = leases.claim(Timer.objects.all(), "one", LEASE, 10)
    assert len(found) == many
    writes = [one["sql"] for one in asked if one["sql"].startswith(("UPDATE", "INSERT"))]
    assert len(writes) == 1
    with CaptureQueriesContext(connection) as asked:
        assert watch(long=True).run(found[0]) is Came.DONE
    writes = [one["sql"] for one in asked if one["sql"].startswith(("UPDATE", "INSERT"))]
    assert len(writes) == 2


def test_what_is_due_is_found_by_an_index_however_much_is_done(ministry):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL reads small tables as a whole, and is right")
    plans = []

    def explaining(execute, sql, params, many, context):
        if sql.startswith("SELECT"):
            given = [str(one) if isinstance(one, dt.datetime) else one for one in params or ()]
            asked = connection.connection.execute(
                f"EXPLAIN QUERY PLAN {sql.replace('%s', '?')}", given
            )
            plans.extend(row[3] for row in asked)
        return execute(sql, params, many, context)

    courier = Courier("one", "mail", LEASE, threading.Event())
    with connection.execute_wrapper(explaining):
        for one in (watch(), watch(long=True), courier):
            one.once()
            one.pause()
    tables = [plan for plan in plans if plan.startswith(("SCAN", "SEARCH"))]
    assert len(tables) >= 9
    open_ones = r"INDEX (timer|outbox)_(wake|leased|kind)\b"
    assert [plan for plan in tables if not re.search(open_ones, plan)] == []
