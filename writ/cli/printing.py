"""Answers as JSON and as lines that fit the terminal."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Callable, Iterable, Iterator

WIDTH = 100


def json_text(value: object, indent: int = 2) -> str:
    """The value as JSON; structs by their fields, dates in ISO 8601. Indent 0 is one line.

    What fits on a line stays on one: a vocabulary has thousands of short lists.
    """
    import msgspec

    if not indent:
        return msgspec.json.encode(value, enc_hook=_plain).decode("utf-8")
    plain = msgspec.to_builtins(value, enc_hook=_plain, str_keys=True)
    return "".join(_laid_out(plain, "", indent))


def _laid_out(value: object, margin: str, indent: int) -> Iterator[str]:
    import json

    if not isinstance(value, dict | list | tuple) or not value:
        yield json.dumps(value, ensure_ascii=False)
        return
    if _size(value, WIDTH) >= 0:
        line = json.dumps(value, ensure_ascii=False)
        if len(margin) + len(line) <= WIDTH:
            yield line
            return
    deeper = margin + " " * indent
    opening, closing = ("{", "}") if isinstance(value, dict) else ("[", "]")
    yield opening
    items = value.items() if isinstance(value, dict) else ((None, one) for one in value)
    for at, (key, item) in enumerate(items):
        yield f",\n{deeper}" if at else f"\n{deeper}"
        if key is not None:
            yield f"{json.dumps(key, ensure_ascii=False)}: "
        yield from _laid_out(item, deeper, indent)
    yield f"\n{margin}{closing}"


def _size(value: object, left: int) -> int:
    """What is left of so many columns when the value is written; below 0 once it cannot fit."""
    if isinstance(value, dict):
        for key, item in value.items():
            left = _size(item, left - len(str(key)) - 4)
            if left < 0:
                break
        return left
    if isinstance(value, list | tuple):
        for item in value:
            left = _size(item, left - 2)
            if left < 0:
                break
        return left
    return left - (len(value) + 2 if isinstance(value, str) else 1)


def print_json(value: object, indent: int = 2) -> None:
    print(json_text(value, indent))


def _plain(value: object) -> object:
    if isinstance(value, frozenset):
        return sorted(value)
    return str(value)


def number(count: int, noun: str) -> str:
    """`1 norm`, `2 norms`."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


def width() -> int:
    """Columns to fill: those of the terminal up to 100, and 100 where there is none."""
    return min(shutil.get_terminal_size().columns, WIDTH) if sys.stdout.isatty() else WIDTH


def wrapped(text: str, indent: int = 0, first: str = "") -> str:
    """The text as a paragraph with a left margin; `first` stands in the margin of the first line."""
    return "\n".join(
        textwrap.wrap(
            " ".join(text.split()),
            max(width(), indent + 30),
            initial_indent=first.ljust(indent),
            subsequent_indent=" " * indent,
            break_long_words=False,
            break_on_hyphens=False,
        )
    )


def table(
    rows: Iterable[tuple[str, str]],
    indent: int = 2,
    widest: int = 32,
    dress: Callable[[str], str] = str,
) -> str:
    """Two columns: a name, and a paragraph beside it (beneath it where the name is a long one)."""
    rows = list(rows)
    fitting = [len(name) for name, _ in rows if len(name) <= widest]
    left = indent + max(fitting, default=widest // 2) + 2
    lines = []
    for name, text in rows:
        shown = " " * indent + dress(name)
        if not text:
            lines.append(shown)
        elif indent + len(name) + 2 > left:
            lines += [shown, wrapped(text, left)]
        else:
            margin = " " * (left - indent - len(name))
            lines.append(shown + margin + wrapped(text, left).lstrip())
    return "\n".join(lines)
