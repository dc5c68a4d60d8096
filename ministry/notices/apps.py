"""The application."""

from django.apps import AppConfig


class Notices(AppConfig):
    name = "ministry.notices"
    verbose_name = "Notices"

    def ready(self) -> None:
        from ministry.notices import duties  # noqa: F401  # its kinds are registered
