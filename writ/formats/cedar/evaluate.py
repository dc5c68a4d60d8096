"""What a Cedar expression comes to, for one request: the values that become facts, and constants.

Policies are not decided here: their conditions become conditions of norms (`conditions`). What is evaluated are the
paths and single tests that a norm speaks of, and what holds no data at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from writ.formats.cedar import expressions as ex
from writ.formats.cedar.expressions import Node
from writ.formats.cedar.extensions import CONSTRUCTORS, METHODS, Erring, bounded
from writ.formats.cedar.values import FALSE, TRUE, Value, boolean, members, record


class NeedsData(Exception):
    """The expression speaks of the request or of entities, and none were given."""


class Data(Protocol):
    """The entities that a request is decided with."""

    def attributes(self, uid: tuple[str, str]) -> Mapping[str, Value] | None:
        """By name; None for an entity that is not there."""

    def tags(self, uid: tuple[str, str]) -> Mapping[str, Value] | None:
        """By name; None for an entity that is not there."""

    def up(self, uid: tuple[str, str]) -> frozenset[tuple[str, str]]:
        """The entity itself and all that it is beneath."""


class Nothing:
    """No entities: only constants can be evaluated."""

    def attributes(self, uid: tuple[str, str]) -> Mapping[str, Value] | None:
        raise NeedsData

    tags = attributes

    def up(self, uid: tuple[str, str]) -> frozenset[tuple[str, str]]:
        raise NeedsData


def constant(node: Node) -> Value | None:
    """The value of an expression that depends on nothing, else None.

    Raises:
        Erring: it depends on nothing and errs.
    """
    try:
        return evaluate(node, {}, Nothing())
    except NeedsData:
        return None


def evaluate(node: Node, variables: Mapping[str, Value], data: Data) -> Value:
    """The value of an expression.

    Raises:
        Erring: Cedar errs here.
        NeedsData: a variable that is not given.
    """

    def value(one: Node) -> Value:
        return evaluate(one, variables, data)

    def truth(one: Node) -> bool:
        return bool(_of(value(one), "bool"))

    match node:
        case ex.Literal():
            return node.value
        case ex.Var():
            if node.name not in variables:
                raise NeedsData
            return variables[node.name]
        case ex.Get():
            found = fields(value(node.of), data)
            if found is None or node.name not in found:
                raise Erring("no such attribute")
            return found[node.name]
        case ex.Has():
            found = fields(value(node.of), data)
            return boolean(found is not None and node.name in found)
        case ex.Like():
            return boolean(like(_of(value(node.of), "string"), node.pattern))
        case ex.Is():
            return boolean(_of(value(node.of), "entity")[0] == node.type)
        case ex.Not():
            return boolean(not truth(node.of))
        case ex.Both():
            return boolean(all(truth(one) for one in node.items))
        case ex.Either():
            return boolean(any(truth(one) for one in node.items))
        case ex.If():
            return value(node.then if truth(node.test) else node.otherwise)
        case ex.SetOf():
            return Value("set", frozenset([value(one) for one in node.items]))
        case ex.RecordOf():
            return record({name: value(one) for name, one in node.fields})
        case ex.Call():
            return call(node.name, [value(one) for one in node.args], data)


def _of(value: Value, kind: str) -> Any:
    if value.kind != kind:
        raise Erring(f"{value.kind}, where {kind} is expected")
    return value.of


def fields(value: Value, data: Data) -> Mapping[str, Value] | None:
    """The attributes of an entity (None if it is not there), or the fields of a record."""
    if value.kind == "record":
        return members(value)
    return data.attributes(_of(value, "entity"))


def like(text: str, pattern: tuple[str, ...]) -> bool:
    """Whether a text matches a pattern of texts between wildcards."""
    first, *rest = pattern
    if not rest:
        return text == first
    *middle, last = rest
    if len(text) < len(first) + len(last) or not (text.startswith(first) and text.endswith(last)):
        return False
    at, stop = len(first), len(text) - len(last)
    for part in middle:
        found = text.find(part, at, stop)
        if found < 0:
            return False
        at = found + len(part)
    return True


def call(name: str, args: list[Value], data: Data) -> Value:
    """The value of an operator or function."""
    if name in CONSTRUCTORS and len(args) == 1:
        return CONSTRUCTORS[name](_of(args[0], "string"))
    if name in METHODS:
        kinds, compute = METHODS[name]
        if len(kinds) != len(args) or any(
            one.kind != kind for one, kind in zip(args, kinds, strict=True)
        ):
            raise Erring("wrong type")
        return compute(*args)
    match name:
        case "==" | "!=":
            return boolean((args[0] == args[1]) == (name == "=="))
        case "<" | "<=" | ">" | ">=":
            return _ordered(name, *args)
        case "+" | "-" | "*":
            left, right = _of(args[0], "long"), _of(args[1], "long")
            result = left + right if name == "+" else left - right if name == "-" else left * right
            return Value("long", bounded(result))
        case "neg":
            return Value("long", bounded(-_of(args[0], "long")))
        case "in":
            return boolean(beneath(args[0], args[1], data))
        case "hasTag" | "getTag":
            return _tag(name, args[0], args[1], data)
        case _:
            return _of_sets(name, args)


def _ordered(name: str, left: Value, right: Value) -> Value:
    if left.kind != right.kind or left.kind not in ("long", "datetime", "duration"):
        raise Erring("wrong type")
    if name in ("<", ">="):
        return boolean((left.of < right.of) == (name == "<"))
    return boolean((left.of <= right.of) == (name == "<="))


def beneath(one: Value, other: Value, data: Data) -> bool:
    """Whether an entity is, or is beneath, another or one of a set."""
    uid = _of(one, "entity")
    listed = other.of if other.kind == "set" else (other,)
    among = {_of(each, "entity") for each in listed}
    return uid in among or (bool(among) and not data.up(uid).isdisjoint(among))


def _tag(name: str, of: Value, key: Value, data: Data) -> Value:
    uid, wanted = _of(of, "entity"), _of(key, "string")
    found = data.tags(uid)
    if name == "hasTag":
        return boolean(found is not None and wanted in found)
    if found is None or wanted not in found:
        raise Erring("no such tag")
    return found[wanted]


def _of_sets(name: str, args: list[Value]) -> Value:
    first = _of(args[0], "set")
    match name:
        case "isEmpty":
            return boolean(not first)
        case "contains":
            return boolean(args[1] in first)
        case "containsAll":
            return boolean(first >= _of(args[1], "set"))
        case "containsAny":
            return TRUE if first & _of(args[1], "set") else FALSE
        case _:
            raise Erring(f"no function {name}")
