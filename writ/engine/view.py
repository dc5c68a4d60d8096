"""The norms of a bucket that are in force on a day, narrowed by the values of a few facts.

A `Node` is a tree over the facts of which many norms require one value, so that a bucket of thousands costs a few
look-ups.
"""

from __future__ import annotations

import datetime as dt
import sys
from bisect import bisect_right
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from writ.book.model import Override
from writ.book.terms import Value
from writ.engine.answer import Considered
from writ.engine.asked import Asked, Paper
from writ.engine.entry import Entry, first_lack
from writ.engine.flat import Codes, flat
from writ.engine.truth import ABSENT, UNKNOWN, Lack
from writ.engine.values import Facts

if TYPE_CHECKING:
    from writ.engine.plan import Plan

NotStated = Callable[[str], "Value | Lack"]
"""What a fact is where nothing is stated."""
FEW = 6
"""So many norms are asked one by one."""
WORTH = 0.7
"""A fact is looked up if that leaves no more than this share of the norms, on average."""
OFTEN = 12
"""Asked so many times, the codes of a node are worth a function of their own."""
NOBODY: Asked = None  # type: ignore[assignment]  # plain conditions ask nothing of it
NOTHING: Paper = None  # type: ignore[assignment]  # nor of this
EVERYTHING = frozenset({"*"})
"""Spent: look nothing up."""


class Node:
    """Norms that may apply. With a `slot`, the value of that fact leads on to a node with fewer."""

    __slots__ = (
        "_asked",
        "_questions",
        "_rest",
        "_spent",
        "_view",
        "_whole",
        "entries",
        "known",
        "plain",
        "plans",
        "slot",
        "table",
        "verdicts",
        "written",
    )

    def __init__(self, view: View, entries: tuple[Entry, ...], spent: frozenset[str]) -> None:
        self._view = view
        self._spent = spent
        self.entries = entries
        self.plain = all(entry.plain for entry in entries)
        self._questions = [entry.question(view.bearing) for entry in entries]
        self._asked = 0
        self.written: Codes | None = None
        """What gives the codes, written out; None until it has been asked for a while."""
        look = len(entries) > FEW and spent is not EVERYTHING
        self.slot = self._choose() if look else ""
        self.table: dict[object, Node] = {}
        self.known: frozenset[object] = frozenset()
        if self.slot:
            self.known = frozenset().union(*(e.choices.get(self.slot, ()) for e in entries))
        self.verdicts: dict[tuple[int, ...], tuple[int, tuple[int, ...]]] = {}
        """What classes of requests came to (see `batch`)."""
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

    def codes(self, facts: Facts, paper: Paper) -> tuple[int, ...]:
        """What each norm's `when` comes to (see `entry.APPLIES`). Where all are `plain`, the paper is not looked at."""
        if self.written is not None:
            return self.written(facts, paper)
        self._asked += 1
        if self._asked == OFTEN:
            self.written = flat(self.entries, self._view.bearing)
        found = []
        asked, at_hand = NOBODY, None
        for tests, asks, calendar, code_of in self._questions:
            if tests is None:
                found.append(code_of(facts, paper))
                continue
            if asks and (asked is NOBODY or calendar is not at_hand):
                asked, at_hand = paper.asked(calendar), calendar
            found.append(first_lack(tests, facts, asked))
        return tuple(found)

    def child(self, value: Value | None) -> Node:
        """The node for a value of the fact (None: not stated)."""
        if value is None:
            missing = self._view.not_stated(self.slot)
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
    """The norms of a shelf that are in force on a stretch of days, of which `day` is one (`known` likewise)."""

    def __init__(self, shelf: Shelf, day: int, known: int | None) -> None:
        self.day = dt.date.fromordinal(day)
        self.known = None if known is None else dt.date.fromordinal(known)
        self.entries = tuple(e for e in shelf.entries if e.in_force(day, known))
        self.befores = tuple(e for e in shelf.befores if e.in_force(day, known))
        self.not_stated = shelf.not_stated
        self.bearing = shelf.bearing
        self.root = Node(self, self.entries, frozenset())
        self.grants = Node(self, tuple(e for e in self.entries if e.grant), EVERYTHING)
        self.bars = Node(self, tuple(e for e in self.entries if e.bar), EVERYTHING)
        self.nearest: dict[
            tuple[object, ...], tuple[tuple[Considered, ...], tuple[Entry, ...]]
        ] = {}
        """What was nearest, by what the conditions came to; and of that what asks for a state to be in effect."""
        self._seen: dict[str, Entry] | None = None

    @property
    def seen(self) -> dict[str, Entry]:
        if self._seen is None:
            self._seen = {entry.id: entry for entry in self.entries}
        return self._seen

    def narrowed(self, facts: Facts) -> Node:
        """The norms that the facts do not rule out by look-ups alone."""
        node = self.root
        while node.slot:
            value = facts.get(node.slot)
            node = (node.table.get(value) if value is not None else None) or node.child(value)
        return node


class Shelf:
    """Norms by the day on which they are in force."""

    def __init__(
        self,
        entries: tuple[Entry, ...],
        befores: tuple[Entry, ...],
        not_stated: NotStated,
        bearing: bool = True,
        timed: Iterable[Override] = (),
    ) -> None:
        self.entries = entries
        self.befores = befores
        """Duties that are due before the act, whoever bears them."""
        self.not_stated = not_stated
        self.bearing = bearing
        """Whether the norms bind who acts: of others only `when` is asked."""
        bounds: set[int] = set()
        knowns: set[int] = set()
        for entry in (*entries, *befores):
            bounds |= entry.bounds()
            if entry.known is not None:
                knowns.add(entry.known)
        for override in timed:
            bounds |= {day.toordinal() for day in (override.start, override.end) if day}
            for gap in override.gaps:
                bounds.add(gap.start.toordinal())
                bounds |= {gap.end.toordinal() + 1} if gap.end else set()
            if override.known is not None:
                knowns.add(override.known.toordinal())
        self._bounds = sorted(bounds)
        self._knowns = sorted(knowns)
        self._views: dict[tuple[int, int], View] = {}
        self._from = self._until = 0
        self._last: View
        """The last view asked for, and the days for which it holds."""

    @property
    def days(self) -> tuple[int, int]:
        """The first day for which the view last asked for holds, and the first for which it no more does."""
        return self._from, self._until

    def view(self, day: int, known: int | None) -> View:
        """The norms in force on a day, as known at another. The last view asked for is at hand."""
        if self._from <= day < self._until and known is None:
            return self._last
        place = bisect_right(self._bounds, day)
        key = (
            place,
            -1 if known is None else bisect_right(self._knowns, known),
        )
        found = self._views.get(key)
        if found is None:
            found = self._views[key] = View(self, day, known)
        if known is None:
            bounds = self._bounds
            self._from = bounds[place - 1] if place else 0
            self._until = bounds[place] if place < len(bounds) else sys.maxsize
            self._last = found
        return found
