"""V253: a condition that another one implies."""

from __future__ import annotations

from collections.abc import Iterator

from writ.book.model import Norm
from writ.book.terms import Condition
from writ.book.wording import say
from writ.checks.check import Check, Unit, condition, document, finding
from writ.checks.view import View
from writ.diagnostics import Diagnostic, Severity
from writ.engine.scope import implies

DOC = document(
    "V253",
    "redundant-condition",
    Severity.WARNING,
    "a condition of a norm is implied by another condition of the same norm",
    "the reader looks for the case that it excludes, and there is none: one of the two is likely to be wrong.",
    """
power 5
  minister may issue-order
  when level is secret
  when level at least confidential
""",
    "delete the wider condition, or correct it.",
)


def find(view: View, unit: str) -> Iterator[Diagnostic]:
    """Each conjunct of `when`, `with` or `so that` that another conjunct implies."""
    for norm in view.entangled(unit):
        if len(norm.when) > 1:
            yield from _within(view, norm, "when", norm.when, norm.when)
        for field, items in (("with", norm.with_), ("so that", norm.so_that)):
            if len(items) + len(norm.when) > 1:
                yield from _within(view, norm, field, items, (*norm.when, *items))


def _within(
    view: View,
    norm: Norm,
    field: str,
    items: tuple[Condition, ...],
    others: tuple[Condition, ...],
) -> Iterator[Diagnostic]:
    first = len(others) - len(items)
    for at, item in enumerate(items):
        for beside, other in enumerate(others):
            if beside == first + at or not implies(view.vocabulary, other, item):
                continue
            if beside > first + at and implies(view.vocabulary, item, other):
                continue
            message = f"`{say(item)}` is already implied by `{say(other)}`"
            yield finding(view, DOC, condition(norm, field, at), message, "delete the wider one")
            break


CHECK = Check(DOC, Unit.INSTRUMENT, find)
