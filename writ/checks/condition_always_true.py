"""V251: conditions that are always true."""

from __future__ import annotations

from collections.abc import Iterator

from writ.book import terms
from writ.book.model import Norm
from writ.book.terms import Condition
from writ.book.wording import say
from writ.checks.check import Check, Unit, condition, conditions, document, finding
from writ.checks.possible import asked_in, impossible
from writ.checks.view import View
from writ.diagnostics import Diagnostic, Severity

DOC = document(
    "V251",
    "condition-always-true",
    Severity.WARNING,
    "a condition is true whatever the facts",
    "it decides nothing; nearly always an `or` stands where `and` was meant.",
    """
prohibition 5
  no one may issue-order
  when kind is not war or kind is not public-order
""",
    "correct the condition, or delete it.",
)


def find(view: View, unit: str) -> Iterator[Diagnostic]:
    """Each conjunct whose denial is impossible."""
    for norm in view.entangled(unit):
        for field, items in conditions(norm).items():
            for at, item in enumerate(items):
                if not isinstance(item, _SIMPLE) and _certain(view, norm, field, item):
                    message = f"`{say(item)}` is always true"
                    yield finding(view, DOC, condition(norm, field, at), message)


_SIMPLE = (
    terms.Holds,
    terms.Stated,
    terms.InEffect,
    terms.Done,
    terms.Happened,
    terms.Always,
    terms.Quantified,
)
"""Conditions that some facts deny."""


def _certain(view: View, norm: Norm, field: str, item: Condition) -> bool:
    denied = item.of if isinstance(item, terms.Not) else terms.Not(item)
    return impossible(view, (denied,), asked_in(norm, field))


CHECK = Check(DOC, Unit.INSTRUMENT, find)
