"""A worker: the watch, the couriers and the auditor, in one process."""

from __future__ import annotations

import datetime as dt
import logging
import os
import secrets
import socket
import threading

from django.conf import settings
from django.db import connection
from django.db.utils import Error

from ministry.database.transaction import now
from ministry.timers.auditor import BEAT, Auditor, audit, lease
from ministry.timers.models import Heartbeat
from ministry.timers.outbox import Courier
from ministry.timers.schedule import schedule
from ministry.timers.transports import transports
from ministry.timers.watch import Rounds, Watch, loop, others

log = logging.getLogger("ministry.timers")

PATIENCE = 30.0
"""Seconds that a step or a delivery under way has to end when the worker is told to stop."""


class Worker:
    def __init__(self, auditor_only: bool = False) -> None:
        self.owner = f"{socket.gethostname()[:50]}:{os.getpid()}:{secrets.token_hex(4)}"
        self.stop = threading.Event()
        self.auditor_only = auditor_only

    def rounds(self) -> list[Rounds]:
        """What it does, each in a thread of its own: what is slow in one does not hold up another."""
        auditor: list[Rounds] = [Auditor(self.stop)]
        if self.auditor_only:
            return auditor
        letters = dt.timedelta(seconds=settings.OUTBOX_LEASE)
        return [
            Watch(self.owner, lease(), self.stop),
            Watch(self.owner, lease(), self.stop, long=True),
            *(Courier(self.owner, name, letters, self.stop) for name in transports()),
            *others(),
            *auditor,
        ]

    def once(self) -> int:
        """Do what is to be done now, and no more; how much it was."""
        schedule()
        done = 0
        for one in self.rounds():
            while (count := one.once()) and not self.stop.is_set():
                done += count
        return done

    def run(self) -> bool:
        """Work until told to stop; whether all that was under way then came to its end."""
        if not self.auditor_only:
            schedule()
        threads = [
            threading.Thread(
                target=loop, args=(one, self.stop), name=type(one).__name__, daemon=True
            )
            for one in self.rounds()
        ]
        for thread in threads:
            thread.start()
        self.beat()
        self.look()
        while not self.stop.is_set():
            self.beat()
            self.stop.wait(BEAT)
        for thread in threads:
            thread.join(PATIENCE)
        self.beat(over=True)
        return not any(thread.is_alive() for thread in threads)

    def look(self) -> None:
        """Audit once at the start, so that the light tells at once that there is a worker again."""
        try:
            audit("start")
        except Error as error:
            log.error("no audit", exc_info=error)
            connection.close()

    def beat(self, over: bool = False) -> None:
        """Say that it is there, or that it ended in good order."""
        if self.auditor_only:
            return
        try:
            at = now()
            said = {"beat": at, "stopped": at if over else None}
            Heartbeat.objects.update_or_create(
                owner=self.owner, defaults=said, create_defaults={**said, "since": at}
            )
        except Error as error:
            log.error("no heartbeat", exc_info=error)
            connection.close()
