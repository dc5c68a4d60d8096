"""The application."""

from django.apps import AppConfig


class Approvals(AppConfig):
    name = "ministry.approvals"
    verbose_name = "Approvals"

    def ready(self) -> None:
        from ministry.approvals import acts, notices  # noqa: F401  # they register themselves
