"""The functions of XACML that the language has a counterpart for, by their short names."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

from writ.formats.xacml.formula import Atom, Formula, at_least, every, negation, some
from writ.formats.xacml.types import BY_NAME, DataType
from writ.formats.xacml.values import (
    ORDERS,
    Bag,
    Designated,
    Joined,
    Listed,
    One,
    Scalar,
    compare,
    equal,
    number,
)
from writ.formats.xacml.xml import Element

Value = Scalar | Formula | Bag
Function = Callable[..., Value]
T = TypeVar("T")

_TYPED = re.compile(r"([A-Za-z0-9]+?)-([a-z].*)")
PREFIX = re.compile(r"urn:oasis:names:tc:xacml:[123]\.0:function:(.+)")
QUANTIFIED = ("any-of", "all-of", "any-of-any", "all-of-any", "any-of-all", "all-of-all")
"""Functions that take a function."""


class Call:
    """One application of a function: where it stands, its short name and its arguments."""

    def __init__(self, element: Element, name: str, arguments: list[Value]) -> None:
        self.element = element
        self.name = name
        self.arguments = arguments

    def result(self) -> Value:
        """What it comes to."""
        if self.name in LOGIC:
            return LOGIC[self.name](self)
        if self.name == "integer-to-double":
            value = self.take(0, Scalar, BY_NAME["integer"], 1)
            return Scalar(
                value.text, BY_NAME["double"], value.guards, value.literal, value.compound
            )
        found = _TYPED.fullmatch(self.name)
        kind = BY_NAME.get(found[1]) if found else None
        if found is None or kind is None:
            raise self.unknown()
        operation = found[2]
        if operation in ORDERS and kind.ordered:
            one, other = self.take(0, Scalar, kind, 2), self.take(1, Scalar, kind, 2)
            return compare(ORDERS[operation][kind.base == "date"], one, other)
        if operation in ("add", "subtract") and kind.name in ("integer", "double"):
            return self.sum("+" if operation == "add" else "-", kind)
        if operation not in TYPED:
            raise self.unknown()
        return TYPED[operation](self, kind)

    def unknown(self) -> Exception:
        return self.element.refuse("X304", f"the function `{self.name}` has no counterpart")

    def wrong(self, message: str) -> Exception:
        return self.element.refuse("X303", f"`{self.name}` {message}")

    def count(self, least: int, most: int | None = None) -> None:
        """Refuse another number of arguments."""
        given = len(self.arguments)
        if given < least or (most is not None and given > most):
            raise self.wrong(f"has {given} arguments")

    def take(self, at: int, sort: type[T], kind: DataType | None, number: int) -> T:
        """An argument, of this sort and type, of so many."""
        self.count(number, number)
        return self.check(self.arguments[at], sort, kind)

    def check(self, value: Value, sort: type[T], kind: DataType | None) -> T:
        if not isinstance(value, sort):
            raise self.wrong("has an argument of another kind than it takes")
        if kind is not None and isinstance(value, Scalar | Bag) and value.type is not kind:
            raise self.wrong(f"takes {kind.name}, and has an argument of type {value.type.name}")
        return value

    def one(self, value: Value, kind: DataType) -> One:
        """A single value of a type, be it a truth value or another."""
        if kind.base == "yes-no":
            return self.check(value, Formula, None)
        return self.check(value, Scalar, kind)

    def sum(self, sign: str, kind: DataType) -> Scalar:
        self.count(2, None if sign == "+" else 2)
        parts = [self.check(value, Scalar, kind) for value in self.arguments]
        shown = [f"({part.text})" if part.compound else part.text for part in parts]
        found = tuple(dict.fromkeys(guard for part in parts for guard in part.guards))
        return Scalar(f" {sign} ".join(shown), kind, found, compound=True)


def _conditions(call: Call, start: int = 0) -> tuple[Formula, ...]:
    return tuple(call.check(value, Formula, None) for value in call.arguments[start:])


def _n_of(call: Call) -> Formula:
    call.count(1)
    first = call.check(call.arguments[0], Scalar, BY_NAME["integer"])
    items = _conditions(call, 1)
    if not isinstance(first.literal, int):
        raise call.element.refuse(
            "X304", "`n-of` with a number that is not written out has no counterpart"
        )
    if first.literal > len(items):
        raise call.wrong("asks for more than it has")
    return at_least(first.literal, items)


LOGIC: dict[str, Function] = {
    "and": lambda call: every(_conditions(call)),
    "or": lambda call: some(_conditions(call)),
    "not": lambda call: negation(call.take(0, Formula, None, 1)),
    "n-of": _n_of,
}


def _equal(call: Call, kind: DataType) -> Formula:
    call.count(2, 2)
    one, other = (call.one(value, kind) for value in call.arguments)
    return equal(one, other)


def _one_and_only(call: Call, kind: DataType) -> Value:
    bag = call.take(0, Bag, kind, 1)
    if isinstance(bag, Designated):
        attribute = bag.attribute
        attribute.only = True
        if kind.base == "yes-no":
            return Atom(attribute.name, (attribute.one,))
        return Scalar(attribute.name, kind, (attribute.one,))
    if isinstance(bag, Listed) and len(bag.items) == 1:
        return bag.items[0]
    raise call.element.refuse(
        "X304", "`one-and-only` of a bag that is put together has no counterpart"
    )


def _size(call: Call, kind: DataType) -> Scalar:
    bag = call.take(0, Bag, kind, 1)
    if isinstance(bag, Designated):
        return Scalar(f"count of {bag.name}", BY_NAME["integer"], bag.guards)
    if isinstance(bag, Listed):
        size = number(len(bag.items))
        return Scalar(size.text, size.type, tuple(dict.fromkeys(bag.guards)), size.literal)
    raise call.element.refuse(
        "X304",
        "the size of a union or an intersection has no counterpart: nothing counts two as one",
    )


def _bag(call: Call, kind: DataType) -> Bag:
    return Listed(tuple(call.one(value, kind) for value in call.arguments), kind)


def _is_in(call: Call, kind: DataType) -> Formula:
    call.count(2, 2)
    item, bag = call.one(call.arguments[0], kind), call.check(call.arguments[1], Bag, kind)
    return bag.some(lambda one: equal(one, item))


def _bags(call: Call, kind: DataType) -> tuple[Bag, Bag]:
    return call.take(0, Bag, kind, 2), call.take(1, Bag, kind, 2)


def _subset(one: Bag, other: Bag) -> Formula:
    return one.every(lambda x: other.some(lambda y: equal(y, x), 1))


def _shared(call: Call, kind: DataType) -> Formula:
    one, other = _bags(call, kind)
    return one.some(lambda x: other.some(lambda y: equal(y, x), 1))


def _set_equals(call: Call, kind: DataType) -> Formula:
    one, other = _bags(call, kind)
    return every((_subset(one, other), _subset(other, one)))


def _joined(common: bool) -> Function:
    return lambda call, kind: Joined(*_bags(call, kind), common)


TYPED: dict[str, Function] = {
    "equal": _equal,
    "one-and-only": _one_and_only,
    "bag-size": _size,
    "bag": _bag,
    "is-in": _is_in,
    "subset": lambda call, kind: _subset(*_bags(call, kind)),
    "at-least-one-member-of": _shared,
    "set-equals": _set_equals,
    "union": _joined(False),
    "intersection": _joined(True),
}
"""Of every type: operation -> what it comes to."""


def quantified(call: Call, inner: str) -> Formula:
    """`any-of` and its kin: the function named holds of some or all members of bags."""

    def holds(arguments: list[Value]) -> Formula:
        return call.check(Call(call.element, inner, arguments).result(), Formula, None)

    if call.name in ("any-of", "all-of"):
        bags = [at for at, value in enumerate(call.arguments) if isinstance(value, Bag)]
        if len(bags) != 1:
            raise call.wrong("takes exactly one bag")
        bag = call.arguments[bags[0]]
        assert isinstance(bag, Bag)
        before, after = call.arguments[: bags[0]], call.arguments[bags[0] + 1 :]

        def test(one: One) -> Formula:
            return holds([*before, one, *after])

        return bag.some(test) if call.name == "any-of" else bag.every(test)
    one, other = call.take(0, Bag, None, 2), call.take(1, Bag, None, 2)
    if call.name == "any-of-any":
        return one.some(lambda x: other.some(lambda y: holds([x, y]), 1))
    if call.name == "all-of-any":
        return one.every(lambda x: other.some(lambda y: holds([x, y]), 1))
    if call.name == "any-of-all":
        return one.some(lambda x: other.every(lambda y: holds([x, y]), 1))
    return one.every(lambda x: other.every(lambda y: holds([x, y]), 1))
