"""The catalogues of the interface."""

from __future__ import annotations

from django.apps import AppConfig


class Words(AppConfig):
    name = "ministry.words"
