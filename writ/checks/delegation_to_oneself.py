"""A311: a delegation to those who have the power already."""

from __future__ import annotations

from collections.abc import Iterator

from writ.book.model import ANYONE
from writ.checks.check import Check, Unit, document, finding
from writ.checks.view import View
from writ.diagnostics import Diagnostic, Severity

DOC = document(
    "A311",
    "delegation-to-oneself",
    Severity.WARNING,
    "every recipient of a delegation is the grantor, or holds the grantor's office",
    "it gives nobody anything; the recipient that was meant has no power.",
    """
delegation 4
  minister may delegate sign to minister by delegate-signing
""",
    "name the office that is to receive the power.",
)


def find(view: View, unit: str) -> Iterator[Diagnostic]:
    """Each such delegation of the instrument, where neither side has exceptions."""
    up = view.vocabulary.actor_up
    for norm in view.norms_of[unit]:
        to = norm.recipients
        if norm.kind != "delegation" or to is None or to.excepted or norm.bearer.excepted:
            continue
        givers = {actor.name for actor in norm.bearer.actors}
        given = [actor.name for actor in to.actors]
        if not givers or ANYONE in givers or not given or to.mode == "none":
            continue
        if all(givers <= up.get(name, frozenset()) for name in given):
            message = f"`{given[0]}` is the grantor itself, and receives nothing by this"
            yield finding(view, DOC, norm.label_place, message, "name another recipient")


CHECK = Check(DOC, Unit.INSTRUMENT, find)
