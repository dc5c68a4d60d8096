"""What the gate does by timer: every night the register is replayed against the tables."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import msgspec
from django.db import connection

from ministry.gate.verify import verify
from ministry.timers.models import Step, Timer
from ministry.timers.steps import Every, step

log = logging.getLogger("ministry.gate")

VERIFY = "verify-register"
SHOWN = 100


@contextmanager
def snapshot() -> Iterator[None]:
    """Read everything as of one moment: acts that are done meanwhile are no differences."""
    isolated = " ISOLATION LEVEL REPEATABLE READ READ ONLY"
    with connection.cursor() as cursor:
        cursor.execute(f"BEGIN{isolated if connection.vendor == 'postgresql' else ''}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK")


def replayed(timer: Timer) -> dict[str, Any]:
    """Replay the register. It takes long and changes nothing, so it runs before the transaction of the step."""
    with snapshot():
        found = verify()
    return {
        "records": found.records,
        "acts": found.acts,
        "rows": found.rows,
        "undecided": len(found.undecided),
        "count": len(found.differences),
        "differences": msgspec.to_builtins(found.differences[:SHOWN]),
    }


@step(VERIFY, first=replayed, every=Every(dt.timedelta(days=1), past=dt.timedelta(hours=2)))
def verified(timer: Timer, at: dt.datetime) -> dict[str, Any]:
    """Keep what the replay came to."""
    result: dict[str, Any] = timer.brought
    if result["count"]:
        log.error("the register and the tables differ in %d places", result["count"])
    return result


def last_verified() -> Step | None:
    """The last replay by timer: `result` is what it came to."""
    return Step.objects.filter(timer__kind=VERIFY).order_by("-at").first()
