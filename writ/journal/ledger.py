"""A journal that grows: entries are replayed as they come, late ones too, and any past moment can be asked about.

An entry in order is constant work. A back-dated one is replayed from its own time, and what it changed is told. As of
a moment, the replay goes on from the snapshot before it. Everything but what is open is on disk.
"""

from __future__ import annotations

import datetime as dt
import pickle
import tempfile
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import IO, Self

import msgspec

from writ.book import dates
from writ.book.model import Book
from writ.journal.audit import duty_record, state_record
from writ.journal.changes import Change, Conclusions, changes
from writ.journal.core import Clock
from writ.journal.entry import Entry
from writ.journal.record import ActRecord, DutyRecord, StateRecord
from writ.journal.replay import Replay
from writ.journal.replay_memory import Kept, Sink
from writ.journal.sequence import place, zone_of_book
from writ.journal.snapshots import Snapshots

EVERY = 200
"""Entries between two snapshots: so many at most are replayed to answer for a past moment."""


class Nothing:
    """A sink that keeps nothing: what is concluded is told by asking as of a moment."""

    def act(self, record: ActRecord) -> None: ...

    def duty(self, life: object) -> None: ...

    def state(self, stretch: object) -> None: ...


class Outlook(msgspec.Struct, frozen=True):
    """What is in effect and what is owed at a moment, as known at another."""

    as_of: dt.date
    known_at: dt.date | None
    states: tuple[StateRecord, ...]
    """In effect or suspended."""
    duties: tuple[DutyRecord, ...]
    """Open or breached."""


class Ledger:
    """INVARIANT: `_order` names the entries in the order of the replay, `_keys` their places in time."""

    def __init__(self, book: Book, sink: Sink | None = None, every: int = EVERY) -> None:
        self.book = book
        self.sink: Sink = sink if sink is not None else Nothing()
        self.every = every
        self.zone = zone_of_book(book)
        self._log: IO[bytes] = tempfile.TemporaryFile(prefix="writ-ledger-")  # noqa: SIM115 (closed by `close`)
        self._offsets = array("q", [0])
        self._order = array("q")
        self._keys = array("q")
        self._latest: dict[dt.date, dt.datetime] = {}
        self._late: dict[int, dt.date] = {}
        """Entries that were known only later than they happened, by number: when."""
        self._snapshots = Snapshots(book)
        start = Replay(book, self.sink)
        self.replay = self._snapshots.resume(-1, start, self.sink)

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
            self.replay.feed(entry)
            if len(self) % self.every == 0:
                self._snapshots.take(self.replay, len(self))
            return ()
        return self._insert(bisect_right(self._keys, key), key, number)

    def extend(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            self.append(entry)

    def _insert(self, at: int, key: int, number: int) -> tuple[Change, ...]:
        """Replay from the snapshot before a place, without the entry and with it."""
        start = self._snapshots.before(at)
        last = self._entry(self._order[-1]).at
        old = self._run(start, Conclusions(self.book, self.zone), None)
        self._keys.insert(at, key)
        self._order.insert(at, number)
        self._snapshots.drop_after(start)
        new = self._run(start, Conclusions(self.book, self.zone, self.sink), self.every)
        self.replay = new
        assert isinstance(old.sink, Conclusions) and isinstance(new.sink, Conclusions)
        found = changes(old.sink.of(old, last), new.sink.of(new, last))
        new.sink = self.sink
        return found

    def _run(self, start: int, sink: Conclusions, every: int | None) -> Replay:
        """Replay to the end from a snapshot, taking new ones on the way where `every` says so."""
        replay = self._snapshots.resume(start, self.replay, sink)
        done = self._snapshots.entries_at(start)
        for entry in self._entries(done, len(self)):
            replay.feed(entry)
            done += 1
            if every is not None and done % every == 0:
                self._snapshots.take(replay, done)
        return replay

    # --- any past moment

    def as_of(self, at: dt.date, known_at: dt.date | None = None, about: str = "") -> Outlook:
        """What was in effect and owed at a moment, as known then: of everything, or `about` one thing.

        Replayed from the snapshot before it, so that the time of an answer does not grow with the journal, unless an
        entry stood far back that was not yet known, or a text that was in force by then.
        """
        clock = Clock(self.zone)
        end = bisect_right(self._keys, clock.instant(at))
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
        kept = Kept()
        replay = self._snapshots.resume(start, self.replay, kept)
        if known_at is not None and replay.known_at != known_at:
            replay.known_at, replay.known = known_at, known_at.toordinal()
        for place_, entry in enumerate(
            self._entries(self._snapshots.entries_at(start), end),
            self._snapshots.entries_at(start),
        ):
            if self._order[place_] not in unknown:
                replay.feed(entry)
        replay.finish(at)
        return self._outlook(replay, at, known_at, about)

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

    def _outlook(
        self, replay: Replay, at: dt.date, known_at: dt.date | None, wanted: str
    ) -> Outlook:
        core = replay.core
        stretches = [
            found
            for running in core.running.values()
            for number, about in running.items()
            if wanted in ("", about)
            if (found := core.stretch(about, number)) is not None and found.started
        ]
        lives = [
            life
            for there in core.owed.values()
            for about, numbers in there.items()
            if wanted in ("", about)
            for number in numbers
            if (life := core.life(about, number)) is not None
        ]
        stretches.sort(key=lambda one: one.number)
        lives.sort(key=lambda one: one.number)
        return Outlook(
            at,
            known_at,
            tuple(state_record(self.book, one, at, self.zone) for one in stretches),
            tuple(duty_record(self.book, one) for one in lives),
        )

    # --- the log

    def _store(self, entry: Entry) -> int:
        number = len(self._offsets) - 1
        data = pickle.dumps(entry, pickle.HIGHEST_PROTOCOL)
        self._log.seek(self._offsets[-1])
        self._log.write(data)
        self._offsets.append(self._offsets[-1] + len(data))
        if entry.known is not None and dates.compare(entry.known, entry.at, self.zone) > 0:
            self._late[number] = entry.known
        return number

    def _entry(self, number: int) -> Entry:
        start, end = self._offsets[number], self._offsets[number + 1]
        self._log.seek(start)
        entry: Entry = pickle.loads(self._log.read(end - start))
        return entry

    def _entries(self, start: int, end: int) -> Iterator[Entry]:
        for at in range(start, end):
            yield self._entry(self._order[at])

    def close(self) -> None:
        self._log.close()
        self._snapshots.close()
