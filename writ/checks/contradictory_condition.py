"""V250: conditions that can never be true together."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from writ.book.model import Norm
from writ.book.terms import Condition
from writ.book.wording import say
from writ.checks.check import Check, Unit, condition, conditions, document, finding
from writ.checks.possible import asked_in, impossible
from writ.checks.view import View
from writ.diagnostics import Diagnostic, Severity

DOC = document(
    "V250",
    "contradictory-condition",
    Severity.ERROR,
    "the conditions of a norm can never be true together",
    "the norm never applies, or asks for what cannot be given, and nobody is told.",
    """
power 5
  minister may issue-order
  when kind is public-order
  when kind is war
""",
    "join alternatives by `or` (or `in {…}`), or delete the condition that is wrong.",
)


def find(view: View, unit: str) -> Iterator[Diagnostic]:
    """Each part of a norm that contradicts itself, or the `when` that it stands beside."""
    for norm in view.entangled(unit):
        if norm.when and impossible(view, norm.when, (norm,)):
            yield _report(view, norm, "when", norm.when)
            continue
        for field, items in conditions(norm).items():
            if not items or field == "when":
                continue
            beside = norm.when if field in ("with", "so that") else ()
            if impossible(view, (*beside, *items), asked_in(norm, field)):
                yield _report(view, norm, field, items, beside)


def _report(
    view: View,
    norm: Norm,
    field: str,
    items: tuple[Condition, ...],
    beside: tuple[Condition, ...] = (),
) -> Diagnostic:
    norms = asked_in(norm, field)
    for at, item in enumerate(items):
        if impossible(view, (item,), norms):
            place = condition(norm, field, at)
            return finding(view, DOC, place, f"`{say(item)}` can never be true")
    every = (*beside, *items)
    for one, other in combinations(range(len(every)), 2):
        if impossible(view, (every[one], every[other]), norms):
            place = condition(norm, field, max(other - len(beside), 0))
            message = f"`{say(every[one])}` and `{say(every[other])}` can never be true together"
            return finding(view, DOC, place, message, "one of the two is wrong")
    words = "`when` and " * bool(beside) + f"`{field}`"
    return finding(
        view,
        DOC,
        condition(norm, field, 0),
        f"the conditions in {words} can never be true together",
    )


CHECK = Check(DOC, Unit.INSTRUMENT, find)
