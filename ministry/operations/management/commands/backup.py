"""`ministry backup`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ministry.operations.backup import backup
from ministry.operations.dump import NotDone


class Command(BaseCommand):
    help = "Write everything into one file, while the ministry runs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--keys",
            action="store_true",
            help="the private keys too: whoever has the file can then sign as the log",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = backup(options["file"], options["keys"])
        except (NotDone, OSError) as error:
            raise CommandError(str(error)) from None
        keys = "with its keys" if options["keys"] else "without keys"
        self.stdout.write(f"{options['file']}: {found.records:,} records, {keys}")
