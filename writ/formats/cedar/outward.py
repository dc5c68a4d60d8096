"""Conditions of our language as Cedar expressions: when they are true, and when false. Where neither, they are unknown.

A fact is an attribute of the context under its slot, left out where it is not stated. No expression here errs.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from itertools import combinations
from typing import NamedTuple

from writ.book import dates, terms
from writ.book.model import AttributeDef, Vocabulary
from writ.book.terms import Attr, Condition, Expr, Type
from writ.engine.situation import NOT_STATED
from writ.formats.cedar.expressions import Unsupported

TYPES = {"yes-no": "Bool", "number": "Long", "levels": "Long", "date": "datetime"} | {
    "text": "String",
    "kind": "String",
    "person-id": "String",
    "set": "Set<String>",
}
"""Cedar's type for each of ours; levels go by their place, lowest 0."""
SIGNS = {"is": "==", "at least": ">=", "at most": "<=", "above": ">", "below": "<"} | {
    "before": "<",
    "after": ">",
    "on or before": "<=",
    "on or after": ">=",
}
MOST_COUNTED = 8
"""Conditions in `at least … of (…)`: Cedar has no counting, so each choice is written out."""


class Truth(NamedTuple):
    """When a condition is true, when it is false, and when it is not the one or not the other."""

    true: str
    false: str
    untrue: str
    unfalse: str

    @classmethod
    def of(cls, said: str) -> Truth:
        """Of a test that is never unknown."""
        return cls(said, denied(said), denied(said), said)

    @property
    def opposite(self) -> Truth:
        return Truth(self.false, self.true, self.unfalse, self.untrue)


class Operand(NamedTuple):
    """A value. `absent` and `unknown` are what must hold for it to be there: without it, it is the one or the other."""

    text: str
    absent: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def text_of(value: str) -> str:
    """A text as Cedar writes it."""
    shown = "".join(
        "\\" + c if c in '"\\' else c if c.isprintable() else f"\\u{{{ord(c):x}}}" for c in value
    )
    return f'"{shown}"'


def every(items: Iterable[str]) -> str:
    return _joined(" && ", items, "true", "false")


def some(items: Iterable[str]) -> str:
    return _joined(" || ", items, "false", "true")


def _joined(sign: str, items: Iterable[str], neutral: str, final: str) -> str:
    found = [item for item in dict.fromkeys(items) if item != neutral]
    if final in found:
        return final
    return sign.join(found if len(found) == 1 else map(_grouped, found)) or neutral


def _grouped(item: str) -> str:
    return f"({item})" if " " in item else item


def denied(item: str) -> str:
    return {"true": "false", "false": "true"}.get(item) or f"!({item})"


