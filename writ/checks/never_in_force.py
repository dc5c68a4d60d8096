"""T605: a norm that is never in force."""

from __future__ import annotations

from collections.abc import Iterator

from writ.book.model import Norm
from writ.checks.check import Check, Unit, clause, document, finding
from writ.checks.view import View
from writ.diagnostics import Diagnostic, Severity

DOC = document(
    "T605",
    "never-in-force",
    Severity.ERROR,
    "a norm ends before it begins, or waits for a commencement that never comes",
    "it is on the page and never binds anyone.",
    """
power 4
  minister may inspect
  in force from 2020-01-01
repeal 5
  rules 4
  from 2019-01-01
""",
    "correct the dates, or commence it.",
)


def find(view: View, unit: str) -> Iterator[Diagnostic]:
    """Each norm of the instrument without a day in force."""
    waiting: list[Norm] = []
    for norm in view.norms_of[unit]:
        if norm.start is None:
            waiting.append(norm)
        elif norm.end is not None and norm.end <= norm.start:
            yield finding(
                view,
                DOC,
                clause(norm, "in force"),
                f"this ends before {norm.end} and begins on {norm.start}",
                "correct one of the dates",
            )
    if waiting:
        yield finding(
            view,
            DOC,
            waiting[0].label_place,
            f"{len(waiting)} of the norms of `{unit}` wait for a `commence` that is nowhere",
            f"commence them: `commence 1` … `{unit} {waiting[0].label}` … `from DATE`",
        )


CHECK = Check(DOC, Unit.INSTRUMENT, find)
