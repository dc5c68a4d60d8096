"""Norms as cards beside the text: what each says in plain words, when it holds, and what it gives way to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from writ.book.model import Book, Norm
from writ.formats.reader.markup import text
from writ.formats.reader.plain import Plain, Speech, Term, Words

KINDS = {
    "power": "Power",
    "permission": "Permission",
    "duty": "Duty",
    "prohibition": "Prohibition",
    "right": "Right",
    "immunity": "Immunity",
    "disability": "No power",
    "limit": "Limit",
    "delegation": "Delegation",
    "lapse": "Lapse",
}
TONES = {
    "power": "grant",
    "permission": "grant",
    "right": "grant",
    "delegation": "grant",
    "duty": "owed",
    "limit": "wary",
    "lapse": "over",
}
"""The rest are bars."""


class Cards:
    """Cards of the norms of one book, on one page."""

    def __init__(self, book: Book, places: Mapping[str, str], glossary: frozenset[str]) -> None:
        self.speech = Speech(book)
        self._book = book
        self._places = places
        """Where each norm stands on the page, or on the page of its law."""
        self._glossary = glossary
        self._over: dict[str, list[str]] = {}
        self._under: dict[str, list[str]] = {}
        for each in book.overrides:
            self._over.setdefault(each.winner, []).append(each.loser)
            self._under.setdefault(each.loser, []).append(each.winner)

    def card(self, norm: Norm, id: str) -> str:
        plain = self.speech.norm(norm)
        title = f" <span>{text(norm.title)}</span>" if norm.title else ""
        tone = TONES.get(norm.kind, "bar")
        return (
            f'<li class="norm {tone}" id="{text(id)}"><p class="kind"><b>{KINDS.get(norm.kind, norm.kind)}'
            f'</b> <span class="at">{text(norm.citation)}</span>{title}</p>'
            f'<p class="line">{self._line(plain)}</p>{self._clauses(plain)}{self._notes(norm)}</li>'
        )

    def _line(self, plain: Plain) -> str:
        said = self.words(plain.line, first=True)
        return f"{said}."

    def _clauses(self, plain: Plain) -> str:
        if not plain.clauses:
            return ""
        rows = "".join(
            f"<li><i>{text(word)}</i> {self.words(said)}</li>" for word, said in plain.clauses
        )
        return f'<ul class="clauses">{rows}</ul>'

    def words(self, said: Words, first: bool = False) -> str:
        """Words, with a link from each term to its explanation."""
        drawn = []
        for at, each in enumerate(said):
            shown = each.shown if isinstance(each, Term) else each
            shown = f"{shown[:1].upper()}{shown[1:]}" if at == 0 and first else shown
            if isinstance(each, Term) and each.name in self._glossary:
                drawn.append(f'<a class="term" href="#w-{text(each.name)}">{text(shown)}</a>')
            else:
                drawn.append(text(shown))
        return "".join(drawn)

    def _notes(self, norm: Norm) -> str:
        notes = [days(norm)]
        if norm.id in self._over:
            notes.append(f"prevails over {self.norms(self._over[norm.id])}")
        if norm.id in self._under:
            notes.append(f"gives way to {self.norms(self._under[norm.id])}")
        kept = [each for each in notes if each]
        return f'<p class="notes">{"; ".join(kept)}</p>' if kept else ""

    def norms(self, ids: Iterable[str]) -> str:
        """Norms as citations that lead to them."""
        drawn = []
        for id in dict.fromkeys(ids):
            norm = self._book.by_id[id]
            where = self._places.get(id)
            shown = f'<span class="cite">{text(norm.citation)}</span>'
            drawn.append(f'<a href="{text(where)}">{shown}</a>' if where else shown)
        return ", ".join(dict.fromkeys(drawn))


def days(norm: Norm) -> str:
    """The days on which a norm is in force."""
    if norm.start is None:
        return "not yet in force"
    said = f"in force from {time(norm.start)}"
    if norm.end is not None and norm.end > dt.date.min:
        said += f" until {time(norm.end - dt.timedelta(1))}"
    for gap in norm.gaps:
        until = f" until {time(gap.end)}" if gap.end else ""
        said += f", suspended from {time(gap.start)}{until}"
    return said


_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def time(day: dt.date) -> str:
    return f'<time datetime="{day.isoformat()}">{day_in_words(day)}</time>'


def day_in_words(day: dt.date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
