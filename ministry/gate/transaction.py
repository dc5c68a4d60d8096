"""One transaction, as if it were alone: on PostgreSQL it is begun again if need be, on SQLite writers take turns."""

from __future__ import annotations

import datetime as dt
import random
import time
from collections.abc import Callable
from contextvars import ContextVar
from typing import TypeVar

from django.db import IntegrityError, OperationalError, connections, transaction

from ministry.database import router
from ministry.timers.clock import in_step

T = TypeVar("T")

TRIES = 12
BEGIN_AGAIN = {"40001", "40P01"}
"""SQLSTATE: serialization failure, deadlock detected."""
TAKEN = "23505"
"""SQLSTATE: unique violation. Of two at once it may be what came of the race: begun again, the act sees why."""
TRIES_TAKEN = 3
PLACE = "people_standing"
"""The table that is locked for a place in the order of the register (PostgreSQL)."""

_by_itself: ContextVar[bool] = ContextVar("by itself", default=False)


class Busy(Exception):
    """So many others changed the same things that it was given up. Nothing was changed."""


class Weighs(Exception):
    """The act under way is one that others are decided by: it is begun again while no other is under way."""


def by_itself() -> None:
    """See that no other act is under way, and that what they did is seen.

    Raises:
        Weighs: it is not so; `alone` begins again so that it is.
    """
    if connections[router.current()].vendor == "postgresql" and not (_by_itself.get() or in_step()):
        raise Weighs


def alone(work: Callable[[], T], weighs: bool = False) -> T:
    """Do the work in a transaction of its own, or, in a step of a timer, in the transaction of the step.

    With `weighs` no other is under way meanwhile.

    Raises:
        Busy: it was begun again too often.
    """
    using = router.current()
    if connections[using].in_atomic_block and in_step():
        with transaction.atomic(using=using):  # what cannot be so begins the step again
            return work()
    if connections[using].in_atomic_block:
        raise RuntimeError("an act is a transaction of its own")
    for trial in range(TRIES):
        if trial:
            time.sleep(random.uniform(0, 0.001 * 2**trial))
        try:
            return once(work, using, weighs)
        except Weighs:
            return alone(work, True)
        except OperationalError as error:
            if sqlstate(error) not in BEGIN_AGAIN:
                raise
        except IntegrityError as error:
            if sqlstate(error) != TAKEN or trial + 1 >= TRIES_TAKEN:
                raise
    raise Busy("too many others changed the same things; try again")


def once(work: Callable[[], T], using: str, weighs: bool) -> T:
    with transaction.atomic(using=using):
        if connections[using].vendor == "postgresql":
            # Before anything is read: what is seen is as of when the place was taken. Acts that rest on what others
            # did, and those others, so stand in the register in an order in which they can be decided again.
            mode = "EXCLUSIVE" if weighs else "ROW SHARE"
            with connections[using].cursor() as cursor:
                cursor.execute(f"LOCK TABLE {PLACE} IN {mode} MODE")
        token = _by_itself.set(weighs)
        try:
            return work()
        finally:
            _by_itself.reset(token)


def sqlstate(error: BaseException) -> str:
    return str(getattr(error.__cause__, "sqlstate", "") or "")


def now() -> dt.datetime:
    """The time by the database: on PostgreSQL that of the transaction, on SQLite that of this machine."""
    connection = connections[router.current()]
    if connection.vendor != "postgresql":
        return dt.datetime.now(dt.UTC)
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        moment: dt.datetime = cursor.fetchone()[0]
        return moment.astimezone(dt.UTC)
