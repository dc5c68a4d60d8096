"""The application."""

from django.apps import AppConfig


class Command(AppConfig):
    name = "ministry.command"
    verbose_name = "Command"

    def ready(self) -> None:
        from ministry.command import acts, notices  # noqa: F401  # they register themselves
