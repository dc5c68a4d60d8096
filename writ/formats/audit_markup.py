"""Markup of the page of an audit: escaped text, marks, status words, times, and tables that keep to a size."""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from writ.formats import audit_words as words
from writ.formats.paint import visible

LONGEST = 600
"""Characters of one text that are shown; a journal may hold any."""
NAMED = 8
"""Entries that are named in a cell."""

GLYPHS = {
    "authorised": "tick",
    "no authority": "cross",
    "no effect": "ring",
    "in effect": "disc",
    "suspended": "pause",
    "ended": "square",
    "lapsed": "frame",
    "not begun": "dash",
    "met": "tick",
    "late": "diamond",
    "breached": "alarm",
    "open": "clock",
    "waived": "dash",
    "not opened": "dash",
    "on": "arrow",
    "due": "flag",
}
"""The mark of each status: none is told by its colour alone."""
TONES = {
    "no authority": "bad",
    "breached": "bad",
    "late": "bad",
    "no effect": "wary",
    "suspended": "wary",
    "open": "owed",
    "authorised": "good",
    "met": "good",
    "in effect": "live",
}


def text(said: str) -> str:
    """Escaped for an element or an attribute; control characters are shown, and what is too long is cut."""
    shown = visible(said if len(said) <= LONGEST else said[:LONGEST] + "…")
    return html.escape(shown.encode("utf-8", "replace").decode("utf-8"), quote=True)


def glyph(status: str) -> str:
    """The mark of a status, for sighted readers: its word stands beside it."""
    return (
        f'<svg class="mark {TONES.get(status, "over")}" aria-hidden="true" width="16" height="16">'
        f'<use href="#{GLYPHS.get(status, "disc")}" x="8" y="8"/></svg>'
    )


def badge(status: str) -> str:
    tone = TONES.get(status, "over")
    return f'<span class="badge {tone}">{glyph(status)}{text(status)}</span>'


def time(at: dt.date | None) -> str:
    if at is None:
        return ""
    shown = words.moment(at)
    if isinstance(at, dt.datetime):
        day, _, rest = shown.partition("T")
        hour, offset = (rest[:-6], rest[-6:]) if rest[-6:-5] in ("+", "-") else (rest, "")
        shown = f"{day} {hour} {offset.replace('-', '−')}".strip()
    return f'<time datetime="{words.moment(at)}">{shown}</time>'


def cited(citations: Sequence[str]) -> str:
    """Citations; each is kept on one line where it can be."""
    return ", ".join(f'<span class="cite">{text(one)}</span>' for one in citations)


def lines(parts: Iterable[str]) -> str:
    """Markup of several short lines."""
    return "".join(f"<div>{part}</div>" for part in parts if part)


class Entries:
    """Links from the id of an entry to the row of its act, where that is on the page."""

    def __init__(self) -> None:
        self.rows: dict[str, str] = {}

    def link(self, entry: str) -> str:
        if not entry:
            return ""
        row = self.rows.get(entry)
        shown = f'<span class="id">{text(entry)}</span>'
        return f'<a href="#{row}">{shown}</a>' if row else shown

    def some(self, entries: Sequence[str]) -> str:
        """The first of them, and how many more there are."""
        named = ", ".join(self.link(entry) for entry in entries[:NAMED])
        more = len(entries) - NAMED
        return f"{named} and {more:,} more" if more > 0 else named


class Column(NamedTuple):
    title: str
    kind: str = ""


class Row(NamedTuple):
    id: str
    status: str
    cells: Sequence[str]
    """Markup. The second is the head of the row."""


class Shown(NamedTuple):
    markup: str
    rows: frozenset[str]
    """The ids of the rows that found room."""


def table(
    name: str,
    caption: str,
    columns: Sequence[Column],
    rows: Iterable[Row],
    of: int,
    most: int,
    room: int,
    first: str,
) -> Shown:
    """A table of at most so many rows and bytes, which says what it leaves out.

    Args:
        name: of the section; part of ids and classes.
        of: how many rows there are.
        first: which rows come first, for the note on what is left out.
    """
    body: list[str] = []
    shown: set[str] = set()
    statuses: dict[str, int] = {}
    for row in rows:
        if len(shown) == most:
            break
        markup = _row(row, columns)
        room -= len(markup.encode())
        if room < 0:
            break
        body.append(markup)
        shown.add(row.id)
        statuses[row.status] = statuses.get(row.status, 0) + 1
    note = ""
    if of > len(shown):
        note = (
            f'<p class="left-out"><strong>{len(shown):,} of {of:,} are listed here</strong>, '
            f"{first}. The other {of - len(shown):,} are counted above, and are in the JSON.</p>"
        )
    heads = "".join(
        f'<th scope="col" role="columnheader"{_kind(column)}>{column.title}</th>'
        for column in columns
    )
    markup = (
        f"{note}{_filter(name, statuses, len(shown))}"
        f'<div class="wide"><table class="rows {name}" id="{name}-table" role="table">'
        f"<caption>{caption}</caption>"
        f'<thead role="rowgroup"><tr role="row">{heads}</tr></thead>'
        f'<tbody role="rowgroup">\n{"".join(body)}</tbody></table></div>'
    )
    return Shown(markup, frozenset(shown))


def _row(row: Row, columns: Sequence[Column]) -> str:
    cells = []
    for at, (cell, column) in enumerate(zip(row.cells, columns, strict=True)):
        # An empty cell has no label where cells stand beneath each other.
        label = f' data-label="{column.title}"' if cell else ""
        tag, more = ("th", 'scope="row" role="rowheader"') if at == 1 else ("td", 'role="cell"')
        cells.append(f"<{tag} {more}{label}{_kind(column)}>{cell}</{tag}>")
    status = f' data-status="{text(row.status)}"' if row.status else ""
    return f'<tr id="{row.id}" role="row"{status}>{"".join(cells)}</tr>\n'


def _kind(column: Column) -> str:
    return f' class="{column.kind}"' if column.kind else ""


def _filter(name: str, statuses: dict[str, int], many: int) -> str:
    """Buttons and a field that choose rows; the script shows them, for without it they would do nothing."""
    if many < 2:
        return ""
    buttons = "".join(
        f'<button type="button" aria-pressed="false" data-status="{text(status)}">'
        f"{glyph(status)}{text(status)} <span>{number:,}</span></button>"
        for status, number in statuses.items()
        if len(statuses) > 1
    )
    group = (
        f'<div role="group" aria-label="Status" class="statuses">{buttons}</div>' if buttons else ""
    )
    return (
        f'<div class="filter" data-for="{name}-table" hidden>{group}'
        f'<label>Find <input type="search" autocomplete="off" spellcheck="false"></label>'
        f'<span role="status" class="found"></span></div>'
    )


Link = Callable[[str], str]
