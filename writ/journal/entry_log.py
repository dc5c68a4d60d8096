"""The entries of a ledger on disk, by number, in the order in which they came to be known."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from functools import lru_cache

from writ.journal.entry import Entry
from writ.journal.packed import Packed, Place

BLOCK = 64
"""So many entries are written, and read, together: they have much in common, and are mostly asked for in a row."""
NEAR = 4
"""So many blocks are kept as they were read: of entries that came late, one is often asked for among the others."""


class EntryLog:
    def __init__(self) -> None:
        self._file = Packed("entries")
        self._blocks: list[Place] = []
        self._last: list[Entry] = []
        """Those of the block that is not full yet."""
        self._block = lru_cache(maxsize=NEAR)(self._read)

    def __len__(self) -> int:
        return BLOCK * len(self._blocks) + len(self._last)

    def append(self, entry: Entry) -> int:
        """Write one more; its number, from 0."""
        self._last.append(entry)
        if len(self._last) == BLOCK:
            self._blocks.append(self._file.put(pickle.dumps(self._last, pickle.HIGHEST_PROTOCOL)))
            self._last = []
        return len(self) - 1

    def __getitem__(self, number: int) -> Entry:
        block, at = divmod(number, BLOCK)
        return (self._block(block) if block < len(self._blocks) else self._last)[at]

    def read(self, numbers: Iterable[int]) -> Iterator[Entry]:
        """Some of them, in the order in which they are asked for."""
        return map(self.__getitem__, numbers)

    def _read(self, block: int) -> list[Entry]:
        found: list[Entry] = pickle.loads(self._file.get(self._blocks[block]))
        return found

    def size(self) -> int:
        """Bytes on disk."""
        return self._file.end

    def close(self) -> None:
        self._file.close()
