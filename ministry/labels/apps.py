"""The application."""

from django.apps import AppConfig


class Labels(AppConfig):
    name = "ministry.labels"
    verbose_name = "Labels"
