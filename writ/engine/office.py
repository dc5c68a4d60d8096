"""In whose place an actor stands: offices that are vacant, and offices acted in.

See `docs/semantics.md`, "Applicable norms".
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import msgspec

from writ.book import dates
from writ.book.model import ActorDef, Book
from writ.engine.answer import Decision, Outcome
from writ.engine.request import Request


def vacant(office: ActorDef, day: dt.date) -> bool:
    """Whether the book says that the office is vacant on that day."""
    return any(gap.start <= day and (gap.end is None or day <= gap.end) for gap in office.vacancies)


def successor(book: Book, office: ActorDef, day: dt.date) -> str:
    """Who acts in a vacant office: the first in its succession whose own office is not vacant."""
    actors = book.vocabulary.actors
    for name in office.succession:
        if name in actors and not vacant(actors[name], day):
            return name
    return ""


def in_place_of(book: Book, request: Request) -> tuple[str, ...]:
    """The offices that the actor of a request also stands for: acted in, or vacant and fallen to the actor."""
    if not book.offices_once_vacant:
        return request.acting
    day = dates.day_of(request.at)
    fallen = [
        office.name
        for office in book.offices_once_vacant
        if office.name != request.actor
        and vacant(office, day)
        and successor(book, office, day) == request.actor
    ]
    return tuple(dict.fromkeys((*request.acting, *fallen)))


def acting(
    request: Request, places: tuple[str, ...], decide: Callable[[Request], Decision]
) -> Decision:
    """The answer in the actor's own office, or else in the first place in which the act is permitted.

    `decide` answers for the actor named alone: who stands in for one office stands in for no other through it.
    """
    own = decide(request)
    if own.outcome is Outcome.PERMITTED:
        return own
    for office in places:
        answer = decide(msgspec.structs.replace(request, actor=office))
        if answer.outcome is Outcome.PERMITTED:
            note = f"{request.actor} acts in the place of {office}"
            return msgspec.structs.replace(answer, notes=(*answer.notes, note))
    return own
