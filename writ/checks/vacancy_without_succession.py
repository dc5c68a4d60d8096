"""O702: a vacancy that nobody fills."""

from __future__ import annotations

from collections.abc import Iterator

from writ.checks.check import Check, Unit, document, finding
from writ.checks.holders import manned
from writ.checks.view import View
from writ.diagnostics import Diagnostic, Severity
from writ.engine.office import vacant

DOC = document(
    "O702",
    "vacancy-without-succession",
    Severity.WARNING,
    "an office is vacant on the day of the check and no office succeeds to it",
    "its powers sleep and its duties are held by nobody.",
    """
office chief "the chief of staff"
  vacant from 2024-01-01
""",
    "name a `succession`, or end the vacancy.",
)


def find(view: View, unit: str) -> Iterator[Diagnostic]:
    """Each vacant office without a successor that is held."""
    for actor in view.vocabulary.actors.values():
        if not vacant(actor, view.today) or manned(view, actor.name):
            continue
        reason = (
            "and every successor is vacant too" if actor.succession else "and nobody succeeds to it"
        )
        yield finding(
            view,
            DOC,
            actor.place,
            f"`{actor.name}` is vacant {reason}",
            "name who acts: `succession OFFICE, …`",
        )


CHECK = Check(DOC, Unit.VOCABULARY, find, dated=True)
