"""The time by the database, and one transaction that is as if it were alone.

On PostgreSQL it is begun again where another came between; on SQLite writers take turns, in the order in which they
came.
"""

from __future__ import annotations

import datetime as dt
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import IntEnum
from typing import Any, TypeVar

from django.db import IntegrityError, OperationalError, connections, transaction

from ministry.database import router
from ministry.database.sqlite.shared import shared

T = TypeVar("T")

TRIES = 12
BEGIN_AGAIN = {"40001", "40P01"}
"""SQLSTATE: serialization failure, deadlock detected."""
TAKEN = "23505"
"""SQLSTATE: unique violation. Of two at once it may be what came of the race: begun again, the work sees why."""
TRIES_TAKEN = 3


class Place(IntEnum):
    """Where a transaction stands beside those that append to the register (PostgreSQL)."""

    ANYWHERE = 0
    AMONG_OTHERS = 1
    """It appends, too; what others are decided by is not under way meanwhile."""
    BY_ITSELF = 2
    """Others are decided by what it appends: no other is under way."""


LOCKED = "people_standing"
"""The table that is locked for a place."""
MODES = {Place.AMONG_OTHERS: "ROW SHARE", Place.BY_ITSELF: "EXCLUSIVE"}

_place: ContextVar[Place] = ContextVar("place", default=Place.ANYWHERE)
_taken: ContextVar[bool] = ContextVar("taken", default=False)
_stepping: ContextVar[bool] = ContextVar("stepping", default=False)
_needed: dict[str, Place] = {}
"""By name of the work: the place that it came to ask for, so that it need not be begun twice again."""


class Busy(Exception):
    """So many others changed the same things that it was given up. Nothing was changed."""


class TakePlace(BaseException):
    """The transaction must be begun again in another place. It is no error: what is under way must not catch it."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self.place = place


def now() -> dt.datetime:
    """The time by the database, so that several machines agree; on SQLite that of this machine."""
    connection = connections[router.current()]
    if connection.vendor != "postgresql":
        return dt.datetime.now(dt.UTC)
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        moment: dt.datetime = cursor.fetchone()[0]
        return moment.astimezone(dt.UTC)


def together(work: Callable[[], T], place: Place = Place.ANYWHERE, name: str = "") -> T:
    """Do the work in one transaction, as if it were alone. It may be begun several times.

    Of works of one `name` it is remembered which place they came to need.

    Raises:
        Busy: it was begun again too often.
    """
    using = router.current()
    place = max(place, _needed.get(name, place))
    trial = 0
    found_taken = False
    while trial < TRIES:
        if trial:
            time.sleep(random.uniform(0, 0.001 * 2**trial))
        token = _taken.set(found_taken or _taken.get())
        try:
            return _once(work, using, place)
        except TakePlace as wanted:
            place = wanted.place
            if name:
                _needed[name] = place
            continue
        except OperationalError as error:
            if sqlstate(error) not in BEGIN_AGAIN:
                raise
        except IntegrityError as error:
            if sqlstate(error) != TAKEN or trial + 1 >= TRIES_TAKEN:
                raise
            found_taken = True
        finally:
            _taken.reset(token)
        trial += 1
    raise Busy("too many others changed the same things; try again")


def _once(work: Callable[[], T], using: str, place: Place) -> T:
    connection: Any = connections[using]
    outermost = not connection.in_atomic_block
    if (
        connection.vendor == "sqlite"
        and connection.file
        and connection.waits_for_disk
        and outermost
    ):
        done: T = shared(connection.file).do(work, using)
        return done
    with transaction.atomic(using=using):
        if place and connection.vendor == "postgresql":
            # Before anything is read: what is seen is as of when the place was taken. Acts that rest on what others
            # did, and those others, so stand in the register in an order in which they can be decided again.
            with connection.cursor() as cursor:
                cursor.execute(f"LOCK TABLE {LOCKED} IN {MODES[place]} MODE")
        token = _place.set(place)
        try:
            return work()
        finally:
            _place.reset(token)
            if outermost:
                connection.unsettled = False


def take(place: Place) -> None:
    """See that the transaction under way has this place, or begin it again so that it does.

    Raises:
        TakePlace: to `together`, which begins again.
    """
    if _place.get() < place and connections[router.current()].vendor == "postgresql":
        raise TakePlace(place)


def unsettle() -> None:
    """The transaction under way changed what processes remember: until it is over nothing of that is to be remembered.

    What they remember goes by a count of its changes; if the transaction is undone, the next one counts the same.
    """
    connection: Any = connections[router.current()]
    connection.unsettled = True


def is_settled() -> bool:
    """Whether what is read now may be remembered beyond the transaction."""
    return not getattr(connections[router.current()], "unsettled", False)


def may_be_taken() -> bool:
    """Whether the work should look if a name that must be unique is taken, to say so.

    On PostgreSQL only once the constraint has found it: to look first is to depend on whatever is put in beside it, and
    of two that look and put in at once one is begun again, whatever the names.
    """
    return _taken.get() or connections[router.current()].vendor != "postgresql"


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


def sqlstate(error: BaseException) -> str:
    return str(getattr(error.__cause__, "sqlstate", "") or "")
