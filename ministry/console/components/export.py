"""A table as a file: exactly the rows that are filtered, in their order, to `COUNTED` of them.

What a page shows by a door, labels and records, a file gives by the same: it is the same view, and each row passes
`here.shown` before it leaves. CSV begins with a byte order mark, without which spreadsheets read accents wrongly; JSON
has none (RFC 8259, 8.1).
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import msgspec
from django.http import HttpResponse, HttpResponseBase

from ministry.console.components.columns import Column, Kind
from ministry.console.components.rows import chunks
from ministry.console.components.states import state
from ministry.labels.models import Labelled

if TYPE_CHECKING:
    from ministry.console.components.table import Shown

CHUNK = 500
MARK = "\ufeff"
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet may take for the beginning of a formula."""


def exported(shown: Shown) -> HttpResponseBase:
    """The file. All of it is read before the answer begins: it is whole, or it is a refusal and nothing of it leaves.

    Raises:
        Refused: one of its rows may not be read any more.
    """
    form = shown.asked.form
    parts = _csv(shown) if form == "csv" else _json(shown)
    kind = "text/csv; charset=utf-8" if form == "csv" else "application/json"
    response = HttpResponse(b"".join(parts), content_type=kind)
    name = f"{shown.table.name}{f'-first-{shown.bounded}' if shown.bounded else ''}.{form}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _rows(shown: Shown) -> Iterator[list[list[Any]]]:
    """Values and marking of the rows, some at a time."""
    for rows in chunks(shown.rows_asked, CHUNK):
        marks = [_marking(shown, row) for row in rows]
        yield [
            [*(plain(shown, one, row) for one in shown.table.columns), mark]
            for row, mark in zip(shown.prepared(rows), marks, strict=True)
        ]


def _marking(shown: Shown, row: Any) -> str:
    label = row.label if isinstance(row, Labelled) else ""
    return str(shown.here.marked(label)) if label else ""


def _heads(shown: Shown) -> list[str]:
    return [*(one.name for one in shown.table.columns), "marking"]


def _csv(shown: Shown) -> Iterator[bytes]:
    heads = [*(str(one.label) for one in shown.table.columns), "Marking"]
    first = [MARK.encode() + _lines([heads])]
    for rows in _rows(shown):
        yield b"".join(first) + _lines([[safe(value) for value in row] for row in rows])
        first = []
    yield b"".join(first)


def _lines(rows: list[list[Any]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode()


def safe(value: Any) -> Any:
    """A value that no spreadsheet reads as a formula: words that look like one begin with an apostrophe."""
    if isinstance(value, str) and value.lstrip(" ").startswith(FORMULA):
        return f"'{value}"
    return value


def _json(shown: Shown) -> Iterator[bytes]:
    names, begun = _heads(shown), False
    complete = b"false" if shown.bounded else b"true"
    first = b'{"complete":' + complete + b',"rows":['
    for rows in _rows(shown):
        said = b",".join(msgspec.json.encode(dict(zip(names, row, strict=True))) for row in rows)
        yield (b"," if begun else first) + b"\n" + said
        begun = True
    yield (b"" if begun else first) + b"\n]}\n"


def plain(shown: Shown, column: Column, row: Any) -> Any:
    """What a cell holds, as a file says it: numbers as numbers, days and moments as ISO 8601 has them."""
    value = column.of(shown.here, row)
    if value is None:
        return ""
    if column.kind == Kind.STATE:
        return str((column.states or state)(value).words)
    if isinstance(value, dt.datetime):
        return value.astimezone(shown.here.zone).isoformat(timespec="seconds")
    if isinstance(value, dt.date):
        return value.isoformat()
    return value if isinstance(value, int | float | Decimal) else str(value)
