"""The state of a fast replay at one moment: all that the next entry can depend on.

It is as large as what is open, not as what has happened; a snapshot is this, pickled.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections import Counter
from functools import lru_cache

from writ.book import dates
from writ.book.model import Book
from writ.book.terms import Value
from writ.journal.archive import Archive
from writ.journal.dossier import Digest, Dossier
from writ.journal.grants import Grants
from writ.journal.life import Life, Stretch
from writ.journal.offices import Offices

MICROSECONDS = 86_400_000_000

Timer = tuple[int, int, int, str, dt.date]
"""When (see `Clock`), what (DUE, END, ...), its number, its thing, and the day or moment itself."""
DUE, END, START, REPEAL, DOUBT, EPOCH = range(6)


class Dossiers:
    """The dossiers by thing, in memory while something about it is open, and from the archive when asked for."""

    def __init__(
        self, archive: Archive | None = None, entries: int = 0, most: int | None = None
    ) -> None:
        self._live: dict[str, Dossier] = {}
        self._archive = archive
        self._entries = entries
        """How many entries had been replayed when the archive was last written to, or resumed from."""
        self.touched: set[str] = set()
        """Those that may have changed since."""
        self._most = most
        """So many closed ones are kept in memory, where `shed` is to let go of the others; None: all."""
        self._limit = most + 1 if most is not None and archive is not None else sys.maxsize
        if self.get("") is None:
            self[""] = Dossier("")

    def get(self, about: str) -> Dossier | None:
        if about in self._live:
            self.touched.add(about)
            return self._live[about]
        if self._archive is None:
            return None
        found = self._archive.find(about, self._entries)
        if found is not None:
            self._live[about] = found
            self.touched.add(about)
        return found

    def __getitem__(self, about: str) -> Dossier:
        found = self.get(about)
        if found is None:
            raise KeyError(about)
        return found

    def __setitem__(self, about: str, dossier: Dossier) -> None:
        self._live[about] = dossier
        self.touched.add(about)

    def __contains__(self, about: str) -> bool:
        return self.get(about) is not None

    def __len__(self) -> int:
        return len(self._live)

    def values(self) -> list[Dossier]:
        """All of them, from the archive too."""
        for about in self._archive.names(self._entries) if self._archive is not None else ():
            self.get(about)
        return list(self._live.values())

    def items(self) -> list[tuple[str, Dossier]]:
        return [(dossier.about, dossier) for dossier in self.values()]

    def shed(self) -> None:
        """Where more closed ones are in memory than may be, write them to the archive: first those not touched of late.

        Not while one is in use. Nothing is written of those that are open: this is no snapshot.
        """
        if len(self._live) <= self._limit or self._archive is None or self._most is None:
            return
        closed = [one for one in self._live.values() if one.closed and one.about]
        idle = [one for one in closed if one.about not in self.touched]
        gone = idle if len(closed) - len(idle) <= self._most else closed
        self._archive.keep(self._entries, gone)
        for dossier in gone:
            del self._live[dossier.about]
        self.touched.clear()
        self._limit = len(self._live) + self._most

    def file_away(self, entries: int) -> None:
        """Write what has changed to the archive, and let go of what is closed."""
        if self._archive is None:
            return
        changed = [self._live[about] for about in sorted(self.touched) if about in self._live]
        self._archive.keep(entries, changed)
        self._entries = entries
        self.touched.clear()
        for dossier in changed:
            if dossier.closed and dossier.about:
                del self._live[dossier.about]


class Core:
    def __init__(self, book: Book) -> None:
        self.dossiers = Dossiers()
        self.general: dict[str, Digest] = {}
        """What was done, whatever it was about."""
        self.facts: dict[str, Value] = {}
        self.of: dict[tuple[str, str], dict[str, Value]] = {}
        """Facts of actors, by office and person."""
        self.offices = Offices(book)
        self.grants = Grants(book)
        self.timers: list[Timer] = []
        self.counter = 0
        self.running: dict[str, dict[int, str]] = {}
        """The stretches of each state that are not over, by number: the things that they are of."""
        self.last_over: dict[str, Stretch] = {}
        self.owed: dict[str, dict[str, dict[int, None]]] = {}
        """The duties that may still move, by act and thing."""
        self.tracked: dict[str, dict[str, dict[int, None]]] = {}
        """Those that something besides their act may close, by norm and thing."""
        self.acted: set[str] = set()
        """Who has acted so far."""
        self.waiting: dict[str, None] = {}
        """The recurring duties of those who have, which their `when` has not let open yet."""
        self.live: set[int] = set()
        """The numbers of the stretches that are not over and the duties that are open: what a timer may be for."""
        self.periods: set[str] = set()
        """The recurring duties that the law alone has opened."""
        self.families: Counter[str] = Counter()
        """How many of the things that were mentioned are of each family."""
        self.start: dt.date | None = None
        self.latest: dt.date | None = None
        """The latest moment that was settled."""
        self.brought: set[tuple[str, str]] = set()
        """Of which duties, about which things, a breach has had its effects at this moment."""
        self.epoch = 0

    def __getstate__(self) -> dict[str, object]:
        """Everything but the dossiers, which a snapshot keeps apart."""
        return {name: value for name, value in self.__dict__.items() if name != "dossiers"}

    def next(self) -> int:
        self.counter += 1
        return self.counter

    def dossier(self, about: str) -> Dossier:
        found = self.dossiers.get(about)
        if found is None:
            found = self.dossiers[about] = Dossier(about)
        return found

    def life(self, about: str, number: int) -> Life | None:
        found = self.dossiers.get(about)
        return found.lives.get(number) if found is not None else None

    def stretch(self, about: str, number: int) -> Stretch | None:
        found = self.dossiers.get(about)
        return found.stretches.get(number) if found is not None else None


class Clock:
    """Days and moments as whole microseconds of one line, a day being its end (`World.instant`)."""

    def __init__(self, zone: str) -> None:
        self.zone = dates.zone_of(zone) if zone else dt.UTC
        self._midnight = lru_cache(maxsize=100_000)(self._find_midnight)

    def _find_midnight(self, day: int) -> int:
        """The first microsecond of a day, given as an ordinal."""
        date = dt.date.fromordinal(day)
        moment = dt.datetime(date.year, date.month, date.day, tzinfo=self.zone)
        return self.moment(moment)

    @staticmethod
    def moment(moment: dt.datetime) -> int:
        past = moment - UNIX_EPOCH
        return past.days * MICROSECONDS + past.seconds * 1_000_000 + past.microseconds

    def instant(self, when: dt.date) -> int:
        if isinstance(when, dt.datetime):
            return self.moment(when)
        day = when.toordinal()
        if day >= LAST:
            return self._midnight(LAST) + MICROSECONDS
        return self._midnight(day + 1) - 1

    def past(self, now: dt.date) -> int:
        """What is before this is past: a day or moment `m` with `dates.compare(now, m) > 0`."""
        if isinstance(now, dt.datetime):
            return self.moment(now)
        return self._midnight(max(now.toordinal(), 2))


UNIX_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
LAST = dt.date.max.toordinal() - 1
