"""The auditor: it looks at what the watch should have done, and does not take the watch's word for it."""

from __future__ import annotations

import datetime as dt
import threading
from typing import Any

import msgspec
from django.conf import settings

from ministry.database.transaction import now
from ministry.timers.models import Audit, Heartbeat, Outbox, Stage, Timer
from ministry.timers.transports import transports
from ministry.timers.watch import MOST_TRIES

SECOND = dt.timedelta(seconds=1)
BEAT = 5.0
"""Seconds between two heartbeats of a worker."""
SILENT = 3 * BEAT * SECOND
"""A worker that says nothing for so long is dead."""
REMEMBERED = dt.timedelta(hours=1)
GRACE = 2 * SECOND
"""By which a timer may be late beyond one lease."""
UNSENT = dt.timedelta(minutes=5)
EVERY = 60 * SECOND
STALE = 2.5 * EVERY
"""An audit of before says nothing of now."""


def lease() -> dt.timedelta:
    """For how long a worker has a timer."""
    return float(settings.TIMER_LEASE) * SECOND


class Finding(msgspec.Struct, frozen=True):
    """How the watch does.

    `overdue`: timers that nobody took in time. `stuck`: leases that are over and that nobody took up. `failing`: timers
    that come again and again and keep failing. `parked`: timers and messages that were given up. `unsent`: messages
    that wait for a courier. `dead`: workers that fell silent in the last hour.
    """

    at: dt.datetime
    workers: int
    overdue: int
    stuck: int
    failing: int
    parked: int
    unsent: int
    dead: int

    @property
    def alive(self) -> bool:
        """Whether timers fire. What is parked or unsent is for somebody to look at, but the watch does its work."""
        return bool(self.workers and not self.overdue and not self.stuck)


def look() -> Finding:
    """Look at everything, by the database's time."""
    at = now()
    timers, messages, beats = Timer.objects, Outbox.objects, Heartbeat.objects
    there = beats.filter(stopped=None)
    waiting = timers.filter(stage=Stage.WAITING)
    return Finding(
        at,
        workers=there.filter(beat__gte=at - SILENT).count(),
        overdue=waiting.filter(wake__lt=at - lease() - GRACE).count(),
        stuck=timers.filter(stage=Stage.LEASED, wake__lt=at - GRACE).count(),
        failing=waiting.filter(wake__isnull=False, tries__gte=MOST_TRIES).count(),
        parked=timers.filter(stage=Stage.PARKED).count()
        + messages.filter(stage=Stage.PARKED).count(),
        unsent=messages.filter(transport__in=list(transports()), wake__lt=at - UNSENT).count(),
        dead=there.filter(beat__lt=at - SILENT, beat__gte=at - REMEMBERED).count(),
    )


def audit(by: str) -> Finding:
    """Look, and keep what was found."""
    found = look()
    Audit.objects.create(by=by, alive=found.alive, **msgspec.structs.asdict(found))
    return found


class Auditor:
    """Audits by itself where the timer that should do it does not come."""

    def __init__(self, stop: threading.Event) -> None:
        self.stop = stop

    def once(self) -> int:
        last = latest()
        if last is None or now() - last.at > 1.25 * EVERY:
            audit("loop")
        return 0

    def pause(self) -> float:
        return EVERY.total_seconds() / 4


class Light(msgspec.Struct, frozen=True):
    """What a page shows: whether the watch is alive, when that was last looked at, and what somebody should look at."""

    alive: bool
    since: dt.datetime | None
    workers: int
    parked: int


def alive() -> Light:
    """The light: on where a worker said so just now, and the last audit, of just now too, found the watch alive."""
    at = now()
    last = latest()
    workers = Heartbeat.objects.filter(stopped=None, beat__gte=at - SILENT).count()
    if last is None:
        return Light(False, None, workers, 0)
    well = last.alive and at - last.at <= STALE
    return Light(bool(workers and well), last.at, workers, last.parked)


def latest() -> Audit | None:
    return Audit.objects.order_by("-at").first()


def health() -> dict[str, Any]:
    """All of it, looked at now, for a health check and for metrics."""
    found = look()
    return {"alive": found.alive, **msgspec.to_builtins(found)}
