"""The application."""

from django.apps import AppConfig
from django.core.signals import request_finished, request_started
from django.db.backends.signals import connection_created


class Labels(AppConfig):
    name = "ministry.labels"
    verbose_name = "Labels"

    def ready(self) -> None:
        from ministry.labels import rows

        request_started.connect(rows.lift, dispatch_uid="labels")
        request_finished.connect(rows.lift, dispatch_uid="labels")
        connection_created.connect(rows.forget, dispatch_uid="labels")
