"""Whether a norm is in force, covers an act, binds an actor and holds its conditions (reference interpreter)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from writ.book import dates
from writ.book.model import Book, Norm
from writ.book.terms import Condition, Value
from writ.engine.instance import Instance
from writ.engine.readings import readings, told_apart
from writ.engine.request import Request
from writ.engine.situation import Situation, bearer_admits, thing_of
from writ.engine.truth import Truth, both, either, holds
from writ.syntax.tree import Bearer


def in_force(norm: Norm, at: dt.date, known_at: dt.date | None) -> bool:
    """Whether the norm is in force on that day, and known."""
    day = dates.day_of(at)
    if norm.start is None or day < norm.start or (norm.end is not None and day >= norm.end):
        return False
    if norm.gaps and any(
        gap.start <= day and (gap.end is None or day <= gap.end) for gap in norm.gaps
    ):
        return False
    return known_at is None or norm.known is None or norm.known <= dates.day_of(known_at)


def covers(book: Book, norm: Norm, request: Request) -> bool:
    """Whether the request's act and thing fall under the norm's."""
    vocabulary = book.vocabulary
    if norm.act not in vocabulary.act_up.get(request.act, ()):
        return False
    thing = request.thing or thing_of(vocabulary, request.act)
    return not norm.thing or norm.thing in vocabulary.thing_up.get(thing, ())


def bears(book: Book, bearer: Bearer, actor: str) -> bool:
    return bearer_admits(book.vocabulary, bearer, actor)


def truth_of(
    book: Book,
    norm: Norm,
    request: Request,
    conditions: tuple[Condition, ...],
    given: tuple[Instance, ...],
    open_world: bool = False,
    grant: Mapping[str, Value] | None = None,
) -> Truth:
    """The truth of conditions for the best choice of the states that they speak of.

    Of a state that they speak of in the negative alone, every instance must bear them out.
    """
    situation = Situation(
        book,
        request,
        book.calendar_of(norm.instrument),
        given,
        grant=grant,
        open_world=open_world,
    )
    some, every = told_apart(conditions)
    if not some and not every:
        return both(holds(situation, condition) for condition in conditions)
    return either(
        both(
            holds(reading, condition)
            for reading in readings(choice, every)
            for condition in conditions
        )
        for choice in readings(situation, some)
    )
