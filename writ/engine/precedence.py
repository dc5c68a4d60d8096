"""Which of two opposed norms prevails, and by which maxim (`docs/semantics.md`, "Opposition and defeat")."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from enum import StrEnum
from weakref import WeakKeyDictionary

from writ.book.model import Book, Norm
from writ.engine.scope import Scope, compare_scopes


class Maxim(StrEnum):
    """How one norm beat another."""

    OVERRIDE = "override"
    SUPERIOR = "lex superior"
    CONTROL = "internal control"
    SPECIAL = "lex specialis"
    LATER = "lex posterior"


COMMANDING = frozenset({"right", "duty"})
"""Grants that a lower bar cannot take away."""
LIMITABLE = frozenset({"power", "permission", "delegation"})
"""Grants that a disability opposes."""
BOUNDED = frozenset({"power", "delegation"})
"""Grants beside which an unresolved bar simply stands."""


def opposes(book: Book, bar: Norm, grant: Norm) -> bool:
    """Whether a bar opposes a grant of the same request."""
    if bar.kind != "disability":
        return True
    return grant.kind in LIMITABLE and grant.instrument in book.made_under[bar.instrument]


def prevails(
    book: Book, one: Norm, other: Norm, day: dt.date | None = None, known: dt.date | None = None
) -> Maxim | None:
    """The maxim by which `one` beats `other`, or None; ask both ways.

    On a day, and as the text was known on another; without a day, the maxim that holds on every day.
    """
    if day is None:
        if book.ranking.varies(one.id, other.id):
            return None
        forth, back = (one.id, other.id) in book.beats, (other.id, one.id) in book.beats
    else:
        forth = book.ranking.on(one.id, other.id, day, known)
        back = book.ranking.on(other.id, one.id, day, known)
    if forth or back:
        return None if back else Maxim.OVERRIDE
    return by_maxim(book, one, other)


def by_maxim(book: Book, one: Norm, other: Norm) -> Maxim | None:
    """The maxim by which `one` beats `other` where no override ranks the two."""
    if one.rank != other.rank:
        return _by_rank(one, other)
    relation = relation_of(book, one, other)
    if relation is Scope.NARROWER:
        return Maxim.SPECIAL
    if relation is Scope.EQUAL and one.enacted and other.enacted and one.enacted > other.enacted:
        return Maxim.LATER
    return None


_relations: WeakKeyDictionary[Book, dict[tuple[str, str], tuple[Norm, Norm, Scope]]] = (
    WeakKeyDictionary()
)


def relation_of(book: Book, one: Norm, other: Norm) -> Scope:
    """How the scopes of two norms relate, compared once: a replay asks at every moment which of two prevails."""
    known = _relations.get(book)
    if known is None:
        known = _relations[book] = {}
    found = known.get((one.id, other.id))
    if found is None or found[0] is not one or found[1] is not other:
        found = (one, other, compare_scopes(book.vocabulary, one, other))
        known[one.id, other.id] = found
    return found[2]


def _by_rank(one: Norm, other: Norm) -> Maxim | None:
    bars = {"prohibition", "disability", "immunity", "limit"}
    higher, lower = (one, other) if one.rank < other.rank else (other, one)
    if higher.kind not in bars and lower.kind in bars and higher.kind not in COMMANDING:
        return Maxim.CONTROL if one is lower else None
    return Maxim.SUPERIOR if one is higher else None


def settle(
    names: Iterable[str], attacks: Mapping[str, Iterable[str]], able: frozenset[str]
) -> tuple[set[str], set[str]]:
    """Which norms stand and which are defeated: the grounded labelling (Dung 1995).

    `attacks` maps each norm to those that beat it; only norms in `able` (not open ones) defeat. Norms in neither set
    attack one another in a circle.
    """
    everything = list(names)
    beaten_by = {name: [a for a in attacks.get(name, ()) if a in able] for name in everything}
    standing: set[str] = set()
    defeated: set[str] = set()
    moved = True
    while moved:
        moved = False
        for name in everything:
            if name in standing or name in defeated:
                continue
            if any(attacker in standing for attacker in beaten_by[name]):
                defeated.add(name)
                moved = True
            elif all(attacker in defeated for attacker in beaten_by[name]):
                standing.add(name)
                moved = True
    return standing, defeated
