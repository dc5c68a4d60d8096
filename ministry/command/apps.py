"""The application."""

from django.apps import AppConfig


class Command(AppConfig):
    name = "ministry.command"
    verbose_name = "Command"

    def ready(self) -> None:
        from ministry.command import acts  # noqa: F401  # its acts are registered
