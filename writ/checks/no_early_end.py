"""T612: an emergency that nobody may end before its time."""

from __future__ import annotations

from collections.abc import Iterator

from writ.checks.check import Check, Unit, consequence, document, finding
from writ.checks.lasting import emergency
from writ.checks.view import View
from writ.diagnostics import Diagnostic, Severity

DOC = document(
    "T612",
    "no-early-end",
    Severity.NOTE,
    "a state of emergency ends by time alone, and no act ends it",
    "when the danger is over the emergency goes on until its period has run.",
    """
power 5
  governor may declare-emergency
  begins emergency for 30 days
-- and no norm `ends emergency`
""",
    "give somebody the power to end it: `ends emergency`.",
)


def find(view: View, unit: str) -> Iterator[Diagnostic]:
    """Each state of emergency with a period or a lapse that no act ends; one with neither is V259."""
    for state, effects in view.consequences.items():
        if not emergency(view, state) or any(effect.verb == "ends" for _, effect in effects):
            continue
        begun = [(norm, effect) for norm, effect in effects if effect.verb == "begins"]
        bounded = state in view.lapsing or all(e.duration or e.until for _, e in begun)
        if begun and bounded:
            message = f"`{state}` ends by time alone: no act ends it"
            help = f"give somebody the power to end it, by `ends {state}`"
            yield finding(view, DOC, consequence(*begun[0]), message, help)


CHECK = Check(DOC, Unit.BOOK, find)
