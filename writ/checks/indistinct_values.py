"""V257: values of a kind that no norm tells apart."""

from __future__ import annotations

from collections.abc import Iterator

from writ.checks.check import Check, Unit, document, finding
from writ.checks.view import View
from writ.diagnostics import Diagnostic, Severity

DOC = document(
    "V257",
    "indistinct-values",
    Severity.NOTE,
    "norms name some values of a kind, and treat all the others alike",
    "perhaps rightly; perhaps the norm on one of them was forgotten.",
    """
kind emergency-kind "kinds of emergency"
  war "war"
  flood "a flood"
  fire "a fire"
-- and the norms ask only whether the kind is `war`
""",
    "write the norms that the others need, or declare one value for all of them.",
)


def find(view: View, unit: str) -> Iterator[Diagnostic]:
    """Each kind of which some values are named, and two or more are not."""
    for kind in view.vocabulary.kinds.values():
        if kind.ordered:
            continue
        idle = [v.name for v in kind.values if f"{kind.name}={v.name}" not in view.mentioned]
        if 1 < len(idle) < len(kind.values):
            listed = ", ".join(f"`{name}`" for name in idle[:4]) + (" …" if len(idle) > 4 else "")
            yield finding(
                view,
                DOC,
                kind.place,
                f"no norm tells these values of `{kind.name}` apart: {listed}",
            )


CHECK = Check(DOC, Unit.BOOK, find)
