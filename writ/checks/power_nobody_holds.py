"""G803: a power that is given to nobody."""

from __future__ import annotations

from collections.abc import Iterator

from writ.book.wording import say
from writ.checks.check import Check, Unit, document, finding
from writ.checks.view import View
from writ.diagnostics import Diagnostic, Severity

DOC = document(
    "G803",
    "power-nobody-holds",
    Severity.WARNING,
    "the exceptions of a power, permission, right or delegation leave nobody who has it",
    "nobody could ever use it.",
    """
power 5
  minister except cabinet-member may sign      -- and every minister is a cabinet member
""",
    "correct the bearer or the exception.",
)

HELD = frozenset({"power", "permission", "right", "delegation"})


def find(view: View, unit: str) -> Iterator[Diagnostic]:
    """Each norm whose bearer, less its exceptions, is nobody."""
    for norm in view.norms_of[unit]:
        if norm.kind in HELD and norm.bearer.excepted and not view.matched(norm.bearer):
            message = f"nobody is `{say(norm.bearer)}`"
            yield finding(view, DOC, norm.label_place, message, "correct the exception")


CHECK = Check(DOC, Unit.INSTRUMENT, find)
