"""The watch: it takes timers whose time has come and runs their steps, each in one transaction."""

from __future__ import annotations

import datetime as dt
import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import Protocol

from django.db import close_old_connections, connection
from django.db.models import QuerySet

from ministry.database.transaction import now, stepping, together
from ministry.timers import leases
from ministry.timers.models import Leased, Stage, Timer
from ministry.timers.models import Step as Done
from ministry.timers.steps import Every, Park, Step, lengthy, step_of

log = logging.getLogger("ministry.timers")

MOST_TRIES = 10
AT_ONCE = 10
POLL = 0.5
"""Seconds after which the watch looks for timers that were set meanwhile."""
LONGEST = 4 * 3600
"""Seconds for which a lease is renewed while the first part of a step runs; after that it counts as hung."""


class Came(StrEnum):
    """What came of running a timer."""

    DONE = "done"
    LOST = "lost"
    PARKED = "parked"
    AGAIN = "again"


class Watch:
    """Runs timers that are due. `long` chooses those whose step takes long, or the others."""

    def __init__(
        self, owner: str, lease: dt.timedelta, stop: threading.Event, long: bool = False
    ) -> None:
        self.owner, self.lease, self.stop, self.long = owner, lease, stop, long

    def mine(self) -> QuerySet[Timer]:
        if self.long:
            return Timer.objects.filter(kind__in=lengthy())
        return Timer.objects.exclude(kind__in=lengthy())

    def once(self) -> int:
        """Take what is due and run it; how many there were."""
        begun = time.monotonic()
        many = 1 if self.long else AT_ONCE
        found = leases.claim(self.mine(), self.owner, self.lease, many)
        for timer in found:
            if self.stop.is_set() or used_up(begun, self.lease):
                leases.release(timer)
            else:
                self.run(timer)
        return len(found)

    def pause(self) -> float:
        """Seconds until there may be something to do."""
        return leases.pause(self.mine(), POLL)

    def run(self, timer: Timer) -> Came:
        """Run the step of a timer that was taken."""
        step = step_of(timer.kind)
        try:
            if step is None:
                raise LookupError(f"no step here is called {timer.kind}")
            if timer.tries > MOST_TRIES:
                beware(timer, step)
            if step.first is not None:
                with kept(timer, self.lease):
                    timer.brought = step.first(timer)
            came = together(lambda: effect(timer, step), name=f"step {step.kind}")
        except Park as park:
            return given_up(timer, str(park))
        except Exception as error:
            return failed(timer, step, error)
        if came is Came.LOST:
            log.warning("step %s of timer %s: another has it", timer.kind, timer.pk)
        return came


def beware(timer: Timer, step: Step) -> None:
    """It may be that workers do not survive this step: let it not take one after the other.

    Raises:
        Park: it does not come again anyway.
    """
    if step.every is None:
        raise Park("too many workers were lost over it")
    at = now()
    leases.renew(timer, step.every.after(at) - at)


def effect(timer: Timer, step: Step) -> Came:
    """Close the timer, do what it is for, and note it: all in the one transaction that is open."""
    at = now()
    # Closed first: the row is then locked, so that nobody takes it up while the step runs.
    if not leases.settle(timer, **closing(step.every, at)):
        return Came.LOST
    came, result = Came.DONE, None
    try:
        with stepping():
            result = step.run(timer, at)
    except Park as park:
        came, result = Came.PARKED, {"parked": str(park)}
        Timer.objects.filter(pk=timer.pk).update(
            stage=Stage.PARKED, wake=None, error=str(park)[:500], tries=timer.tries + 1
        )
    Done.objects.create(
        timer=timer, fence=timer.fence, due=timer.due, at=at, owner=timer.owner, result=result
    )
    return came


def closing(every: Every | None, at: dt.datetime) -> dict[str, object]:
    """What a timer is once its step is run: done, or waiting for the next time."""
    if every is None:
        return {"stage": Stage.DONE, "owner": "", "wake": None}
    due = every.after(at)
    return {
        "stage": Stage.WAITING, "owner": "", "due": due, "wake": due, "tries": 0, "error": "",
    }  # fmt: skip


def failed(timer: Timer, step: Step | None, error: Exception) -> Came:
    """Note an error, and when to try again. What comes again and again anyway is not given up."""
    log.warning("step %s of timer %s failed", timer.kind, timer.pk, exc_info=error)
    every = step.every if step is not None else None
    if timer.tries + 1 >= MOST_TRIES and every is None:
        return given_up(timer, leases.said(error))
    latest = None if every is None else every.after(now())
    return Came.AGAIN if leases.again(timer, leases.said(error), latest) else Came.LOST


def given_up(timer: Timer, reason: str) -> Came:
    log.error("step %s of timer %s is parked", timer.kind, timer.pk)
    return Came.PARKED if leases.park(timer, reason) else Came.LOST


def used_up(begun: float, lease: dt.timedelta) -> bool:
    """Whether so much of a lease is over that nothing should be begun under it."""
    return time.monotonic() - begun > lease.total_seconds() / 2


@contextmanager
def kept(one: Leased, lease: dt.timedelta) -> Iterator[None]:
    """Renew a lease for as long as something takes, though not for ever."""
    over = threading.Event()
    begun = time.monotonic()

    def renewing() -> None:
        try:
            while not over.wait(lease.total_seconds() / 3):
                if time.monotonic() - begun > LONGEST or not leases.renew(one, lease):
                    return
        finally:
            connection.close()

    thread = threading.Thread(target=renewing, name="lease", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


class Rounds(Protocol):
    """Work that is looked for again and again."""

    def once(self) -> int:
        """Do what there is; how much it was."""

    def pause(self) -> float:
        """Seconds until there may be more."""


_others: list[Callable[[], Rounds]] = []


def going_round(make: Callable[[], Rounds]) -> Callable[[], Rounds]:
    """Let every worker go these rounds, too."""
    _others.append(make)
    return make


def others() -> list[Rounds]:
    """The rounds of other applications, new ones for each worker."""
    return [make() for make in _others]


def loop(rounds: Rounds, stop: threading.Event) -> None:
    """Go on until told to stop. What the database cannot do now is tried again."""
    while not stop.is_set():
        try:
            pause = 0.0 if rounds.once() else rounds.pause()
        except Exception as error:
            log.error("%s failed", type(rounds).__name__, exc_info=error)
            pause = 1.0
        close_old_connections()
        stop.wait(pause)
    connection.close()
