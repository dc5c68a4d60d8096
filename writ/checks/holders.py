"""Whether somebody holds an office on a day."""

from __future__ import annotations

from writ.book.model import ActorDef
from writ.checks.view import View


def concrete(view: View, name: str) -> list[str]:
    """The actors that an actor's name stands for: itself, and those that are it."""
    return sorted(one for one in view.members(name) if one in view.vocabulary.actors)


def vacant(view: View, actor: ActorDef) -> bool:
    """Whether the office is vacant on the day of the check."""
    return any(
        gap.start <= view.today and (gap.end is None or view.today <= gap.end)
        for gap in actor.vacancies
    )


def manned(view: View, name: str) -> bool:
    """Whether the office, or one that succeeds to it, is held."""
    actor = view.vocabulary.actors.get(name)
    if actor is None:
        return False
    if not vacant(view, actor):
        return True
    return any(
        successor in view.vocabulary.actors and not vacant(view, view.vocabulary.actors[successor])
        for successor in actor.succession
    )
