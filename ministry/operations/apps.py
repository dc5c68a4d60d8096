"""The application."""

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class Operations(AppConfig):
    name = "ministry.operations"
    verbose_name = "Operations"

    def ready(self) -> None:
        from ministry.operations import acts, derived  # noqa: F401  # its acts are registered

        gate = apps.get_app_config("gate")
        post_migrate.connect(derived.again, sender=gate, dispatch_uid="derived again")
