"""The second wall before what is marked: PostgreSQL itself gives no row of another label to a request.

Pages and answers ask for what their reader may read (`Readable.seen_by`). Should one of them ask wrongly, by a join, a
count, or `everything`, the database still gives it only what that reader may read: as soon as a request knows its
reader its connection is confined to that, until the request is over. The gate, and what serves it, lifts that while it
works.
SQLite has no such wall.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations import RunPython

from ministry.database import router
from ministry.database.wall import opened
from ministry.labels.reader import Reader

READING, PERSON, OFFICE = "ministry.reading", "ministry.person", "ministry.office"
"""Of a connection: what it is confined to (`record:own:LABEL`, with commas between and around; empty: to nothing), and
whose reading it is."""
SAID = "(SELECT coalesce(current_setting('{}', true), ''))"
WAY = "strpos({reading}, ',{sort}:{way}:' || label || ',') > 0"


def confine(reader: Reader, sorts: Iterable[str]) -> None:
    """Confine the connection to what somebody may read, until it is lifted."""
    ways = (
        f"{sort}:{way}:{label}"
        for sort in sorts
        for way in ("others", "own", "office")
        for label in getattr(reader.sight(sort), way)
    )
    _set((f",{','.join(sorted(ways))},", reader.person, reader.office))


def lift(**_: Any) -> None:
    """Confine the connection no more: the request is over."""
    _set(FREE)


@contextmanager
def lifted() -> Iterator[None]:
    """Lift it while the gate works."""
    kept = _confined()
    _set(FREE)
    try:
        yield
    finally:
        _set(kept)


FREE = ("", "", "")


def _confined() -> tuple[str, str, str]:
    return getattr(connections[router.current()], "confined_to", FREE)


def _set(values: tuple[str, str, str]) -> None:
    connection: Any = connections[router.current()]
    if connection.vendor != "postgresql" or _confined() == values:
        return
    said = [one for pair in zip((READING, PERSON, OFFICE), values, strict=True) for one in pair]
    calls = ", ".join(["set_config(%s, %s, false)"] * len(values))
    with opened(), connection.cursor() as cursor:
        cursor.execute(f"SELECT {calls}", said)
    connection.confined_to = values


def forget(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """A new connection is confined to nothing."""
    connection.confined_to = FREE  # type: ignore[attr-defined]


def policy(table: str, sort: str, own: str, office: str) -> str:
    """The statement that puts the wall before a table.

    `own` and `office` are its columns with persons and offices; with an office of `*` that is left to whoever asks.
    """
    reading = SAID.format(READING)
    ways = [f"{reading} = ''", WAY.format(reading=reading, sort=sort, way="others")]
    for way, column, setting in (("own", own, PERSON), ("office", office, OFFICE)):
        if column:
            there = WAY.format(reading=reading, sort=sort, way=way)
            whose = "" if column == "*" else f" AND {column} = {SAID.format(setting)}"
            ways.append(f"({there}{whose})")
    return f"CREATE POLICY by_label ON {table} USING ({' OR '.join(ways)})"


def walled(table: str, sort: str, own: str = "", office: str = "") -> RunPython:
    """The migration that puts the wall before a table that has a label."""

    def put(_: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
            schema_editor.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
            schema_editor.execute(policy(table, sort, own, office))

    def take(_: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP POLICY by_label ON {table}")
            schema_editor.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
            schema_editor.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")

    return RunPython(put, take)
