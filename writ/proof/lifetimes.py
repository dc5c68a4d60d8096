"""Whether every stretch of a state ends within its time, unless somebody who may does continue it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import msgspec

from writ.book import dates
from writ.book.assurances import Assurance
from writ.book.model import EffectTerm, Norm
from writ.book.terms import InEffect
from writ.engine.answer import Outcome
from writ.engine.history import instances
from writ.engine.request import Event, Request
from writ.proof.logic import Formula, conj, disj, neg
from writ.proof.precedence import within
from writ.proof.question import Question, TimeUp
from writ.proof.result import Example, Result, Verdict
from writ.proof.shown import Shown
from writ.proof.values import earlier

if TYPE_CHECKING:
    from writ.proof.claims import Prover

MOST_RENEWALS = 400


def ends(prover: Prover, assurance: Assurance) -> Result:
    """Proved where no lawful stretch of the state outlasts its period without the renewal that is excepted."""
    state = assurance.state
    begun = prover.rules.effects.get(("begins", state), ())
    if not begun:
        because = f"no act of the book begins {state}: nothing tells how long it lasts"
        return Result(assurance.id, Verdict.UNKNOWN, because)
    anybody = sorted(prover.book.vocabulary.actors)[0]
    any_act = begun[0][0].act
    conditions = ((InEffect(state),),)
    renewals = tuple(step.act for step in assurance.renewal)
    question = Question(prover.book, any_act, anybody, conditions, done=renewals)
    prover.questions += 1
    wanted = outlasting(question, assurance)
    try:
        for tried in range(len(begun) * 2 + 2):
            model = question.model(wanted, prover.milliseconds)
            if model is None:
                if tried:
                    break  # what was left out was not excluded, only not found to be lived
                return Result(assurance.id, Verdict.PROVED)
            shown = Shown(question, model)
            for norm, effect in begun:
                example = lived(prover, assurance, norm, effect, shown)
                if example is not None:
                    return Result(
                        assurance.id, Verdict.REFUTED, example.because, example, (norm.id,)
                    )
            wanted = conj((wanted, neg(shown.told())))
    except TimeUp:
        pass
    return Result(
        assurance.id,
        Verdict.UNKNOWN,
        f"no history was found in which {state} lasts longer, nor that there is none",
    )


def outlasting(question: Question, assurance: Assurance) -> Formula:
    """That the first stretch is still in effect when its time is up, and nobody who may has continued it."""
    world = question.world
    slot = world.states[assurance.state][0]
    reader = question.asked.reader_of(assurance.instrument)
    assert assurance.within is not None
    last = reader.reckoning.add(slot.since, assurance.within, reader.calendar)
    renewed = disj(
        conj((there, reader.by(event, step.by), neg(earlier(event.at, slot.since))))
        for step in assurance.renewal
        for there, event in reader.told(step.act)
    )
    assured = [
        within(assurance.start, assurance.end, (), when)
        for when in (world.now, slot.since)
        if assurance.start
    ]
    return conj(
        (
            slot.there,
            neg(slot.over),
            neg(last.unknown),
            earlier(last.data, world.now),
            neg(renewed),
            *assured,
        )
    )


def lived(
    prover: Prover, assurance: Assurance, norm: Norm, effect: EffectTerm, shown: Shown
) -> Example | None:
    """The history by which one norm begins it and, where others may continue it, they do; as the engine has it."""
    book = prover.book
    slot = shown.world.states[assurance.state][0]
    since = shown.moment(slot.since)
    begun = doing(prover, norm, since)
    if begun is None:
        return None
    done = [begun]
    request = Request(begun.by, norm.act, dates.day_of(since), person="P-1", done=tuple(done))
    started = [i.since for i in instances(book, request) if i.state == assurance.state and i.since]
    assert assurance.within is not None
    calendar = book.calendar_of(assurance.instrument)
    last = dates.add(started[-1], assurance.within, calendar) if started else None
    if last is None:
        return None
    after = dates.day_of(last) + dates.ONE_DAY
    request = msgspec.structs.replace(request, at=after)
    while not runs(prover, request, assurance.state):
        renewal = renewed(prover, assurance, request)
        if renewal is None or len(done) > MOST_RENEWALS:
            return None
        done.append(renewal)
        request = msgspec.structs.replace(request, done=tuple(done))
    return Example(
        request,
        prover.decide(request),
        f"{assurance.state} is still in effect on {after}: it was begun on {since} under {norm.citation}"
        + (f" and continued {len(done) - 1} times" if len(done) > 1 else ""),
    )


def doing(prover: Prover, norm: Norm, at: dt.date) -> Event | None:
    """The act of a norm, done on a day by somebody to whom it gives it, on facts that permit it; None where none do."""
    for who in sorted(prover.rules.admitted(norm.bearer)):
        question = Question(prover.book, norm.act, who)
        truths = [f.truth.yes for f in question.asked.findings if f.norm.id == norm.id]
        today = question.world.now.day == dates.day_of(at).toordinal()
        permitted = question.outcomes[Outcome.PERMITTED]
        model = question.model(conj((*truths, permitted, today)), prover.milliseconds)
        if model is not None:
            return Event(norm.act, at, who, "P-1", facts=Shown(question, model).request().facts)
    return None


def runs(prover: Prover, request: Request, state: str) -> bool:
    """Whether the engine has the state in effect on the day asked about."""
    return any(
        each.state == state and each.status(request.at, "") == "in effect"
        for each in instances(prover.book, request)
    )


def renewed(prover: Prover, assurance: Assurance, request: Request) -> Event | None:
    """One more continuation, on the last day, by somebody whose act is not the one excepted."""
    begun = [one for one in instances(prover.book, request) if one.state == assurance.state]
    if not begun:
        return None
    end = begun[-1].end("")
    if end is None or dates.compare(end, request.at) >= 0:
        return None
    excepted = {
        (step.act, name)
        for step in assurance.renewal
        for name in (prover.rules.admitted(step.by) if step.by else prover.book.vocabulary.actors)
    }
    for norm, _ in prover.rules.effects.get(("continues", assurance.state), ()):
        for name in sorted(prover.rules.admitted(norm.bearer)):
            above = prover.book.vocabulary.act_up.get(norm.act, frozenset())
            if not any((act, name) in excepted for act in above):
                before = [event.at for event in request.done if event.name == norm.act]
                if before and before[-1] == end:
                    return None
                return Event(norm.act, _day(end), name, "P-1")
    return None


def _day(end: dt.date) -> dt.date:
    return dates.day_of(end)
