"""Flips that only time shows: a state that an amendment makes last longer or shorter, or end by another act."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec
import z3

from writ.book import dates
from writ.engine.readings import spoken_of
from writ.engine.request import Event, Request
from writ.proof.asked import matching
from writ.proof.logic import Formula, conj, disj, neg
from writ.proof.minimise import minimised
from writ.proof.question import Question, TimeUp
from writ.proof.rules import Rules
from writ.proof.shown import Shown
from writ.proof.sorts import offices
from writ.syntax.tree import Bearer

if TYPE_CHECKING:
    from writ.proof.impact import Amendment, Flip

DAYS = (0, 1, 7, 14, 30, 60, 90, 120, 180, 365, 730)
"""How long before the day asked about a state is begun, besides the days that it lasts by either edition."""


def lasting_otherwise(amendment: Amendment, act: str) -> tuple[list[Flip], bool]:
    """A request on an act while a state runs by one edition, and no longer by the other; and whether one there may be.

    Where whether the state runs decides nothing, its bounds do not.
    """
    maybe = False
    for at, rules in enumerate(amendment.rules):
        for state in sorted(amendment.states & set(rules.book.vocabulary.states)):
            for actor in _hanging(rules, act, state):
                question = Question(rules.book, act, actor)
                wanted = decisive(question, state)
                if wanted is False:
                    continue
                try:
                    model = question.model(wanted, amendment.milliseconds)
                except TimeUp:
                    maybe = True
                    continue
                if model is None:
                    continue
                maybe = True
                request = Shown(question, model).request()
                flip = _flip(amendment, request, state, amendment.begun(at, state))
                if flip is not None:
                    return [flip], True
    return [], maybe


def decisive(question: Question, state: str) -> Formula:
    """That a stretch of the state runs, and were it over, or had it never been, the answer would be another."""
    slots = question.world.states.get(state, ())
    if not slots:
        return False
    never = [(slot.there, z3.BoolVal(False)) for slot in slots]
    over = [(slot.over, z3.BoolVal(True)) for slot in slots]
    apart = [
        conj((formula, neg(z3.substitute(formula, changed))))
        for formula in question.outcomes.values()
        if not isinstance(formula, bool)
        for changed in (never, over)
    ]
    return conj((slots[0].there, neg(slots[0].over), disj(apart)))


def _hanging(rules: Rules, act: str, state: str) -> list[str]:
    """One office of each sort, of those some norm on the act binds that speaks of the state."""
    found: dict[tuple[str, ...], str] = {}
    for actor in offices(rules, act, Bearer("none", ())):
        norms = matching(rules, act, actor)
        if any(state in spoken_of((*norm.when, *norm.until)) for norm in norms):
            found.setdefault(tuple(norm.id for norm in norms), actor)
    return list(found.values())


def _flip(
    amendment: Amendment, request: Request, state: str, begun: list[tuple[Event, int | None]]
) -> Flip | None:
    """One situation in which the state decides, told as a history, and the state begun on the days that could tell."""
    from writ.proof.impact import Flip

    for told in _told(request, state, begun):
        if amendment.tells(told):
            told = minimised(amendment.new, told, amendment.tells)
            old, new = (engine.decide(told) for engine in amendment.engines)
            return Flip(told, old, new)
    return None


def _told(request: Request, state: str, begun: list[tuple[Event, int | None]]) -> Iterator[Request]:
    """The same request with the state begun by an act that begins it, and asked on other days."""
    others = tuple(one for one in request.states if one.state != state)
    day = dates.day_of(request.at)
    for event, lasts in begun:
        assert event.at is not None
        for earlier in sorted({*DAYS, *(() if lasts is None else (lasts + 1,))}):
            since = max(day - dt.timedelta(days=earlier), event.at)
            done = msgspec.structs.replace(event, at=since)
            yield msgspec.structs.replace(
                request,
                at=since + dt.timedelta(days=earlier),
                states=others,
                done=(done, *request.done),
            )


def beginning(
    rules: Rules, state: str, changed: set[str], milliseconds: int
) -> Iterator[tuple[Event, int | None]]:
    """The acts that begin a state under norms that changed, from the day on which they may, on facts that they ask for;
    with the days that it then lasts."""
    for norm, effect in rules.effects.get(("begins", state), ()):
        if norm.id not in changed or norm.start is None:
            continue
        for who in sorted(rules.admitted(norm.bearer))[:1]:
            question = Question(rules.book, norm.act, who)
            truths = [f.truth.yes for f in question.asked.findings if f.norm.id == norm.id]
            later = question.world.now.day >= norm.start.toordinal()
            try:
                model = question.model(conj((*truths, later)), milliseconds)
            except TimeUp:
                continue
            if model is None:
                continue
            made = Shown(question, model).request()
            since = dates.day_of(made.at)
            lasts = None
            if effect.duration is not None:
                end = dates.add(since, effect.duration, rules.book.calendar_of(norm.instrument))
                lasts = None if end is None else (dates.day_of(end) - since).days
            yield Event(norm.act, norm.start, who, "P-9", facts=made.facts), lasts
