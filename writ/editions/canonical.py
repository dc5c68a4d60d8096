"""Conditions and norms in a form that is equal for all the ways in which the same can be written."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar, cast

import msgspec

from writ.book.conditions import conjunction, disjunction, negation
from writ.book.model import Norm, Place
from writ.book.terms import (
    All,
    AnyOf,
    Attr,
    Compare,
    Condition,
    Const,
    Counted,
    DateConst,
    Member,
    Not,
    Period,
    Quantified,
    Select,
    Term,
)
from writ.syntax.tree import Actor, Bearer

T = TypeVar("T")

_TURNED = {
    "at least": "at most",
    "at most": "at least",
    "above": "below",
    "below": "above",
    "before": "after",
    "after": "before",
    "on or before": "on or after",
    "on or after": "on or before",
    "is": "is",
    "shares with": "shares with",
}
_EITHER_WAY = frozenset({"is", "shares with"})
NOWHERE = Place("", 0)


def condition(item: Condition) -> Condition:
    """The condition with its parts in one order, and its negations as far inward as they go."""
    match item:
        case Not():
            return _negated(condition(item.of))
        case All():
            return _ordered(conjunction(condition(one) for one in item.items))
        case AnyOf():
            return _ordered(disjunction(condition(one) for one in item.items))
        case Counted():
            return Counted(item.mode, item.number, _in_order(condition(i) for i in item.items))
        case Member() if item.path is None:
            chosen = tuple(dict.fromkeys(_in_order(plain(one) for one in item.items)))
            if len(chosen) == 1 and isinstance(chosen[0], Const):
                return Compare("is", plain(item.item), chosen[0], chosen[0].type)
            return Member(plain(item.item), chosen)
        case Compare():
            return _compared(item)
        case Quantified():
            # What the variable is called means nothing; the thing that it stands for does.
            name = f"·{item.path.type.of}"
            body = condition(_renamed(item.body, item.variable, name))
            return Quantified(item.mode, item.number, name, item.path, body)
    return plain(item)


def conjuncts(items: Iterable[Condition]) -> dict[Condition, Condition]:
    """What must all hold: each conjunct in its one form, with how it was written."""
    found: dict[Condition, Condition] = {}
    for item in items:
        form = condition(item)
        if isinstance(form, All):
            found.update((part, part) for part in form.items if part not in found)
        else:
            found.setdefault(form, item)
    return found


def plain(item: T) -> T:
    """The same with the order taken out of every bearer and every choice of dates in it."""
    if isinstance(item, Attr | Const | DateConst | Period | str):
        return item  # nearly all of them, with nothing in them to put in order
    if isinstance(item, Bearer):
        return cast("T", bearer(item))
    if isinstance(item, tuple):
        return cast("T", tuple([plain(one) for one in item]))
    if not isinstance(item, msgspec.Struct):
        return item
    fields = {name: getattr(item, name) for name in item.__struct_fields__}
    changed = {name: plain(value) for name, value in fields.items()}
    if isinstance(item, Select):
        changed["items"] = tuple(dict.fromkeys(_in_order(changed["items"])))
    changed = {name: value for name, value in changed.items() if value != fields[name]}
    return cast("T", msgspec.structs.replace(item, **changed)) if changed else item


def bearer(item: Bearer) -> Bearer:
    """The bearer with its names in one order."""
    return Bearer(item.mode, _names(item.actors), _names(item.excepted))


def _names(actors: tuple[Actor, ...]) -> tuple[Actor, ...]:
    return tuple(sorted(actors, key=lambda actor: (actor.name, actor.number)))


def content(norm: Norm) -> Norm:
    """What the norm says, without where it says so, how it is cited, and when it is in force."""
    return msgspec.structs.replace(
        norm,
        id="",
        instrument="",
        label="",
        citation="",
        title="",
        rank=0,
        place=NOWHERE,
        label_place=NOWHERE,
        clause_places=(),
        start=None,
        end=None,
        gaps=(),
        known=None,
        enacted=None,
        bearer=bearer(norm.bearer),
        to=norm.to and bearer(norm.to),
        recipients=norm.recipients and bearer(norm.recipients),
        waived_by=norm.waived_by and bearer(norm.waived_by),
        when=_set(norm.when),
        with_=_set(norm.with_),
        so_that=_set(norm.so_that),
        until=_set(norm.until),
        limited_to=_set(norm.limited_to),
        after=_in_order(plain(norm.after)),
        stating=_in_order(norm.stating),
        recording=_in_order(norm.recording),
        effects=_in_order(plain(norm.effects)),
        breach=_in_order(plain(norm.breach)),
        enabling=tuple(sorted(norm.enabling)),
        delegated=tuple(sorted(norm.delegated)),
    )


def _set(items: tuple[Condition, ...]) -> tuple[Condition, ...]:
    return _in_order(conjuncts(items)) if items else ()


def _negated(inner: Condition) -> Condition:
    """`not` inside a conjunction, as in Kleene's three values it may be."""
    if isinstance(inner, All):
        return _ordered(disjunction(_negated(one) for one in inner.items))
    if isinstance(inner, AnyOf):
        return _ordered(conjunction(_negated(one) for one in inner.items))
    return negation(inner)


def _ordered(item: Condition) -> Condition:
    if isinstance(item, All | AnyOf):
        return msgspec.structs.replace(item, items=_in_order(item.items))
    return item


def _in_order(items: Iterable[T]) -> tuple[T, ...]:
    return tuple(sorted(items, key=repr))


def _compared(item: Compare) -> Condition:
    left, right = plain(item.left), plain(item.right)
    turned = _TURNED.get(item.op)
    if turned is not None:
        fixed = isinstance(left, Const | DateConst), isinstance(right, Const | DateConst)
        backwards = item.op in _EITHER_WAY and repr(right) < repr(left)
        if fixed == (True, False) or (fixed[0] == fixed[1] and backwards):
            return Compare(turned, right, left, item.kind)
    return Compare(item.op, left, right, item.kind)


def _renamed(item: Any, old: str, new: str) -> Any:
    """The term with a variable called otherwise; a quantifier within that binds the same name hides it."""
    if isinstance(item, tuple):
        return tuple([_renamed(one, old, new) for one in item])
    if not isinstance(item, Term) or (isinstance(item, Quantified) and item.variable == old):
        return item
    if isinstance(item, Attr):
        bound = item.space == "variable" and item.owner == old
        return msgspec.structs.replace(item, owner=new) if bound else item
    fields = {name: _renamed(getattr(item, name), old, new) for name in item.__struct_fields__}
    return msgspec.structs.replace(item, **fields)
