"""Norms told apart by one fact: of those on one trigger, a look-up leaves the few whose condition can be true."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic, TypeVar

from writ.book.terms import Value
from writ.engine.entry import Entry
from writ.engine.index import Index
from writ.engine.truth import UNKNOWN, Lack

T = TypeVar("T")
FEW = 3
"""So many are asked one by one."""


class Narrowed(Generic[T]):
    """INVARIANT: what `among` leaves out has a `when` that is false on these facts, whatever else is the case."""

    def __init__(self, index: Index, items: list[tuple[T, Entry]]) -> None:
        self.all = [item for item, _ in items]
        self._index = index
        self._items = items
        self._table: dict[object, list[T]] = {}
        self._slot = self._choose() if len(items) > FEW else ""

    def _choose(self) -> str:
        """The fact of which the most of them require some values."""
        holders: dict[str, int] = {}
        for _, entry in self._items:
            for slot in entry.choices:
                holders[slot] = holders.get(slot, 0) + 1
        best = max(holders, key=lambda slot: (holders[slot], slot), default="")
        return best if best and 2 * holders[best] > len(self._items) else ""

    def __bool__(self) -> bool:
        return bool(self.all)

    def among(self, facts: Mapping[str, Value]) -> list[T]:
        """Those that may hold, in their order."""
        slot = self._slot
        if not slot:
            return self.all
        given = facts.get(slot)
        value: Value | Lack = self._index.not_stated(slot) if given is None else given
        if value is UNKNOWN:
            return self.all
        found = self._table.get(value)
        if found is None:
            found = [
                item
                for item, entry in self._items
                if slot not in entry.choices or value in entry.choices[slot]
            ]
            if len(self._table) < len(self._items) * 2:
                self._table[value] = found
        return found
