"""Dossiers on disk, each as it was at several times: what is closed leaves memory, and any past is at hand."""

from __future__ import annotations

import pickle
import sqlite3
import tempfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from writ.journal.dossier import Dossier
from writ.journal.packed import Packed, Pieces

TABLES = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -8000;
CREATE TABLE dossier (
    about TEXT NOT NULL, entries INTEGER NOT NULL, family TEXT NOT NULL, at INTEGER NOT NULL, length INTEGER NOT NULL,
    PRIMARY KEY (about, entries)
) WITHOUT ROWID;
CREATE TABLE owing (
    about TEXT NOT NULL, entries INTEGER NOT NULL, number INTEGER NOT NULL, norm TEXT NOT NULL,
    PRIMARY KEY (about, entries, number)
) WITHOUT ROWID;
CREATE TABLE concluded (entries INTEGER NOT NULL, content BLOB NOT NULL);
"""
OWING_INDEXES = """
CREATE INDEX IF NOT EXISTS owing_by_norm ON owing (norm);
CREATE INDEX IF NOT EXISTS owing_by_number ON owing (number);
"""
INDEXES = f"""
{OWING_INDEXES}
CREATE INDEX concluded_by_entries ON concluded (entries);
CREATE INDEX dossier_by_entries ON dossier (entries);
"""
FIND = (
    "SELECT at, length FROM dossier WHERE about = ? AND entries <= ? ORDER BY entries DESC LIMIT 1"
)
FIRST = "SELECT MIN(at) FROM dossier WHERE entries > ?"
LATEST = "(SELECT MAX(entries) FROM dossier AS d WHERE d.about = {}.about AND d.entries <= :then)"
THINGS = f"""
SELECT about, family FROM dossier AS one
WHERE about > :last AND entries <= :then AND entries = {LATEST.format("one")}
ORDER BY about LIMIT :most
"""
OWING = f"""
SELECT number, about FROM owing AS one
WHERE number > :last AND entries <= :then AND entries = {LATEST.format("one")}
ORDER BY number LIMIT :most
"""
BATCH = 1_000
"""So many things are listed at a time."""
FEW = 100
"""So many at first, where only the first may be wanted."""

BITS = 1 << 24
"""Of the sieve: with a million things, one in a hundred never seen is looked up in vain."""
PLACES = 4


class Sieve:
    """Which things may be in the archive (a Bloom filter): one never seen costs no query. Fixed in size."""

    def __init__(self) -> None:
        self._bits = bytearray(BITS // 8)

    def add(self, name: str) -> bool:
        """Put one in; whether it may have been there."""
        found, bits, there = hash(name), self._bits, True
        step = (found >> 32) | 1
        for at in range(PLACES):
            place = (found + at * step) % BITS
            byte, bit = place >> 3, 1 << (place & 7)
            if not bits[byte] & bit:
                bits[byte] |= bit
                there = False
        return there

    def __contains__(self, name: str) -> bool:
        found, bits = hash(name), self._bits
        step = (found >> 32) | 1
        for at in range(PLACES):
            place = (found + at * step) % BITS
            if not bits[place >> 3] >> (place & 7) & 1:
                return False
        return True


class Archive:
    """Versions of dossiers by thing and by how many entries had been replayed, and what was concluded meanwhile.

    Files of its own, gone with the process: a replay can always be run again from its journal.
    """

    def __init__(self, past: bool = False) -> None:
        """`past`: for whoever looks back at earlier versions. Else only the latest are read, and nothing is packed."""
        self._folder = tempfile.TemporaryDirectory(prefix="writ-archive-")
        self._path = Path(self._folder.name) / "dossiers.sqlite"
        self._base = sqlite3.connect(self._path)
        self._base.executescript(TABLES)
        if past:
            self._base.executescript(INDEXES)
        self._indexed = past
        self._contents = Packed("dossiers", alike=True) if past else Pieces("dossiers")
        self._sieve = Sieve()
        self.written: dict[str, Dossier] | None = None
        """Where somebody wants to know it, those that were written since they last looked, by thing."""

    def keep(self, entries: int, dossiers: Iterable[Dossier]) -> None:
        """Write dossiers as they are after so many entries."""
        some = list(dossiers)
        pieces = [pickle.dumps(one, pickle.HIGHEST_PROTOCOL) for one in some]
        rows, gone, owing = [], [], []
        for one, place in zip(some, self._contents.put_all(pieces), strict=True):
            about = one.about
            rows.append((about, entries, one.family, *place))
            known = self._sieve.add(about)
            if self.written is not None:
                self.written[about] = one
            if about and one.closed:
                if known:
                    gone.append((about, entries))
                for number, life in one.lives.items():
                    owing.append((about, entries, number, life.norm))
        self._base.executemany("INSERT OR REPLACE INTO dossier VALUES (?, ?, ?, ?, ?)", rows)
        self._base.executemany("DELETE FROM owing WHERE about = ? AND entries = ?", gone)
        self._base.executemany("INSERT INTO owing VALUES (?, ?, ?, ?)", owing)
        self._base.commit()

    def find(self, about: str, entries: int) -> Dossier | None:
        """The dossier of a thing as it was after so many entries."""
        if about not in self._sieve:
            return None
        row = self._base.execute(FIND, (about, entries)).fetchone()
        if row is None:
            return None
        dossier: Dossier = pickle.loads(self._contents.get(row))
        return dossier

    def things(self, entries: int) -> Iterator[tuple[str, str]]:
        """Every thing that had a dossier then, with its family, in the order of their names; read in batches."""
        asked: dict[str, object] = {"last": "", "then": entries, "most": BATCH}
        while rows := self._base.execute(THINGS, asked).fetchall():
            yield from rows
            asked["last"] = rows[-1][0]

    def owing(self, entries: int) -> Iterator[tuple[int, str]]:
        """The breached duties of things of which nothing was open then: numbers and things, the oldest first."""
        self._index_owing()
        asked = {"last": -1, "then": entries, "most": FEW}
        while rows := self._base.execute(OWING, asked).fetchall():
            yield from rows
            asked = {**asked, "last": rows[-1][0], "most": BATCH}

    def owing_by(self, norms: Sequence[str], entries: int) -> list[str]:
        """The things of those of some norms; some of them may owe nothing any more."""
        self._index_owing()
        asked = f"SELECT DISTINCT about FROM owing WHERE norm IN ({','.join('?' * len(norms))}) AND entries <= ?"
        return [row[0] for row in self._base.execute(asked, (*norms, entries))]

    def _index_owing(self) -> None:
        """Without a past it is seldom asked what is owed."""
        if not self._indexed:
            self._base.executescript(OWING_INDEXES)
            self._indexed = True

    def touched_after(self, entries: int) -> set[str]:
        """The things whose dossiers were written later."""
        asked = "SELECT DISTINCT about FROM dossier WHERE entries > ?"
        return {row[0] for row in self._base.execute(asked, (entries,))}

    def conclude(self, entries: int, content: bytes) -> None:
        """Write down what was concluded up to so many entries, since the last time."""
        self._base.execute("INSERT INTO concluded VALUES (?, ?)", (entries, zlib.compress(content)))

    def concluded_after(self, entries: int) -> list[bytes]:
        """What was concluded later, in the order in which it was."""
        asked = "SELECT content FROM concluded WHERE entries > ? ORDER BY entries"
        return [zlib.decompress(row[0]) for row in self._base.execute(asked, (entries,))]

    def forget_after(self, entries: int) -> None:
        """Drop what was written later."""
        first = self._base.execute(FIRST, (entries,)).fetchone()[0]
        if first is not None:
            self._contents.cut(first)
        for table in ("dossier", "owing", "concluded"):
            self._base.execute(f"DELETE FROM {table} WHERE entries > ?", (entries,))
        self._base.commit()

    def size(self) -> int:
        """Bytes on disk."""
        return self._contents.end + self._path.stat().st_size

    def close(self) -> None:
        self._base.close()
        self._contents.close()
        self._folder.cleanup()
