"""C401: the law allows or commands, and forbids, and nothing says which prevails."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from writ.book.model import Norm
from writ.checks.check import Check, Unit, document, finding
from writ.checks.opposition import meet, pairs
from writ.checks.phrase import phrase, written
from writ.checks.view import View
from writ.checks.witness import example
from writ.diagnostics import Diagnostic, Severity
from writ.engine.answer import Decision, Outcome
from writ.engine.precedence import prevails

DOC = document(
    "C401",
    "unresolved-conflict",
    Severity.ERROR,
    "a permission, right or duty meets a prohibition or immunity of the same rank, and no maxim decides between them",
    "a person who obeys the law cannot know what to do: whoever acts on one norm breaks the other.",
    """
permission 5
  minister may publish
  when urgent
prohibition 6
  no one may publish
  when classified
-- urgent and classified: which?
""",
    "say which prevails, by `notwithstanding` or `subject to`, or make one of them the narrower by its conditions.",
)

GRANTING = ("permission", "right", "duty")
"""A power is simply bounded by what forbids its use, so that it cannot be in conflict."""
FORBIDDING = ("prohibition", "immunity")
MOST = 10
"""Conflicts reported on one act: by then its norms have to be written anew."""


def find(view: View, unit: str) -> Iterator[Diagnostic]:
    """Each pair on this act for which a request exists that is answered `conflict`."""
    count = 0
    beats = view.book.beats
    for grant, bar in pairs(view, unit, GRANTING, FORBIDDING, same_rank=True):
        if grant.omission or (grant.id, bar.id) in beats or (bar.id, grant.id) in beats:
            continue
        if prevails(view.book, grant, bar) or prevails(view.book, bar, grant):
            continue
        if not meet(view, grant, bar):
            continue
        request = example(view, unit, (grant, bar), partial(_shows, (grant, bar)))
        if request is None:
            continue
        message = f"`{grant.citation}` {_SAYS[grant.kind]} what `{bar.citation}` forbids"
        related = ((bar.label_place, "forbidden here, with the same rank"),)
        way = f"write `subject to {written(bar)}` beneath it, or `notwithstanding {written(bar)}`"
        help = f"{way}; neither prevails in {phrase(request)}"
        yield finding(view, DOC, grant.label_place, message, help, related)
        count += 1
        if count == MOST:
            return


_SAYS = {"permission": "allows", "right": "gives the right to do", "duty": "commands"}


def _shows(pair: tuple[Norm, Norm], answer: Decision) -> bool:
    return answer.outcome is Outcome.CONFLICT and {norm.id for norm in pair} <= set(answer.deciding)


CHECK = Check(DOC, Unit.ACT, find)
