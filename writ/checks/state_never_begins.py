"""V258: a state that nothing begins."""

from __future__ import annotations

from collections.abc import Iterator

from writ.checks.check import Check, Unit, document, finding
from writ.checks.view import View
from writ.diagnostics import Diagnostic, Severity

DOC = document(
    "V258",
    "state-never-begins",
    Severity.WARNING,
    "norms speak of a state, and no norm begins it",
    "what hangs on it holds only where a request says that the state is there, and nobody says by what act.",
    """
state emergency "an emergency is declared"
power 5
  minister may issue-order
  when emergency in effect
""",
    "write `begins STATE` under the power by which it comes about; for what merely happens, declare an `event`.",
)


def find(view: View, unit: str) -> Iterator[Diagnostic]:
    """Each state that is mentioned and not begun."""
    for state in view.vocabulary.states.values():
        if state.name not in view.mentioned:
            continue
        if not any(effect.verb == "begins" for _, effect in view.consequences.get(state.name, ())):
            message = f"no norm begins the state `{state.name}`"
            yield finding(view, DOC, state.place, message, "add `begins` to the power that does")


CHECK = Check(DOC, Unit.BOOK, find)
