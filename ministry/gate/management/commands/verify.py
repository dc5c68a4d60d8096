"""`ministry verify`."""

from __future__ import annotations

import json
import sys
from collections import Counter
from typing import Any

import msgspec
from django.core.management.base import BaseCommand, CommandParser

from ministry.gate.steps import snapshot
from ministry.gate.verify import verify


class Command(BaseCommand):
    help = "Replay the register: decide everything again, build the tables again, and say what differs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--decisions", action="store_true", help="leave the tables out")
        parser.add_argument("--json", action="store_true", help="say it as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        with snapshot():
            found = verify(tables=not options["decisions"])
        if options["json"]:
            self.stdout.write(json.dumps(msgspec.to_builtins(found), indent=2))
        else:
            for one in found.differences:
                self.stdout.write(f"{one.what} {one.where}: {one.message}")
            for why, count in Counter(one.why for one in found.undecided).items():
                self.stdout.write(
                    f"{count} records were not decided again: {why} (--json names them)"
                )
            said = (
                f"{len(found.differences)} differences" if found.differences else "all as recorded"
            )
            self.stdout.write(
                f"{said}: {found.records} records, {found.acts} acts, {found.rows} rows"
            )
        if found.differences:
            sys.exit(1)
