"""O705: a quorum of nobody."""

from __future__ import annotations

from collections.abc import Iterator

from writ.checks.check import Check, Unit, document, finding
from writ.checks.view import View
from writ.diagnostics import Diagnostic, Severity

DOC = document(
    "O705",
    "quorum-of-nobody",
    Severity.ERROR,
    "a body has a quorum and no members, or a norm asks for several persons of an office that only one holds",
    "the body can never decide.",
    """
body council "the council"
  quorum 5
""",
    "say who its members are: `members OFFICE`.",
)


def find(view: View, unit: str) -> Iterator[Diagnostic]:
    """Each body with a quorum and without members."""
    for actor in view.vocabulary.actors.values():
        if actor.quorum and not actor.members:
            yield finding(
                view,
                DOC,
                actor.place,
                f"`{actor.name}` has a quorum of {actor.quorum} and no members",
                "add `members OFFICE`",
            )


CHECK = Check(DOC, Unit.VOCABULARY, find)
