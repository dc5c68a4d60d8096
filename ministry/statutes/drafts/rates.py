"""How often one person may ask something of their drafts, in each process: a limit that asks no database."""

from __future__ import annotations

import threading
import time

from django.conf import settings

MOST_KEPT = 10_000


class Rate:
    """So many in each window of so many seconds, by whoever it is."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._counts: dict[tuple[str, int], int] = {}
        self._lock = threading.Lock()

    def allows(self, who: str) -> bool:
        """Count one, and say whether it is within `settings.LIMITS`."""
        most, seconds = settings.LIMITS[self.name]
        window = int(time.monotonic() // seconds)
        with self._lock:
            if len(self._counts) > MOST_KEPT:
                self._counts = {key: n for key, n in self._counts.items() if key[1] == window}
            count = self._counts[who, window] = self._counts.get((who, window), 0) + 1
        return count <= most


SAVES, LOOKS = Rate("draft-saves"), Rate("draft-looks")
