"""C410: one norm written twice."""

from __future__ import annotations

from collections.abc import Iterator

from writ.book.model import Place
from writ.checks.check import Check, Unit, document, finding
from writ.checks.inclusion import alike, contained
from writ.checks.view import View
from writ.diagnostics import Diagnostic, Severity

DOC = document(
    "C410",
    "duplicate-norm",
    Severity.WARNING,
    "two norms of one kind have the same scope and say the same",
    "whoever repeals or amends one of them changes nothing.",
    """
prohibition 5
  no one may publish
prohibition 6
  no one may publish
""",
    "keep one of the two.",
)


def find(view: View, unit: str) -> Iterator[Diagnostic]:
    """Each norm on this act that repeats one written before it, or one of a higher rank."""
    seen: set[str] = set()
    for norm, wide in contained(view, unit):
        if norm.id in seen or not alike(view, norm, wide):
            continue
        if norm.rank == wide.rank and _order(norm.place) < _order(wide.place):
            continue
        seen.add(norm.id)
        message = f"`{norm.citation}` says the same as `{wide.citation}`"
        related = ((wide.label_place, "the same norm"),)
        yield finding(view, DOC, norm.label_place, message, "keep one of the two", related)


def _order(place: Place) -> tuple[str, int]:
    return place.file, place.span


CHECK = Check(DOC, Unit.ACT, find)
