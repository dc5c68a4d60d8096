"""Policies and policy sets as they are read: rules with their conditions, algorithms, obligations and advice."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from writ.formats.xacml.formula import Formula
from writ.formats.xacml.functions import Value
from writ.formats.xacml.xml import Element

NAMESPACE = "urn:oasis:names:tc:xacml:3.0:core:schema:wd-17"


class Effect(StrEnum):
    """What a rule gives where it applies."""

    PERMIT = "Permit"
    DENY = "Deny"

    @property
    def other(self) -> Effect:
        return Effect.DENY if self is Effect.PERMIT else Effect.PERMIT


class Algorithm(StrEnum):
    """How what several rules or policies give is combined. The ordered forms give the same, in a fixed order."""

    DENY_OVERRIDES = "deny-overrides"
    PERMIT_OVERRIDES = "permit-overrides"
    FIRST_APPLICABLE = "first-applicable"
    ONLY_ONE_APPLICABLE = "only-one-applicable"
    DENY_UNLESS_PERMIT = "deny-unless-permit"
    PERMIT_UNLESS_DENY = "permit-unless-deny"


ALGORITHMS = {
    **{
        f"urn:oasis:names:tc:xacml:3.0:{level}-combining-algorithm:{ordered}{one}": one
        for level in ("rule", "policy")
        for one in (Algorithm.DENY_OVERRIDES, Algorithm.PERMIT_OVERRIDES)
        for ordered in ("", "ordered-")
    },
    **{
        f"urn:oasis:names:tc:xacml:3.0:{level}-combining-algorithm:{one}": one
        for level in ("rule", "policy")
        for one in (Algorithm.DENY_UNLESS_PERMIT, Algorithm.PERMIT_UNLESS_DENY)
    },
    **{
        f"urn:oasis:names:tc:xacml:1.0:{level}-combining-algorithm:first-applicable": (
            Algorithm.FIRST_APPLICABLE
        )
        for level in ("rule", "policy")
    },
    "urn:oasis:names:tc:xacml:1.0:policy-combining-algorithm:only-one-applicable": (
        Algorithm.ONLY_ONE_APPLICABLE
    ),
}


@dataclass(frozen=True)
class Charge:
    """An obligation, or advice, that comes with an effect: its identifier and what it assigns to which attribute."""

    identifier: str
    advice: bool
    effect: Effect
    assigned: tuple[tuple[str, Value], ...]
    element: Element


@dataclass(frozen=True)
class Rule:
    identifier: str
    description: str
    effect: Effect
    condition: Formula
    """That its target matches and its condition holds."""
    charges: tuple[Charge, ...]


@dataclass(frozen=True)
class Policy:
    """A policy, or a policy set, whose `members` are policies."""

    identifier: str
    description: str
    algorithm: Algorithm
    ordered: bool
    """Its members are asked in their order, and no further than needed."""
    target: Formula
    members: tuple[Rule | Policy, ...]
    charges: tuple[Charge, ...]
