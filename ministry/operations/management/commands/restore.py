"""`ministry restore`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ministry.operations.backup import restore
from ministry.operations.dump import NotDone


class Command(BaseCommand):
    help = "Put a backup into an empty database and home."
    requires_system_checks: list[str] = []  # noqa: RUF012  # the tables are not there yet

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = restore(options["file"])
        except (NotDone, OSError) as error:
            raise CommandError(str(error)) from None
        self.stdout.write(
            f"{found.records:,} records as of {found.made:%Y-%m-%d %H:%M} UTC; the log agrees"
        )
        self.stdout.write("now: ministry migrate, then ministry verify, then ministry check")
