"""Dossiers on disk, each as it was at several times: what is closed leaves memory, and any past is at hand."""

from __future__ import annotations

import pickle
import sqlite3
import tempfile
from collections.abc import Iterable
from pathlib import Path

from writ.journal.dossier import Dossier

TABLE = """
CREATE TABLE dossier (
    about TEXT NOT NULL, entries INTEGER NOT NULL, content BLOB NOT NULL,
    PRIMARY KEY (about, entries)
) WITHOUT ROWID
"""
FIND = "SELECT content FROM dossier WHERE about = ? AND entries <= ? ORDER BY entries DESC LIMIT 1"


BITS = 1 << 24
"""Of the sieve: with a million things, one in a hundred never seen is looked up in vain."""
PLACES = 4


class Sieve:
    """Which things may be in the archive (a Bloom filter): one never seen costs no query. Fixed in size."""

    def __init__(self) -> None:
        self._bits = bytearray(BITS // 8)

    @staticmethod
    def _places(name: str) -> Iterable[int]:
        found = hash(name)
        step = (found >> 32) | 1
        return [(found + at * step) % BITS for at in range(PLACES)]

    def add(self, name: str) -> None:
        for place in self._places(name):
            self._bits[place >> 3] |= 1 << (place & 7)

    def __contains__(self, name: str) -> bool:
        return all(self._bits[place >> 3] >> (place & 7) & 1 for place in self._places(name))


class Archive:
    """Versions of dossiers by thing and by how many entries had been replayed.

    A file of its own, gone with the process: a replay can always be run again from its journal.
    """

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="writ-archive-")
        self._base = sqlite3.connect(Path(self._folder.name) / "dossiers.sqlite")
        self._base.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
        self._base.execute(TABLE)
        self._sieve = Sieve()

    def keep(self, entries: int, dossiers: Iterable[Dossier]) -> None:
        """Write dossiers as they are after so many entries."""
        rows = [(d.about, entries, pickle.dumps(d, pickle.HIGHEST_PROTOCOL)) for d in dossiers]
        for about, _, _ in rows:
            self._sieve.add(about)
        self._base.executemany("INSERT OR REPLACE INTO dossier VALUES (?, ?, ?)", rows)
        self._base.commit()

    def find(self, about: str, entries: int) -> Dossier | None:
        """The dossier of a thing as it was after so many entries."""
        if about not in self._sieve:
            return None
        row = self._base.execute(FIND, (about, entries)).fetchone()
        if row is None:
            return None
        dossier: Dossier = pickle.loads(row[0])
        return dossier

    def names(self, entries: int) -> list[str]:
        """Every thing that had a dossier then."""
        asked = "SELECT DISTINCT about FROM dossier WHERE entries <= ?"
        return [row[0] for row in self._base.execute(asked, (entries,))]

    def forget_after(self, entries: int) -> None:
        """Drop what was written later."""
        self._base.execute("DELETE FROM dossier WHERE entries > ?", (entries,))
        self._base.commit()

    def close(self) -> None:
        self._base.close()
        self._folder.cleanup()
