"""Setting timers, moving and cancelling them: in the transaction of whoever asks for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import F

from ministry.timers.models import OPEN, Stage, Timer

RECURRING = "each"
"""The key of the one timer of a kind that comes again and again."""


def timer(kind: str, key: str, due: dt.datetime, data: dict[str, Any] | None = None) -> Timer:
    return Timer(kind=kind, key=key, due=due, wake=due, data=data or {})


def set_timers(timers: Iterable[Timer]) -> None:
    """Set timers. Where there is one of that kind and key already, whatever became of it, it stays as it is."""
    Timer.objects.bulk_create(timers, ignore_conflicts=True, batch_size=500)


def set_timer(kind: str, key: str, due: dt.datetime, data: dict[str, Any] | None = None) -> None:
    """Set one timer; see `set_timers`."""
    set_timers([timer(kind, key, due, data)])


def move_timer(kind: str, key: str, due: dt.datetime) -> bool:
    """Let it be due at another time; whether it still could be moved."""
    waiting = Timer.objects.filter(kind=kind, key=key, stage=Stage.WAITING)
    return bool(waiting.update(due=due, wake=due, tries=0))


def cancel_timer(kind: str, key: str) -> bool:
    """Let it not happen; whether that was in time: if so, its step has no effect, even if a worker has taken it."""
    still = Timer.objects.filter(kind=kind, key=key, stage__in=OPEN)
    return bool(still.update(stage=Stage.CANCELLED, owner="", wake=None, fence=F("fence") + 1))
