"""The application."""

from django.apps import AppConfig


class Statutes(AppConfig):
    name = "ministry.statutes"
    verbose_name = "Statutes"

    def ready(self) -> None:
        from ministry.statutes import acts  # noqa: F401  # its acts are registered
