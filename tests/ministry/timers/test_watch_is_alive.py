"""The auditor and the light: whoever looks sees whether the watch does its work."""

import datetime as dt
import threading

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from ministry.database.states import State
from ministry.database.transaction import now
from ministry.database.wall import permit
from ministry.gate.steps import VERIFY, last_verified
from ministry.people.models import Person
from ministry.timers import auditor
from ministry.timers.auditor import Auditor, alive, audit, health, lease, look
from ministry.timers.models import Audit, Heartbeat, Outbox, Stage, Step, Timer
from ministry.timers.outbox import post
from ministry.timers.schedule import KEPT, schedule
from ministry.timers.set import RECURRING, set_timer
from ministry.timers.steps import Every, recurring
from ministry.timers.watch import Watch
from ministry.timers.worker import Worker

SECOND = dt.timedelta(seconds=1)


def beating(owner="one", ago=0, stopped=False):
    at = now() - ago * SECOND
    Heartbeat.objects.create(owner=owner, since=at, beat=at, stopped=at if stopped else None)


def set_ago(ago, stage=Stage.WAITING, kind="greet"):
    set_timer(kind, f"{ago} {stage}", now() - ago * SECOND)
    Timer.objects.filter(key=f"{ago} {stage}").update(stage=stage)


def test_with_a_worker_and_nothing_late_the_watch_is_alive(ministry):
    beating()
    set_ago(-60)
    assert not alive().alive, "nobody has looked yet"
    audit("loop")
    assert alive().alive
    assert health()["alive"] is True


def test_without_a_worker_the_light_is_out(ministry):
    beating("dead", ago=60)
    beating("gone", ago=60, stopped=True)
    found = audit("loop")
    assert (found.alive, found.workers, found.dead) == (False, 0, 1)
    assert not alive().alive


def test_the_light_goes_out_when_nobody_audits(ministry):
    beating()
    audit("loop")
    Audit.objects.update(at=now() - auditor.STALE - SECOND)
    assert not alive().alive


@pytest.mark.parametrize(
    ("ago", "stage", "what"),
    [
        (13, Stage.WAITING, "overdue"),
        (3, Stage.LEASED, "stuck"),
    ],
)
def test_a_timer_that_nobody_takes_up_puts_it_out(ministry, ago, stage, what):
    beating()
    assert lease() + auditor.GRACE == 12 * SECOND
    set_ago(ago - 2, stage)
    assert look().alive
    set_ago(ago, stage)
    found = look()
    assert (getattr(found, what), found.alive) == (1, False)


def test_what_is_parked_or_unsent_is_shown(ministry):
    beating()
    set_ago(60, Stage.PARKED)
    post("mail", "duty@example.org", "", "", "k")
    Outbox.objects.update(wake=now() - 600 * SECOND)
    found = audit("loop")
    assert (found.parked, found.unsent, found.alive) == (1, 1, True)
    assert alive().parked == 1


def test_the_auditor_steps_in_only_where_the_timer_does_not_come(ministry):
    watching = Auditor(threading.Event())
    watching.once()
    watching.once()
    assert [one.by for one in Audit.objects.all()] == ["loop"]
    Audit.objects.update(at=now() - 90 * SECOND)
    watching.once()
    assert Audit.objects.count() == 2


def test_the_light_asks_three_questions_at_the_most(ministry):
    beating()
    audit("loop")
    with CaptureQueriesContext(connection) as asked:
        alive()
    assert len(asked) <= 3


def test_what_recurs_is_set_once_and_comes_again(ministry):
    schedule()
    schedule()
    kinds = sorted(Timer.objects.filter(key=RECURRING).values_list("kind", flat=True))
    assert kinds == sorted(one.kind for one in recurring())
    assert {"audit-watch", "tidy-watch", VERIFY} <= set(kinds)
    every = Timer.objects.filter(kind="audit-watch")
    every.update(wake=now() - SECOND, due=now() - 300 * SECOND)
    Watch("one", lease(), threading.Event()).once()
    assert Audit.objects.get().by == "timer"
    assert every.get().stage == Stage.WAITING
    assert now() < every.get().due <= now() + 60 * SECOND


