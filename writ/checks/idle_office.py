"""G802: an office or body that has no part in anything."""

from __future__ import annotations

from collections.abc import Iterator

from writ.checks.check import Check, Unit, document, finding
from writ.checks.view import View
from writ.diagnostics import Diagnostic, Severity

DOC = document(
    "G802",
    "idle-office",
    Severity.NOTE,
    "an office or body bears no norm, is nothing that bears one, and has no place in the organisation",
    "it can do nothing under this book; perhaps the norms on it were forgotten.",
    """
office inspector "the inspector"
-- and no norm, no `is` and no `reports to` speaks of `inspector`
""",
    "write its powers and duties, say what it `is`, or delete it.",
)


def find(view: View, unit: str) -> Iterator[Diagnostic]:
    """Each such office or body. A private person needs no norm to be at liberty."""
    vocabulary, mentioned = view.vocabulary, view.mentioned
    named = {i.enacted_by for i in view.book.instruments.values()}
    named |= {i.owner for i in view.book.instruments.values()}
    for actor in vocabulary.actors.values():
        named |= {actor.body, actor.members, *actor.reports_to, *actor.succession}
    for actor in vocabulary.actors.values():
        if actor.kind == "person" or actor.name in mentioned or actor.name in named:
            continue
        if actor.body or actor.reports_to or actor.members:
            continue
        family = vocabulary.actor_up[actor.name] | vocabulary.actor_down[actor.name]
        if not any(name in mentioned or name in named for name in family if name != "anyone"):
            message = f"the {actor.kind} `{actor.name}` bears no norm"
            yield finding(view, DOC, actor.place, message, "give it one, or say what it `is`")


CHECK = Check(DOC, Unit.BOOK, find)
