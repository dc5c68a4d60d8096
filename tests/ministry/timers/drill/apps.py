"""The application."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created


class Drill(AppConfig):
    name = "tests.ministry.timers.drill"
    label = "drill"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from ministry.gate.apps import guard

        connection_created.connect(guard, dispatch_uid="the wall")
