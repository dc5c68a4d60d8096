"""`ministry journal`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ministry.gate.export import entries
from ministry.gate.steps import snapshot
from writ.journal.lines import write_log


class Command(BaseCommand):
    help = (
        "Write what was done into a journal (`.jsonl`), for `writ audit` to replay over the Book."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if path.suffix != ".jsonl":
            raise CommandError("the name of such a journal ends in .jsonl")
        draft = path.with_name(f".{path.name}.{os.getpid()}")
        count = 0
        try:
            with snapshot(), draft.open("wb") as file:
                for line in write_log(entries()):
                    file.write(line)
                    count += 1
            draft.replace(path)
        except OSError as error:
            draft.unlink(missing_ok=True)
            raise CommandError(str(error)) from None
        self.stdout.write(f"{path}: {count:,} entries")
