"""A309: a delegation that may be passed on too far."""

from __future__ import annotations

from collections.abc import Iterator

from writ.checks.check import Check, Unit, clause, document, finding
from writ.checks.view import View
from writ.diagnostics import Diagnostic, Severity

DOC = document(
    "A309",
    "delegation-too-deep",
    Severity.WARNING,
    "a delegation may be passed on more than three times",
    "after so many hands nobody knows who answers for the act; courts read deep chains narrowly.",
    """
delegation 4
  minister may delegate sign to official by delegate-signing
  depth 9
""",
    "lower the depth, or name the offices that may pass it on.",
)


DEEPEST = 3
"""Hands beyond which a chain is reported: head, deputy, director, and no further."""


def find(view: View, unit: str) -> Iterator[Diagnostic]:
    """Each delegation norm with a depth above `DEEPEST`."""
    for norm in view.norms_of[unit]:
        if norm.kind == "delegation" and norm.depth > DEEPEST:
            yield finding(
                view,
                DOC,
                clause(norm, "depth"),
                f"this may be passed on {norm.depth} times",
                f"{DEEPEST} is the most that keeps somebody answerable",
            )


CHECK = Check(DOC, Unit.INSTRUMENT, find)
