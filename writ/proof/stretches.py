"""Flips that only time shows: a state that an amendment makes last longer or shorter, or end by another act."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import msgspec

from writ.book import dates
from writ.engine.answer import Outcome
from writ.engine.request import Event, Request
from writ.proof.logic import Formula, conj, neg
from writ.proof.minimise import minimised
from writ.proof.question import Question, TimeUp
from writ.proof.shown import Shown

if TYPE_CHECKING:
    from writ.proof.impact import Amendment, Flip

DAYS = (0, 1, 7, 14, 30, 60, 90, 120, 180, 365, 730)
"""How long after its beginning a state is asked about, besides the days on which either edition ends it."""


def lasting_otherwise(amendment: Amendment, act: str) -> list[Flip]:
    """A request on an act while a state runs by one edition, and no longer by the other."""
    for at, book in enumerate((amendment.new, amendment.old)):
        for actor in amendment.offices(act):
            question = Question(book, act, actor)
            for state, slots in question.world.states.items():
                if state not in amendment.states:
                    continue
                running = conj((slots[0].there, neg(slots[0].over)))
                for outcome in Outcome:
                    flip = _flip(
                        amendment, at, question, state, conj((running, question.outcomes[outcome]))
                    )
                    if flip is not None:
                        return [flip]
    return []


def _flip(
    amendment: Amendment, at: int, question: Question, state: str, wanted: Formula
) -> Flip | None:
    """One situation in which the state runs, told as a history, and asked about on the days that could tell."""
    from writ.proof.impact import Flip

    try:
        model = question.model(wanted, amendment.milliseconds)
    except TimeUp:
        return None
    if model is None:
        return None
    request = Shown(question, model).request()
    for told in _told(amendment, at, request, state):
        if amendment.tells(told):
            told = minimised(amendment.new, told, amendment.tells)
            old, new = (engine.decide(told) for engine in amendment.engines)
            return Flip(told, old, new)
    return None


def _told(amendment: Amendment, at: int, request: Request, state: str) -> list[Request]:
    """The same request with the state begun by the act that begins it, and asked on other days."""
    rules = amendment.rules[1 - at]
    given = next((one for one in request.states if one.state == state), None)
    if given is None or given.since is None:
        return []
    since = dates.day_of(given.since)
    others = tuple(one for one in request.states if one is not given)
    found = []
    for norm, effect in rules.effects.get(("begins", state), ()):
        doers = sorted(rules.admitted(norm.bearer)) or [""]
        facts = {
            f"{norm.act}.{name}": value
            for name, value in given.facts.items()
            if f"{norm.act}.{name}" in rules.book.vocabulary.attributes
        }
        begun = Event(norm.act, since, doers[0], "P-9", facts=facts)
        days = set(DAYS)
        if effect.duration is not None:
            end = dates.add(since, effect.duration, rules.book.calendar_of(norm.instrument))
            days |= {(end - since).days + 1} if end is not None else set()
        for later in sorted(days):
            found.append(
                msgspec.structs.replace(
                    request,
                    at=since + dt.timedelta(days=later),
                    states=others,
                    done=(begun, *request.done),
                )
            )
    return found
