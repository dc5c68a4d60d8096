"""C499: more norms on one act than can be compared pair by pair."""

from __future__ import annotations

from collections.abc import Iterator

from writ.checks.check import Check, Unit, document, finding
from writ.checks.opposition import MAX_PAIRS, candidates
from writ.checks.unresolved_conflict import FORBIDDING, GRANTING
from writ.checks.view import View
from writ.diagnostics import Diagnostic, Severity

DOC = document(
    "C499",
    "crowded-act",
    Severity.NOTE,
    f"more than {MAX_PAIRS:,} pairs of norms on one act may be in conflict, and only so many were compared",
    "a conflict among the others would not be found.",
    """
-- thousands of permissions and prohibitions, all on `publish`
""",
    "divide the act into narrower ones (`act publish-map`, `is publish`), each with its norms.",
)


def find(view: View, unit: str) -> Iterator[Diagnostic]:
    """The act, if it is one."""
    count = candidates(view, unit, GRANTING, FORBIDDING)
    if count > MAX_PAIRS:
        place = view.vocabulary.acts[unit].place
        message = (
            f"{count:,} pairs of norms on `{unit}` may be in conflict; {MAX_PAIRS:,} were compared"
        )
        yield finding(view, DOC, place, message, "divide the act into narrower ones")


CHECK = Check(DOC, Unit.ACT, find)
