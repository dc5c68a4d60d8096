"""The application."""

from django.apps import AppConfig


class Oversight(AppConfig):
    name = "ministry.oversight"
    verbose_name = "Oversight"

    def ready(self) -> None:
        from ministry.oversight import acts  # noqa: F401  # its acts are registered
