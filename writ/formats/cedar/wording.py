"""Cedar expressions as Cedar text for people: in descriptions and messages."""

from __future__ import annotations

import json

from writ.formats.cedar.expressions import (
    Both,
    Call,
    Either,
    Get,
    Has,
    If,
    Is,
    Like,
    Literal,
    Node,
    Not,
    RecordOf,
    SetOf,
    Var,
)
from writ.formats.cedar.extensions import CONSTRUCTORS
from writ.formats.cedar.values import Value


def text(node: Node) -> str:
    """The expression in Cedar's words, for descriptions and messages."""
    match node:
        case Literal():
            return _literal(node.value)
        case Var():
            return node.name
        case Get():
            return f"{text(node.of)}{_field(node.name)}"
        case Has():
            return f"{text(node.of)} has {_name(node.name)}"
        case Like():
            return f"{text(node.of)} like {json.dumps('*'.join(node.pattern), ensure_ascii=False)}"
        case Is():
            return f"{text(node.of)} is {node.type}"
        case Not():
            return f"!({text(node.of)})"
        case Both() | Either():
            sign = " && " if isinstance(node, Both) else " || "
            return sign.join(f"({text(one)})" for one in node.items)
        case If():
            parts = text(node.test), text(node.then), text(node.otherwise)
            return "if {} then {} else {}".format(*parts)
        case SetOf():
            return f"[{', '.join(map(text, node.items))}]"
        case RecordOf():
            fields = (f"{_name(name)}: {text(one)}" for name, one in node.fields)
            return f"{{{', '.join(fields)}}}"
        case Call():
            return _call(node.name, [text(one) for one in node.args])


def _call(name: str, args: list[str]) -> str:
    if name in CONSTRUCTORS:
        return f"{name}({', '.join(args)})"
    if name == "neg":
        return f"-({args[0]})"
    if name in ("==", "!=", "in", "<", "<=", ">", ">=", "+", "-", "*"):
        return f"{args[0]} {name} {args[1]}"
    return f"{args[0]}.{name}({', '.join(args[1:])})"


def _literal(value: Value) -> str:
    if value.kind == "string":
        return json.dumps(value.of, ensure_ascii=False)
    if value.kind == "entity":
        return f"{value.of[0]}::{json.dumps(value.of[1], ensure_ascii=False)}"
    return "true" if value.of is True else "false" if value.of is False else str(value.of)


def _name(name: str) -> str:
    return name if name.isidentifier() and name.isascii() else json.dumps(name, ensure_ascii=False)


def _field(name: str) -> str:
    shown = _name(name)
    return f".{shown}" if shown == name else f"[{shown}]"
