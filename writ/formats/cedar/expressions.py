"""Cedar expressions, from the JSON form of a policy to a tree."""

from __future__ import annotations

from typing import Any

import msgspec

from writ.formats.cedar.extensions import CONSTRUCTORS, METHODS
from writ.formats.cedar.values import INT_HIGH, INT_LOW, Value, boolean, entity


class Unsupported(Exception):
    """A construct that is not taken over. `construct` is its name, for the table of what is refused."""

    def __init__(self, construct: str, detail: str = "") -> None:
        super().__init__(detail or construct)
        self.construct = construct


class Expr(msgspec.Struct, frozen=True, gc=False, tag_field="node"):
    """Common base of expressions. Equality is structural."""


class Literal(Expr, frozen=True):
    value: Value


class Var(Expr, frozen=True):
    """`principal`, `action`, `resource` or `context`."""

    name: str


class Get(Expr, frozen=True):
    """An attribute of an entity or a field of a record."""

    of: Node
    name: str


class Has(Expr, frozen=True):
    of: Node
    name: str


class Like(Expr, frozen=True):
    """`pattern`: texts between wildcards; one text alone has no wildcard."""

    of: Node
    pattern: tuple[str, ...]


class Is(Expr, frozen=True):
    of: Node
    type: str


class Not(Expr, frozen=True):
    of: Node


class Both(Expr, frozen=True):
    """`&&` of several, from the left."""

    items: tuple[Node, ...]


class Either(Expr, frozen=True):
    """`||` of several, from the left."""

    items: tuple[Node, ...]


class If(Expr, frozen=True):
    test: Node
    then: Node
    otherwise: Node


class Call(Expr, frozen=True):
    """An operator or function of one argument or more: `==`, `in`, `<`, `contains`, `getTag`, `isInRange`, `+` …"""

    name: str
    args: tuple[Node, ...]


class SetOf(Expr, frozen=True):
    items: tuple[Node, ...]


class RecordOf(Expr, frozen=True):
    fields: tuple[tuple[str, Node], ...]


Node = (
    Literal | Var | Get | Has | Like | Is | Not | Both | Either | If | Call | SetOf | RecordOf
)  # fmt: skip

BINARY = frozenset(
    {"==", "!=", "in", "<", "<=", ">", ">=", "+", "-", "*"}
    | {"contains", "containsAll", "containsAny", "hasTag", "getTag"}
)
UNARY = frozenset({"neg", "isEmpty"})


def read(data: Any) -> Node:
    """The expression in Cedar's JSON form.

    Raises:
        Unsupported: a form that is not known here (a newer Cedar's).
    """
    if not isinstance(data, dict) or len(data) != 1:
        raise Unsupported("unknown expression")
    ((name, of),) = data.items()
    match name:
        case "Value":
            return _value(of)
        case "Var":
            return Var(str(of))
        case ".":
            return Get(read(of["left"]), of["attr"])
        case "has":
            return Has(read(of["left"]), of["attr"])
        case "like":
            return Like(read(of["left"]), _pattern(of["pattern"]))
        case "is":
            left = read(of["left"])
            of_type = Is(left, of["entity_type"])
            return Both((of_type, Call("in", (left, read(of["in"]))))) if "in" in of else of_type
        case "!":
            return Not(read(of["arg"]))
        case "&&" | "||":
            return _joined(name, of)
        case "if-then-else":
            return If(read(of["if"]), read(of["then"]), read(of["else"]))
        case "Set":
            return SetOf(tuple(read(one) for one in of))
        case "Record":
            return RecordOf(tuple((field, read(one)) for field, one in of.items()))
        case _ if name in BINARY:
            return Call(name, (read(of["left"]), read(of["right"])))
        case _ if name in UNARY:
            return Call(name, (read(of["arg"]),))
        case _ if name in CONSTRUCTORS or name in METHODS:
            return Call(name, tuple(read(one) for one in of))
        case _:
            raise Unsupported(f"`{name}`")


def _joined(name: str, of: dict[str, Any]) -> Node:
    """A chain of one operator, which is associative, as one list."""
    make = Both if name == "&&" else Either
    items: list[Node] = []
    for side in (of["left"], of["right"]):
        one = read(side)
        items += one.items if isinstance(one, make) else [one]
    return make(tuple(items))


def _pattern(parts: list[Any]) -> tuple[str, ...]:
    found = [""]
    for part in parts:
        if part == "Wildcard":
            found.append("")
        else:
            found[-1] += part["Literal"]
    return tuple(found)


def _value(data: Any) -> Node:
    """A literal; within one, Cedar's JSON nests values as in attributes."""
    if isinstance(data, bool):
        return Literal(boolean(data))
    if isinstance(data, int):
        if not INT_LOW <= data <= INT_HIGH:
            raise Unsupported("a number beyond 64 bits")
        return Literal(Value("long", data))
    if isinstance(data, str):
        return Literal(Value("string", data))
    if isinstance(data, list):
        return SetOf(tuple(_value(one) for one in data))
    if isinstance(data, dict) and set(data) == {"__entity"}:
        return Literal(entity(data["__entity"]["type"], data["__entity"]["id"]))
    if isinstance(data, dict) and set(data) == {"__extn"}:
        of = data["__extn"]
        return Call(of["fn"], (_value(of["arg"]),))
    if isinstance(data, dict):
        return RecordOf(tuple((name, _value(one)) for name, one in data.items()))
    raise Unsupported("unknown value")


def children(node: Node) -> tuple[Node, ...]:
    match node:
        case Get() | Has() | Like() | Is() | Not():
            return (node.of,)
        case Both() | Either() | SetOf():
            return node.items
        case If():
            return (node.test, node.then, node.otherwise)
        case Call():
            return node.args
        case RecordOf():
            return tuple(one for _, one in node.fields)
        case _:
            return ()
