"""O703: an office that succeeds to itself."""

from __future__ import annotations

from collections.abc import Iterator

from writ.checks.check import Check, Unit, document, finding
from writ.checks.view import View
from writ.diagnostics import Diagnostic, Severity

DOC = document(
    "O703",
    "succession-circle",
    Severity.ERROR,
    "an office is named in its own succession",
    "when it is vacant, so is its successor.",
    """
office chief "the chief"
  succession deputy, chief
""",
    "name other offices.",
)


def find(view: View, unit: str) -> Iterator[Diagnostic]:
    """Each office in its own succession."""
    for actor in view.vocabulary.actors.values():
        if actor.name in actor.succession:
            yield finding(
                view, DOC, actor.place, f"`{actor.name}` succeeds to itself", "name another office"
            )


CHECK = Check(DOC, Unit.VOCABULARY, find)