def test_a_release_that_wants_something_sooner_gets_it(ministry):
    schedule()
    audits = Timer.objects.filter(kind="audit-watch")
    audits.update(due=now() + 3600 * SECOND, wake=now() + 3600 * SECOND)
    schedule()
    assert audits.get().wake < now() + 61 * SECOND


def test_every_night_the_register_is_replayed(ministry):
    schedule()
    nightly = Timer.objects.filter(kind=VERIFY)

    def night():
        nightly.update(wake=now() - SECOND)
        assert Watch("one", lease(), threading.Event(), long=True).once() == 1
        return last_verified().result

    found = night()
    assert (found["count"], found["differences"]) == (0, [])
    assert found["records"] > 0 and found["rows"] > 0
    with permit(State.INSTITUTIONAL):
        Person.everything.filter(sign_in="bo").update(name="Mallory")
    found = night()
    assert found["count"] == 1
    assert "Mallory" in found["differences"][0]["message"]
    assert nightly.get().stage == Stage.WAITING


def test_what_recurs_is_never_given_up(ministry, monkeypatch):
    schedule()
    audits = Timer.objects.filter(kind="audit-watch")
    monkeypatch.setattr("ministry.timers.schedule.audit", lambda by: 1 / 0)
    for _ in range(12):
        audits.update(wake=now() - SECOND)
        Watch("one", lease(), threading.Event()).once()
    found = audits.get()
    assert (found.stage, found.tries) == (Stage.WAITING, 12)
    assert found.wake <= now() + 60 * SECOND
    assert look().failing == 1


def test_what_was_long_ago_is_forgotten_but_what_is_parked_is_not(ministry):
    beating(ago=2 * 86400)
    for stage in Stage.values:
        set_ago(KEPT / SECOND + 60, stage)
    schedule()
    tidy = Timer.objects.filter(kind="tidy-watch")
    tidy.update(wake=now() - SECOND)
    Timer.objects.filter(kind="greet", stage=Stage.WAITING).update(wake=now() + SECOND * 60)
    Watch("one", lease(), threading.Event()).run(claimed(tidy))
    left = set(Timer.objects.filter(kind="greet").values_list("stage", flat=True))
    assert left == {"waiting", "leased", "parked"}
    assert not Heartbeat.objects.exists()
    assert Step.objects.get(timer=tidy.get()).result["timers"] == 2


def claimed(rows):
    from ministry.timers import leases

    (found,) = leases.claim(rows, "one", lease(), 1)
    return found


def test_a_worker_may_do_what_is_due_and_end(ministry, tmp_path):
    set_timer("audit-watch", "now", now() - SECOND)
    assert Worker().once() >= 1
    assert Timer.objects.get(key="now").stage == Stage.WAITING  # its kind recurs


def test_a_worker_says_that_it_is_there_and_when_it_ends(ministry):
    worker = Worker()
    worker.beat()
    assert look().workers == 1
    worker.beat(over=True)
    assert (look().workers, look().dead) == (0, 0)
    assert Heartbeat.objects.get().since <= Heartbeat.objects.get().stopped


@given(
    st.datetimes(dt.datetime(2020, 1, 1), dt.datetime(2040, 1, 1), timezones=st.just(dt.UTC)),
    st.integers(1, 10**6),
    st.integers(0, 10**6),
)
def test_the_next_time_is_later_and_at_most_a_period_away(at, period, past):
    every = Every(period * SECOND, past * SECOND)
    found = every.after(at)
    assert at < found <= at + every.period
    assert every.after(found) == found + every.period


def test_every_night_means_at_that_hour():
    nightly = Every(dt.timedelta(days=1), past=dt.timedelta(hours=2))
    at = dt.datetime(2026, 11, 23, 1, 59, tzinfo=dt.UTC)
    assert nightly.after(at) == dt.datetime(2026, 11, 23, 2, tzinfo=dt.UTC)
    assert nightly.after(nightly.after(at)) == dt.datetime(2026, 11, 24, 2, tzinfo=dt.UTC)
