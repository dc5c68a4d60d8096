"""A request as YAML, in the style of the language reference."""

from __future__ import annotations

import re
from collections.abc import Mapping

_PLAIN = re.compile(r"[A-Za-z_][\w .,/()'+-]*[\w)']|[A-Za-z_]|\d{4}-\d\d-\d\d(T[0-9:.+-]+Z?)?")
_WORDS = frozenset({"yes", "no", "true", "false", "null", "on", "off", "y", "n"})


def request_text(data: Mapping[str, object], indent: int = 0) -> str:
    """The request, one field to a line; entries of lists are in braces."""
    lines: list[str] = []
    for key, value in data.items():
        if isinstance(value, Mapping) and value:
            lines += [f"{key}:", *(f"  {name}: {scalar(item)}" for name, item in value.items())]
        elif isinstance(value, list) and value and key != "facts":
            lines += [f"{key}:", *(f"  - {scalar(item)}" for item in value)]
        else:
            lines.append(f"{key}: {scalar(value)}")
    return "\n".join(" " * indent + line for line in lines)


def scalar(value: object) -> str:
    """A value on one line."""
    match value:
        case bool():
            return "yes" if value else "no"
        case Mapping():
            return "{" + ", ".join(f"{key}: {scalar(item)}" for key, item in value.items()) + "}"
        case list() | tuple():
            return "[" + ", ".join(scalar(item) for item in value) + "]"
        case str():
            simple = _PLAIN.fullmatch(value) and "," not in value and value.lower() not in _WORDS
            return value if simple else _quoted(value)
    return str(value)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
