"""T603: two versions in force at once."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from writ.book.dates import ONE_DAY
from writ.checks.check import Check, Unit, document, finding
from writ.checks.versions import same_norm
from writ.checks.view import View
from writ.diagnostics import Diagnostic, Severity

DOC = document(
    "T603",
    "overlap-in-force",
    Severity.WARNING,
    "two versions of one norm are in force on the same days",
    "the later text was meant to replace the earlier, and both bind.",
    """
power 4
  minister may inspect
  in force from 2010-01-01
power 4
  minister may inspect
  in force from 2015-01-01
""",
    "end the earlier on the day on which the later begins, or write `replaces`.",
)


def find(view: View, unit: str) -> Iterator[Diagnostic]:
    """Each pair of successive versions that begin on different days and overlap."""
    for versions in same_norm(view, unit):
        for earlier, later in pairwise(versions):
            if earlier.start == later.start or later.start is None:
                continue
            if earlier.end is None or earlier.end > later.start:
                yield finding(
                    view,
                    DOC,
                    later.label_place,
                    f"the earlier version of {later.citation} is still in force on {later.start}",
                    f"its last day is then {later.start - ONE_DAY}",
                    ((earlier.label_place, "the earlier version"),),
                )


CHECK = Check(DOC, Unit.INSTRUMENT, find)
