"""The database's time, and one transaction that is begun again where the database asks for it."""

from __future__ import annotations

import datetime as dt
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

from django.db import OperationalError, connections, transaction

from ministry.database import router

T = TypeVar("T")

TRIES = 10
BEGIN_AGAIN = {"40001", "40P01"}
"""SQLSTATE: serialization failure, deadlock detected."""

_stepping: ContextVar[bool] = ContextVar("stepping", default=False)


def moment() -> dt.datetime:
    """The time by the database, so that workers on several machines agree; on SQLite that of this machine."""
    connection = connections[router.current()]
    if connection.vendor != "postgresql":
        return dt.datetime.now(dt.UTC)
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        now: dt.datetime = cursor.fetchone()[0]
        return now.astimezone(dt.UTC)


def together(work: Callable[[], T]) -> T:
    """Do the work in one transaction, as if it were alone.

    Raises:
        OperationalError: the database asked too often to begin again.
    """
    using = router.current()
    for trial in range(TRIES):
        try:
            with transaction.atomic(using=using):
                return work()
        except OperationalError as error:
            state = getattr(error.__cause__, "sqlstate", None)
            if state not in BEGIN_AGAIN or trial == TRIES - 1:
                raise
            time.sleep(random.uniform(0, 0.002 * 2**trial))
    raise AssertionError


@contextmanager
def stepping() -> Iterator[None]:
    """The open transaction is that of a step: an act that the step does joins it."""
    token = _stepping.set(True)
    try:
        yield
    finally:
        _stepping.reset(token)


def in_step() -> bool:
    """Whether what is done now belongs to a step, and is begun again with it."""
    return _stepping.get()


def by_locks() -> None:
    """Let the transaction that begins here rest on row locks alone: two who take leases pass each other by."""
    connection = connections[router.current()]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
