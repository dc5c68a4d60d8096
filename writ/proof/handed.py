"""Flips that only those see to whom an act was delegated: the power itself is amended, or the right to hand it on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from writ.engine.answer import Outcome
from writ.proof.affected import meaning
from writ.proof.claims import Prover
from writ.proof.delegated import granted
from writ.proof.minimise import minimised
from writ.proof.question import Question, TimeUp
from writ.proof.shown import Shown
from writ.proof.sorts import delegating, grantors, things

if TYPE_CHECKING:
    from writ.proof.impact import Amendment, Flip


def flips_by_grant(amendment: Amendment, act: str) -> tuple[list[Flip], str]:
    """A request by somebody relying on a grant that the two editions answer differently; and, where there may be one
    that was not found, why."""
    usable = [delegating(rules, act) for rules in amendment.rules]
    if not any(usable) or _same(amendment, act):
        return [], ""
    for at, rules in enumerate(amendment.rules):
        prover = Prover(rules.book, amendment.milliseconds)
        for actor in amendment.offices(act):
            for grantor, _ in grantors(rules, act, actor):
                for thing in things(rules, act):
                    flip = _flip(amendment, prover, (act, actor, thing), grantor, at)
                    if flip is not None:
                        return [flip], ""
    return [], f"{act} by delegation: neither shown nor excluded"


def _same(amendment: Amendment, act: str) -> bool:
    """Whether nothing on which a delegate's answer hangs is otherwise: every norm on the act, the norms that let it be
    handed on, and those on handing it on."""
    if amendment.reworded or amendment.states:
        return False
    told = []
    for rules in amendment.rules:
        handing = delegating(rules, act)
        acts = dict.fromkeys((act, *(rule.act for rule in handing)))
        told.append(
            (
                [meaning(norm) for norm in handing],
                [[meaning(norm) for norm in rules.on(one)] for one in acts],
                [[meaning(norm) for norm in rules.duties_before(one)] for one in acts],
            )
        )
    return told[0] == told[1]


def _flip(
    amendment: Amendment, prover: Prover, asked: tuple[str, str, str], grantor: str, at: int
) -> Flip | None:
    """One situation in which a delegate is permitted by one edition, if the other answers otherwise."""
    from writ.proof.impact import Flip

    act, actor, thing = asked
    if not all(grantor in rules.book.vocabulary.actors for rules in amendment.rules):
        return None
    question = Question(prover.book, act, actor, thing=thing, via=grantor)
    try:
        model = question.model(question.outcomes[Outcome.PERMITTED], amendment.milliseconds)
        if model is None:
            return None
        request = Shown(question, model).request()
        for rule in delegating(amendment.rules[at], act):
            made = granted(prover, rule, grantor, actor, request)
            if made is not None and amendment.tells(made):
                made = minimised(amendment.new, made, amendment.tells)
                old, new = (engine.decide(made) for engine in amendment.engines)
                return Flip(made, old, new)
    except TimeUp:
        return None
    return None
