"""Combining algorithms as conditions: what each rule gives once its neighbours have been heard.

Every rule becomes a ruling with the condition under which it decides. A policy gives Permit where one of its permitting
rulings holds, and Deny where one of its denying rulings does; unknown in both senses is Indeterminate. Duties that come
with an effect carry the condition under which that effect is passed up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from writ.formats.xacml.certainty import surely
from writ.formats.xacml.formula import (
    ALWAYS,
    NEVER,
    Atom,
    Formula,
    Guard,
    every,
    guards_of,
    named,
    negation,
    some,
)
from writ.formats.xacml.policy import Algorithm, Charge, Effect, Policy, Rule
from writ.formats.xacml.values import Bag, Designated, Listed, Scalar


@dataclass(frozen=True)
class Ruling:
    """What permits or denies, where its condition holds. `label` is the provision it stands in."""

    effect: Effect
    condition: Formula
    label: str
    identifier: str
    description: str = ""


@dataclass(frozen=True)
class Due:
    """An obligation or advice, and where it is passed up."""

    charge: Charge
    condition: Formula
    label: str


@dataclass
class Part:
    """A rule, or a policy with its members combined."""

    label: str
    identifier: str
    applies: Formula
    rulings: list[Ruling] = field(default_factory=list)
    dues: list[Due] = field(default_factory=list)
    choices: list[tuple[str, str, bool]] = field(default_factory=list)
    """Facts on the policy that is chosen where several apply, their descriptions, whether unknown if not stated."""

    def says(self, effect: Effect, sure: bool = False) -> Formula:
        """The condition under which it gives the effect; `sure` if its rulings are such that it is never unknown."""
        found = some(one.condition for one in self.rulings if one.effect is effect)
        word = "permits" if effect is Effect.PERMIT else "denies"
        word = f"surely-{word}" if sure else word
        whose = f"part-{hyphened(self.label)}" if self.label else "policy"
        return named(f"{whose}-{word}", f"{self.identifier} {word.replace('-', ' ')}", found)

    def restrict(self, effect: Effect, change: Callable[[Formula], Formula]) -> None:
        """Change the condition of all that has the effect."""
        self.rulings = [
            replace(one, condition=change(one.condition)) if one.effect is effect else one
            for one in self.rulings
        ]
        self.dues = [
            replace(one, condition=change(one.condition)) if one.charge.effect is effect else one
            for one in self.dues
        ]


def hyphened(label: str) -> str:
    return label.replace(".", "-").lower()


def order(label: str) -> list[int]:
    """Provisions in the order of the policies; what no rule gives comes last."""
    return [int(part) if part.isdigit() else len(label) * 1_000_000 for part in label.split(".")]


def without(others: Iterable[Formula]) -> Callable[[Formula], Formula]:
    """The condition, where none of the others holds."""
    excluded = [negation(one) for one in others]
    return lambda found: every((found, *excluded))


def along(others: Iterable[Formula]) -> Callable[[Formula], Formula]:
    """The condition, where all the others hold."""
    needed = list(others)
    return lambda found: every((*needed, found))


def combine(policy: Policy, label: str = "") -> Part:
    """A policy whose members are combined by conditions."""
    whole, parts = heard(policy, label)
    COMBINED[policy.algorithm](whole, parts)
    gather(whole, policy, parts)
    return enclose(whole, policy)


def heard(policy: Policy, label: str) -> tuple[Part, list[Part]]:
    """The policy with nothing in it yet, and its members."""
    parts: list[Part] = []
    for at, member in enumerate(policy.members, 1):
        own = f"{label}.{at}" if label else str(at)
        parts.append(combine(member, own) if isinstance(member, Policy) else _rule(member, own))
    applies = policy.target
    if label and len(parts) > 1:
        said = f"the target of {policy.identifier} matches"
        applies = named(f"part-{hyphened(label)}-applies", said, applies)
    return Part(label, policy.identifier, applies), parts


def gather(whole: Part, policy: Policy, parts: Iterable[Part]) -> None:
    """Put what the members give into the whole.

    An ordered algorithm stops at the first member that gives what prevails: later ones add no obligations.
    """
    denies = policy.algorithm in (Algorithm.DENY_OVERRIDES, Algorithm.PERMIT_UNLESS_DENY)
    winner = Effect.DENY if denies else Effect.PERMIT
    before: list[Formula] = []
    for part in parts:
        if policy.ordered:
            unheard = without(before)
            part.dues = [
                replace(due, condition=unheard(due.condition))
                if due.charge.effect is winner
                else due
                for due in part.dues
            ]
            before.append(surely(part.says(winner)))
        whole.rulings += part.rulings
        whole.dues += part.dues
        whole.choices += part.choices
    whole.rulings.sort(key=lambda one: order(one.label))


def enclose(whole: Part, policy: Policy) -> Part:
    """Put the target before what the members give, and add the obligations and advice of the policy itself."""
    for effect in Effect:
        whole.restrict(effect, along([whole.applies, known(policy.charges, effect)]))
    # At the top the answer itself tells which effect there is.
    whole.dues += [
        Due(charge, whole.says(charge.effect) if whole.label else ALWAYS, whole.label)
        for charge in policy.charges
    ]
    return whole


def _rule(rule: Rule, label: str) -> Part:
    condition = every((rule.condition, known(rule.charges, rule.effect)))
    condition = named(f"rule-{hyphened(label)}-applies", f"{rule.identifier} applies", condition)
    ruling = Ruling(rule.effect, condition, label, rule.identifier, rule.description)
    dues = [Due(one, condition, label) for one in rule.charges if one.effect is rule.effect]
    return Part(label, rule.identifier, condition, [ruling], dues)


def known(charges: Iterable[Charge], effect: Effect) -> Formula:
    """Unknown where something that is assigned with the effect is not known: XACML then gives no effect."""
    guards: dict[Guard, None] = {}
    for charge in charges:
        if charge.effect is effect:
            for _, value in charge.assigned:
                if isinstance(value, Scalar | Designated | Listed):
                    guards.update(dict.fromkeys(value.guards))
                elif not isinstance(value, Bag):
                    guards.update(dict.fromkeys(guards_of(value)))
    return every(Atom(guard.asked, (guard,)) for guard in guards)


def _overrides(winner: Effect) -> Callable[[Part, list[Part]], None]:
    def apply(whole: Part, parts: list[Part]) -> None:
        wins = [part.says(winner) for part in parts]
        for part in parts:
            part.restrict(winner.other, without(wins))

    return apply


def _first_applicable(whole: Part, parts: list[Part]) -> None:
    before: list[Formula] = []
    for part in parts:
        said = [part.says(effect) for effect in Effect]
        for effect in Effect:
            part.restrict(effect, without(before))
        before += said


def _only_one_applicable(whole: Part, parts: list[Part]) -> None:
    several: list[Formula] = []
    for at, part in enumerate(parts):
        several += [every((part.applies, other.applies)) for other in parts[at + 1 :]]
        # A target that cannot be told is not passed over.
        several.append(
            every((negation(surely(part.applies)), negation(surely(negation(part.applies)))))
        )
    suffix = f"-{hyphened(whole.label)}" if whole.label else ""
    said = f"several policies of {whole.identifier} apply, or it is not known which"
    doubt = named(f"several-apply{suffix}", said, some(several))
    for part in parts:
        for effect in Effect:
            part.restrict(effect, without([doubt]))
    chosen = f"policy{suffix}-is-chosen"
    whole.choices.append((chosen, f"where {said}: it is settled which one governs", False))
    denied: Formula = NEVER
    for effect in (Effect.DENY, Effect.PERMIT):
        word = "permits" if effect is Effect.PERMIT else "denies"
        fact = f"chosen-policy{suffix}-{word}"
        given = Atom(fact, (Guard(chosen, f"({fact} or not {fact})"),))
        condition = every((doubt, given, negation(denied)))
        denied = given
        whole.rulings.append(Ruling(effect, condition, extra(whole, effect), whole.identifier))
        whole.choices.append((fact, f"where {said}: the one that governs {word}", True))


def _unless(default: Effect) -> Callable[[Part, list[Part]], None]:
    """`default` unless a member gives the other effect for sure."""

    def apply(whole: Part, parts: list[Part]) -> None:
        for part in parts:
            part.restrict(default.other, surely)
        contrary = [part.says(default.other, sure=True) for part in parts]
        for part in parts:
            part.restrict(default, without(contrary))
        otherwise = every(map(negation, contrary))
        whole.rulings.append(Ruling(default, otherwise, extra(whole, default), whole.identifier))

    return apply


def extra(whole: Part, effect: Effect) -> str:
    """The label of a ruling that no rule gives."""
    last = effect[0]
    return f"{whole.label}.{last}" if whole.label else last


COMBINED: dict[Algorithm, Callable[[Part, list[Part]], None]] = {
    Algorithm.DENY_OVERRIDES: _overrides(Effect.DENY),
    Algorithm.PERMIT_OVERRIDES: _overrides(Effect.PERMIT),
    Algorithm.FIRST_APPLICABLE: _first_applicable,
    Algorithm.ONLY_ONE_APPLICABLE: _only_one_applicable,
    Algorithm.DENY_UNLESS_PERMIT: _unless(Effect.DENY),
    Algorithm.PERMIT_UNLESS_DENY: _unless(Effect.PERMIT),
}
