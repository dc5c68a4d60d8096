"""`ministry check`."""

from __future__ import annotations

import json
import sys
from typing import Any

import msgspec
from django.core.management.commands import check

from ministry.operations.checks import everything


class Command(check.Command):
    help = "Look at the settings, the database, the edition, the log, its keys and the disk."

    def add_arguments(self, parser: Any) -> None:
        super().add_arguments(parser)
        parser.add_argument("--json", action="store_true", help="say it as JSON")

    def handle(self, *app_labels: Any, **options: Any) -> None:
        as_json = options.pop("json", False)
        super().handle(*app_labels, **options)
        found = list(everything())
        if as_json:
            self.stdout.write(json.dumps(msgspec.to_builtins(found), indent=2))
        for one in () if as_json else found:
            mark = "ok " if one.good else "BAD"
            help = f" ({one.help})" if one.help else ""
            self.stdout.write(f"{mark} {one.name}: {one.message}{help}")
        if not all(one.good for one in found):
            sys.exit(1)
