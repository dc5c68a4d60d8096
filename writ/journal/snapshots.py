"""Snapshots of a replay, some tens of entries apart: it can go on from any of them.

A snapshot is the core of the replay; the dossiers are in the archive, each as it was. The core is as large as what is
open, so it is written whole only now and then, and in between what has changed: an entry costs the same however much
is open.
"""

from __future__ import annotations

import bisect
import datetime as dt
import heapq
import pickle
import sys
from collections.abc import Iterator, Sequence
from functools import cache, partial
from typing import Any

import msgspec

from writ.book.model import Book
from writ.engine.request import Event
from writ.journal.archive import Archive
from writ.journal.core import START, Core, Dossiers, Timer
from writ.journal.open_things import Change, Open, apply, changes, everything, is_ahead, net
from writ.journal.packed import Packed, Place
from writ.journal.replay import Replay
from writ.journal.replay_memory import Sink
from writ.journal.sealed import Sealed

PENDING = ("dirty_bounds", "touched", "dirty_until", "dirty_dated", "all_dated")
"""What a replay still has to look at again."""
APART = frozenset({"dossiers", "general", "timers", "owed", "tracked", "running", "live"})
"""What of a core is not written with every snapshot: it grows with what is open, or with what was done."""
SHARE = 2
"""A core is written whole again when what has changed since is as large as this part of it."""
LEAST = 1 << 15
"""Bytes of changes for which it is never."""
TIMERS = 256
"""So many are written together."""

Done = dict[str, list[Event]]


class Snapshot(msgspec.Struct, frozen=True):
    """Where one is kept. `entries` had been replayed when it was taken."""

    entries: int
    base: int
    """The place among the snapshots of the last whole core: its own, if it is one."""
    rest: Place
    """What is small, whole."""
    open: Place
    """What is open; or what of it has changed since the one before."""
    done: Place
    """What was done; or what of it since the one before."""
    timers: tuple[tuple[int, Place], ...]
    """Of a whole core, in the order of time, each part with its first moment; those of beginnings in the first."""
    end: int
    """Where in the file the next is written."""


