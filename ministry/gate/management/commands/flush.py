"""Django's `flush`, let through the wall."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import flush

from ministry.database.wall import opened


class Command(flush.Command):
    def handle(self, *args: Any, **options: Any) -> Any:
        with opened():
            return super().handle(*args, **options)
