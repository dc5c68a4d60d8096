"""Values of Cedar: what a policy, an attribute or a request may hold."""

from __future__ import annotations

import re
from typing import Any

import msgspec

INT_LOW, INT_HIGH = -(2**63), 2**63 - 1


class Value(msgspec.Struct, frozen=True, gc=False, order=False):
    """One value. Equal values are equal structs, as Cedar's `==` has it.

    `kind` tells what `of` is: `bool` a bool, `long` an int, `string` a str, `entity` a pair (type, id), `set` a frozen
    set of values, `record` a tuple of pairs (name, value) in order of the names, `decimal` an int of ten-thousandths,
    `datetime` and `duration` an int of milliseconds, `ip` an `ipaddress` interface.
    """

    kind: str
    of: Any


TRUE, FALSE = Value("bool", True), Value("bool", False)


def boolean(value: bool) -> Value:
    return TRUE if value else FALSE


def entity(type_name: str, id: str) -> Value:
    return Value("entity", (type_name, id))


def record(fields: dict[str, Value]) -> Value:
    return Value("record", tuple(sorted(fields.items())))


def members(value: Value) -> dict[str, Value]:
    """The fields of a record."""
    return dict(value.of)


_CONFUSING = re.compile(
    r"""-?\d+ | true | false | .*::'.*' | '.*' | [\[{].* | (?:decimal|datetime|duration|ip)\(.*""",
    re.VERBOSE | re.DOTALL,
)
"""Strings that could be read as a value of another kind stand in quotes."""


def written(value: Value) -> str:
    """The value as a text of our language: different values are different texts.

    A string is itself (escaped where our texts cannot hold a character, and in quotes where it looks like something
    else), an entity `Type::'id'`.
    """
    of = value.of
    match value.kind:
        case "string":
            text = escaped(of)
            return f"'{text}'" if _CONFUSING.fullmatch(text) else text
        case "bool":
            return "true" if of else "false"
        case "long":
            return str(of)
        case "entity":
            return f"{of[0]}::{_quoted(of[1])}"
        case "set":
            return f"[{', '.join(sorted(_inner(one) for one in of))}]"
        case "record":
            fields = (f"{_quoted(name)}: {_inner(one)}" for name, one in of)
            return f"{{{', '.join(fields)}}}"
        case kind:
            return f"{kind}({of})"


def _inner(value: Value) -> str:
    return _quoted(value.of) if value.kind == "string" else written(value)


def _quoted(text: str) -> str:
    return "'" + escaped(text).replace("'", "\\'") + "'"


def escaped(text: str) -> str:
    """The text without what a text of our language cannot hold; different texts stay different."""
    if text.isprintable() and '"' not in text and "\\" not in text:
        return text
    return "".join(
        "\\\\" if c == "\\" else c if c.isprintable() and c != '"' else f"\\u{{{ord(c):x}}}"
        for c in text
    )
