"""T604: a review that is overdue."""

from __future__ import annotations

from collections.abc import Iterator

from writ.checks.check import Check, Unit, document, finding
from writ.checks.view import View
from writ.diagnostics import Diagnostic, Severity

DOC = document(
    "T604",
    "review-overdue",
    Severity.WARNING,
    "an instrument in force has a review date that is past",
    "law that is not looked at again drifts from the facts that it was made for.",
    """
-- in the front matter: `review: 2020-01-01`
power 1
  minister may inspect
""",
    "review it, and set the date of the next review.",
)


def find(view: View, unit: str) -> Iterator[Diagnostic]:
    """The instrument, if it is in force and its review was due before today."""
    item = view.instrument(unit)
    if (
        item.review is None
        or item.review >= view.today
        or item.start is None
        or item.start > view.today
    ):
        return
    if item.end is not None and item.end <= view.today:
        return
    days = (view.today - item.review).days
    who = f" by `{item.owner}`" if item.owner else ""
    yield finding(
        view,
        DOC,
        item.place,
        f"the review of `{unit}`{who} has been due since {item.review} ({days} days)",
        "review it, and set the next date",
    )


CHECK = Check(DOC, Unit.INSTRUMENT, find, dated=True)
