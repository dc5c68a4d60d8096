"""D504: a deadline that cannot be met."""

from __future__ import annotations

from collections.abc import Iterator

from writ.book import dates
from writ.book.terms import DateConst
from writ.checks.check import Check, Unit, clause, document, finding
from writ.checks.view import View
from writ.diagnostics import Diagnostic, Severity

DOC = document(
    "D504",
    "impossible-deadline",
    Severity.ERROR,
    "the period of a duty is empty, cannot be counted by its calendar, or its date is past when it begins",
    "the bearer is in breach on the first day, or nobody can say when they are.",
    """
duty 58(1)
  minister must lay-motion
  within 7 sitting days of upper-house of issue-declaration   -- whose sitting days no calendar lists
""",
    "give a period that can be kept, and list what it counts in the calendar.",
)

RUNNING = {("within", "calendar months"), ("within", "calendar years")}
"""Of which none is the rest of the one that is running; a duty that recurs with it would recur without end."""


def find(view: View, unit: str) -> Iterator[Diagnostic]:
    """Each duty of the instrument with such a deadline."""
    calendar = view.book.calendar_of(unit)
    for norm in view.norms_of[unit]:
        if norm.kind != "duty":
            continue
        for word, period in (("within", norm.within), ("every", norm.every)):
            if period is None:
                continue
            if period.amount == 0 and (word, period.unit) not in RUNNING:
                yield finding(
                    view,
                    DOC,
                    clause(norm, word),
                    "a period of nothing cannot be kept",
                    "give at least 1",
                )
            elif period.unit == "sitting days" and not (
                calendar and calendar.sittings.get(period.of)
            ):
                yield finding(
                    view,
                    DOC,
                    clause(norm, word),
                    f"no calendar of `{unit}` lists the sitting days of `{period.of}`",
                    f"add `sitting {period.of} DATE, …` to the calendar, or name a calendar in the front matter",
                )
        if isinstance(norm.due_by, DateConst) and norm.start is not None:
            due = dates.day_of(dates.parse(norm.due_by.value))
            if due < norm.start:
                yield finding(
                    view,
                    DOC,
                    clause(norm, "by"),
                    f"the duty falls due on {due}, before it is in force ({norm.start})",
                    "correct one of the dates",
                )


CHECK = Check(DOC, Unit.INSTRUMENT, find)
