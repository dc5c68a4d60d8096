"""The application."""

from django.apps import AppConfig


class Reading(AppConfig):
    name = "ministry.reading"
    verbose_name = "Reading room"
