"""The wall: no statement writes to a table but under a permit for its kind of state.

Django runs every statement of every connection through it. What it cannot read as a plain query or as a plain write to
one table it refuses.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from ministry.database.states import State, tables

Execute = Callable[[str, Any, bool, dict[str, Any]], Any]

_permits: ContextVar[frozenset[State]] = ContextVar("permits", default=frozenset())
_open: ContextVar[bool] = ContextVar("open", default=False)

_WRITE = re.compile(
    r'\s*(?:INSERT\s+(?:OR\s+IGNORE\s+)?INTO|UPDATE|DELETE\s+FROM)\s+"?([A-Za-z_0-9]+)"?', re.I
)
_READ = re.compile(
    r"\s*(?:SELECT|EXPLAIN|SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT|PRAGMA(?![^;]*=)|SHOW|DECLARE|FETCH|CLOSE"
    r"|SET\s+(?:TRANSACTION|LOCAL|CONSTRAINTS))\b",
    re.I,
)
_WRITES_WITHIN = re.compile(r"\b(?:INSERT|UPDATE\s+\"|DELETE\s+FROM|INTO)\b", re.I)
_TEXT = re.compile(r"'(?:[^']|'')*'")


class NotThroughTheGate(RuntimeError):
    """A statement would have written to a table of the ministry without an act."""


@contextmanager
def permit(*states: State) -> Iterator[None]:
    """Let statements write to tables of these kinds."""
    token = _permits.set(_permits.get() | frozenset(states))
    try:
        yield
    finally:
        _permits.reset(token)


@contextmanager
def opened() -> Iterator[None]:
    """Let everything pass: for migrations, and for a database that is being restored or replayed into."""
    token = _open.set(True)
    try:
        yield
    finally:
        _open.reset(token)


_states: dict[str, State] = {}


def wall(execute: Execute, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Refuse a statement that writes where it may not."""
    if not _open.get():
        check(sql)
    return execute(sql, params, many, context)


def check(sql: str) -> None:
    """See that a statement may pass.

    Raises:
        NotThroughTheGate: it may not.
    """
    found = _WRITE.match(sql)
    if found is None:
        if _READ.match(sql) and not _WRITES_WITHIN.search(_TEXT.sub("", sql)):
            return
        raise NotThroughTheGate(f"this statement is neither a query nor a plain write: {sql[:200]}")
    if not _states:
        _states.update(tables())
    table = found[1]
    state = _states.get(table)
    if state is not State.WORKING and (state is None or state not in _permits.get()):
        what = f"{state} state" if state is not None else "not a declared table"
        raise NotThroughTheGate(f"{table} is {what}: only an act through the gate may change it")
