"""How often a token may do something costly, in each process: a limit that asks no database."""

from __future__ import annotations

import threading
import time

from django.conf import settings

from ministry.api.problems import Problem

MOST_KEPT = 10_000


class Rate:
    """So many in each window of so many seconds, by whoever it is."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._counts: dict[tuple[str, int], int] = {}
        self._lock = threading.Lock()

    def take(self, who: str) -> None:
        """Count one.

        Raises:
            Problem: it is one too many.
        """
        most, seconds = settings.LIMITS[self.name]
        window = int(time.monotonic() // seconds)
        with self._lock:
            if len(self._counts) > MOST_KEPT:
                self._counts = {key: n for key, n in self._counts.items() if key[1] == window}
            count = self._counts[who, window] = self._counts.get((who, window), 0) + 1
        if count > most:
            raise Problem("too-often", f"at most {most} in {seconds} seconds")


ACTS = Rate("api-acts")
DEPOSITS = Rate("api-editions")
