"""O706: a successor that is vacant whenever it is needed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from writ.book.model import ActorDef, Vacancy
from writ.checks.check import Check, Unit, document, finding
from writ.checks.holders import manned
from writ.checks.view import View
from writ.diagnostics import Diagnostic, Severity
from writ.engine.office import vacant

DOC = document(
    "O706",
    "idle-successor",
    Severity.WARNING,
    "an office succeeds to another, and is itself vacant for the whole of every vacancy of the other",
    "it never acts for the office that it succeeds to.",
    """
office chief "the chief of staff"
  succession deputy, secretary
  vacant from 2024-01-01 until 2024-06-30
office deputy "the deputy"
  vacant from 2023-12-01
office secretary "the secretary"
""",
    "take it out of the succession, or correct one of the vacancies.",
)


def find(view: View, unit: str) -> Iterator[Diagnostic]:
    """Each such successor of an office; an office without any that is held today is O702."""
    actors = view.vocabulary.actors
    for actor in actors.values():
        if not actor.vacancies or (vacant(actor, view.today) and not manned(view, actor.name)):
            continue
        for name in actor.succession:
            successor = actors.get(name)
            if successor is None or successor is actor or not successor.vacancies:
                continue
            if all(_within(gap, successor) for gap in actor.vacancies):
                message = f"`{name}` succeeds to `{actor.name}`, and is vacant whenever that is"
                help = "take it out of the succession, or correct the vacancies"
                related = ((successor.place, "vacant too"),)
                yield finding(view, DOC, actor.place, message, help, related)


def _within(gap: Vacancy, successor: ActorDef) -> bool:
    """Whether the successor is vacant on every day of the gap."""
    day = gap.start
    for other in sorted(successor.vacancies, key=lambda each: each.start):
        if other.start <= day:
            if other.end is None:
                return True
            day = max(day, other.end + dt.timedelta(days=1)) if other.end >= day else day
    return gap.end is not None and day > gap.end


CHECK = Check(DOC, Unit.VOCABULARY, find, dated=True)
