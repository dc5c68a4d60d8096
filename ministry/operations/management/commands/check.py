"""`ministry check`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import msgspec
from django.core.management.base import CommandError
from django.core.management.commands import check

from ministry.operations.checks import Found, everything, shown
from writ.journal.log.codes import Refused


class Command(check.Command):
    help = "Look at the settings, the database, the edition, the log, its keys and the disk."

    def add_arguments(self, parser: Any) -> None:
        super().add_arguments(parser)
        parser.add_argument("--json", action="store_true", help="say it as JSON")
        parser.add_argument(
            "--log",
            type=Path,
            metavar="FILE",
            help="a checkpoint of the log, or a receipt, that somebody kept: is it of this log?",
        )

    def handle(self, *app_labels: Any, **options: Any) -> None:
        as_json, kept = options.pop("json", False), options.pop("log", None)
        super().handle(*app_labels, **options)
        found = [*([self.shown(kept)] if kept is not None else []), *everything()]
        if as_json:
            self.stdout.write(json.dumps(msgspec.to_builtins(found), indent=2))
        for one in () if as_json else found:
            mark = "ok " if one.good else "BAD"
            help = f" ({one.help})" if one.help else ""
            self.stdout.write(f"{mark} {one.name}: {one.message}{help}")
        if not all(one.good for one in found):
            sys.exit(1)

    def shown(self, path: Path) -> Found:
        """What the log says to a checkpoint that somebody kept."""
        try:
            return shown(path.read_bytes())
        except (OSError, Refused) as error:
            raise CommandError(f"{path}: {getattr(error, 'message', error)}") from None
