"""T602: a gap between two versions of a provision."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from writ.checks.check import Check, Unit, document, finding
from writ.checks.versions import same_norm
from writ.checks.view import View
from writ.diagnostics import Diagnostic, Severity

DOC = document(
    "T602",
    "gap-in-force",
    Severity.WARNING,
    "two versions of one norm leave days between them on which neither is in force",
    "on those days the power is without a holder, or the rule does not bind; nobody meant that.",
    """
power 4
  minister may inspect
  in force from 2010-01-01 until 2014-12-31
power 4
  minister may inspect
  in force from 2015-03-01
""",
    "let the later version begin on the day on which the earlier ends.",
)


def find(view: View, unit: str) -> Iterator[Diagnostic]:
    """Each pair of successive versions (one provision, kind, act and scope) with days between."""
    for versions in same_norm(view, unit):
        for earlier, later in pairwise(versions):
            if earlier.end is None or later.start is None or later.start <= earlier.end:
                continue
            yield finding(
                view,
                DOC,
                later.label_place,
                f"{later.citation} is not in force from {earlier.end} until {later.start}",
                f"let this version begin on {earlier.end}, if no gap is meant",
                ((earlier.label_place, "the earlier version"),),
            )


CHECK = Check(DOC, Unit.INSTRUMENT, find)
