"""The wall: no statement writes to a table but under a permit for its kind of state.

Django runs every statement of every connection through it. What it cannot read as a plain query or as a plain write to
one table it refuses.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any

from django.db.models import Model

from ministry.database.states import State, tables

Execute = Callable[[str, Any, bool, dict[str, Any]], Any]

_permits: ContextVar[frozenset[State]] = ContextVar("permits", default=frozenset())
_open: ContextVar[bool] = ContextVar("open", default=False)

_WRITE = re.compile(
    r'(?:INSERT (?:OR IGNORE )?INTO|UPDATE|DELETE FROM) (?:"([A-Za-z_0-9]+)"|([A-Za-z_0-9]+))(?![."\w$])',
    re.I,
)
_VERB = re.compile(r"(?:INSERT (?:OR IGNORE )?INTO|UPDATE|DELETE FROM) ", re.I)
_READ = re.compile(
    r"(?:SELECT|EXPLAIN|SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT|SHOW|DECLARE|FETCH|CLOSE|SET CONSTRAINTS"
    r"|SET TRANSACTION (?:READ ONLY|ISOLATION LEVEL)|LOCK TABLE"
    r"|PRAGMA (?:main\.)?(?:table_x?info|index_x?info|(?:table|index|foreign_key)_list|foreign_key_check)\b(?!.*=)"
    r"|PRAGMA \w+;?$)(?!\w)",
    re.I,
)
_WRITES_WITHIN = re.compile(
    r"\b(?:INSERT|DELETE|MERGE|TRUNCATE|INTO|(?<!FOR )(?<!KEY )(?<!DO )UPDATE)\b", re.I
)
_ACTS = re.compile(
    r"\b(?:setval|nextval|set_config|load_extension|lo_\w+|dblink\w*"
    r"|pg_(?:read|write|ls|file|terminate|cancel|reload|rotate|switch|create|drop|promote|logical|replication)\w*)"
    r" ?\(",
    re.I,
)
"""Functions that do more than to answer."""
_QUOTED = re.compile(r"""'(?:[^']|'')*'|"(?:[^"]|"")*\"""")
_ESCAPED = re.compile(r"""(?:\bE|U&)['"]""", re.I)
_UNREADABLE = re.compile(r"""['`$\\]|--|/\*|;(?! ?$)""")
"""What is left of a statement that is more than one, or that this cannot tell from one."""


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


REMEMBERED = 2_000
"""So many statements are read once in a process, if they are not `LONG`; who may send them is asked each time."""
LONG = 8_000


def check(sql: str) -> None:
    """See that a statement may pass.

    Raises:
        NotThroughTheGate: it may not.
    """
    written = _told.get(sql)
    if written is None:
        written = _known(sql) if len(sql) < LONG else read(sql)
    for table in written:
        state = state_of(table)
        if not permitted(state):
            what = f"{state} state" if state is not None else "not a declared table"
            raise NotThroughTheGate(
                f"{table} is {what}: only an act through the gate may change it"
            )


def passes(query: Any) -> None:
    """See that what a driver is given past Django may pass, which is a plain text or nothing that is known.

    Raises:
        NotThroughTheGate: it may not.
    """
    if _open.get():
        return
    if not isinstance(query, str):
        raise NotThroughTheGate("only plain statements go through the wall")
    check(query)


def state_of(table: str) -> State | None:
    if not _states:
        _states.update(tables())
    return _states.get(table)


def permitted(state: State | None) -> bool:
    return state is State.WORKING or (state is not None and state in _permits.get())


_told: dict[str, tuple[str, ...]] = {}


def told(sql: str, *models: type[Model]) -> str:
    """Let the wall know of a statement of our own that it cannot read which tables it writes to; the statement.

    It is known by its whole text, in which no value is ever put.
    """
    _told[sql] = tuple(one._meta.db_table for one in models)
    return sql


def read(sql: str) -> tuple[str, ...]:
    """The table that a statement writes to; none where it is a query. It depends on the text alone.

    Raises:
        NotThroughTheGate: it is neither a plain query nor a plain write to one table.
    """
    named = " ".join(_QUOTED.sub(_unquoted, sql).split())
    plain = _NAME.sub('""', named)
    if _ESCAPED.search(sql) or _UNREADABLE.search(plain) or _ACTS.search(plain):
        raise NotThroughTheGate(f"this statement is not one plain statement: {sql[:200]}")
    found, verb = _WRITE.match(named), _VERB.match(plain)
    if _WRITES_WITHIN.search(plain, verb.end() if verb is not None else 0):
        raise NotThroughTheGate(f"this statement writes within another: {sql[:200]}")
    if found is None:
        if _READ.match(plain):
            return ()
        raise NotThroughTheGate(f"this statement is neither a query nor a plain write: {sql[:200]}")
    return (found[1] or found[2],)


_known = lru_cache(REMEMBERED)(read)


_NAME = re.compile(r'"[A-Za-z_0-9?]*"')


def _unquoted(found: re.Match[str]) -> str:
    """What stands for a quoted text: a plain name stays, so that the table can be read."""
    return found[0] if _NAME.fullmatch(found[0]) else '"?"'


_READS = frozenset(
    {
        sqlite3.SQLITE_SELECT,
        sqlite3.SQLITE_READ,
        sqlite3.SQLITE_FUNCTION,
        sqlite3.SQLITE_RECURSIVE,
        sqlite3.SQLITE_TRANSACTION,
        sqlite3.SQLITE_SAVEPOINT,
        sqlite3.SQLITE_PRAGMA,
    }
)
_WRITES = frozenset({sqlite3.SQLITE_INSERT, sqlite3.SQLITE_UPDATE, sqlite3.SQLITE_DELETE})


def authorized(action: int, table: str | None, *_: str | None) -> int:
    """What SQLite asks when it makes a statement ready, one too that its driver was given past Django.

    The driver keeps statements ready: one that was made ready under a permit it takes again without asking.
    """
    if (
        _open.get()
        or action in _READS
        or (action in _WRITES and table is not None and permitted(state_of(table)))
    ):
        return sqlite3.SQLITE_OK
    return sqlite3.SQLITE_DENY


def refused(*_: Any, **__: Any) -> Any:
    """What drivers offer beside statements: a script, a copy, a stream."""
    raise NotThroughTheGate("only statements go through the wall")
