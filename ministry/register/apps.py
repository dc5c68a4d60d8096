"""The application."""

from django.apps import AppConfig


class Register(AppConfig):
    name = "ministry.register"
    verbose_name = "The register"

    def ready(self) -> None:
        from ministry.register import rounds  # noqa: F401  # workers go them
