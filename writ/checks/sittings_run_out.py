"""T611: a calendar whose sitting days have run out."""

from __future__ import annotations

from collections.abc import Iterator

from writ.checks.check import Check, Unit, clause, document, finding
from writ.checks.uncountable_period import periods
from writ.checks.view import View
from writ.diagnostics import Diagnostic, Severity

DOC = document(
    "T611",
    "sittings-run-out",
    Severity.NOTE,
    "a norm in force counts more sitting days than the calendar lists from the day of the check on",
    "what begins today ends on a day that nobody can tell: answers about it are `needs`.",
    """
calendar canada
  sitting senate 2022-02-21, 2022-02-22
duty 5
  minister must lay-motion
  within 7 sitting days of senate of issue-declaration
""",
    "add the sitting days of the next session to the calendar.",
)


def find(view: View, unit: str) -> Iterator[Diagnostic]:
    """For each body, the first norm of the instrument in force that counts too many; where none is listed see T609."""
    calendar = view.book.calendar_of(unit)
    if calendar is None:
        return
    left = {
        body: sum(1 for day in days if day > view.today) for body, days in calendar.sittings.items()
    }
    told: set[str] = set()
    for norm in view.norms_of[unit]:
        if norm.start is None or norm.start > view.today:
            continue
        if norm.end is not None and norm.end <= view.today:
            continue
        for word, period in periods(norm):
            body = period.of
            if period.unit != "sitting days" or body in told or body not in left:
                continue
            if left[body] < period.amount:
                told.add(body)
                last = calendar.sittings[body][-1]
                message = (
                    f"this counts {period}, and the last that `{calendar.name}` lists is {last}"
                )
                help = "add the days of the next session to the calendar"
                related = ((calendar.place, "the calendar"),)
                yield finding(view, DOC, clause(norm, word), message, help, related)


CHECK = Check(DOC, Unit.INSTRUMENT, find, dated=True)
