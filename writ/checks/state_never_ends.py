"""V259: a state that nothing ends."""

from __future__ import annotations

from collections.abc import Iterator

from writ.checks.check import Check, Unit, consequence, document, finding
from writ.checks.view import View
from writ.diagnostics import Diagnostic, Severity

DOC = document(
    "V259",
    "state-never-ends",
    Severity.WARNING,
    "a state is begun without a period, and nothing in the book ends it or lets it lapse",
    "what holds while the state lasts then holds for ever, which is seldom what was meant.",
    """
power 5
  minister may declare-emergency
  begins emergency
""",
    "give it a period (`begins STATE for 30 days`), a `lapse`, or an act that `ends` it.",
)


def find(view: View, unit: str) -> Iterator[Diagnostic]:
    """Each state of which a beginning is unbounded, and that no act ends."""
    for name, effects in view.consequences.items():
        if name in view.lapsing or any(effect.verb == "ends" for _, effect in effects):
            continue
        for norm, effect in effects:
            if effect.verb == "begins" and effect.duration is None and effect.until is None:
                message = f"nothing ends the state `{name}`, and it has no period"
                help = "add `for DURATION`, a `lapse`, or an act that `ends` it"
                yield finding(view, DOC, consequence(norm, effect), message, help)
                break


CHECK = Check(DOC, Unit.BOOK, find)
