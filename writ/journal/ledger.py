"""A journal that grows: entries are replayed as they come, late ones too, and any past moment can be asked about.

An entry in order is constant work. A back-dated one is replayed from its own time, and what it changed is told. As of
a moment, the replay goes on from the snapshot before it. Everything but what is open is on disk.
"""

from __future__ import annotations

import datetime as dt
from array import array
from bisect import bisect_right
from collections.abc import Iterable
from typing import Self
from weakref import WeakValueDictionary

from writ.book import dates
from writ.book.model import Book
from writ.journal.changes import Change, Conclusions, again, changes, told
from writ.journal.core import Clock
from writ.journal.entry import Entry
from writ.journal.entry_log import EntryLog
from writ.journal.garbage import uncollected
from writ.journal.outlook import Outlook, outlook
from writ.journal.record import ActRecord
from writ.journal.replay import Replay
from writ.journal.replay_memory import Sink
from writ.journal.sequence import place, zone_of_book
from writ.journal.snapshots import Snapshots

EVERY = 50
"""Entries between two snapshots: so many at most are replayed to answer for a past moment."""
CLOSED = 2_000
"""So many things of which nothing is open may be in memory at a time, also where all are looked at again."""


class Nothing:
    """A sink that keeps nothing: what is concluded is told by asking as of a moment."""

    def act(self, record: ActRecord) -> None: ...

    def duty(self, life: object) -> None: ...

    def state(self, stretch: object) -> None: ...


class Ledger:
    """INVARIANT: `_order` names the entries in the order of the replay, `_keys` their places in time."""

    def __init__(self, book: Book, sink: Sink | None = None, every: int = EVERY) -> None:
        self.book = book
        self.sink: Sink = sink if sink is not None else Nothing()
        self.every = every
        self.zone = zone_of_book(book)
        self._log = EntryLog()
        self._order = array("q")
        self._keys = array("q")
        self._latest: dict[dt.date, dt.datetime] = {}
        self._late: dict[int, dt.date] = {}
        """Entries that were known only later than they happened, by number: when."""
        self._snapshots = Snapshots(book)
        self._said = Conclusions(book, self.zone, self.sink)
        """What was concluded since the last snapshot."""
        self.replay = self._snapshots.resume(-1, Replay(book, self._said), self._said, CLOSED)
        self._given: WeakValueDictionary[int, Outlook] = WeakValueDictionary()
        """The answers whose records may still have to be read."""

    def __len__(self) -> int:
        return len(self._order)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def append(self, entry: Entry) -> tuple[Change, ...]:
        """Take one more entry. One that is back-dated is replayed from its time: the conclusions that it changed."""
        number = self._store(entry)
        key = Clock.moment(place(entry.at, self._latest, self.zone))
        if not self._keys or key >= self._keys[-1]:
            self._keys.append(key)
            self._order.append(number)
            self._feed(entry, len(self))
            return ()
        return self._insert(bisect_right(self._keys, key), key, number)

    def extend(self, entries: Iterable[Entry]) -> None:
        with uncollected():
            for entry in entries:
                self.append(entry)

    def _insert(self, at: int, key: int, number: int) -> tuple[Change, ...]:
        """Replay from the snapshot before a place, and tell what differs from what was concluded without the entry.

        Of a thing that neither replay has touched since that snapshot nothing differs.
        """
        start = self._snapshots.before(at)
        done = self._snapshots.entries_at(start)
        last = self._log[self._order[-1]].at
        for given in tuple(self._given.values()):
            given.settle()  # what it would be read from is written anew
        archive, old = self._snapshots.archive, self._said
        said = [*again(archive.concluded_after(done)), *old.said]
        mine = archive.touched_after(done) | self.replay.core.dossiers.changed()
        for about in sorted(mine):
            said += old.of_open(self.replay.core.dossiers.get(about), last)
        self._keys.insert(at, key)
        self._order.insert(at, number)
        self._snapshots.drop_after(start)
        new = self._said = Conclusions(self.book, self.zone, self.sink)
        self.replay = self._snapshots.resume(start, self.replay, new, CLOSED)
        for count, entry in enumerate(self._log.read(self._order[done:]), done + 1):
            self._feed(entry, count)
        theirs = archive.touched_after(done) | self.replay.core.dossiers.changed()
        found = [*again(archive.concluded_after(done)), *new.said]
        for about in sorted(theirs):
            found += new.of_open(self.replay.core.dossiers.get(about), last)
        for about in sorted(theirs ^ mine):
            untouched = new.of_open(archive.find(about, done), last)
            (found if about in mine else said).extend(untouched)
        return changes(told(said), told(found))

    def _feed(self, entry: Entry, count: int) -> None:
        """Replay the next entry, the `count`th, and take a snapshot where one is due."""
        self.replay.feed(entry)
        if count % self.every == 0:
            self._snapshots.take(self.replay, count, self._said.taken())

    # --- any past moment

    def as_of(self, at: dt.date, known_at: dt.date | None = None, about: str = "") -> Outlook:
        """What was in effect and owed at a moment, as known then: of everything, or `about` one thing.

        Replayed from the snapshot before it, so that the time of an answer does not grow with the journal, unless an
        entry stood far back that was not yet known, or a text that was in force by then. Of everything the records are
        counted, and read from disk as they are looked at.
        """
        clock = Clock(self.zone)
        moment = clock.instant(at)
        end = bisect_right(self._keys, moment)
        unknown: set[int] = set()
        if known_at is not None:
            known = bisect_right(self._keys, clock.instant(known_at))
            end = min(end, known)
            unknown = {
                n for n, when in self._late.items() if dates.compare(when, known_at, self.zone) > 0
            }
        first = end
        if unknown:
            first = next((i for i in range(end) if self._order[i] in unknown), end)
        start = -1 if self._amended_since(at, known_at) else self._snapshots.before(first)
        done = self._snapshots.entries_at(start)
        with uncollected():
            replay = self._snapshots.resume(start, self.replay, Nothing(), until=moment)
            if known_at is not None and replay.known_at != known_at:
                replay.known_at, replay.known = known_at, known_at.toordinal()
            for place_, entry in enumerate(self._log.read(self._order[done:end]), done):
                if self._order[place_] not in unknown:
                    replay.feed(entry)
            replay.finish(at)
            found = outlook(replay, at, known_at, about)
        if not about:
            self._given[id(found)] = found
        return found

    def _amended_since(self, at: dt.date, known_at: dt.date | None) -> bool:
        """Whether a text that was in force by then was not known: no snapshot is without it."""
        if known_at is None:
            return False
        day, known = dates.day_of(at), dates.day_of(known_at)
        return any(
            norm.known is not None
            and norm.known > known
            and norm.start is not None
            and norm.start <= day
            for norm in self.book.norms
        )

    # --- the log

    def _store(self, entry: Entry) -> int:
        number = self._log.append(entry)
        if entry.known is not None and dates.compare(entry.known, entry.at, self.zone) > 0:
            self._late[number] = entry.known
        return number

    def size(self) -> int:
        """Bytes on disk."""
        return self._log.size() + self._snapshots.size()

    def close(self) -> None:
        for given in tuple(self._given.values()):
            given.settle()
        self._log.close()
        self._snapshots.close()
