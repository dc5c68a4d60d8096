"""Conditions of our language in the making: true and false taken out, sizes known, written with few parentheses."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from writ.formats.cedar.expressions import Unsupported

LARGEST = 4_000
"""Tests in one condition."""
DEEPEST = 48
"""Parentheses within one another; the language takes 64."""


class Cond(NamedTuple):
    """`op`: yes, no, test, and, or; huge, for what is too large to be written. A `test` is the text of a comparison."""

    op: str
    text: str = ""
    items: tuple[Cond, ...] = ()
    size: int = 1
    depth: int = 0


ALWAYS, NEVER = Cond("yes"), Cond("no")
HUGE = Cond("huge")
"""A condition that nobody may come to need: when a long conjunction is false, say."""


def test(text: str) -> Cond:
    return Cond("test", text)


def every(items: Iterable[Cond]) -> Cond:
    """All of them."""
    return _joined("and", items, ALWAYS, NEVER)


def some(items: Iterable[Cond]) -> Cond:
    """At least one of them."""
    return _joined("or", items, NEVER, ALWAYS)


def _joined(op: str, items: Iterable[Cond], neutral: Cond, final: Cond) -> Cond:
    found: dict[Cond, None] = {}
    huge = False
    for item in items:
        if item is final:
            return final
        if item is HUGE:
            huge = True
        elif item is not neutral:
            found.update(dict.fromkeys(item.items if item.op == op else (item,)))
    if huge:
        return HUGE
    if not found:
        return neutral
    if len(found) == 1:
        return next(iter(found))
    size = sum(item.size for item in found)
    depth = max(item.depth + (item.op != "test") for item in found)
    if size > LARGEST or depth > DEEPEST:
        return HUGE
    return Cond(op, "", tuple(found), size, depth)


def lines(cond: Cond) -> list[str]:
    """The texts of the `when` clauses that together say the condition.

    Raises:
        Unsupported: it is too large.
    """
    if cond is HUGE:
        raise Unsupported("a condition too large")
    return [shown(item) for item in (cond.items if cond.op == "and" else (cond,))]


def shown(cond: Cond) -> str:
    if cond.op in ("and", "or"):
        return f" {cond.op} ".join(
            f"({shown(item)})" if item.items else item.text for item in cond.items
        )
    return cond.text
