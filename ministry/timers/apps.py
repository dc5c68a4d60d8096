"""The application."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class Timers(AppConfig):
    name = "ministry.timers"
    verbose_name = "Timers and the outbox"

    def ready(self) -> None:
        from ministry.timers.transports import mail, webhook  # noqa: F401  # they are registered

        autodiscover_modules("steps")  # each application says in `steps.py` what its timers do
