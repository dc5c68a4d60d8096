"""The norms of a bucket that are in force on a day, narrowed by the values of a few facts.

A `Node` is a tree over the facts of which many norms require one value, so that a bucket of thousands costs a few
look-ups.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from writ.book.terms import Value
from writ.engine.entry import Entry
from writ.engine.truth import ABSENT, UNKNOWN, Lack

if TYPE_CHECKING:
    from writ.engine.index import Bucket
    from writ.engine.plan import Plan

FEW = 6
"""So many norms are asked one by one."""
WORTH = 0.7
"""A fact is looked up if that leaves no more than this share of the norms, on average."""


class Node:
    """Norms that may apply. With a `slot`, the value of that fact leads on to a node with fewer."""

    __slots__ = ("_rest", "_spent", "_view", "_whole", "entries", "known", "plain", "plans", "slot", "table")

    def __init__(self, view: View, entries: tuple[Entry, ...], spent: frozenset[str]) -> None:
        self._view = view
        self._spent = spent
        self.entries = entries
        self.plain = all(entry.plain for entry in entries)
        self.slot = self._choose() if len(entries) > FEW else ""
        self.table: dict[object, Node] = {}
        self.known: frozenset[object] = frozenset()
        if self.slot:
            self.known = frozenset().union(*(e.choices.get(self.slot, ()) for e in entries))
        self.plans: dict[tuple[int, ...], Plan] = {}
        self._rest: Node | None = None
        self._whole: Node | None = None

    def _choose(self) -> str:
        """The fact that leaves the fewest norms on average, if any is worth it."""
        holders: dict[str, int] = {}
        values: dict[str, dict[object, int]] = {}
        for entry in self.entries:
            for slot, choice in entry.choices.items():
                if slot not in self._spent:
                    holders[slot] = holders.get(slot, 0) + 1
                    counts = values.setdefault(slot, {})
                    for value in choice:
                        counts[value] = counts.get(value, 0) + 1
        best, least = "", WORTH * len(self.entries)
        for slot in sorted(holders):
            counts = values[slot]
            left = len(self.entries) - holders[slot] + sum(counts.values()) / max(2, len(counts))
            if left < least:
                best, least = slot, left
        return best

    def child(self, value: Value | None) -> Node:
        """The node for a value of the fact (None: not stated)."""
        if value is None:
            missing = self._view.bucket.not_stated(self.slot)
            if missing is UNKNOWN:
                return self._all()
            if isinstance(missing, Lack):
                assert missing is ABSENT
                return self._others()
            value = missing
        found = self.table.get(value)
        if found is not None:
            return found
        if value not in self.known:
            return self._others()
        left = tuple(
            e for e in self.entries if self.slot not in e.choices or value in e.choices[self.slot]
        )
        found = self.table[value] = Node(self._view, left, self._spent | {self.slot})
        return found

    def _others(self) -> Node:
        if self._rest is None:
            left = tuple(e for e in self.entries if self.slot not in e.choices)
            self._rest = Node(self._view, left, self._spent | {self.slot})
        return self._rest

    def _all(self) -> Node:
        if self._whole is None:
            self._whole = Node(self._view, self.entries, self._spent | {self.slot})
        return self._whole


class View:
    """The norms of a bucket that are in force on a stretch of days."""

    def __init__(self, bucket: Bucket, day: int, known: int | None) -> None:
        self.bucket = bucket
        self.entries = tuple(e for e in bucket.entries if e.in_force(day, known))
        self.befores = tuple(e for e in bucket.befores if e.in_force(day, known))
        self.root = Node(self, self.entries, frozenset())
        self._seen: dict[str, Entry] | None = None

    @property
    def seen(self) -> dict[str, Entry]:
        if self._seen is None:
            self._seen = {entry.id: entry for entry in self.entries}
        return self._seen