class Outward:
    """Writes conditions for one vocabulary, and remembers the facts that they speak of."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.slots: dict[str, Type] = {}
        """The facts that the conditions speak of."""
        self.asked: set[str] = set()
        """Those of `filled` of which a condition asks whether they are stated."""

    def truth(self, condition: Condition) -> Truth:
        """
        Raises:
            Unsupported: it speaks of more than the facts of a request.
        """
        match condition:
            case terms.Always():
                return Truth.of("true" if condition.value else "false")
            case terms.Holds():
                return self._held(condition.path)
            case terms.Stated():
                return self._stated(condition.path)
            case terms.Compare():
                return self._compared(condition)
            case terms.Member():
                return self._member(condition)
            case terms.ActorHolds():
                return Truth.of(f"principal in {self.actor(condition.office)}")
            case terms.Not():
                return self.truth(condition.of).opposite
            case terms.All():
                return self.all(condition.items)
            case terms.AnyOf():
                return self.all([terms.Not(item) for item in condition.items]).opposite
            case terms.Counted():
                return self._counted(condition)
            case terms.Quantified():
                raise Unsupported("a condition on the members of a list")
            case terms.InEffect():
                raise Unsupported(f"the state `{condition.state}`")
            case terms.Done() | terms.Happened():
                raise Unsupported("what was done or has happened")

    def all(self, items: Iterable[Condition]) -> Truth:
        true, false, untrue, unfalse = _apart([self.truth(item) for item in items])
        return Truth(every(true), some(false), some(untrue), every(unfalse))

    def actor(self, name: str) -> str:
        """An office, body or person of the book as an entity."""
        known = self.vocabulary.actors.get(name)
        return f'{(known.kind if known else "office").capitalize()}::"{name}"'

    def value(self, item: Expr) -> Operand:
        match item:
            case terms.Const():
                return Operand(self._constant(item.value, item.type))
            case terms.DateConst():
                day = dates.parse(item.value)
                if isinstance(day, dt.datetime):
                    raise Unsupported("a moment")
                return Operand(f'datetime("{day}")')
            case Attr() if item.space == "fact":
                return self._attribute(item)
            case Attr():
                raise Unsupported(f"an attribute of a {item.space}")
            case terms.Now():
                raise Unsupported("`now`")
            case terms.ActorTerm():
                raise Unsupported("the person who acts")
            case terms.CountOf() | terms.DaysBetween() | terms.Arithmetic():
                raise Unsupported("arithmetic")
            case _:
                raise Unsupported("a time reckoned")

    def _attribute(self, path: Attr) -> Operand:
        known = self.vocabulary.attributes.get(path.slot)
        if path.type.base not in TYPES or known is None:
            raise Unsupported(f"the fact `{path.name}`, of type {path.type}")
        self.slots[path.name] = path.type
        text, there = f'context["{path.name}"]', _there(path.name)
        if known.unknown:
            return Operand(text, unknown=(there,))
        if path.type.base == "set" and not known.default:
            return Operand(text)
        default = _default(known)
        if default is None:
            return Operand(text, absent=(there,))
        return Operand(f"(if {there} then {text} else {self._constant(default, path.type)})")

    def _held(self, path: Attr) -> Truth:
        known = self.vocabulary.attributes.get(path.slot)
        operand = self.value(path)
        if known is not None and not known.unknown and not known.default:
            return Truth.of(every((_there(path.name), f'context["{path.name}"]')))
        return self._told([operand], "{}")

    def _stated(self, path: Attr) -> Truth:
        self.value(path)
        there = _there(path.name)
        if path.name in self.filled:
            self.asked.add(path.name)
            there = f'context["{asked_name(path.name)}"]'
        return Truth.of(there)

    @property
    def filled(self) -> frozenset[str]:
        """The sets that are empty where they are not stated: a request says so, since Cedar has no empty set."""
        attributes = self.vocabulary.attributes
        return frozenset(
            slot
            for slot, kind in self.slots.items()
            if kind.base == "set" and not attributes[slot].unknown and not attributes[slot].default
        )

    def _constant(self, value: object, of: Type) -> str:
        match value:
            case bool():
                return "true" if value else "false"
            case frozenset():
                members = sorted(str(one) for one in value)
                return f"[{', '.join(map(text_of, members))}]"
            case str() if of.base == "levels":
                return str(self.vocabulary.kinds[of.of].order[value])
            case str() if of.base != "date":
                return text_of(value)
            case int() | float() if value == int(value) and abs(value) < 2**63:
                return str(int(value))
            case dt.date() if not isinstance(value, dt.datetime):
                return f'datetime("{value}")'
            case _:
                raise Unsupported(f"the value {value}")

    def _values(self, sides: list[Expr], form: str) -> Truth:
        return self._told([self.value(one) for one in sides], form)

    def _told(self, operands: list[Operand], form: str) -> Truth:
        """A test of values: false where one is absent, else unknown where one is unknown."""
        absent = every(there for one in operands for there in one.absent)
        unknown = every(there for one in operands for there in one.unknown)
        said = form.format(*(one.text for one in operands))
        true = every((absent, unknown, said))
        surely_not = every((unknown, denied(said)))
        # Cedar's validator follows what is there through `&&` alone, so no test stands beside its guard in an `||`.
        unfalse = true if unknown == "true" else every((absent, denied(surely_not)))
        false = surely_not if absent == "true" else denied(unfalse)
        return Truth(true, false, denied(true), unfalse)

    def _compared(self, condition: terms.Compare) -> Truth:
        op, left, right = condition.op, condition.left, condition.right
        if condition.kind.base not in TYPES:
            raise Unsupported(f"a comparison of {condition.kind.base}")
        if op in ("includes", "within", "shares with"):
            form = {
                "includes": "{0}.contains({1})",
                "within": "{1}.containsAll({0})",
                "shares with": "{0}.containsAny({1})",
            }[op]
            return self._values([left, right], form)
        if condition.kind.base == "set":
            return self._values([left, right], "{0} == {1}")
        return self._values([left, right], f"{{0}} {SIGNS[op]} {{1}}")

    def _member(self, condition: terms.Member) -> Truth:
        if condition.path is not None:
            return self._values([condition.path, condition.item], "{0}.contains({1})")
        among = [self.value(one).text for one in condition.items]
        if not among:
            return Truth.of("false")
        form = f"[{', '.join(one.replace('{', '{{').replace('}', '}}') for one in among)}]"
        return self._told([self.value(condition.item)], f"{form}.contains({{0}})")

    def _counted(self, condition: terms.Counted) -> Truth:
        truths = [self.truth(item) for item in condition.items]
        number, whole = condition.number, len(truths)
        if whole > MOST_COUNTED:
            raise Unsupported(f"a count of more than {MOST_COUNTED} conditions")
        true, false, untrue, unfalse = _apart(truths)
        rest = whole - number + 1
        if condition.mode == "at least":
            return Truth(
                _at_least(number, true),
                _at_least(rest, false),
                _at_least(rest, untrue),
                _at_least(number, unfalse),
            )
        exact = some(
            every(one.true if at in chosen else one.false for at, one in enumerate(truths))
            for chosen in map(set, combinations(range(whole), number))
        )
        other = some((_at_least(number + 1, true), _at_least(rest, false)))
        return Truth(exact, other, denied(exact), denied(other))


def _apart(truths: list[Truth]) -> tuple[list[str], list[str], list[str], list[str]]:
    return (
        [one.true for one in truths],
        [one.false for one in truths],
        [one.untrue for one in truths],
        [one.unfalse for one in truths],
    )


def _at_least(number: int, items: list[str]) -> str:
    if number <= 0:
        return "true"
    return some(every(chosen) for chosen in combinations(items, number))


def asked_name(slot: str) -> str:
    """The attribute that tells whether a set is stated."""
    return f"{slot} is stated"


def _there(slot: str) -> str:
    return f'context has "{slot}"'


def _default(attribute: AttributeDef) -> object:
    if attribute.default is not None:
        return attribute.default
    return NOT_STATED.get(attribute.type.base)
