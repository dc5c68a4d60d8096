"""The application."""

from functools import cache

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
        raw.cursor_factory = plain(raw.cursor_factory)
    else:
        raw.set_authorizer(authorized)


@cache
def plain(cursor: type) -> type:
    """A driver's cursor of which nothing goes past the wall."""
    from ministry.database.wall import refused

    return type("Plain", (cursor,), dict.fromkeys(("copy", "stream", "callproc"), refused))
