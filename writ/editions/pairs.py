"""Which norm of the new edition is which of the old: by id first, then by what it says, then by what it is about.

A label may have moved, and `~2` counts norms at a label in the order written, so that a norm put before them gives all
of them other ids. Whatever is equal is paired by dictionaries, in one pass each; only the few norms left at one label
are compared with each other.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence

import msgspec

from writ.book.model import Book, Norm
from writ.editions.canonical import content

MANY = 12
"""With more norms left at one label than this on either side, only those with the same bearer and matter are paired."""

Pair = tuple[Norm, Norm]
Key = Callable[[Norm], Hashable]


class Pairs(msgspec.Struct, frozen=True):
    """`apart` are the pairs that do not simply say the same at the same label, to look at; the rest are one-sided."""

    apart: tuple[Pair, ...]
    lost: tuple[Norm, ...]
    gained: tuple[Norm, ...]
    renamed: dict[str, str]
    """The old id of each norm that has another, with the new one."""


def pair(old: Book, new: Book) -> Pairs:
    """Pair the norms of two editions. Pairing them the other way round gives the same pairs."""
    return _Pairing(old, new).run()


class _Pairing:
    """The norms left on both sides, in the order of their books, and the pairs found so far."""

    def __init__(self, old: Book, new: Book) -> None:
        self.old = old
        self.new = new
        self.pairs: list[Pair] = []
        self.before: list[Norm] = []
        self.after: list[Norm] = []
        self._contents: dict[int, Norm] = {}

    def run(self) -> Pairs:
        self.left_over()
        if self.before and self.after:
            content = self.content
            self.equal(
                lambda norm: (norm.instrument, norm.label, norm.title, dated(norm), content(norm))
            )
            self.equal(lambda norm: (norm.instrument, norm.label, content(norm)))
            self.equal(lambda norm: (norm.instrument, content(norm)))
            self.equal(content)
            self.alike()
            self.unique(lambda norm: (norm.instrument, *about(norm)))
        return Pairs(
            tuple(self.pairs),
            tuple(self.before),
            tuple(self.after),
            {one.id: other.id for one, other in self.pairs if one.id != other.id},
        )

    def content(self, norm: Norm) -> Norm:
        found = self._contents.get(id(norm))
        if found is None:
            found = self._contents[id(norm)] = content(norm)
        return found

    def left_over(self) -> None:
        """What is not the same under the same id: for nearly all norms one comparison, and no more."""
        known = self.new.by_id
        same: set[str] = set()
        for norm in self.old.norms:
            other = known.get(norm.id)
            if other is not None and (norm == other or moved(norm, other) == other):
                same.add(norm.id)
            else:
                self.before.append(norm)
        self.after = [norm for norm in self.new.norms if norm.id not in same]

    def equal(self, key: Key) -> None:
        """Pair norms with the same key, in the order in which they stand."""
        self.take(paired(self.before, self.after, key))

    def alike(self) -> None:
        """At each label, pair what is about the same, the most alike first."""
        groups: dict[Hashable, tuple[list[Norm], list[Norm]]] = {}
        for side, norms in enumerate((self.before, self.after)):
            for norm in norms:
                key = (norm.instrument, norm.label, norm.kind, norm.omission)
                groups.setdefault(key, ([], []))[side].append(norm)
        self.take(
            [
                pair
                for before, after in groups.values()
                if before and after
                for pair in self.nearest(before, after)
            ]
        )

    def nearest(self, before: list[Norm], after: list[Norm]) -> list[Pair]:
        if max(len(before), len(after)) > MANY:
            return paired(before, after, about)
        ranked = sorted(
            (-likeness(self.content(one), self.content(other)), a + b, abs(a - b), a, b)
            for a, one in enumerate(before)
            for b, other in enumerate(after)
            if related(self.old, self.new, one, other)
        )
        taken: tuple[set[int], set[int]] = (set(), set())
        found = []
        for _, _, _, a, b in ranked:
            if a not in taken[0] and b not in taken[1]:
                taken[0].add(a)
                taken[1].add(b)
                found.append((before[a], after[b]))
        return found

    def unique(self, key: Key) -> None:
        """Pair what alone has a key on both sides: a norm that was renumbered and amended."""
        sides = []
        for norms in (self.before, self.after):
            found: dict[Hashable, list[Norm]] = {}
            for norm in norms:
                found.setdefault(key(norm), []).append(norm)
            sides.append({each: some[0] for each, some in found.items() if len(some) == 1})
        before, after = sides
        self.take([(norm, after[each]) for each, norm in before.items() if each in after])

    def take(self, found: Iterable[Pair]) -> None:
        found = list(found)
        self.pairs += found
        gone = {id(norm) for each in found for norm in each}
        self.before = [norm for norm in self.before if id(norm) not in gone]
        self.after = [norm for norm in self.after if id(norm) not in gone]


def paired(before: Iterable[Norm], after: Sequence[Norm], key: Key) -> list[Pair]:
    """Norms with the same key, in the order in which they stand."""
    waiting: dict[Hashable, list[Norm]] = {}
    for norm in reversed(after):
        waiting.setdefault(key(norm), []).append(norm)
    return [(norm, others.pop()) for norm in before if (others := waiting.get(key(norm)))]


def moved(norm: Norm, other: Norm) -> Norm:
    """The norm with the places and the title of the other."""
    return msgspec.structs.replace(
        norm,
        place=other.place,
        label_place=other.label_place,
        clause_places=other.clause_places,
        title=other.title,
    )


def dated(norm: Norm) -> Hashable:
    """When the norm is in force."""
    return norm.start, norm.end, norm.gaps


def about(norm: Norm) -> tuple[Hashable, ...]:
    """Who, what and to what: the same in two norms that are probably one."""
    who = tuple(sorted({actor.name for actor in norm.bearer.actors}))
    spared = tuple(sorted({actor.name for actor in norm.bearer.excepted}))
    matter = (norm.act, norm.thing, norm.state, tuple(sorted(norm.delegated)))
    return (norm.kind, norm.omission, norm.bearer.mode, who, spared, *matter)


def related(old: Book, new: Book, one: Norm, other: Norm) -> bool:
    """Whether two norms of one kind at one label may be one: their acts, or states, are the same or one is broader."""
    if one.kind == "lapse":
        return one.state == other.state
    if one.kind == "delegation":
        return not set(one.delegated).isdisjoint(other.delegated)
    if one.act == other.act:
        return True
    return any(
        one.act in book.vocabulary.act_up.get(other.act, ())
        or other.act in book.vocabulary.act_up.get(one.act, ())
        for book in (old, new)
    )


def likeness(one: Norm, other: Norm) -> int:
    """In how many respects two norms are the same; who and what count more."""
    same = [bool(getattr(one, name) == getattr(other, name)) for name in one.__struct_fields__]
    return sum(same) + 8 * (one.bearer == other.bearer) + 8 * (one.act == other.act)
