"""The application."""

from django.apps import AppConfig


class Api(AppConfig):
    name = "ministry.api"
    verbose_name = "API"

    def ready(self) -> None:
        from ministry.api import questions  # noqa: F401  # its act is registered
