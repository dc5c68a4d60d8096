"""For which instances of the states that it speaks of a condition is asked (reference interpreter).

See `docs/semantics.md`, "Applicable norms".
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator

from writ.book import terms
from writ.book.terms import Attr, Condition
from writ.engine.instance import Instance
from writ.engine.situation import Situation, candidates


def spoken_of(conditions: object) -> frozenset[str]:
    """The states that the conditions speak of."""
    return frozenset(
        term.state if not isinstance(term, Attr) else term.owner
        for term in terms.walk(conditions)
        if isinstance(term, terms.InEffect | terms.StateTime)
        or (isinstance(term, Attr) and term.space == "state")
    )


def asserted(conditions: Iterable[Condition], positive: bool = True) -> frozenset[str]:
    """The states that the conditions speak of outside a negation."""
    found: frozenset[str] = frozenset()
    for condition in conditions:
        match condition:
            case terms.Not():
                found |= asserted((condition.of,), not positive)
            case terms.All() | terms.AnyOf() | terms.Counted():
                found |= asserted(condition.items, positive)
            case terms.Quantified():
                found |= asserted((condition.body,), positive is not (condition.mode == "no"))
            case _ if positive:
                found |= spoken_of(condition)
    return found


MANY = 100_000
"""So many conjunctions are remembered."""
_told: dict[int, tuple[tuple[Condition, ...], frozenset[str], frozenset[str]]] = {}


def told_apart(conditions: tuple[Condition, ...]) -> tuple[frozenset[str], frozenset[str]]:
    """The states asked for one instance at a time, and those of which every instance must bear the conditions out.

    Remembered by identity: the conditions of a norm live as long as its book, and are asked again and again.
    """
    found = _told.get(id(conditions))
    if found is None or found[0] is not conditions:
        if len(_told) >= MANY:
            _told.clear()
        some = asserted(conditions)
        found = _told[id(conditions)] = (conditions, some, spoken_of(conditions) - some)
    return found[1], found[2]


def readings(situation: Situation, named: Iterable[str]) -> Iterator[Situation]:
    """The situation once for each choice of the instances of these states."""
    named = sorted(named)
    choices: list[list[Instance] | list[None]] = [
        candidates(situation, state) or [None] for state in named
    ]
    for choice in itertools.product(*choices):
        yield Situation(
            situation.book,
            situation.request,
            situation.calendar,
            situation.instances,
            {**situation.bound, **dict(zip(named, choice, strict=True))},
            situation.variables,
            situation.grant,
            situation.open_world,
        )
