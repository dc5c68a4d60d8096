"""What a condition looks at: the fast replay asks it again only when one of these has changed."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from writ.book import terms
from writ.book.model import EffectTerm, Norm
from writ.book.terms import Attr
from writ.engine.values import is_plain


class Looks(msgspec.Struct, frozen=True):
    """`names` are acts and events looked back at, `slots` the facts read, `now` whether the time itself matters.

    `plain` where the conditions ask for nothing but facts.
    """

    names: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()
    slots: frozenset[str] = frozenset()
    now: bool = False
    plain: bool = True

    def __or__(self, other: Looks) -> Looks:
        return Looks(
            self.names | other.names,
            self.states | other.states,
            self.slots | other.slots,
            self.now or other.now,
            self.plain and other.plain,
        )


NOTHING = Looks()


def looks_of(items: object) -> Looks:
    """What conditions and expressions look at."""
    names: set[str] = set()
    states: set[str] = set()
    slots: set[str] = set()
    now = False
    for term in terms.walk(items):
        match term:
            case terms.Done():
                names.add(term.act)
            case terms.Happened():
                names.add(term.event)
            case terms.TimeOf():
                names.add(term.name)
            case terms.InEffect() | terms.StateTime():
                states.add(term.state)
            case terms.Now():
                now = True
            case Attr(space="state"):
                states.add(term.owner)
            case Attr(space="fact"):
                slots.add(term.name)
    return Looks(frozenset(names), frozenset(states), frozenset(slots), now, plain=is_plain(items))


def looks_of_norm(norm: Norm) -> Looks:
    """What deciding by a norm looks at: its conditions, and what its exercise requires."""
    found = looks_of(
        (norm.when, norm.with_, norm.so_that, norm.until, norm.limited_to, norm.stating)
    )
    if norm.due_by is not None:
        found |= looks_of(norm.due_by)
    names = {step.act for step in norm.after}
    if norm.bearer.mode == "each":
        names.add(norm.act)
    return found | Looks(frozenset(names))


def looks_of_duty(norm: Norm) -> Looks:
    """What the life of a duty looks at, where a decision asks for it."""
    names = {norm.act, norm.waiver} - {""}
    states = {norm.while_state} - {""}
    trigger = norm.trigger
    if trigger is not None:
        (names if trigger.kind in ("act", "event") else states).add(trigger.name)
    return looks_of_norm(norm) | Looks(frozenset(names), frozenset(states))


def looks_of_effects(effects: tuple[EffectTerm, ...]) -> Looks:
    """What tells when effects begin and end."""
    return looks_of(
        tuple(one for effect in effects for one in (effect.until, effect.start) if one is not None)
    )


def together(found: Iterable[Looks]) -> Looks:
    joined = NOTHING
    for one in found:
        joined |= one
    return joined
