"""The application."""

from django.apps import AppConfig


class People(AppConfig):
    name = "ministry.people"
    verbose_name = "People and offices"
