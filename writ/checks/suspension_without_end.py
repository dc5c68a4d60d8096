"""T607: a suspension without an end."""

from __future__ import annotations

from collections.abc import Iterator

from writ.checks.check import Check, Unit, document, finding
from writ.checks.view import View
from writ.diagnostics import Diagnostic, Severity

DOC = document(
    "T607",
    "suspension-without-end",
    Severity.WARNING,
    "a provision is suspended with no day on which it comes back",
    "a right or a safeguard that is suspended for good has been repealed without anyone saying so.",
    """
suspend 9
  charter 12
  from 2020-03-01
""",
    "give `until`, or repeal it openly.",
)


def find(view: View, unit: str) -> Iterator[Diagnostic]:
    """Each norm of the instrument with such a gap."""
    for norm in view.norms_of[unit]:
        for gap in norm.gaps:
            if gap.end is None and (norm.end is None or norm.end > gap.start):
                yield finding(
                    view,
                    DOC,
                    norm.label_place,
                    f"{norm.citation} is suspended from {gap.start} without an end",
                    "give the suspension an `until`",
                )


CHECK = Check(DOC, Unit.INSTRUMENT, find)
