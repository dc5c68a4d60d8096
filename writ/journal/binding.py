"""When an act's effect on a state begins and ends, on what was the case before the act."""

from __future__ import annotations

import datetime as dt

from writ.book import dates
from writ.book.model import Book, EffectTerm, Norm
from writ.book.terms import Expr
from writ.engine.instance import Instance
from writ.engine.request import Request
from writ.engine.situation import Situation
from writ.engine.truth import evaluate


def day_of(
    book: Book,
    norm: Norm,
    expression: Expr,
    request: Request,
    views: tuple[Instance, ...],
    reached: Instance | None = None,
) -> dt.date | None:
    """What an expression of an effect gives; of the state that the act reaches, that stretch is meant."""
    bound = {reached.state: reached} if reached is not None else {}
    situation = Situation(book, request, book.calendar_of(norm.instrument), views, bound)
    value = evaluate(situation, expression)
    return value if isinstance(value, dt.date) else None


def bind(
    book: Book,
    norm: Norm,
    effect: EffectTerm,
    request: Request,
    instance: Instance,
    base: dt.date | None,
    views: tuple[Instance, ...],
    reached: Instance | None = None,
) -> None:
    """Give an instance the end that `for DURATION` (from `base`) or `until EXPRESSION` says (`history.bind`)."""
    until: dt.date | None = None
    if effect.duration is not None and base is not None:
        calendar = book.calendar_of(norm.instrument)
        until = dates.add(base, effect.duration, calendar)
        instance.sure_until = None if until else dates.last_sure(base, effect.duration, calendar)
        if until is None:
            instance.until = None
    elif effect.until is not None:
        until = day_of(book, norm, effect.until, request, views, reached)
    if until is not None:
        instance.until = until
        instance.because = (norm.id,)
