"""What an expression of XACML comes to: a condition, a single value, or a bag of values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from writ.formats.xacml.attributes import Attribute
from writ.formats.xacml.formula import (
    ALWAYS,
    NEVER,
    Atom,
    Formula,
    Guard,
    Truth,
    every,
    guards_of,
    negation,
    same,
    some,
    strict,
    written,
)
from writ.formats.xacml.types import BY_NAME, DataType, Plain

VARIABLES = ("v", "w", "x", "y", "z")
"""Names of the members of bags, the outermost first."""


@dataclass(frozen=True)
class Scalar:
    """One value that is not a truth value, in the words of the language."""

    text: str
    type: DataType
    guards: tuple[Guard, ...] = ()
    literal: Plain | None = None
    compound: bool = False
    """It is a sum, and goes into parentheses where it is part of another."""


One = Scalar | Formula
Test = Callable[[One], Formula]


class Bag:
    """Values of one type."""

    type: DataType

    def some(self, test: Test, depth: int = 0) -> Formula:
        """That the test holds of a member. `depth` is how many bags it stands within."""
        raise NotImplementedError

    def every(self, test: Test, depth: int = 0) -> Formula:
        """That it holds of each member."""
        return negation(self.some(lambda one: negation(test(one)), depth))


@dataclass(frozen=True)
class Listed(Bag):
    """Members that are named one by one."""

    items: tuple[One, ...]
    type: DataType

    @property
    def guards(self) -> tuple[Guard, ...]:
        return tuple(guard for item in self.items for guard in guards(item))

    def some(self, test: Test, depth: int = 0) -> Formula:
        # A member that cannot be told makes the whole bag unknown.
        return strict(some(map(test, self.items)), self.guards if len(self.items) > 1 else ())


class TooDeep(Exception):
    """More bags in one another than there are names for their members."""


@dataclass(frozen=True)
class Designated(Bag):
    """All values of an attribute; with `required` unknown where there is none."""

    attribute: Attribute
    required: bool

    @property
    def type(self) -> DataType:  # type: ignore[override]
        return self.attribute.key.type

    @property
    def name(self) -> str:
        """The fact that lists them."""
        return self.attribute.needed if self.required else self.attribute.values

    @property
    def guards(self) -> tuple[Guard, ...]:
        return (self.attribute.any,) if self.required else ()

    def some(self, test: Test, depth: int = 0) -> Formula:
        return self._quantified("some", test, depth)

    def every(self, test: Test, depth: int = 0) -> Formula:
        return self._quantified("every", test, depth)

    def _quantified(self, word: str, test: Test, depth: int) -> Formula:
        if depth >= len(VARIABLES):
            raise TooDeep
        path = f"{VARIABLES[depth]}.value"
        truth = self.type.base == "yes-no"
        inner = test(Atom(path) if truth else Scalar(path, self.type))
        if isinstance(inner, Truth):
            present = Atom(f"count of {self.name} at least 1", self.guards)
            if inner.value is (word == "some"):
                return present if word == "some" else strict(ALWAYS, self.guards)
            return strict(NEVER, self.guards) if word == "some" else negation(present)
        doubts = guards_of(inner)
        text = f"{word} {VARIABLES[depth]} in {self.name} satisfies ({written(inner)})"
        return strict(Atom(text, tuple(dict.fromkeys((*self.guards, *doubts)))), doubts)


@dataclass(frozen=True)
class Joined(Bag):
    """The members of either (`union`), or of both (`intersection`)."""

    one: Bag
    other: Bag
    common: bool

    @property
    def type(self) -> DataType:  # type: ignore[override]
        return self.one.type

    def some(self, test: Test, depth: int = 0) -> Formula:
        if self.common:
            return self.one.some(
                lambda x: every((test(x), self.other.some(lambda y: equal(x, y), depth + 1))), depth
            )
        return some((self.one.some(test, depth), self.other.some(test, depth)))


def guards(value: One) -> tuple[Guard, ...]:
    return value.guards if isinstance(value, Scalar) else guards_of(value)


def literal(value: Plain, kind: DataType) -> One:
    """A value that is written out (ValueError: no text of the language holds it)."""
    if isinstance(value, bool):
        return Truth(value)
    return Scalar(kind.written(value), kind, literal=value)


def number(value: int) -> Scalar:
    return Scalar(str(value), BY_NAME["integer"], literal=value)


def equal(one: One, other: One) -> Formula:
    """That two values of one type are the same."""
    if isinstance(one, Formula) or isinstance(other, Formula):
        assert isinstance(one, Formula) and isinstance(other, Formula)
        return same(one, other)
    return compare("is", one, other)


ORDERS = {
    "greater-than": ("above", "after"),
    "greater-than-or-equal": ("at least", "on or after"),
    "less-than": ("below", "before"),
    "less-than-or-equal": ("at most", "on or before"),
}
"""Function -> the words for numbers, and for dates."""
TURNED = {
    "is": "is",
    "above": "below",
    "below": "above",
    "at least": "at most",
    "at most": "at least",
    "after": "before",
    "before": "after",
    "on or after": "on or before",
    "on or before": "on or after",
}


def compare(op: str, one: Scalar, other: Scalar) -> Formula:
    """A comparison, with what is written out on the right."""
    found = (*one.guards, *other.guards)
    if one.literal is not None and other.literal is not None and one.type.base != "date":
        known = _constant(op, one.literal, other.literal)
        if known is not None:
            return strict(Truth(known), found)
    if one.literal is not None:
        op, one, other = TURNED[op], other, one
    return Atom(f"{one.text} {op} {other.text}", tuple(dict.fromkeys(found)))


def _constant(op: str, one: Plain, other: Plain) -> bool | None:
    """The truth of a comparison of two numbers or texts that are written out."""
    if op == "is":
        return one == other if isinstance(one, str) else float(one) == float(other)
    if isinstance(one, str) or isinstance(other, str):
        return None
    return {
        "above": one > other,
        "below": one < other,
        "at least": one >= other,
        "at most": one <= other,
    }[op]
