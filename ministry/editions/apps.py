"""The application."""

from django.apps import AppConfig


class Editions(AppConfig):
    name = "ministry.editions"
    verbose_name = "Editions of the Book"
