"""The application."""

from django.apps import AppConfig


class Console(AppConfig):
    name = "ministry.console"
    verbose_name = "Console"

    def ready(self) -> None:
        from ministry.console import acts, metrics, told  # noqa: F401  # they register themselves
