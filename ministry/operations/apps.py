"""The application."""

from django.apps import AppConfig


class Operations(AppConfig):
    name = "ministry.operations"
    verbose_name = "Operations"
