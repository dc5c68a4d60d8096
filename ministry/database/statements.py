"""Statements that are put together once, and that PostgreSQL plans once for each connection.

Django puts a statement together anew each time, which takes several times as long as the database takes over one row.
They go through the wall as any other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

import msgspec
from django.db import connections
from django.db.models import (
    BinaryField,
    BooleanField,
    CharField,
    Field,
    ForeignKey,
    IntegerField,
    Model,
    TextField,
)

from ministry.database import router, wall
from ministry.database.transaction import may_be_taken

Row = dict[str, Any]
"""The values of the fields of a model, by name."""
AS_THEY_ARE = (BinaryField, BooleanField, CharField, ForeignKey, IntegerField, TextField)
"""Fields that are kept as Python has them, where that is plainly one of these."""
PLAIN = frozenset({str, int, bool, bytes})


@contextmanager
def cursor() -> Iterator[Any]:
    """A cursor of the current database for statements that come again and again."""
    connection: Any = connections[router.current()]
    if connection.vendor != "postgresql":
        with connection.cursor() as plain:
            yield plain
        return
    connection.ensure_connection()
    with connection._prepare_cursor(planned()(connection.connection)) as prepared:
        yield prepared


@cache
def planned() -> type:
    """The driver's cursor whose statements are planned once."""
    from psycopg import Cursor  # where there is SQLite alone it need not be there

    class Planned(Cursor[Any]):
        def execute(self, query: Any, params: Any = None, **_: Any) -> Planned:
            return super().execute(query, params, prepare=True)

        copy = stream = executemany = wall.refused

    return Planned


class Insert(msgspec.Struct, frozen=True):
    """A statement that puts rows in."""

    sql: str
    fields: tuple[tuple[Field[Any, Any], bool], ...]
    """Each with whether it is `AS_THEY_ARE`."""

    def values(self, connection: Any, rows: Sequence[Row]) -> list[Any]:
        """What is given with the statement, as the database keeps it."""
        return [
            value
            if as_it_is and type(value) in PLAIN
            else field.get_db_prep_save(value, connection)
            for row in rows
            for (field, as_it_is), value in zip(self.fields, row.values(), strict=True)
        ]


@cache
def insert_of(model: type[Model], names: tuple[str, ...], rows: int = 1, key: str = "") -> Insert:
    """The statement that puts in so many rows of these fields, in this order. `key` is a field that the database fills.

    Raises:
        FieldDoesNotExist: the model has no such field.
        ValueError: it has one more that a row needs.
    """
    meta: Any = model._meta
    fields = tuple(meta.get_field(name) for name in names)
    missing = [one.name for one in meta.concrete_fields if one not in fields and one.name != key]
    if missing:
        raise ValueError(f"a row of {meta.label} needs {', '.join(missing)}")
    columns = ", ".join(f'"{one.column}"' for one in fields)
    values = ", ".join([f"({', '.join(['%s'] * len(fields))})"] * rows)
    sql = f'INSERT INTO "{meta.db_table}" ({columns}) VALUES {values}'
    return Insert(sql, tuple((one, isinstance(one, AS_THEY_ARE)) for one in fields))


def insert(model: type[Model], row: Row) -> None:
    """Put one row, with every field of the model, into its table."""
    one = insert_of(model, tuple(row))
    with cursor() as opened:
        opened.execute(one.sql, one.values(connections[router.current()], [row]))


def taken(model: type[Model], name: str, value: Any) -> bool:
    """Whether there is a row already whose field of that name, which must be unique, has this value.

    It serves to say so. What keeps it unique is the constraint; see `may_be_taken`.
    """
    if not may_be_taken():
        return False
    field: Any = model._meta.get_field(name)
    with cursor() as opened:
        opened.execute(_looking(model, name), [field.get_db_prep_value(value, opened.db)])
        return opened.fetchone() is not None


@cache
def _looking(model: type[Model], name: str) -> str:
    field: Any = model._meta.get_field(name)
    return f'SELECT 1 FROM "{model._meta.db_table}" WHERE "{field.column}" = %s LIMIT 1'
