"""D505: a duty owed to its own bearer."""

from __future__ import annotations

from collections.abc import Iterator

from writ.checks.check import Check, Unit, clause, document, finding
from writ.checks.view import View
from writ.diagnostics import Diagnostic, Severity

DOC = document(
    "D505",
    "duty-to-oneself",
    Severity.WARNING,
    "a duty is owed to the one who bears it, or may be waived by the one who bears it",
    "nobody holds the bearer to a duty that only the bearer can enforce.",
    """
duty 5
  minister must report
  to minister
""",
    "name who is owed the duty, or who may release the bearer from it.",
)


def find(view: View, unit: str) -> Iterator[Diagnostic]:
    """Each duty of the instrument whose `to` or `waived by` is just its bearer."""
    for norm in view.norms_of[unit]:
        if norm.kind != "duty":
            continue
        bearers = {actor.name for actor in norm.bearer.actors}
        for word, bearer in (("to", norm.to), ("waived by", norm.waived_by)):
            if bearer is None or not bearer.actors:
                continue
            named = {actor.name for actor in bearer.actors}
            if named <= bearers:
                yield finding(
                    view,
                    DOC,
                    clause(norm, word),
                    f"`{word}` names only the bearer of the duty",
                    "name another office",
                )


CHECK = Check(DOC, Unit.INSTRUMENT, find)
