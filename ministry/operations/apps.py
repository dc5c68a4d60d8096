"""The application."""

from django.apps import AppConfig


class Operations(AppConfig):
    name = "ministry.operations"
    verbose_name = "Operations"

    def ready(self) -> None:
        from ministry.operations import acts  # noqa: F401  # its acts are registered
