"""G806: an instrument that says nothing formally."""

from __future__ import annotations

from collections.abc import Iterator

from writ.checks.check import Check, Unit, document, finding
from writ.checks.view import View
from writ.diagnostics import Diagnostic, Severity

DOC = document(
    "G806",
    "instrument-without-norms",
    Severity.NOTE,
    "an instrument has front matter and text, and neither norm nor assurance",
    "its text binds people, and no answer will ever cite it.",
    """
-- an instrument whose blocks only declare words, or that has none
""",
    "write its norms, or declare its words in `book.md`.",
)


def find(view: View, unit: str) -> Iterator[Diagnostic]:
    """The instrument, if it has neither norms nor overrides nor assurances."""
    if view.norms_of[unit] or view.overrides_in.get(unit):
        return
    if not any(each.instrument == unit for each in view.book.assurances):
        place = view.instrument(unit).place
        yield finding(view, DOC, place, f"the instrument `{unit}` has no norms")


CHECK = Check(DOC, Unit.INSTRUMENT, find)
