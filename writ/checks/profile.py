"""What one norm speaks of: the names it uses, and what its conditions can be told apart by."""

from __future__ import annotations

from collections.abc import Iterable

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


def profile_of(norm: Norm) -> Profile:
    """The profile of a norm."""
    choices: Choices = {}
    demands: set[object] = set()
    subjects: set[object] = set()
    for condition in norm.when:
        chosen = choice(condition)
        if chosen is not None:
            known = choices.get(chosen[0])
            choices[chosen[0]] = chosen[1] if known is None else known & chosen[1]
        if not isinstance(condition, terms.AnyOf | terms.All | terms.Always):
            demands.add(subject(condition))
        _gather(condition, subjects)
    return Profile(frozenset(_mentions(norm)), choices, frozenset(demands), frozenset(subjects))


def choice(condition: Condition) -> tuple[object, frozenset[object]] | None:
    """The condition as "this expression is one of these constants", if it has that form."""
    match condition:
        case terms.Holds(path=path):
            return path, _YES
        case terms.Not(of=terms.Holds(path=path)):
            return path, _NO
        case terms.Compare(op="is", left=left, right=terms.Const(value=value)):
            return left, frozenset((value,))
        case terms.Member(item=item, items=items, path=None):
            values = [each.value for each in items if isinstance(each, terms.Const)]
            return (item, frozenset(values)) if len(values) == len(items) else None
    return None


_YES: frozenset[object] = frozenset((True,))
_NO: frozenset[object] = frozenset((False,))


def subject(condition: Condition) -> object:
    """What the condition is about: two conditions of which one implies the other by its form have the same one."""
    while isinstance(condition, terms.Not):
        condition = condition.of
    match condition:
        case terms.Holds(path=path) | terms.Stated(path=path):
            return path
        case terms.Compare(left=left, right=terms.Const()):
            return left
        case terms.Member(item=item, path=None):
            return item
    return condition


def _gather(condition: Condition, found: set[object]) -> None:
    found.add(subject(condition))
    if isinstance(condition, terms.AnyOf | terms.All):
        for item in condition.items:
            _gather(item, found)


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
        _spread((effect.duration, effect.until), found)
    found.update(norm.enabling)
    found.update(norm.delegated)
    for part in (norm.when, norm.with_, norm.stating, norm.recording, norm.so_that):
        if part:
            _spread(part, found)
    for part in (norm.until, norm.limited_to):
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
    """Add the names that terms speak of. `terms.walk` would do; this is five times as fast, and most of a cold run."""
    for term in parts:
        match term:
            case None | terms.Now() | terms.ActorTerm() | terms.DateConst() | terms.Always():
                pass
            case terms.Holds(path=path) | terms.Stated(path=path) | terms.CountOf(path=path):
                found.add(slot_of(path))
            case terms.Attr():
                found.add(slot_of(term))
            case terms.Const(value=value, type=kind):
                if kind.of and isinstance(value, str):
                    found.add(f"{kind.of}={value}")
            case terms.Compare(left=left, right=right) | terms.Arithmetic(left=left, right=right):
                _spread((left, right), found)
            case terms.Not(of=of) | terms.PeriodBound(of=of):
                _spread((of,), found)
            case terms.Member(item=item, items=items, path=path):
                _spread((item, path, *items), found)
            case (
                terms.All(items=items)
                | terms.AnyOf(items=items)
                | terms.Counted(items=items)
                | terms.Select(items=items)
            ):
                _spread(items, found)
            case _:
                _others(term, found)


def _others(term: object, found: set[str]) -> None:
    match term:
        case terms.Period(of=body):
            found.add(body)
        case terms.InEffect(state=state) | terms.StateTime(state=state):
            found.add(state)
        case terms.TimeOf(name=name):
            found.add(name)
        case terms.Done(act=act, by=by, since=since):
            found.add(act)
            if by is not None:
                _bearer(by, found)
            _spread((since,), found)
        case terms.Happened(event=event, since=since):
            found.add(event)
            _spread((since,), found)
        case terms.ActorHolds(office=office):
            found.add(office)
        case terms.DaysBetween(start=start, end=end):
            _spread((start, end), found)
        case terms.Quantified(path=path, variable=variable, body=body):
            found.add(slot_of(path))
            inner: set[str] = set()
            _spread((body,), inner)
            own = f"{variable}."
            found.update(
                f"{path.type.of}.{name.removeprefix(own)}" if name.startswith(own) else name
                for name in inner
            )


def slot_of(path: terms.Attr) -> str:
    """The slot under which the vocabulary keeps the attribute; of a variable, as it is written."""
    return path.name if path.space == "fact" else f"{path.owner}.{path.name}"
