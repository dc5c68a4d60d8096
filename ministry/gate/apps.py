"""The application."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created


class Gate(AppConfig):
    name = "ministry.gate"
    verbose_name = "The gate"

    def ready(self) -> None:
        from django.db import connections

        from ministry.gate import founding  # noqa: F401  # its act is registered

        connection_created.connect(guard, dispatch_uid="the wall")
        for connection in connections.all(initialized_only=True):
            guard(None, connection)


def guard(sender: object, connection: object, **_: object) -> None:
    """Put the wall before a connection."""
    from ministry.database.wall import wall

    wrappers = connection.execute_wrappers  # type: ignore[attr-defined]
    if wall not in wrappers:
        wrappers.append(wall)
