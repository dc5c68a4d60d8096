"""T614: states that each end before the end of another."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from writ.book.model import Norm
from writ.book.terms import Arithmetic, Expr, Period, Select, StateTime
from writ.checks.check import Check, Unit, clause, document, finding
from writ.checks.circles import Link, circles
from writ.checks.lapse_circle import meet
from writ.checks.view import View
from writ.diagnostics import Diagnostic, Severity

DOC = document(
    "T614",
    "runaway-lapse",
    Severity.ERROR,
    "states lapse in a circle, each no later than the next, and one of them before it",
    "each end brings the other forward, without end: there is no day on which the state is over.",
    """
lapse 5
  curfew lapses
  at end of alarm - 1 days
lapse 6
  alarm lapses
  at end of curfew
""",
    "count from the start of a state, or from an act.",
)


def find(view: View, unit: str) -> Iterator[Diagnostic]:
    """Each circle of lapses at an end, none of which comes after the end that it is told by, and one before it.

    Before its own end no state lapses: that is V248.
    """
    links = [link for norm in view.bounding if norm.kind == "lapse" for link in linked(norm)]
    for circle in circles(links, partial(meet, view)):
        first, *rest = circle
        ways = [f"`{first.state}` lapses before the end of `{first.onto}`"]
        ways += [f"`{one.state}` no later than `{one.onto}`" for one in rest]
        message = ", ".join(ways)
        related = tuple((one.place, f"`{one.state}` lapses here") for one in rest[:8])
        help = "count from the start of a state, or from an act"
        yield finding(view, DOC, first.place, message, help, related)


def linked(norm: Norm) -> Iterator[Link]:
    """The states before or with whose end a state ends by a lapse."""
    if norm.lapse_at is not None:
        for state, earlier in ends(norm.lapse_at):
            yield Link(norm, state, earlier, clause(norm, "at"))


def ends(day: Expr) -> Iterator[tuple[str, bool]]:
    """The states of which the end is on a day or after it, and whether it is after."""
    match day:
        case StateTime(which="end", state=state):
            yield state, False
        case Arithmetic(op="-", left=left, right=Period(amount=amount)):
            for state, earlier in ends(left):
                yield state, earlier or amount > 0
        case Select(which="earlier", items=items):
            for item in items:
                yield from ends(item)


CHECK = Check(DOC, Unit.BOOK, find)
