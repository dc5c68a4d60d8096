"""One transaction, as if it were alone: on PostgreSQL it is begun again if need be, on SQLite writers take turns."""

from __future__ import annotations

import datetime as dt
import random
import time
from collections.abc import Callable
from typing import TypeVar

from django.db import OperationalError, connections, transaction

from ministry.database import router

T = TypeVar("T")

TRIES = 12
BEGIN_AGAIN = {"40001", "40P01"}
"""SQLSTATE: serialization failure, deadlock detected."""


class Busy(Exception):
    """So many others changed the same things that it was given up. Nothing was changed."""


def alone(work: Callable[[], T]) -> T:
    """Do the work in a transaction of its own.

    Raises:
        Busy: it was begun again too often.
    """
    using = router.current()
    if connections[using].in_atomic_block and not getattr(connections[using], "_in_test", False):
        raise RuntimeError("an act is a transaction of its own")
    for trial in range(TRIES):
        try:
            with transaction.atomic(using=using, durable=False):
                return work()
        except OperationalError as error:
            if sqlstate(error) not in BEGIN_AGAIN:
                raise
            time.sleep(random.uniform(0, 0.002 * 2**trial))
    raise Busy("too many others changed the same things; try again")


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
