"""T609: a period in sitting days that no calendar lists."""

from __future__ import annotations

from collections.abc import Iterator

from writ.book.model import Norm
from writ.book.terms import Period
from writ.checks.check import Check, Unit, clause, document, finding
from writ.checks.view import View
from writ.diagnostics import Diagnostic, Severity

DOC = document(
    "T609",
    "uncountable-period",
    Severity.WARNING,
    "a period counts sitting days of which the calendar lists none",
    "it never ends: whatever waits for its end, waits for ever.",
    """
lapse 5
  order lapses
  after 15 sitting days of upper-house   -- of which the calendar lists none
""",
    "list the sitting days in the calendar of the instrument, or count by another unit.",
)


def find(view: View, unit: str) -> Iterator[Diagnostic]:
    """Each such period in a norm of the instrument; that of a duty is D504."""
    calendar = view.book.calendar_of(unit)
    for norm in view.norms_of[unit]:
        for word, period in periods(norm):
            if period.unit != "sitting days" or word in ("within", "every"):
                continue
            if calendar is not None and calendar.sittings.get(period.of):
                continue
            message = f"no calendar of `{unit}` lists the sitting days of `{period.of}`"
            help = f"add `sitting {period.of} DATE, …` to the calendar"
            yield finding(view, DOC, clause(norm, word), message, help)


def periods(norm: Norm) -> Iterator[tuple[str, Period]]:
    """The periods of a norm, with the words of their clauses."""
    for word, period in (
        ("within", norm.within),
        ("every", norm.every),
        ("after", norm.lapse_after),
        ("for", norm.lasts),
    ):
        if period is not None:
            yield word, period
    for effect in (*norm.effects, *norm.breach):
        if effect.duration is not None:
            yield effect.verb, effect.duration
    for step in norm.after:
        if step.within is not None:
            yield "after", step.within


CHECK = Check(DOC, Unit.INSTRUMENT, find)
