"""What timers do: a step for each kind, run in one transaction with all that follows from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import msgspec

from ministry.timers.models import Timer

Run = Callable[[Timer, dt.datetime], Any]
First = Callable[[Timer], Any]

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


class Park(Exception):
    """It cannot be done, and trying again is of no use. What the step did until then stays; the timer is parked."""


class Every(msgspec.Struct, frozen=True):
    """Again and again: so many periods after midnight UTC, and `past` it."""

    period: dt.timedelta
    past: dt.timedelta = dt.timedelta(0)

    def after(self, at: dt.datetime) -> dt.datetime:
        """The next time after a moment. Times that were missed are not made up for."""
        return at + self.period - (at - EPOCH - self.past) % self.period


class Step(msgspec.Struct, frozen=True):
    """What a kind of timer does.

    `run` changes tables, sets timers and puts messages into the outbox; all of it happens with the closing of the
    timer, or none. What it returns (JSON) is kept with the step. `first`, if there is one, does what takes long: it
    runs before the transaction and may run again; what it gives is the timer's `brought`.
    """

    kind: str
    run: Run
    first: First | None = None
    every: Every | None = None


_steps: dict[str, Step] = {}


def step(
    kind: str, *, first: First | None = None, every: Every | None = None
) -> Callable[[Run], Run]:
    """Let a function be what timers of a kind do. It is called with the timer and the moment by the database.

    An error of it undoes everything; it is tried again later, each time after a longer pause, and parked in the end.
    """

    def registered(run: Run) -> Run:
        if kind in _steps:
            raise ValueError(f"the step {kind} is registered twice")
        _steps[kind] = Step(kind, run, first, every)
        return run

    return registered


def step_of(kind: str) -> Step | None:
    return _steps.get(kind)


def recurring() -> list[Step]:
    """The steps that come again and again."""
    return [one for one in _steps.values() if one.every is not None]


def lengthy() -> list[str]:
    """The kinds that take long, so that others must not wait for them."""
    return [one.kind for one in _steps.values() if one.first is not None]
