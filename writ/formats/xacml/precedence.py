"""The algorithm of the outermost policy as precedence between norms, where that means the same as conditions.

An exception of a book that is not shown does not excuse: an open norm defeats nothing. XACML is undecided there. So
what prevails must never be open, or it is written as a condition instead.
"""

from __future__ import annotations

from dataclasses import dataclass

from writ.formats.xacml.certainty import surely
from writ.formats.xacml.combine import Part, Ruling, combine, enclose, extra, gather, heard, known
from writ.formats.xacml.formula import ALWAYS, doubtful
from writ.formats.xacml.policy import Algorithm, Effect, Policy


@dataclass
class Ranked:
    """A policy combined, and which provisions prevail over which."""

    part: Part
    overrides: list[tuple[list[str], list[str]]]
    """Labels of what prevails, and of what it prevails over."""


def rank(policy: Policy) -> Ranked:
    """The outermost policy, by precedence if that means the same, else by conditions."""
    whole, parts = heard(policy, "")
    algorithm = policy.algorithm
    rulings = [ruling for part in parts for ruling in part.rulings]
    charged = any(part.dues for part in parts)
    unsure = {one.effect for one in rulings if doubtful(one.condition)}
    charges_doubtful = any(doubtful(known(policy.charges, effect)) for effect in Effect)
    if charges_doubtful or doubtful(policy.target):
        unsure |= set(Effect)
    match algorithm:
        case Algorithm.DENY_OVERRIDES:
            winner = Effect.DENY
        case Algorithm.PERMIT_OVERRIDES if Effect.PERMIT not in unsure:
            winner = Effect.PERMIT
        case Algorithm.FIRST_APPLICABLE if not unsure and not charged:
            gather(whole, policy, parts)
            return Ranked(enclose(whole, policy), _in_order(whole.rulings))
        case Algorithm.DENY_UNLESS_PERMIT | Algorithm.PERMIT_UNLESS_DENY if not charges_doubtful:
            winner = Effect.PERMIT if algorithm is Algorithm.DENY_UNLESS_PERMIT else Effect.DENY
            for part in parts:
                part.restrict(winner, surely)
            label = extra(whole, winner.other)
            whole.rulings.append(Ruling(winner.other, ALWAYS, label, policy.identifier))
        case _:
            return Ranked(combine(policy), [])
    gather(whole, policy, parts)
    over = [one.label for one in whole.rulings if one.effect is winner]
    under = [one.label for one in whole.rulings if one.effect is winner.other]
    return Ranked(enclose(whole, policy), [(over, under)] if over and under else [])


def _in_order(rulings: list[Ruling]) -> list[tuple[list[str], list[str]]]:
    """Each run of rulings of one effect prevails over all later ones of the other."""
    found: list[tuple[list[str], list[str]]] = []
    at = 0
    while at < len(rulings):
        effect, end = rulings[at].effect, at
        while end < len(rulings) and rulings[end].effect is effect:
            end += 1
        later = [one.label for one in rulings[end:] if one.effect is not effect]
        if later:
            found.append(([one.label for one in rulings[at:end]], later))
        at = end
    return found
