"""T610: a state that is suspended and that no act resumes."""

from __future__ import annotations

from collections.abc import Iterator

from writ.checks.check import Check, Unit, consequence, document, finding
from writ.checks.view import View
from writ.diagnostics import Diagnostic, Severity

DOC = document(
    "T610",
    "suspension-never-lifted",
    Severity.WARNING,
    "an act suspends a state, and no act resumes or ends it",
    "who may suspend it has ended it, without the law saying so, and nobody can bring it back.",
    """
power 5
  registrar may suspend-licence
  suspends licence
-- and no norm `resumes licence`
""",
    "say by what act the state is resumed, or let the act end it.",
)


def find(view: View, unit: str) -> Iterator[Diagnostic]:
    """Each state that is begun, suspended, and neither resumed nor ended by an act."""
    for state, effects in view.consequences.items():
        verbs = {effect.verb for _, effect in effects}
        if "begins" not in verbs or not verbs.isdisjoint({"resumes", "ends"}):
            continue
        for norm, effect in effects:
            if effect.verb == "suspends":
                message = f"no act resumes `{state}` once it is suspended"
                help = f"add `resumes {state}` to the power that does, or write `ends {state}`"
                yield finding(view, DOC, consequence(norm, effect), message, help)
                break


CHECK = Check(DOC, Unit.BOOK, find)
