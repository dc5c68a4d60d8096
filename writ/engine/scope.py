"""Comparing the scopes of two norms by syntactic inclusion (`docs/semantics.md`, lex specialis).

A partial order: what cannot be compared is `INCOMPARABLE`, and then this maxim decides nothing.
"""

from __future__ import annotations

from enum import Enum

from writ.book.model import ANYONE, Norm, Vocabulary
from writ.book.terms import (
    All,
    AnyOf,
    Compare,
    Condition,
    Const,
    Holds,
    Member,
    Not,
    Stated,
)
from writ.syntax.tree import Actor, Bearer


class Scope(Enum):
    """How the first of two scopes relates to the second."""

    EQUAL = "equal"
    NARROWER = "narrower"
    WIDER = "wider"
    INCOMPARABLE = "incomparable"


def compare_scopes(vocabulary: Vocabulary, first: Norm, second: Norm) -> Scope:
    """The relation of the scopes: bearers, act, thing and the conjuncts of `when`."""
    inside = includes(vocabulary, second, first)
    around = includes(vocabulary, first, second)
    if inside and around:
        return Scope.EQUAL
    if inside:
        return Scope.NARROWER
    return Scope.WIDER if around else Scope.INCOMPARABLE


def includes(vocabulary: Vocabulary, wide: Norm, narrow: Norm) -> bool:
    """Whether every request in the scope of `narrow` is in that of `wide`, as far as syntax shows."""
    if wide.act != narrow.act and wide.act not in vocabulary.act_up.get(narrow.act, ()):
        return False
    if wide.thing and wide.thing not in vocabulary.thing_up.get(narrow.thing, ()):
        return False
    # An immunity binds every actor; whom it protects is a further part of its scope.
    if wide.kind == "immunity":
        if narrow.kind != "immunity":
            return False
        if not bearer_includes(vocabulary, wide.bearer, narrow.bearer):
            return False
    elif narrow.kind == "immunity":
        if not bearer_includes(vocabulary, wide.bearer, EVERYONE):
            return False
    elif not bearer_includes(vocabulary, wide.bearer, narrow.bearer):
        return False
    return all(any(implies(vocabulary, n, w) for n in narrow.when) for w in wide.when)


EVERYONE = Bearer("any", (Actor(ANYONE),))


def bearer_includes(vocabulary: Vocabulary, wide: Bearer, narrow: Bearer) -> bool:
    wide_actors = wide.actors or EVERYONE.actors
    narrow_actors = narrow.actors or EVERYONE.actors
    up, down = vocabulary.actor_up, vocabulary.actor_down
    for actor in narrow_actors:
        above = up.get(actor.name, frozenset({actor.name, ANYONE}))
        if not any(w.name in above and w.number <= actor.number for w in wide_actors):
            return False
    spared = {name for actor in narrow.excepted for name in down.get(actor.name, {actor.name})}
    reached = {name for actor in narrow_actors for name in down.get(actor.name, {actor.name})}
    return all(
        name in spared or name not in reached
        for actor in wide.excepted
        for name in down.get(actor.name, {actor.name})
    )


def implies(vocabulary: Vocabulary, narrow: Condition, wide: Condition) -> bool:
    """Whether `narrow` being true makes `wide` true, by its form alone."""
    if narrow == wide:
        return True
    if isinstance(wide, AnyOf) and any(implies(vocabulary, narrow, item) for item in wide.items):
        return True
    if isinstance(wide, All) and all(implies(vocabulary, narrow, item) for item in wide.items):
        return True
    if isinstance(narrow, All) and any(implies(vocabulary, item, wide) for item in narrow.items):
        return True
    if isinstance(narrow, AnyOf) and all(implies(vocabulary, item, wide) for item in narrow.items):
        return True
    if isinstance(wide, Stated):
        chosen = _choice(narrow)
        return chosen is not None and chosen[0] == wide.path and False not in chosen[1]
    return _implies_values(vocabulary, narrow, wide)


def _implies_values(vocabulary: Vocabulary, narrow: Condition, wide: Condition) -> bool:
    chosen = _choice(narrow)
    if isinstance(wide, Not):
        refused = _choice(wide.of)
        if refused is None:
            return False
        if chosen is not None:
            return chosen[0] == refused[0] and not chosen[1] & refused[1]
        if isinstance(narrow, Not):
            other = _choice(narrow.of)
            return other is not None and other[0] == refused[0] and refused[1] <= other[1]
        return False
    allowed = _choice(wide)
    if chosen is not None and allowed is not None:
        return chosen[0] == allowed[0] and chosen[1] <= allowed[1]
    bound = _bound(vocabulary, wide)
    if bound is None:
        return False
    if chosen is not None:
        ranks = [_rank(vocabulary, wide, value) for value in chosen[1]]
        return chosen[0] == bound[0] and all(
            rank is not None and _inside(rank, bound) for rank in ranks
        )
    other_bound = _bound(vocabulary, narrow)
    return other_bound is not None and _tighter(other_bound, bound)


Choice = tuple[object, frozenset[object]]
"""An expression and the constants that it may equal."""
Bound = tuple[object, str, float]
"""An expression, an operator, and the rank that bounds it."""


def _choice(condition: Condition) -> Choice | None:
    """The condition as "this expression is one of these constants", if it has that form."""
    if isinstance(condition, Holds):
        return condition.path, frozenset({True})
    if isinstance(condition, Not) and isinstance(condition.of, Holds):
        return condition.of.path, frozenset({False})
    if isinstance(condition, Compare) and condition.op == "is":
        if isinstance(condition.right, Const):
            return condition.left, frozenset({condition.right.value})
        return None
    if isinstance(condition, Member) and condition.path is None:
        values = {item.value for item in condition.items if isinstance(item, Const)}
        if len(values) == len(condition.items):
            return condition.item, frozenset(values)
    return None


def _bound(vocabulary: Vocabulary, condition: Condition) -> Bound | None:
    if not isinstance(condition, Compare) or not isinstance(condition.right, Const):
        return None
    if condition.op not in ("at least", "above", "at most", "below"):
        return None
    rank = _rank(vocabulary, condition, condition.right.value)
    return None if rank is None else (condition.left, condition.op, rank)


def _rank(vocabulary: Vocabulary, condition: Condition, value: object) -> float | None:
    """A constant as a number: itself, or its place among the levels that the condition compares."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return float(value)
    if isinstance(condition, Compare) and condition.kind.base == "levels":
        kind = vocabulary.kinds.get(condition.kind.of)
        place = kind.order.get(str(value)) if kind else None
        return None if place is None else float(place)
    return None


def _inside(rank: float | None, bound: Bound) -> bool:
    _, op, limit = bound
    assert rank is not None
    if op == "at least":
        return rank >= limit
    if op == "above":
        return rank > limit
    return rank <= limit if op == "at most" else rank < limit


def _tighter(narrow: Bound, wide: Bound) -> bool:
    if narrow[0] != wide[0]:
        return False
    upward = {"at least", "above"}
    if (narrow[1] in upward) != (wide[1] in upward):
        return False
    if narrow[2] == wide[2]:
        return narrow[1] == wide[1] or narrow[1] in ("above", "below")
    return narrow[2] > wide[2] if narrow[1] in upward else narrow[2] < wide[2]
