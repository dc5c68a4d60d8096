"""Django's SQLite backend, whose writers wait for each other in the order in which they came.

SQLite itself lets a writer that finds the database taken sleep and try again, longer each time: one that has slept long
is passed by those who came later, and may wait for seconds. Here a writer first waits for a lock on a file beside the
database. The kernel wakes those who wait, and lets go of the lock of a process that was killed.
"""

from __future__ import annotations

import fcntl
import os
import re
from typing import Any

from django.db.backends.sqlite3 import base

from ministry.database.wall import refused

_NO_WRITE = re.compile(
    r"\s*(?:SELECT|WITH|EXPLAIN|PRAGMA|BEGIN|COMMIT|END|ROLLBACK|SAVEPOINT|RELEASE|VACUUM)\b", re.I
)


class Cursor(base.SQLiteCursorWrapper):
    """Waits for its turn with a single write, outside of a transaction, as a transaction does."""

    wrapper: DatabaseWrapper
    _took_turn = False

    def execute(self, query: str, params: Any = None) -> Any:
        return self._in_turn(query, super().execute, params)

    def executemany(self, query: str, param_list: Any) -> Any:
        return self._in_turn(query, super().executemany, param_list)

    def executescript(self, script: str, /) -> Any:
        return refused(script)

    def _in_turn(self, query: str, execute: Any, params: Any) -> Any:
        if self.wrapper.has_turn or self.wrapper.in_transaction or _NO_WRITE.match(query):
            return execute(query, params)
        self.wrapper.take_turn()
        self._took_turn = True
        try:
            done = execute(query, params)
        except BaseException:
            self._give_turn()
            raise
        if self.description is None:
            self._give_turn()  # else it is committed only once the rows that it returns are read
        return done

    def close(self) -> None:
        super().close()
        self._give_turn()

    def __del__(self) -> None:
        self._give_turn()

    def _give_turn(self) -> None:
        if self._took_turn:
            self._took_turn = False
            if not self.wrapper.in_transaction:  # without autocommit it has begun one
                self.wrapper.give_turn()


class DatabaseWrapper(base.DatabaseWrapper):
    has_turn = False
    waits_for_disk = True
    _queue: int | None = None
    _turn: int | None = None

    def create_cursor(self, name: str | None = None) -> Cursor:
        cursor: Cursor = self.connection.cursor(factory=Cursor)
        cursor.wrapper = self
        return cursor

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
            if not self.in_transaction:
                self.give_turn()

    def _rollback(self) -> Any:
        try:
            return super()._rollback()  # type: ignore[misc]  # not in its stubs
        finally:
            self.give_turn()

    def _close(self) -> None:
        super()._close()  # type: ignore[misc]  # not in its stubs
        self.give_turn()
        for one in (self._turn, self._queue):
            if one is not None:
                os.close(one)
        self._turn = self._queue = None

    @property
    def in_transaction(self) -> bool:
        return self.connection is not None and bool(self.connection.in_transaction)

    def wait_for_disk(self, wait: bool) -> None:
        """Whether a commit from now on is one only once it is on the disk. Not to be called in a transaction."""
        self.ensure_connection()
        self.connection.execute(f"PRAGMA synchronous={'FULL' if wait else 'NORMAL'}")
        self.waits_for_disk = wait

    @property
    def file(self) -> str:
        """The file of the database; none where it is in memory."""
        name = str(self.settings_dict["NAME"])
        return "" if ":memory:" in name or "mode=memory" in name else name

    def take_turn(self) -> None:
        """Wait until the writers that came before are done."""
        name = self.file
        if self.has_turn or not name:
            return
        if self._turn is None or self._queue is None:
            flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC
            self._turn = os.open(f"{name}-turn", flags, 0o600)
            self._queue = os.open(f"{name}-queue", flags, 0o600)
        # One waits for the turn, and the others for that one's place: who has just had the turn and wants it again does
        # not get it before them, although it is awake and they are not.
        fcntl.flock(self._queue, fcntl.LOCK_EX)
        try:
            fcntl.flock(self._turn, fcntl.LOCK_EX)
        finally:
            fcntl.flock(self._queue, fcntl.LOCK_UN)
        self.has_turn = True

    def give_turn(self) -> None:
        if self.has_turn and self._turn is not None:
            fcntl.flock(self._turn, fcntl.LOCK_UN)
            self.has_turn = False
