"""The application."""

from django.apps import AppConfig


class Approvals(AppConfig):
    name = "ministry.approvals"
    verbose_name = "Approvals"

    def ready(self) -> None:
        from ministry.approvals import acts  # noqa: F401  # its acts are registered
