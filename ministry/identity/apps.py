"""The application."""

from django.apps import AppConfig


class Identity(AppConfig):
    name = "ministry.identity"
    verbose_name = "Identity"

    def ready(self) -> None:
        from ministry.identity import acts  # noqa: F401  # its acts are registered
