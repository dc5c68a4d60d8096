"""Conditions taken apart: conjunctions of literals, with every `not` pushed down to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from writ.book import terms
from writ.book.terms import Condition

MAX_CASES = 64
"""Alternatives looked at for one conjunction; beyond them it is taken to be possible."""


def positive(condition: Condition) -> Condition:
    """The same condition with `not` only before literals."""
    match condition:
        case terms.All(items=items):
            return terms.All(tuple([positive(item) for item in items]))
        case terms.AnyOf(items=items):
            return terms.AnyOf(tuple([positive(item) for item in items]))
        case terms.Not(of=of):
            return _denied(of)
    return condition


def _denied(condition: Condition) -> Condition:
    match condition:
        case terms.All(items=items):
            return terms.AnyOf(tuple([_denied(item) for item in items]))
        case terms.AnyOf(items=items):
            return terms.All(tuple([_denied(item) for item in items]))
        case terms.Not(of=of):
            return positive(of)
        case terms.Always(value=value):
            return terms.Always(not value)
    return terms.Not(condition)


def flat(conditions: Iterable[Condition]) -> tuple[list[Condition], list[tuple[Condition, ...]]]:
    """The literals of a conjunction, and the alternatives of each disjunction in it."""
    literals: list[Condition] = []
    choices: list[tuple[Condition, ...]] = []
    todo = [positive(condition) for condition in reversed(tuple(conditions))]
    while todo:
        item = todo.pop()
        if isinstance(item, terms.All):
            todo.extend(reversed(item.items))
        elif isinstance(item, terms.AnyOf):
            choices.append(item.items)
        else:
            literals.append(item)
    return literals, choices


def cases(conditions: Iterable[Condition]) -> Iterator[list[Condition] | None]:
    """Every way to make a conjunction true, as a list of literals; None at the end if there are too many."""
    count = 0
    todo: list[tuple[list[Condition], list[tuple[Condition, ...]]]] = [flat(conditions)]
    while todo:
        literals, choices = todo.pop()
        if not choices:
            yield literals
            continue
        first, *rest = choices
        for alternative in reversed(first):
            count += 1
            if count > MAX_CASES:
                yield None
                return
            more, deeper = flat((alternative,))
            todo.append(([*literals, *more], [*deeper, *rest]))