class Snapshots:
    """Snapshots in a file that nobody else sees, oldest first."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.archive = Archive(past=True)
        self.archive.written = {}
        self.kept: list[Snapshot] = []
        self._file = Packed("snapshots")
        self._core: Core | None = None
        """Of which the last snapshot was taken: the next has only to say what changed in it."""
        self._open: dict[str, dict[int, Open]] = {}
        """What was open then."""
        self._done: dict[str, tuple[list[Event], int]] = {}
        """What had been done, and how much of it."""
        self._whole = 0
        """Bytes of the last whole core, and of the changes since."""
        self._since = 0

    def take(self, replay: Replay, entries: int, said: bytes = b"") -> None:
        """Keep the state of a replay after so many entries, and what was concluded since the last one."""
        if said:
            self.archive.conclude(entries, said)
        core, file = replay.core, self._file
        core.dossiers.file_away(entries)
        written, self.archive.written = self.archive.written, {}
        changed: list[Change] | None = None
        if core is self._core and written is not None:
            changed = changes(replay, self._open, written.values())
        else:
            self._core, self._open, self._done = core, everything(core), {}
        done = self._done_since(core)
        rest = {name: value for name, value in core.__dict__.items() if name not in APART}
        uneven = {name: digest.every is not None for name, digest in core.general.items()}
        names = [list(store) for store in (core.owed, core.tracked, core.running)]
        pending = {name: getattr(replay, name) for name in PENDING}
        timers: tuple[tuple[int, Place], ...] = ()
        if changed is not None and SHARE * self._since <= max(self._whole, SHARE * LEAST):
            base, opened, did = self.kept[-1].base, packed(changed), packed(done)
            self._since += len(opened) + len(did)
        else:
            base = len(self.kept)
            opened = packed((core.owed, core.tracked, core.running, core.live))
            did = packed({name: packed(digest.events) for name, digest in core.general.items()})
            self._whole, self._since = len(opened) + len(did), 0
            timers = tuple((first, file.put(packed(some))) for first, some in columns(core))
        small = file.put(packed((rest, uneven, names, pending)))
        opened_at, did_at = file.put(opened), file.put(did)
        self.kept.append(Snapshot(entries, base, small, opened_at, did_at, timers, file.end))

    def _done_since(self, core: Core) -> Done:
        """What was done since the last snapshot and is remembered, by name."""
        found: Done = {}
        for name, digest in core.general.items():
            events = digest.events
            old, count = self._done.get(name, ([], 0))
            if events is old:  # nothing, or more behind it
                new = events[count:]
            else:
                there = {id(event) for event in old}
                new = [event for event in events if id(event) not in there]
            if new:
                found[name] = new
            self._done[name] = (events, len(events))
        return found

    def before(self, entries: int) -> int:
        """The place of the last one taken when at most so many entries had been replayed; -1 if none was."""
        return bisect.bisect_right(self.kept, entries, key=lambda one: one.entries) - 1

    def entries_at(self, place: int) -> int:
        """How many entries had been replayed at a snapshot."""
        return self.kept[place].entries if place >= 0 else 0

    def drop_after(self, place: int) -> None:
        """Forget those behind one of them."""
        del self.kept[place + 1 :]
        self._core = None
        last = self.kept[-1] if self.kept else None
        self._file.cut(last.end if last else 0)
        self.archive.forget_after(last.entries if last else -1)

    def resume(
        self,
        place: int,
        like: Replay,
        sink: Sink,
        most: int | None = None,
        until: int = sys.maxsize,
    ) -> Replay:
        """A replay that goes on from a snapshot (`place` -1: from nothing), by the rules of another.

        One that may write to the archive keeps at most so many closed dossiers in memory between two snapshots. One
        that goes no further than `until` (see `Clock`) is given no timers for later, but of what has not begun.
        """
        core, pending = self._read(place, until) if place >= 0 else (Core(self.book), {})
        core.dossiers = Dossiers(self.archive, self.entries_at(place) if place >= 0 else -1, most)
        core.offices.book = core.grants.book = self.book
        found = Replay(self.book, sink, like.known_at, core, like.rules)
        for name, value in pending.items():
            setattr(found, name, value)
        return found

    def _read(self, place: int, until: int) -> tuple[Core, dict[str, Any]]:
        kept = self.kept[place]
        base, chain = self.kept[kept.base], self.kept[kept.base + 1 : place + 1]
        rest, uneven, names, pending = self._load(kept.rest)
        core = Core.__new__(Core)
        core.__dict__.update(rest)
        core.owed, core.tracked, core.running, core.live = self._load(base.open)
        stores: tuple[dict[str, Any], ...] = (core.owed, core.tracked, core.running)
        for store, known in zip(stores, names, strict=True):
            for name in known:  # also that of which nothing is open any more
                store.setdefault(name, {})
        core.timers = []
        for first, part in base.timers:
            if first <= until:
                core.timers += timers_of(self._load(part))
        apply(core, net(self._load(one.open) for one in chain))
        core.timers = [
            one
            for one in core.timers
            if (one[0] <= until or one[1] == START) and is_ahead(core, one)
        ]
        heapq.heapify(core.timers)

        @cache
        def whole() -> dict[str, bytes]:
            found: dict[str, bytes] = self._load(base.done)
            return found

        @cache
        def later() -> list[Done]:
            return [self._load(one.done) for one in chain]

        def done(name: str) -> Iterator[Event]:
            if name in whole():
                yield from pickle.loads(whole()[name])
            for part in later():
                yield from part.get(name, ())

        core.general = {name: Sealed(every, partial(done, name)) for name, every in uneven.items()}
        return core, pending

    def _load(self, place: Place) -> Any:
        return pickle.loads(self._file.get(place))

    def size(self) -> int:
        """Bytes on disk, with the archive."""
        return self._file.end + self.archive.size()

    def close(self) -> None:
        self._file.close()
        self.archive.close()


def packed(value: object) -> bytes:
    return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


Columns = list[Sequence[Any]]


def columns(core: Core) -> Iterator[tuple[int, Columns]]:
    """The timers of a core, in parts with their first moments."""
    ahead = sorted({one for one in core.timers if is_ahead(core, one)}, key=lambda one: one[:3])
    starts = [one for one in ahead if one[1] == START]
    if starts:
        yield -sys.maxsize, columns_of(starts)
    others = [one for one in ahead if one[1] != START]
    for at in range(0, len(others), TIMERS):
        yield others[at][0], columns_of(others[at : at + TIMERS])


def columns_of(timers: list[Timer]) -> Columns:
    """All of one kind together, and days as numbers: read many times faster."""
    *found, whens = zip(*timers, strict=True)
    return [*found, [when.toordinal() if type(when) is dt.date else when for when in whens]]


def timers_of(found: Columns) -> Iterator[Timer]:
    *others, whens = found
    day = dt.date.fromordinal
    return zip(*others, (day(w) if type(w) is int else w for w in whens), strict=True)
