"""Snapshots of a replay, a few hundred entries apart: it can go on from any of them.

A snapshot is the core of the replay, as large as what is open; the dossiers are in the archive, each as it was.
"""

from __future__ import annotations

import bisect
import pickle
import tempfile
from typing import IO, Any

import msgspec

from writ.book.model import Book
from writ.journal.archive import Archive
from writ.journal.core import Core, Dossiers
from writ.journal.replay import Replay
from writ.journal.replay_memory import Sink

PENDING = ("dirty_bounds", "touched", "dirty_until", "dirty_dated", "all_dated")
"""What a replay still has to look at again."""


class Snapshot(msgspec.Struct, frozen=True):
    """Where one is kept. `entries` had been replayed when it was taken."""

    entries: int
    offset: int
    length: int


class Snapshots:
    """Snapshots in a file that nobody else sees, oldest first."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.archive = Archive()
        self.kept: list[Snapshot] = []
        self._file: IO[bytes] = tempfile.TemporaryFile(prefix="writ-snapshots-")  # noqa: SIM115 (closed by `close`)
        self._end = 0

    def take(self, replay: Replay, entries: int, said: bytes = b"") -> None:
        """Keep the state of a replay after so many entries, and what was concluded since the last one."""
        if said:
            self.archive.conclude(entries, said)
        replay.core.dossiers.file_away(entries)
        pending = {name: getattr(replay, name) for name in PENDING}
        data = pickle.dumps((replay.core, pending), pickle.HIGHEST_PROTOCOL)
        self._file.seek(self._end)
        self._file.write(data)
        self.kept.append(Snapshot(entries, self._end, len(data)))
        self._end += len(data)

    def before(self, entries: int) -> int:
        """The place of the last one taken when at most so many entries had been replayed; -1 if none was."""
        return bisect.bisect_right(self.kept, entries, key=lambda one: one.entries) - 1

    def entries_at(self, place: int) -> int:
        """How many entries had been replayed at a snapshot."""
        return self.kept[place].entries if place >= 0 else 0

    def drop_after(self, place: int) -> None:
        """Forget those behind one of them."""
        del self.kept[place + 1 :]
        last = self.kept[-1] if self.kept else None
        self._end = last.offset + last.length if last else 0
        self.archive.forget_after(last.entries if last else -1)

    def resume(self, place: int, like: Replay, sink: Sink, most: int | None = None) -> Replay:
        """A replay that goes on from a snapshot (`place` -1: from nothing), by the rules of another.

        One that may write to the archive keeps at most so many closed dossiers in memory between two snapshots.
        """
        core, pending = self._read(place) if place >= 0 else (Core(self.book), {})
        core.dossiers = Dossiers(self.archive, self.entries_at(place) if place >= 0 else -1, most)
        core.offices.book = core.grants.book = self.book
        found = Replay(self.book, sink, like.known_at, core, like.rules)
        for name, value in pending.items():
            setattr(found, name, value)
        return found

    def _read(self, place: int) -> tuple[Core, dict[str, Any]]:
        kept = self.kept[place]
        self._file.seek(kept.offset)
        core, pending = pickle.loads(self._file.read(kept.length))
        return core, pending

    def size(self) -> int:
        """Bytes on disk, with the archive."""
        return self._end + self.archive.size()

    def close(self) -> None:
        self._file.close()
        self.archive.close()
