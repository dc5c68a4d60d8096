"""`ministry up`."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.error import URLError

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from ministry.console import demo
from ministry.console.founding import FirstOfficers, found_with, is_founded
from ministry.editions.content import NotABook
from ministry.identity.management.commands.enrol import first_link

BOOK = Path(__file__).resolve().parents[4] / "books" / "model-ministry"
PATIENCE = 60
"""Seconds within which the server must say that it is well."""


class Command(BaseCommand):
    help = "Serve the ministry: bring the tables up to date, found it on the first start, and answer until stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        add = parser.add_argument
        add(
            "--demo",
            action="store_true",
            help="invented people who sign in with one click, behind a banner",
        )
        add("--port", type=int, default=8000, help="where to listen (8000)")
        add("--address", default="127.0.0.1", help="which address to listen on (127.0.0.1)")
        add("--workers", type=int, default=2, help="processes that answer (2)")
        add("--book", type=Path, default=BOOK, help="the folder of the Book for the first start")
        add(
            "--officer",
            default="first-officer",
            metavar="SIGN_IN",
            help="the first officer's sign-in name",
        )
        add("--officer-office", default="director-of-personnel", metavar="OFFICE")
        add(
            "--clerk",
            default="clerk",
            metavar="SIGN_IN",
            help="the sign-in name of the first of the oversight",
        )
        add("--clerk-office", default="clerk-of-parliament", metavar="OFFICE")
        add("--no-worker", action="store_true", help="run no worker beside it")
        add("--check", action="store_true", help="start, see that it is well, and stop")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["check"]:
            self.check_up(options)
            return
        if told(options):
            # Settings are read once, from the environment: begin again with what the options say.
            os.execv(sys.executable, [sys.executable, "-m", "ministry", *sys.argv[1:]])
        self.prepare(options)
        self.serve(options)

    def prepare(self, options: dict[str, Any]) -> None:
        counts = Path(os.environ["PROMETHEUS_MULTIPROC_DIR"])
        shutil.rmtree(counts, ignore_errors=True)
        counts.mkdir(parents=True)
        call_command("migrate", verbosity=0)
        if not is_founded():
            self.found(options)
        call_command("collectstatic", interactive=False, verbosity=0)

    def found(self, options: dict[str, Any]) -> None:
        """The first start: the edition, the officers, and their links."""
        if options["demo"]:
            first = (demo.FIRST, demo.PEOPLE[demo.FIRST][0], demo.PEOPLE[demo.FIRST][1])
            clerk = (demo.CLERK, demo.PEOPLE[demo.CLERK][0], demo.PEOPLE[demo.CLERK][1])
        else:
            first = (options["officer"], "First officer", options["officer_office"])
            clerk = (options["clerk"], "First of the oversight", options["clerk_office"])
        try:
            title = found_with(options["book"], FirstOfficers(first, clerk))
        except NotABook as error:
            for one in error.found[:10]:
                self.stderr.write(f"{one.span}: {one.code} {one.message}")
            raise CommandError(f"{options['book']}: {error}") from error
        self.stdout.write(f"Founded under {title}.")
        if options["demo"]:
            demo.filled()
            self.stdout.write(f"Demonstration people: {', '.join(demo.PEOPLE)}.")
            return
        for sign_in, _, office in (first, clerk):
            self.stdout.write(
                f"\n{sign_in} ({office}) enrols here, once, within 72 hours:\n  {first_link(sign_in)}"
            )

    def serve(self, options: dict[str, Any]) -> None:
        """Answer until told to stop; what is being answered is answered first."""
        from granian import Granian
        from granian.constants import Interfaces

        self.stdout.write(f"\nThe ministry answers at {settings.URL} (stop it with Ctrl+C)")
        self.stdout.flush()
        worker = (
            None
            if options["no_worker"]
            else subprocess.Popen([sys.executable, "-m", "ministry", "worker"])
        )
        try:
            Granian(
                "ministry.serving:application",
                address=options["address"],
                port=options["port"],
                interface=Interfaces.WSGI,
                workers=max(options["workers"], 1),
                blocking_threads=4,
                backlog=512,
                log_enabled=False,
                respawn_failed_workers=True,
                workers_kill_timeout=20,
            ).serve()
        finally:
            if worker is not None:
                worker.terminate()
                with suppress(subprocess.TimeoutExpired):
                    worker.wait(20)

    def check_up(self, options: dict[str, Any]) -> None:
        """Start a server as this command would, see that it is well, and stop it.

        Raises:
            CommandError: it is not, or not soon enough.
        """
        given = [one for one in sys.argv[1:] if one != "--check"]
        server = subprocess.Popen([sys.executable, "-m", "ministry", *given])
        try:
            said = well(f"http://127.0.0.1:{options['port']}/healthz", server)
        finally:
            server.send_signal(signal.SIGINT)
            with suppress(subprocess.TimeoutExpired):
                server.wait(30)
            server.kill()
        self.stdout.write(f"It is well: {json.dumps(said)}")


def told(options: dict[str, Any]) -> bool:
    """Put into the environment what the options say; whether that is news to the settings."""
    before = dict(os.environ)
    os.environ.setdefault("MINISTRY_URL", f"http://localhost:{options['port']}")
    os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", str(settings.HOME / "metrics"))
    if options["demo"]:
        os.environ["MINISTRY_DEMO"] = "1"
        os.environ.setdefault("MINISTRY_DEMO_PEOPLE", " ".join(demo.PEOPLE))
    return dict(os.environ) != before


def well(address: str, server: subprocess.Popen[bytes]) -> object:
    """What a server says of its health, once it says anything."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if server.poll() is not None:
            raise CommandError("the server stopped")
        with suppress(URLError, OSError), urllib.request.urlopen(address, timeout=5) as answer:
            return json.load(answer)
        time.sleep(0.1)
    raise CommandError(f"{address} did not say within {PATIENCE} s that it is well")
