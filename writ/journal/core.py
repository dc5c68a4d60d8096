"""The state of a fast replay at one moment: all that the next entry can depend on.

It is as large as what is open, not as what has happened; a snapshot is this, pickled. What is closed is in the archive.
"""

from __future__ import annotations

import datetime as dt
import heapq
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from writ.book import dates
from writ.book.model import Book, Norm
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
MANY_TIMERS = 2_000
Owed = dict[str, dict[str, dict[int, None]]]
"""Numbers of duties, by act and thing."""


class Dossiers:
    """The dossiers by thing, in memory while something about it is open, and from the archive when asked for.

    What is owed about a thing of which nothing is open goes with its dossier, and comes back with it.
    """

    def __init__(
        self, archive: Archive | None = None, entries: int = 0, most: int | None = None
    ) -> None:
        self.live: dict[str, Dossier] = {}
        """Those in memory. What is taken from here is to be read: `get` also tells that it may have changed."""
        self._archive = archive
        self._shift = int(most is not None)
        """What is shed between two snapshots is written behind the first of them, where only this replay finds it."""
        self._entries = entries + self._shift
        """What was written by then is read: so many entries had been replayed at the last snapshot."""
        self.touched: set[str] = set()
        """Those that may have changed since, or since some were last shed."""
        self._changed: set[str] = set()
        """Those that may have changed between."""
        self._idle: set[str] = set()
        """Closed ones that were left in memory when some were last shed."""
        self._most = most
        """So many closed ones are kept in memory, where `shed` is to let go of the others; None: all."""
        self.limit = most + 1 if most is not None and archive is not None else sys.maxsize
        """With more in memory it is time to `shed`."""
        self._owed: Owed = {}
        self._away: Counter[str] = Counter()
        self._norms: Mapping[str, Norm] | None = None
        if self.get("") is None:
            self[""] = Dossier("")

    def attach(self, owed: Owed, away: Counter[str], norms: Mapping[str, Norm]) -> None:
        """Let what is owed about closed things go with them, and come back: see `Core`."""
        self._owed, self._away, self._norms = owed, away, norms

    def get(self, about: str) -> Dossier | None:
        found = self.live.get(about)
        if found is not None:
            self.touched.add(about)
            return found
        if self._archive is None:
            return None
        found = self._archive.find(about, self._entries)
        if found is not None:
            self.live[about] = found
            self.touched.add(about)
            if self._norms is not None and found.lives and about and found.closed:
                self._return(found, self._norms)
        return found

    def peek(self, about: str) -> Dossier | None:
        """One to be read and not changed: from the archive it does not come back."""
        found = self.live.get(about)
        if found is None and self._archive is not None:
            found = self._archive.find(about, self._entries)
        return found

    def __getitem__(self, about: str) -> Dossier:
        found = self.get(about)
        if found is None:
            raise KeyError(about)
        return found

    def __setitem__(self, about: str, dossier: Dossier) -> None:
        self.live[about] = dossier
        self.touched.add(about)

    def __contains__(self, about: str) -> bool:
        return self.get(about) is not None

    def __len__(self) -> int:
        return len(self.live)

    def values(self) -> list[Dossier]:
        """All of them, from the archive too."""
        for about, _ in self.things():
            self.get(about)
        return list(self.live.values())

    def items(self) -> list[tuple[str, Dossier]]:
        return [(dossier.about, dossier) for dossier in self.values()]

    def things(self) -> Iterator[tuple[str, str]]:
        """All things by name, with their families. Those in the archive are listed in batches, and none is read."""
        live = sorted((about, one.family) for about, one in self.live.items())
        if self._archive is None:
            return iter(live)
        known = {about for about, _ in live}
        there = (one for one in self._archive.things(self._entries) if one[0] not in known)
        return heapq.merge(live, there)

    def owing(self, norms: Sequence[str]) -> list[str]:
        """The things in the archive about which a duty of some norms may have been breached."""
        return self._archive.owing_by(norms, self._entries) if self._archive is not None else []

    def owing_elsewhere(self) -> Iterator[tuple[int, str]]:
        """The breached duties of things that are not in memory: numbers and things, the oldest first."""
        there = self._archive.owing(self._entries) if self._archive is not None else ()
        return (one for one in there if one[1] not in self.live)

    def changed(self) -> set[str]:
        """The things in memory whose dossiers may have changed since the last snapshot."""
        return {about for about in self.touched | self._changed if about in self.live}

    def _return(self, dossier: Dossier, norms: Mapping[str, Norm]) -> None:
        for number, life in dossier.lives.items():
            there = self._owed.setdefault(norms[life.norm].act, {})
            there.setdefault(dossier.about, {})[number] = None
            self._away[life.norm] -= 1
            if not self._away[life.norm]:
                del self._away[life.norm]

    def _let_go(self, dossier: Dossier) -> None:
        del self.live[dossier.about]
        norms = self._norms
        if norms is None:
            return
        for life in dossier.lives.values():
            self._owed[norms[life.norm].act].pop(dossier.about, None)
            self._away[life.norm] += 1

    def shed(self) -> None:
        """Where more closed ones are in memory than may be, write them to the archive: first those not touched of late.

        Not while one is in use. Nothing is written of those that are open: this is no snapshot.
        """
        if len(self.live) <= self.limit or self._archive is None or self._most is None:
            return
        # What has been closed since the last time has been touched since.
        live, touched = self.live, self.touched
        closed = [
            one for a in sorted(touched | self._idle) if a and a in live and (one := live[a]).closed
        ]
        idle = [one for one in closed if one.about not in touched]
        gone = idle if len(closed) - len(idle) <= self._most else closed
        self._idle = (
            {one.about for one in closed if one.about in touched} if gone is idle else set()
        )
        self._archive.keep(self._entries, gone)
        for dossier in gone:
            self._let_go(dossier)
        self._changed |= self.touched
        self._changed &= self.live.keys()
        self.touched.clear()
        self.limit = len(self.live) + self._most

    def file_away(self, entries: int) -> None:
        """Write what has changed to the archive, and let go of what is closed."""
        if self._archive is None:
            return
        changed = [self.live[a] for a in sorted(self.touched | self._changed) if a in self.live]
        self._archive.keep(entries, changed)
        self._entries = entries + self._shift
        self.touched.clear()
        self._changed.clear()
        for dossier in changed:
            if dossier.about and dossier.closed:
                self._let_go(dossier)


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
        self.most_timers = MANY_TIMERS
        """So many are kept before those of what is over are let go of."""
        self.counter = 0
        self.running: dict[str, dict[int, str]] = {}
        """The stretches of each state that are not over, by number: the things that they are of."""
        self.last_over: dict[str, Stretch] = {}
        self.owed: Owed = {}
        """The duties that may still move, by act and thing; of things of which nothing is open, of those in memory."""
        self.away: Counter[str] = Counter()
        """How many others there are, by norm: breached, about things of which nothing is open, in the archive."""
        self.tracked: Owed = {}
        """The open ones that something besides their act may close, by norm and thing."""
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
        """Everything but the dossiers, which a snapshot keeps apart, and timers of what is over."""
        kept = {name: value for name, value in self.__dict__.items() if name != "dossiers"}
        # Days as numbers, and all of one kind together: read many times faster.
        live = self.live
        timers = [one for one in self.timers if one[2] in live or one[1] == EPOCH]
        columns = list(zip(*timers, strict=True)) or [(), (), (), (), ()]
        days = [when.toordinal() if type(when) is dt.date else when for when in columns[4]]
        kept["timers"] = (*columns[:4], days)
        return kept

    def __setstate__(self, state: dict[str, Any]) -> None:
        *columns, whens = state["timers"]
        day = dt.date.fromordinal
        state["timers"] = list(
            zip(*columns, [day(w) if type(w) is int else w for w in whens], strict=True)
        )
        heapq.heapify(state["timers"])
        self.__dict__.update(state)

    def forget_timers(self) -> None:
        """Let go of the timers of what is over, in place."""
        live = self.live
        kept = dict.fromkeys(one for one in self.timers if one[2] in live or one[1] == EPOCH)
        self.timers[:] = kept
        heapq.heapify(self.timers)
        self.most_timers = 2 * len(self.timers) + MANY_TIMERS

    def things_owed(self) -> list[str]:
        """The things about which a duty may be open."""
        return list(dict.fromkeys(about for there in self.owed.values() for about in there))

    def next(self) -> int:
        self.counter += 1
        if len(self.timers) > self.most_timers:
            self.forget_timers()
        return self.counter

    # These are asked of every entry: a dossier in memory costs no further call.

    def dossier(self, about: str) -> Dossier:
        dossiers = self.dossiers
        found = dossiers.live.get(about)
        if found is not None:
            dossiers.touched.add(about)
            return found
        found = dossiers.get(about)
        if found is None:
            found = self.dossiers[about] = Dossier(about)
        return found

    def life(self, about: str, number: int) -> Life | None:
        dossiers = self.dossiers
        found = dossiers.live.get(about)
        if found is None:
            found = dossiers.get(about)
            if found is None:
                return None
        dossiers.touched.add(about)
        return found.lives.get(number)

    def stretch(self, about: str, number: int) -> Stretch | None:
        dossiers = self.dossiers
        found = dossiers.live.get(about)
        if found is None:
            found = dossiers.get(about)
            if found is None:
                return None
        dossiers.touched.add(about)
        return found.stretches.get(number)


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
