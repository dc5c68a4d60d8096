"""T613: states that lapse in a circle."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from writ.book.model import Norm
from writ.book.terms import InEffect, Not
from writ.checks.check import Check, Unit, condition, document, finding
from writ.checks.circles import Link, circles
from writ.checks.opposition import together
from writ.checks.possible import impossible
from writ.checks.view import View
from writ.diagnostics import Diagnostic, Severity

DOC = document(
    "T613",
    "lapse-circle",
    Severity.WARNING,
    "states lapse in a circle, one of them because another is in effect",
    "whether that other one is still in effect hangs on the first. The law does not say which of them ends: "
    "a replay asks the older one first, and of two that end together one ended by what was over itself.",
    """
lapse 5
  curfew lapses
  when alarm in effect
lapse 6
  alarm lapses
  when curfew in effect
""",
    "let the act that begins the one end the other (`ends STATE`), or take one of the lapses out. A circle of lapses "
    "that all wait for an end (`when STATE not in effect`) is none: there the end of one is that of all.",
)


def find(view: View, unit: str) -> Iterator[Diagnostic]:
    """Each circle of lapses that take hold at once and can hold together, of two states or more."""
    links = [link for norm in view.bounding if norm.kind == "lapse" for link in linked(norm)]
    for circle in circles(links, partial(meet, view)):
        first, *rest = circle
        ways = [
            f"`{one.state}` {'lapses ' if one is first else ''}when `{one.onto}` is"
            f"{'' if one.turns else ' not'}{' in effect' if one is first else ''}"
            for one in circle
        ]
        message = f"in a circle {', '.join(ways)}"
        help = "let the act that begins the one end the other, or take one of these lapses out"
        related = tuple((one.place, f"`{one.state}` lapses here") for one in rest[:8])
        yield finding(view, DOC, first.place, message, help, related)


def linked(norm: Norm) -> Iterator[Link]:
    """The states that a lapse waits for; one with a period or a day of its own does not take hold at once."""
    if norm.lapse_after is not None or norm.lapse_at is not None:
        return
    for at, each in enumerate(norm.when):
        asked = each.of if isinstance(each, Not) else each
        if isinstance(asked, InEffect):
            yield Link(norm, asked.state, each is asked, condition(norm, "when", at))


def meet(view: View, links: tuple[Link, ...]) -> bool:
    """Whether the lapses are in force on one day, and what they ask can be true together."""
    norms = tuple(link.norm for link in links)
    asked = [each for norm in norms for each in norm.when]
    return together(*norms) is not None and not impossible(view, asked, norms)


CHECK = Check(DOC, Unit.BOOK, find)
