"""`ministry witness`."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ministry.register.watcher import Watcher
from writ.journal.log.codes import Refused
from writ.journal.log.policy_file import parse_policy


class Quiet(WSGIRequestHandler):
    """Says nothing of who asked."""

    def log_message(self, format: str, *args: Any) -> None:
        return


class Command(BaseCommand):
    help = "Be a witness of the log, on a machine of the overseer's own. It needs no database."
    requires_system_checks: list[str] = []  # noqa: RUF012  # as Django has it

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="where its key and what it saw are kept")
        parser.add_argument("--name", required=True, help="of its key: `auditor.example/witness`")
        parser.add_argument("--policy", type=Path, required=True, help="with the keys of the log")
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=7380)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            logs = parse_policy(options["policy"].read_bytes()).logs
            watcher = Watcher(options["folder"], options["name"], logs)
        except (OSError, Refused, ValueError) as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"key {watcher.key.verifier}")
        server = make_server(options["host"], options["port"], watcher, handler_class=Quiet)
        self.stdout.write(f"listening on {options['host']}:{server.server_port}")
        self.stdout.flush()
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            self.stdout.write("stopped")
