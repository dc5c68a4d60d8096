"""Django's SQLite backend, whose writers wait for each other in the order in which they came.

SQLite itself lets a writer that finds the database taken sleep and try again, longer each time: one that has slept long
is passed by those who came later, and may wait for seconds. Here a writer first waits for a lock on a file beside the
database. The kernel wakes those who wait in order, and lets go of the lock of a process that was killed.
"""

from __future__ import annotations

import fcntl
import os
from typing import Any

from django.db.backends.sqlite3 import base


class DatabaseWrapper(base.DatabaseWrapper):
    _turn: int | None = None
    _has_turn = False

    def _start_transaction_under_autocommit(self) -> None:
        self.take_turn()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # not in its stubs
        except BaseException:
            self.give_turn()
            raise

    def _commit(self) -> Any:
        try:
            return super()._commit()  # type: ignore[misc]  # not in its stubs
        finally:
            if not self._open():
                self.give_turn()

    def _rollback(self) -> Any:
        try:
            return super()._rollback()  # type: ignore[misc]  # not in its stubs
        finally:
            self.give_turn()

    def _close(self) -> None:
        super()._close()  # type: ignore[misc]  # not in its stubs
        self.give_turn()
        if self._turn is not None:
            os.close(self._turn)
            self._turn = None

    def _open(self) -> bool:
        return self.connection is not None and self.connection.in_transaction

    def take_turn(self) -> None:
        """Wait until the writers that came before are done."""
        name = str(self.settings_dict["NAME"])
        if self._has_turn or ":memory:" in name or "mode=memory" in name:
            return
        if self._turn is None:
            self._turn = os.open(f"{name}-turn", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(self._turn, fcntl.LOCK_EX)
        self._has_turn = True

    def give_turn(self) -> None:
        if self._has_turn and self._turn is not None:
            fcntl.flock(self._turn, fcntl.LOCK_UN)
            self._has_turn = False
