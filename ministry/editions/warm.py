"""Editions that are to come into force are compiled ahead, in every process, and indexed once on each host.

At the moment itself a process has only to take the other edition: no request waits for a compiler.
"""

from __future__ import annotations

import datetime as dt
import logging
import sqlite3
import threading
from collections.abc import Callable
from contextlib import suppress

from django.db import connections
from django.db.utils import Error

from ministry.database.transaction import now
from ministry.editions import indexed
from ministry.editions.content import NotABook
from ministry.editions.models import Edition, Promulgation
from ministry.editions.queries import coming, is_ready, law_of

AHEAD = dt.timedelta(hours=1)
EVERY = 2.0
"""Seconds between two looks."""
MOST = 2
"""So many editions are made ready at once."""

_also: list[Callable[[str], object]] = []

log = logging.getLogger("ministry.editions")


def ahead(work: Callable[[str], object]) -> None:
    """Let this be done ahead, too, with the digest of each of these editions; what was done costs it nothing."""
    if work not in _also:
        _also.append(work)


def upcoming() -> list[str]:
    """The digests of the editions in force from now on, the next ones first; the one in force now before them."""
    at = now()
    current = Promulgation.objects.filter(since__lte=at).order_by("-number")[:1]
    soon = [one for one in coming(at) if one.since <= at + AHEAD]
    return list(dict.fromkeys(one.edition for one in (*current, *soon[:MOST])))


def warm() -> int:
    """Compile what this process does not have yet of those; how many it were."""
    made = 0
    for digest in upcoming():
        if not is_ready(digest):
            law_of(digest).ready()
            made += 1
    return made


def indexes() -> int:
    """Make the indexes for searching that are not there, of the same editions; how many it were.

    What another process is making is left to it.
    """
    made = 0
    for digest in upcoming():
        made += indexed.make(digest, wait=False)
        with suppress(indexed.BeingMade), indexed.searching(digest, wait=False):
            pass  # opened ahead, too
        for work in _also:
            work(digest)
    return made


class Warmer(threading.Thread):
    """Looks again and again what is to come."""

    def __init__(self) -> None:
        super().__init__(name="warmer", daemon=True)
        self.stop = threading.Event()

    def run(self) -> None:
        while not self.stop.is_set():
            try:
                warm()
                indexes()
            except (Error, OSError, sqlite3.Error, NotABook, Edition.DoesNotExist) as error:
                log.warning("no edition was made ready", exc_info=error)
            finally:
                connections.close_all()  # of this thread
            self.stop.wait(EVERY)
