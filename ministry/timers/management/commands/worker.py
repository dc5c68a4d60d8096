"""`ministry worker`."""

from __future__ import annotations

import signal
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from ministry.timers.leases import unpark
from ministry.timers.models import Outbox, Stage, Timer
from ministry.timers.worker import Worker


class Command(BaseCommand):
    help = "Run what is due, deliver what is in the outbox, and audit both, until told to stop."
    # A worker has no pages: looking through them would triple the time of its start.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--once", action="store_true", help="do what is due now, and end")
        what.add_argument("--auditor", action="store_true", help="audit only")
        what.add_argument("--parked", action="store_true", help="list what was given up")
        what.add_argument("--unpark", action="store_true", help="let that be tried again")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["parked"]:
            return self.parked()
        if options["unpark"]:
            count = unpark(Timer.objects.all()) + unpark(Outbox.objects.all())
            return self.stdout.write(f"{count} to be tried again")
        worker = Worker(auditor_only=options["auditor"])
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: worker.stop.set())
        if options["once"]:
            return self.stdout.write(f"{worker.once()} done")
        self.stdout.write(f"worker {worker.owner}")
        self.stdout.flush()
        if not worker.run():
            sys.exit("something was under way for too long; its lease will lapse")

    def parked(self) -> None:
        for timer in Timer.objects.filter(stage=Stage.PARKED).order_by("pk"):
            self.stdout.write(f"timer {timer.pk}: {timer.kind} {timer.key}: {timer.error}")
        for message in Outbox.objects.filter(stage=Stage.PARKED).order_by("pk"):
            self.stdout.write(f"message {message.pk}: {message.transport}: {message.error}")
