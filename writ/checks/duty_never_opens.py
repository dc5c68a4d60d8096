"""D506: a duty that nothing opens."""

from __future__ import annotations

from collections.abc import Iterator

from writ.checks.check import Check, Unit, clause, document, finding
from writ.checks.view import View
from writ.diagnostics import Diagnostic, Severity

DOC = document(
    "D506",
    "duty-never-opens",
    Severity.WARNING,
    "the trigger of a duty is a state that nothing begins, or an end that nothing brings about",
    "the duty is on the page and never binds anyone.",
    """
state siege "a siege"          -- and no norm begins it
duty 5
  minister must report
  within 3 days of start of siege
""",
    "let a norm begin (or end) the state, or correct the trigger.",
)


def find(view: View, unit: str) -> Iterator[Diagnostic]:
    """Each duty that waits for the start or end of a state that no norm starts, ends or bounds."""
    changed = [effect for found in view.consequences.values() for _, effect in found]
    begun = {e.state for e in changed if e.verb == "begins"}
    ended = {e.state for e in changed if e.verb == "ends" or e.duration or e.until}
    ended |= view.lapsing
    for norm in view.eventful:
        trigger = norm.trigger
        if norm.kind != "duty" or trigger is None or trigger.kind not in ("start", "end"):
            continue
        if trigger.name in (begun if trigger.kind == "start" else ended):
            continue
        yield finding(
            view,
            DOC,
            clause(norm, "within", "on", "every"),
            f"nothing {'begins' if trigger.kind == 'start' else 'ends'} `{trigger.name}`, so this duty never opens",
            "let a norm do so, or correct the trigger",
        )


CHECK = Check(DOC, Unit.BOOK, find)
