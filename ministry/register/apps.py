"""The application."""

from django.apps import AppConfig


class Register(AppConfig):
    name = "ministry.register"
    verbose_name = "The register"
