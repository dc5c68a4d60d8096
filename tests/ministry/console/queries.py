"""How many questions a page asks the database, and how the database answers them."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext

from ministry.database.wall import opened


def counted(work):
    """How many statements the work makes."""
    with CaptureQueriesContext(connection) as context:
        work()
    return len(context)


def plans(work):
    """How the database answers each question to the register that the work asks, with its values apart."""
    asked = []

    def noted(execute, sql, params, many, context):
        asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(noted):
        work()
    return [plan(sql, params) for sql, params in asked if 'FROM "register_record"' in sql]


def plan(sql, params):
    with connection.cursor() as cursor, opened():
        if connection.vendor == "sqlite":
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
        else:
            # The table of a test is so small that to read all of it costs less; that of a ministry is not.
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(f"EXPLAIN {sql}", params)
        return "\n".join(str(row[-1]) for row in cursor.fetchall())
