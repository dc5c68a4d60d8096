"""C407: a norm that another always defeats."""

from __future__ import annotations

from collections.abc import Iterator

from writ.checks.check import Check, Unit, document, finding
from writ.checks.inclusion import defeated
from writ.checks.view import View
from writ.diagnostics import Diagnostic, Severity
from writ.engine.precedence import Maxim

DOC = document(
    "C407",
    "dead-norm",
    Severity.WARNING,
    "a norm never decides anything, because another that covers it wholly always defeats it",
    "the text promises or forbids what is not so, and readers rely on it.",
    """
-- in a regulation, under a statute that says `no one may publish`
permission 5
  minister may publish
  when urgent
""",
    "delete the norm, or let the other one yield to it by `subject to`.",
)

SAYS = {
    Maxim.OVERRIDE: "which is written to prevail over it",
    Maxim.SUPERIOR: "which is of higher rank",
    Maxim.CONTROL: "which lower law may lay down beside it",
    Maxim.SPECIAL: "which is the narrower",
    Maxim.LATER: "which is the later",
}


def find(view: View, unit: str) -> Iterator[Diagnostic]:
    """Each norm on this act with the first that always defeats it. A duty that higher law forbids is D502."""
    seen: set[str] = set()
    for norm, wide, maxim in defeated(view, unit):
        if maxim is None or maxim is Maxim.CONTROL or norm.id in seen:
            continue
        if norm.kind == "duty" and maxim is Maxim.SUPERIOR:
            continue
        seen.add(norm.id)
        message = f"`{norm.citation}` is always defeated by `{wide.citation}`, {SAYS[maxim]}"
        related = ((wide.label_place, "it covers the whole of the other"),)
        yield finding(
            view, DOC, norm.label_place, message, "delete it, or let the other yield", related
        )


CHECK = Check(DOC, Unit.ACT, find)
