"""C408: a norm that a wider one of the same kind makes needless."""

from __future__ import annotations

from collections.abc import Iterator

from writ.checks.check import Check, Unit, document, finding
from writ.checks.inclusion import alike, contained
from writ.checks.view import View
from writ.diagnostics import Diagnostic, Severity

DOC = document(
    "C408",
    "redundant-norm",
    Severity.NOTE,
    "a wider norm of the same kind, of no lower rank, already says all that a norm says",
    "its conditions bound nothing, unless it only restates the other to be cited by its own provision.",
    """
prohibition 5
  no one may publish
prohibition 6
  no one may publish
  when classified
""",
    "delete it, or give the wider norm the conditions that it lacks.",
)


def find(view: View, unit: str) -> Iterator[Diagnostic]:
    """Each norm on this act with the first wider one; norms that say the same are C410."""
    seen: set[str] = set()
    for norm, wide in contained(view, unit):
        if norm.id in seen or alike(view, norm, wide):
            continue
        seen.add(norm.id)
        message = f"`{norm.citation}` adds nothing to `{wide.citation}`, which is wider"
        related = ((wide.label_place, "the wider norm"),)
        yield finding(
            view, DOC, norm.label_place, message, "delete it, or narrow the other", related
        )


CHECK = Check(DOC, Unit.ACT, find)
