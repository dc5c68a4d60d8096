"""Whether somebody holds an office on the day of the check."""

from __future__ import annotations

from writ.checks.view import View
from writ.engine.office import successor, vacant


def concrete(view: View, name: str) -> list[str]:
    """The actors that an actor's name stands for: itself, and those that are it."""
    return sorted(one for one in view.members(name) if one in view.vocabulary.actors)


def manned(view: View, name: str) -> bool:
    """Whether the office, or one that succeeds to it, is held."""
    actor = view.vocabulary.actors.get(name)
    if actor is None:
        return False
    return not vacant(actor, view.today) or bool(successor(view.book, actor, view.today))
