"""A305: made under a power that is not in force."""

from __future__ import annotations

from collections.abc import Iterator

from writ.checks.check import Check, Unit, document, finding
from writ.checks.enabling import enabling
from writ.checks.view import View
from writ.diagnostics import Diagnostic, Severity

DOC = document(
    "A305",
    "basis-not-in-force",
    Severity.ERROR,
    "an instrument begins before the power behind it does, or outlives that power",
    "without its basis a subordinate instrument is without force from the first day, or from the day the basis ends.",
    """
-- in force from 2020-01-01, under a power that was repealed on 2019-06-30
power 1
  minister may issue-order
""",
    "repeal it with its basis, save it by a new basis, or correct the dates.",
)


def find(view: View, unit: str) -> Iterator[Diagnostic]:
    """The instrument, if no enabling power is in force on its first day, or all end before it does."""
    item = view.instrument(unit)
    powers = [norm for norm in enabling(view, item) if norm.start is not None]
    if item.start is None or not powers:
        return
    begun = [norm for norm in powers if norm.start is not None and norm.start <= item.start]
    alive = [norm for norm in begun if norm.end is None or norm.end > item.start]
    basis = (alive or powers)[0]
    related = ((basis.label_place, "the power that it is made under"),)
    if not alive:
        message = (
            f"{basis.citation}, which `{unit}` is made under, was not in force on {item.start}"
        )
        yield finding(view, DOC, item.place, message, "correct the dates or the basis", related)
        return
    ends = [norm.end for norm in alive]
    last = max((end for end in ends if end is not None), default=None)
    if None not in ends and last is not None and (item.end is None or item.end > last):
        message = f"`{unit}` goes on from {last}, when {basis.citation} is no longer in force"
        yield finding(
            view,
            DOC,
            item.place,
            message,
            f"repeal it from {last}, or give it a new basis",
            related,
        )


CHECK = Check(DOC, Unit.AUTHORITY, find)
