"""V252: `yes` or `no` written as a condition."""

from __future__ import annotations

from collections.abc import Iterator

from writ.book import terms
from writ.book.terms import Condition
from writ.checks.check import Check, Unit, condition, conditions, document, finding
from writ.checks.view import View
from writ.diagnostics import Diagnostic, Severity

DOC = document(
    "V252",
    "constant-condition",
    Severity.WARNING,
    "`yes` or `no` stands where a condition is expected",
    "it was meant to be filled in, or to switch a norm off: both leave law that does not say what it does.",
    """
power 5
  minister may issue-order
  when yes
""",
    "write the condition; to end a norm, `repeal` it.",
)


def find(view: View, unit: str) -> Iterator[Diagnostic]:
    """Each constant among the conjuncts of a norm, and in what they are made of."""
    for norm in view.entangled(unit):
        for field, items in conditions(norm).items():
            for at, item in enumerate(items):
                constant = _constant(item)
                if constant is not None:
                    word = "yes" if constant.value else "no"
                    message = f"the condition is always `{word}`"
                    help = "to end a norm, `repeal` it" if word == "no" else "leave it out"
                    yield finding(view, DOC, condition(norm, field, at), message, help)


def _constant(item: Condition) -> terms.Always | None:
    match item:
        case terms.Always():
            return item
        case terms.Not(of=of):
            return _constant(of)
        case terms.All(items=items) | terms.AnyOf(items=items) | terms.Counted(items=items):
            return next((found for one in items if (found := _constant(one))), None)
    return None


CHECK = Check(DOC, Unit.INSTRUMENT, find)
