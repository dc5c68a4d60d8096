"""Formulas for the solver that fold what is constant, and Kleene's three values as pairs of them.

A formula is a Python bool or a Boolean term of Z3; most of what a question asks is constant once the act and the office
are chosen, and what is folded here is never built.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import z3

Formula = Any
"""`bool | z3.BoolRef`; the solver's bindings carry no types."""


def conj(items: Iterable[Formula]) -> Formula:
    """All of them."""
    left: list[Formula] = []
    for item in items:
        if item is False:
            return False
        if item is not True:
            left.append(item)
    if not left:
        return True
    return left[0] if len(left) == 1 else _of(z3.Z3_mk_and, left)


def disj(items: Iterable[Formula]) -> Formula:
    """Any of them."""
    left: list[Formula] = []
    for item in items:
        if item is True:
            return True
        if item is not False:
            left.append(item)
    if not left:
        return False
    return left[0] if len(left) == 1 else _of(z3.Z3_mk_or, left)


def _of(make: Any, items: list[Formula]) -> Formula:
    """One term of many. `z3.And` looks at the sort of each anew, which costs more than making it."""
    context = z3.main_ctx()
    terms = (z3.Ast * len(items))(*[item.as_ast() for item in items])
    return z3.BoolRef(make(context.ref(), len(items), terms), context)


def neg(item: Formula) -> Formula:
    return not item if isinstance(item, bool) else z3.Not(item)


def implies(one: Formula, other: Formula) -> Formula:
    return disj((neg(one), other))


def iff(one: Formula, other: Formula) -> Formula:
    if isinstance(one, bool):
        return other if one else neg(other)
    if isinstance(other, bool):
        return one if other else neg(one)
    return one == other


def pick(test: Formula, one: Any, other: Any) -> Any:
    """`one` where the test holds, else `other`; both formulas, or both terms of one sort."""
    if isinstance(test, bool):
        return one if test else other
    if isinstance(one, bool) or isinstance(other, bool):
        return disj((conj((test, one)), conj((neg(test), other))))
    return one if one is other else z3.If(test, one, other)


def equal(one: Any, other: Any) -> Formula:
    """Whether two terms, or numbers, are the same."""
    if one is other:
        return True
    same = one == other
    return bool(same) if isinstance(one, int | float) and isinstance(other, int | float) else same


def less(one: Any, other: Any) -> Formula:
    if one is other:
        return False
    found = one < other
    return found if not isinstance(found, bool) else bool(found)


class Tri(NamedTuple):
    """A truth: when it is true and when it is false; it is unknown where it is neither."""

    yes: Formula
    no: Formula

    @property
    def unknown(self) -> Formula:
        return conj((neg(self.yes), neg(self.no)))


TRUE = Tri(True, False)
FALSE = Tri(False, True)
UNKNOWN = Tri(False, False)


def sure(formula: Formula) -> Tri:
    """A truth that is never unknown."""
    return Tri(formula, neg(formula))


def both(truths: Iterable[Tri]) -> Tri:
    found = list(truths)
    return Tri(conj(t.yes for t in found), disj(t.no for t in found))


def either(truths: Iterable[Tri]) -> Tri:
    found = list(truths)
    return Tri(disj(t.yes for t in found), conj(t.no for t in found))


def opposite(truth: Tri) -> Tri:
    return Tri(truth.no, truth.yes)


def at_least(number: int, formulas: Iterable[Formula]) -> Formula:
    """Whether so many of them hold."""
    left: list[Formula] = []
    for item in formulas:
        if item is True:
            number -= 1
        elif item is not False:
            left.append(item)
    if number <= 0:
        return True
    if number > len(left):
        return False
    return disj(left) if number == 1 else z3.AtLeast(*left, number)


def counted(mode: str, number: int, truths: list[Tri]) -> Tri:
    """Whether at least, or exactly, so many are true."""
    certain = [truth.yes for truth in truths]
    possible = [neg(truth.no) for truth in truths]
    reached, out_of_reach = at_least(number, certain), neg(at_least(number, possible))
    if mode == "at least":
        return Tri(reached, out_of_reach)
    beyond = at_least(number + 1, certain)
    no_more = neg(at_least(number + 1, possible))
    return Tri(conj((reached, no_more)), disj((beyond, out_of_reach)))


def true_in(model: Any, formula: Formula) -> bool:
    """Whether a formula holds in a model."""
    if isinstance(formula, bool):
        return formula
    return bool(z3.is_true(model.eval(formula, model_completion=True)))
