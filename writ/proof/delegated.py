"""What an office may do by delegation: the same claims, asked of the power that somebody else has given it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from writ.book.assurances import Assurance
from writ.book.model import Norm
from writ.engine.answer import Decision, Outcome
from writ.engine.request import Grant, Request
from writ.proof.logic import Formula, conj
from writ.proof.minimise import minimised
from writ.proof.question import Question, TimeUp
from writ.proof.result import Example, Result, Verdict
from writ.proof.shown import Shown
from writ.proof.sorts import grantors, narrower, offices, protected, things

if TYPE_CHECKING:
    from writ.proof.claims import Prover

Proves = Callable[[Request, Decision], bool]


class Sought(NamedTuple):
    """What a claim looks for: situations in which `wanted` holds, and which the engine's answer `proves`."""

    act: str
    wanted: Callable[[Question], Formula]
    proves: Proves
    done: tuple[str, ...] = ()
    prepare: Callable[[Shown, Request], Request] | None = None


def by_delegation(
    prover: Prover, assurance: Assurance, otherwise: Result, sought: Sought
) -> Result:
    """Whether what is sought comes about by a power delegated to somebody; `otherwise` where it does not."""
    rules, unsure = prover.rules, ""
    for act in narrower(rules, sought.act):
        for actor in offices(rules, act, assurance.bearer, assurance.when):
            for grantor, usable in grantors(rules, act, actor):
                for thing in things(rules, act, assurance.thing):
                    prover.questions += 1
                    prover.in_time()
                    found = _one(prover, assurance, (act, actor, thing), grantor, usable, sought)
                    if isinstance(found, Example):
                        return Result(assurance.id, Verdict.REFUTED, example=found)
                    unsure = unsure or found
    return Result(assurance.id, Verdict.UNKNOWN, unsure) if unsure else otherwise


def _one(
    prover: Prover,
    assurance: Assurance,
    asked: tuple[str, str, str],
    grantor: str,
    usable: tuple[Norm, ...],
    sought: Sought,
) -> Example | str:
    """An example of one office relying on one grantor; else why there is none, empty where there can be none."""
    act, actor, thing = asked
    conditions = (assurance.when,)
    against = protected(prover.rules, act)[0]
    proves = sought.proves
    question = Question(
        prover.book, act, actor, conditions, thing, against, sought.done, via=grantor
    )  # fmt: skip
    doubt = f"{act} by {actor}, with the power of {grantor}: neither shown nor excluded"
    try:
        model = question.model(sought.wanted(question), prover.milliseconds)
        if model is None:
            return ""
        shown = Shown(question, model)
        request = shown.request()
        if sought.prepare is not None:
            request = sought.prepare(shown, request)
        for rule in usable:
            made = granted(prover, rule, grantor, actor, request)
            if made is None:
                continue
            if proves(made, prover.decide(made)):
                made = minimised(prover.book, made, lambda r: proves(r, prover.decide(r)))
                return Example(made, prover.decide(made))
    except TimeUp:
        return doubt
    return doubt


def granted(
    prover: Prover, rule: Norm, grantor: str, actor: str, request: Request
) -> Request | None:
    """The request with a grant under one rule, which the rule permits on some facts; None where it never does."""
    day = request.at.date() if isinstance(request.at, dt.datetime) else request.at
    question = Question(prover.book, rule.act, grantor)
    today = question.world.now.day == day.toordinal()
    permitted = conj((question.outcomes[Outcome.PERMITTED], today))
    model = question.model(permitted, prover.milliseconds)
    if model is None:
        return None
    making = Shown(question, model).request()
    grant = Grant(grantor, actor, rule.act, day, by_person=making.person, facts=making.facts)
    return msgspec.structs.replace(
        request,
        delegations=(grant,),
        done=(*making.done, *request.done),
        states=(*making.states, *request.states),
    )
