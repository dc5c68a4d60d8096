"""D501: a duty that nobody holds."""

from __future__ import annotations

from collections.abc import Iterator

from writ.checks.check import Check, Unit, document, finding
from writ.checks.holders import concrete, manned
from writ.checks.view import View
from writ.diagnostics import Diagnostic, Severity

DOC = document(
    "D501",
    "duty-without-holder",
    Severity.ERROR,
    "every office that a duty binds is vacant, and nobody succeeds to it",
    "what must be done will not be done, and nobody is in breach.",
    """
office auditor "the auditor"
  vacant from 2020-01-01
duty 3
  auditor must report
""",
    "fill the office, name a `succession`, or bind another office.",
)


def find(view: View, unit: str) -> Iterator[Diagnostic]:
    """Each duty in force today whose bearers are all vacant without a successor."""
    for norm in view.norms_of[unit]:
        if norm.kind != "duty" or norm.start is None or norm.start > view.today:
            continue
        if norm.end is not None and norm.end <= view.today:
            continue
        names = [name for actor in norm.bearer.actors for name in concrete(view, actor.name)]
        if names and not any(manned(view, name) for name in names):
            yield finding(
                view,
                DOC,
                norm.label_place,
                f"nobody holds this duty: `{names[0]}` is vacant and nobody succeeds",
                "fill the office, give it a `succession`, or bind another office",
                ((view.vocabulary.actors[names[0]].place, "the vacant office"),),
            )


CHECK = Check(DOC, Unit.INSTRUMENT, find, dated=True)
