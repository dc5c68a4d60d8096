"""The application."""

from django.apps import AppConfig


class Personnel(AppConfig):
    name = "ministry.personnel"
    verbose_name = "Personnel"

    def ready(self) -> None:
        from ministry.personnel import acts, notices  # noqa: F401  # they register themselves
