"""The application."""

from functools import cache
from typing import Any

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate


class Gate(AppConfig):
    name = "ministry.gate"
    verbose_name = "The gate"

    def ready(self) -> None:
        from django.db import connections

        from ministry.gate import (
            duties,
            founding,  # noqa: F401  # its act is registered
        )

        post_migrate.connect(duties.renew, sender=self, dispatch_uid="the table of duties")
        connection_created.connect(guard, dispatch_uid="the wall")
        for connection in connections.all(initialized_only=True):
            guard(None, connection)


def guard(sender: object, connection: object, **_: object) -> None:
    """Put the wall before a connection."""
    from ministry.database.wall import authorized, wall

    wrappers = connection.execute_wrappers  # type: ignore[attr-defined]
    if wall not in wrappers:
        wrappers.append(wall)
    raw = connection.connection  # type: ignore[attr-defined]
    if raw is None:
        return
    if connection.vendor == "postgresql":  # type: ignore[attr-defined]
        raw.cursor_factory = walled(raw.cursor_factory)
        raw.server_cursor_factory = walled(raw.server_cursor_factory)
    else:
        raw.set_authorizer(authorized)


@cache
def walled(cursor: type) -> type:
    """A driver's cursor before which the wall stands, too, when it was asked for past Django."""
    from ministry.database.wall import passes, refused

    if getattr(cursor, "walled", False):
        return cursor

    def execute(self: Any, query: Any, *given: Any, **more: Any) -> Any:
        passes(query)
        return cursor.execute(self, query, *given, **more)  # type: ignore[attr-defined]

    def executemany(self: Any, query: Any, *given: Any, **more: Any) -> Any:
        passes(query)
        return cursor.executemany(self, query, *given, **more)  # type: ignore[attr-defined]

    past = dict.fromkeys(("copy", "stream", "callproc"), refused)
    own = {"execute": execute, "executemany": executemany, "walled": True}
    return type("Walled", (cursor,), {**past, **own})
