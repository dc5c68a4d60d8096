"""Whose token it is, and which edition is in force: one query, for the lane on which decisions are asked.

It means what `identity.tokens.acting_by_token` and `editions.queries.digest_at` mean, without their objects; a test
holds the two together. Nothing is remembered between two requests: a token that was ended is ended at once.
"""

from __future__ import annotations

import datetime as dt
import hmac
from functools import cache
from typing import Any, NamedTuple

from django.db import DatabaseError, connection
from django.utils import timezone

from ministry.gate.acting import Acting
from ministry.identity import tokens

LONGEST = 128
"""Characters of a token."""

SQL = """
SELECT t.id, t.digest, t.person_id, t.office, u.at IS NULL OR u.at < {noted},
  (SELECT p.edition FROM editions_promulgation p WHERE p.since <= {now} ORDER BY p.number DESC LIMIT 1),
  (SELECT s.changes FROM people_standing s WHERE s.id = 1)
FROM identity_token t
JOIN people_person w ON w.key = t.person_id
LEFT JOIN identity_tokenuse u ON u.token_id = t.id
WHERE t.digest = %s AND t.revoked IS NULL AND t.until > {now} AND w.is_active
  AND EXISTS (SELECT 1 FROM people_appointment a
    WHERE a.person_id = t.person_id AND a.office = t.office AND a.until IS NULL)
"""


class Standing(NamedTuple):
    """Who asks, the digest of the edition in force (empty where none is), and how often offices have changed."""

    by: Acting
    edition: str
    changes: int


Row = tuple[str, str, str, str, bool, str | None, int | None]


@cache
def statement(vendor: str) -> str:
    """The query: on PostgreSQL by its own clock, on SQLite by that of this machine."""
    plain = " ".join(SQL.split())
    if vendor == "postgresql":
        return plain.format(
            now="clock_timestamp()", noted="clock_timestamp() - interval '1 minute'"
        )
    return plain.format(now="%s", noted="%s")


def standing(header: str | None) -> Standing | None:
    """By an `Authorization` header; None where it shows no good token."""
    kind, _, shown = (header or "").partition(" ")
    if kind.lower() != "bearer" or not shown.startswith(tokens.PREFIX) or len(shown) > LONGEST:
        return None
    given = tokens.digest(shown)
    row = found(given)
    if row is None or not hmac.compare_digest(row[1], given):
        return None
    name, _, person, office, unnoted, edition, changes = row
    if unnoted:
        tokens.used(name, None, timezone.now())
    return Standing(Acting(person, office), edition or "", changes or 0)


def found(digest: str) -> Row | None:
    sql, params = statement(connection.vendor), [digest]
    if connection.vendor != "postgresql":
        at = dt.datetime.now(dt.UTC)
        moment, noted = (
            connection.ops.adapt_datetimefield_value(one) for one in (at, at - tokens.USE_TO)
        )
        params = [str(noted), str(moment), digest, str(moment)]
    try:
        return asked(sql, params)
    except DatabaseError:
        # A kept connection may have been closed at the other end.
        if connection.in_atomic_block:
            raise
        connection.close()
        return asked(sql, params)


def asked(sql: str, params: list[str]) -> Row | None:
    if connection.vendor == "postgresql":
        return prepared(sql, params)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        row: Row | None = cursor.fetchone()
    return row


def prepared(sql: str, params: list[str]) -> Row | None:
    """As PostgreSQL plans it once for each connection: planning takes four times as long as everything else.

    Django's own cursors bind in the client and prepare nothing, whatever the threshold.
    """
    from psycopg import Cursor

    connection.ensure_connection()
    raw: Any = connection.connection
    raw.prepare_threshold = 0
    with connection.wrap_database_errors, Cursor(raw) as cursor:
        row: Row | None = cursor.execute(sql, params).fetchone()
    return row
