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


class Archive:
    """Versions of dossiers by thing and by how many entries had been replayed.

    A file of its own, gone with the process: a replay can always be run again from its journal.
    """

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="writ-archive-")
        self._base = sqlite3.connect(Path(self._folder.name) / "dossiers.sqlite")
        self._base.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
        self._base.execute(TABLE)

    def keep(self, entries: int, dossiers: Iterable[Dossier]) -> None:
        """Write dossiers as they are after so many entries."""
        rows = [(d.about, entries, pickle.dumps(d, pickle.HIGHEST_PROTOCOL)) for d in dossiers]
        self._base.executemany("INSERT OR REPLACE INTO dossier VALUES (?, ?, ?)", rows)
        self._base.commit()

    def find(self, about: str, entries: int) -> Dossier | None:
        """The dossier of a thing as it was after so many entries."""
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
