"""Putting a record into the tables of the register, in as few statements as the database needs."""

from __future__ import annotations

from functools import cache

from django.db import connections
from django.dispatch import Signal

from ministry.database import router, wall
from ministry.database.statements import Insert, Row, cursor, insert_of
from ministry.register.models import Pending, Record, Sealed

appended = Signal()
"""A record was put in, by the transaction under way: `record` is its row."""
WAITS = f'INSERT INTO "{Pending._meta.db_table}" ("number")'


def put(record: Row, seals: list[Row]) -> int:
    """Put in a record and its seals, and let it wait for the log; its number, which the database gives.

    Each row has every field of its model but the number and the key that the database gives.
    """
    connection = connections[router.current()]
    first = insert_of(Record, tuple(record), 1, "number")
    values = first.values(connection, [record])
    rest = insert_of(Sealed, tuple(seals[0]), len(seals), "id") if seals else None
    sealed = rest.values(connection, seals) if rest is not None else []
    with cursor() as opened:
        if connection.vendor == "postgresql":
            opened.execute(at_once(first.sql, rest), values + sealed)
            number = int(opened.fetchone()[0])
        else:
            opened.execute(first.sql, values)
            number = int(opened.lastrowid)
            opened.execute(f"{WAITS} VALUES (%s)", [number])
            if rest is not None:
                opened.execute(rest.sql, sealed)
    appended.send(None, record=record)
    return number


@cache
def at_once(first: str, rest: Insert | None) -> str:
    """One statement for all of it (PostgreSQL). The wall cannot read it, and is told what it writes to."""
    others = f', "rest" AS ({rest.sql})' if rest is not None else ""
    sql = (
        f'WITH "first" AS ({first} RETURNING "number"){others} '
        f'{WAITS} SELECT "number" FROM "first" RETURNING "number"'
    )
    return wall.told(sql, Record, Pending, Sealed)
