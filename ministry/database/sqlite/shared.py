"""One transaction for the threads of a process that wait for their turn to write.

A writer of SQLite waits for the disk at its commit, and all others wait for that writer. Here a thread that waits
leaves its work to the one before it: whoever's turn it is does all that is waiting, each under a savepoint of its own,
and waits for the disk once. Nobody is told that anything is done, and nobody else sees anything of it, before it is on
the disk; what fails is undone alone; if the commit fails nothing was done, and all are told so.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import copy_context
from threading import Event, Lock
from typing import Any

from django.db import OperationalError, connections, transaction

MOST = 32
"""So many are done in one transaction."""


class Waiting:
    """One thread's work. It is woken when the work is done, or when it has to lead."""

    def __init__(self, work: Callable[[], Any]) -> None:
        self.work, self.context = work, copy_context()
        self.woken, self.leads = Event(), False
        self.result: Any = None
        self.error: BaseException | None = None

    def done(self, using: str) -> None:
        """Do it under a savepoint."""
        try:
            with transaction.atomic(using=using):
                self.result = self.context.run(self.work)
        except BaseException as error:  # it is the error of the thread whose work it is
            self.error = error


class Shared:
    """Those of one process who write to one database."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._led = False
        self._waiting: list[Waiting] = []

    def do(self, work: Callable[[], Any], using: str) -> Any:
        """Do a piece of work in one transaction, with that of others who wait or alone; its result, once it is durable.

        Raises:
            OperationalError: the transaction could not be committed.
        """
        mine = Waiting(work)
        with self._lock:
            if self._led:
                self._waiting.append(mine)
            else:
                self._led = mine.leads = True
        if not mine.leads:
            mine.woken.wait()
        if mine.leads:
            self._lead(mine, using)
        if mine.error is not None:
            raise mine.error
        return mine.result

    def _lead(self, mine: Waiting, using: str) -> None:
        """Do what waits, and let the next one lead."""
        others: list[Waiting] = []
        connection: Any = connections[using]
        try:
            self._do_all(mine, others, using)
        except BaseException as error:  # nothing was done
            for one in (mine, *others):
                one.error = error
        finally:
            connection.unsettled = False
            with self._lock:
                if self._waiting:
                    following = self._waiting.pop(0)
                    following.leads = True
                    following.woken.set()
                else:
                    self._led = False
            for one in others:
                one.woken.set()

    def _do_all(self, mine: Waiting, others: list[Waiting], using: str) -> None:
        with transaction.atomic(using=using):
            # Only now: those who came while it waited for its turn are done with it.
            with self._lock:
                others += self._waiting[: MOST - 1]
                del self._waiting[: MOST - 1]
            if not others:
                mine.result = mine.work()
                return
            connection: Any = connections[using]
            for one in (mine, *others):
                one.done(using)
                # SQLite may have given up the whole transaction, and not that savepoint alone.
                if connection.needs_rollback or not connection.in_transaction:
                    raise OperationalError(
                        "the transaction of several was broken off"
                    ) from one.error


_shared: dict[str, Shared] = {}


def shared(database: str) -> Shared:
    """Those who write to a database, by its file."""
    return _shared.setdefault(database, Shared())
