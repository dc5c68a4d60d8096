"""What one norm speaks of: the names it uses, and what its conditions can be told apart by."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from writ.book import terms
from writ.book.model import Norm
from writ.book.terms import Condition
from writ.syntax.tree import Bearer

Choices = dict[object, frozenset[object]]


class Profile(msgspec.Struct, frozen=True):
    """Found once for a norm, in one walk over its terms."""

    mentions: frozenset[str]
    """Names of actors, acts, things, states and events; slots of attributes (of the member of a list, by the thing that
    the list is of, even where a broader thing declares it); values as `kind=value`."""
    choices: Choices
    """What the conjuncts of `when` restrict to some constants: the expression, and those constants."""
    demands: frozenset[object]
    """A subject for each conjunct of `when` that only a conjunct on the same subject can imply."""
    subjects: frozenset[object]
    """Every subject of the conjuncts of `when`, down to the alternatives in them."""
    independent: bool
    """Whether every condition in the norm is about something else, and each can be true and can be false: then none of
    them contradicts, implies or repeats another. Nearly all norms are so."""


def profile_of(norm: Norm) -> Profile:
    """The profile of a norm."""
    choices: Choices = {}
    demands: set[object] = set()
    leaves: list[Condition] = []
    for condition in norm.when:
        chosen = choice(condition)
        if chosen is not None:
            known = choices.get(chosen[0])
            choices[chosen[0]] = chosen[1] if known is None else known & chosen[1]
        if not isinstance(condition, terms.AnyOf | terms.All | terms.Always):
            demands.add(subject(condition))
        _leaves(condition, leaves)
    subjects = [subject(leaf) for leaf in leaves]
    distinct = frozenset(subjects)
    others: list[Condition] = []
    for field in (norm.with_, norm.so_that, norm.until, norm.limited_to):
        for condition in field:
            _leaves(condition, others)
    every = [*subjects, *(subject(leaf) for leaf in others)]
    independent = len(set(every)) == len(every) and all(_open(leaf) for leaf in (*leaves, *others))
    return Profile(frozenset(_mentions(norm)), choices, frozenset(demands), distinct, independent)


def choice(condition: Condition) -> tuple[object, frozenset[object]] | None:
    """The condition as "this expression is one of these constants", if it has that form."""
    if isinstance(condition, terms.Holds):
        return condition.path, _YES
    if isinstance(condition, terms.Not):
        return (condition.of.path, _NO) if isinstance(condition.of, terms.Holds) else None
    if isinstance(condition, terms.Compare):
        if condition.op != "is" or not isinstance(condition.right, terms.Const):
            return None
        return condition.left, frozenset((condition.right.value,))
    if isinstance(condition, terms.Member) and condition.path is None:
        values = [each.value for each in condition.items if isinstance(each, terms.Const)]
        return (condition.item, frozenset(values)) if len(values) == len(condition.items) else None
    return None


_CONSTANT = (terms.Const, terms.DateConst, terms.Period)
_YES: frozenset[object] = frozenset((True,))
_NO: frozenset[object] = frozenset((False,))


def subject(condition: Condition) -> object:
    """What the condition is about: two conditions of which one implies the other by its form have the same one."""
    while isinstance(condition, terms.Not):
        condition = condition.of
    if isinstance(condition, terms.Holds | terms.Stated):
        return condition.path
    if isinstance(condition, terms.Compare):
        return condition.left if isinstance(condition.right, _CONSTANT) else condition
    if isinstance(condition, terms.Member) and condition.path is None:
        return condition.item
    return condition


def _leaves(condition: Condition, found: list[Condition]) -> None:
    """The conditions that others are made of; one whose parts count each other is left whole."""
    while isinstance(condition, terms.Not):
        condition = condition.of
    if isinstance(condition, terms.AnyOf | terms.All):
        for item in condition.items:
            _leaves(item, found)
    else:
        found.append(condition)


def _open(leaf: Condition) -> bool:
    """Whether facts can make this condition true, and others false, whatever the vocabulary says of its values."""
    if isinstance(leaf, terms.Compare):
        if not isinstance(leaf.left, terms.Attr):
            return False
        return leaf.kind.base != "levels" or leaf.op not in ("above", "below")
    if isinstance(leaf, terms.Member):
        return isinstance(leaf.item, terms.Attr)
    return isinstance(
        leaf, terms.Holds | terms.Stated | terms.InEffect | terms.Done | terms.Happened
    )


def _mentions(norm: Norm) -> set[str]:
    found = {norm.act, norm.thing, norm.before, norm.while_state, norm.for_each, norm.waiver}
    found.add(norm.state)
    for bearer in (norm.bearer, norm.to, norm.waived_by, norm.recipients):
        if bearer is not None:
            _bearer(bearer, found)
    for step in norm.after:
        found.add(step.act)
        if step.by is not None:
            _bearer(step.by, found)
        _spread((step.within,), found)
    if norm.trigger is not None:
        found.add(norm.trigger.name)
        if norm.trigger.by is not None:
            _bearer(norm.trigger.by, found)
    for effect in (*norm.effects, *norm.breach):
        found.add(effect.state)
        _spread((effect.start, effect.duration, effect.until), found)
    found.update(norm.enabling)
    found.update(norm.delegated)
    for part in (
        norm.when,
        norm.with_,
        norm.stating,
        norm.recording,
        norm.so_that,
        norm.until,
        norm.limited_to,
    ):
        if part:
            _spread(part, found)
    _spread(
        (norm.due_by, norm.lapse_at, norm.within, norm.every, norm.lasts, norm.lapse_after), found
    )
    found.discard("")
    return found


def _bearer(bearer: Bearer, found: set[str]) -> None:
    for actor in bearer.actors:
        found.add(actor.name)
    for actor in bearer.excepted:
        found.add(actor.name)


def _spread(parts: Iterable[object], found: set[str]) -> None:
    """Add the names that terms speak of. `terms.walk` would do; this is many times as fast, and most of a cold run."""
    for term in parts:
        add = _ADD.get(type(term))
        if add is not None:
            add(term, found)


def _path(term: Any, found: set[str]) -> None:
    found.add(term.path.slot)


def _sides(term: Any, found: set[str]) -> None:
    _spread((term.left, term.right), found)


def _const(term: terms.Const, found: set[str]) -> None:
    if term.type.of and isinstance(term.value, str):
        found.add(f"{term.type.of}={term.value}")


def _done(term: terms.Done, found: set[str]) -> None:
    found.add(term.act)
    if term.by is not None:
        _bearer(term.by, found)
    _spread((term.since,), found)


def _happened(term: terms.Happened, found: set[str]) -> None:
    found.add(term.event)
    _spread((term.since,), found)


def _quantified(term: terms.Quantified, found: set[str]) -> None:
    found.add(term.path.slot)
    _spread((term.body,), found)


_ADD: dict[type, Callable[[Any, set[str]], None]] = {
    terms.Attr: lambda term, found: found.add(term.slot),
    terms.Const: _const,
    terms.Holds: _path,
    terms.Stated: _path,
    terms.CountOf: _path,
    terms.Compare: _sides,
    terms.Arithmetic: _sides,
    terms.Not: lambda term, found: _spread((term.of,), found),
    terms.PeriodBound: lambda term, found: _spread((term.of,), found),
    terms.Member: lambda term, found: _spread((term.item, term.path, *term.items), found),
    terms.All: lambda term, found: _spread(term.items, found),
    terms.AnyOf: lambda term, found: _spread(term.items, found),
    terms.Counted: lambda term, found: _spread(term.items, found),
    terms.Select: lambda term, found: _spread(term.items, found),
    terms.Period: lambda term, found: found.add(term.of),
    terms.InEffect: lambda term, found: found.add(term.state),
    terms.StateTime: lambda term, found: found.add(term.state),
    terms.TimeOf: lambda term, found: found.add(term.name),
    terms.Done: _done,
    terms.Happened: _happened,
    terms.ActorHolds: lambda term, found: found.add(term.office),
    terms.DaysBetween: lambda term, found: _spread((term.start, term.end), found),
    terms.Quantified: _quantified,
}
"""What each sort of term adds; the rest speak of nothing."""
