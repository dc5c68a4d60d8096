"""Taking things up under a lease, and saying what became of them.

Each taking has a fence, one higher than that before. A worker that was thought lost and comes back holds an old fence:
what it then says changes nothing.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import connections
from django.db.models import Case, F, QuerySet, Value, When

from ministry.database import router
from ministry.database.transaction import by_locks, now, together
from ministry.timers.models import Leased, Stage

L = TypeVar("L", bound=Leased)

SECOND = dt.timedelta(seconds=1)
FIRST_PAUSE, LONGEST_PAUSE = 2 * SECOND, 3600 * SECOND


def claim(rows: QuerySet[L], owner: str, lease: dt.timedelta, many: int) -> list[L]:
    """Take up to `many` of the rows whose time has come, those of lost workers first. Nobody else gets them meanwhile.

    On SQLite nobody else writes during the transaction; on PostgreSQL rows that another worker is just taking are
    passed over.
    """

    def work() -> list[L]:
        by_locks()
        at = now()
        found: list[L] = []
        for stage in (Stage.LEASED, Stage.WAITING):
            free = rows.filter(stage=stage, wake__lte=at).order_by("wake", "pk")
            found += free.select_for_update(skip_locked=True)[: many - len(found)]
        if found:
            until = at + lease
            rows.model._default_manager.filter(pk__in=[one.pk for one in found]).update(
                # Who had it before neither finished nor said so: a worker was lost over it.
                tries=F("tries") + Case(When(stage=Stage.LEASED, then=1), default=0),
                stage=Value(Stage.LEASED),
                owner=owner,
                fence=F("fence") + 1,
                wake=until,
            )
            for one in found:
                one.tries += one.stage == Stage.LEASED
                one.turn = one.wake
                one.stage, one.owner, one.wake = Stage.LEASED, owner, until
                one.fence += 1
        return found

    return together(work)


def pause(rows: QuerySet[L], longest: float) -> float:
    """Seconds until the next of the rows may be taken, at the most `longest`."""
    wake = rows.filter(wake__isnull=False).order_by("wake").values_list("wake", flat=True).first()
    if wake is None:
        return longest
    left: float = (wake - now()).total_seconds()
    return min(longest, max(0.0, left))


@contextmanager
def unhurried() -> Iterator[None]:
    """Let SQLite not wait for the disk at each commit: a power cut may then take the last ones back.

    For marks of what was sent that is enough, since it is sent again then with the same key. It is of no use inside
    a transaction.
    """
    connection: Any = connections[router.current()]
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    connection.wait_for_disk(False)
    try:
        yield
    finally:
        connection.wait_for_disk(True)


def settle(one: Leased, **said: Any) -> bool:
    """Say what became of it; whether this worker still had a say."""
    return bool(
        type(one)
        ._default_manager.filter(pk=one.pk, fence=one.fence, stage=Stage.LEASED)
        .update(**said)
    )


def renew(one: Leased, lease: dt.timedelta) -> bool:
    """Keep it for another while."""
    return settle(one, wake=now() + lease)


def release(one: Leased) -> bool:
    """Give it back untouched, to its place in the queue: not behind all that came due since."""
    return settle(one, stage=Stage.WAITING, owner="", wake=one.turn or now())


def again(one: Leased, error: str, latest: dt.datetime | None = None) -> bool:
    """It came to nothing: try it again after a while, at `latest` at the latest."""
    wake = now() + backed_off(one.tries + 1)
    if latest is not None:
        wake = min(wake, latest)
    return settle(
        one, stage=Stage.WAITING, owner="", wake=wake, tries=one.tries + 1, error=error[:500]
    )


def park(one: Leased, error: str) -> bool:
    """Give it up until somebody has looked at it. It stays where it is seen."""
    return settle(
        one,
        stage=Stage.PARKED,
        owner="",
        wake=None,
        tries=one.tries + 1,
        error=error[:500],
    )


def unpark(rows: QuerySet[L]) -> int:
    """Let those of the rows that are parked be tried again; how many."""
    return rows.filter(stage=Stage.PARKED).update(stage=Stage.WAITING, tries=0, wake=now())


def backed_off(tries: int) -> dt.timedelta:
    """How long to wait after so many tries: twice as long each time, and not all at one moment."""
    longest = min(LONGEST_PAUSE.total_seconds(), FIRST_PAUSE.total_seconds() * 2.0 ** (tries - 1))
    return dt.timedelta(seconds=longest * random.uniform(0.5, 1))


def said(error: BaseException) -> str:
    """An error in a line."""
    return f"{type(error).__name__}: {error}"[:500]
