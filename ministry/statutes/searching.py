"""What a search of the law found, ready for a page: words with marks, links to provisions, facets that narrow it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from urllib.parse import urlencode

import msgspec
from django.utils.translation import gettext_noop

from ministry.console.here import Here
from ministry.console.places import href_to
from ministry.editions.indexed import searching
from ministry.editions.queries import Law
from writ.corpus.search.answer import Answer, Hit, ask
from writ.corpus.search.excerpts import Excerpt
from writ.corpus.search.facets import Facet
from writ.corpus.search.filters import Predicate
from writ.corpus.search.query import parse
from writ.corpus.search.tree import Problem, Query

PAGE = 20
FURTHEST = 50
"""Pages of one search."""
LABELLED = ("provision", "assurance", "unresolved")
NORMS = 3
"""Norms shown with each hit."""
SHORT = 6
"""Values of a facet shown at once."""
FACETS = (
    ("is", gettext_noop("What it is"), "is"),
    ("kind", gettext_noop("Kind of instrument"), "kind"),
    ("instrument", gettext_noop("Instrument"), "in"),
    ("modality", gettext_noop("Norms"), "modality"),
    ("bearer", gettext_noop("Who is bound"), "bearer"),
)


class Piece(msgspec.Struct, frozen=True):
    """A piece of text; `lit` where it was found."""

    text: str
    lit: bool = False


class Found(msgspec.Struct, frozen=True):
    """One thing found, as a page shows it."""

    hit: Hit
    href: str
    heading: tuple[Piece, ...]
    excerpt: tuple[Piece, ...]
    norms: tuple[str, ...]
    more: int
    """Norms that are not shown."""
    path: str
    status: str
    """`not yet`, `repealed` on the day, or nothing."""


class Choice(msgspec.Struct, frozen=True):
    """A value of a facet: how many have it, and the search narrowed to it.

    Of who is bound none is counted: the filter also takes the norms of broader and narrower names.
    """

    name: str
    count: int | None
    href: str


class Column(msgspec.Struct, frozen=True):
    """A facet; `rest` are values that are opened, `others` how many have none of those listed."""

    title: str
    first: tuple[Choice, ...]
    rest: tuple[Choice, ...]
    others: int


class Fault(msgspec.Struct, frozen=True):
    """What is odd in a query: the query with the place of it lit, and what is said of it."""

    pieces: tuple[Piece, ...]
    place: int
    """The character, counted from 1."""
    problem: Problem


class Result(msgspec.Struct, frozen=True):
    """All that a page of a search shows."""

    query: Query
    total: int
    page: int
    pages: int
    loose: bool
    named: tuple[Found, ...]
    hits: tuple[Found, ...]
    columns: tuple[Column, ...]
    faults: tuple[Fault, ...]
    meant: tuple[tuple[str, str, str], ...]
    """What occurs nowhere, what was perhaps meant, and the search with that in its place; the last two may be empty."""


def allowed(here: Here) -> Predicate | None:
    """The rows that whoever asks may see; None: all. The law in force is unmarked, and open to everybody in office."""
    return None


def searched(here: Here, law: Law, text: str, page: int, extra: dict[str, str]) -> Result:
    """What a query finds in an edition; `extra` goes on with every link.

    Raises:
        BeingMade: another process is making the index.
    """
    query = parse(text, here.today)
    faults = tuple(fault(query.text, one) for one in query.problems)
    if query.fatal:
        return Result(query, 0, 1, 0, False, (), (), (), faults, ())
    page = max(1, min(page, FURTHEST))
    with searching(law.digest, wait=False) as index:
        answer = ask(index, query, PAGE, PAGE * (page - 1), True, allowed(here))
    link = _Links(law, text, extra, "" if law.digest == here.law.digest else law.digest, here.today)
    return Result(
        query,
        answer.total,
        page,
        min(-(-answer.total // PAGE), FURTHEST),
        answer.loose,
        tuple(link.found(hit) for hit in answer.named),
        tuple(link.found(hit) for hit in answer.hits),
        tuple(link.columns(answer)),
        faults,
        tuple(link.meant(answer)),
    )


def fault(text: str, one: Problem) -> Fault:
    start = max(one.start - 40, 0)
    end = min(one.end, one.start + 80)
    pieces = (
        Piece(("… " if start else "") + text[start : one.start]),
        Piece(text[one.start : end] or " ", True),
        Piece(text[end : end + 40] + (" …" if len(text) > end + 40 else "")),
    )
    return Fault(tuple(piece for piece in pieces if piece.text), one.start + 1, one)


def pieces(said: Excerpt) -> tuple[Piece, ...]:
    """A text cut where it was found."""
    found: list[Piece] = []
    at = 0
    for start, end in said.marks:
        if start > at:
            found.append(Piece(said.text[at:start]))
        found.append(Piece(said.text[start:end], True))
        at = end
    if at < len(said.text):
        found.append(Piece(said.text[at:]))
    return tuple(found)


class _Links:
    """Makes the links of one answer."""

    def __init__(
        self, law: Law, text: str, extra: dict[str, str], edition: str, today: dt.date
    ) -> None:
        self.law, self.text, self.extra, self.edition = law, text, extra, edition
        self.today = today.isoformat()

    def to(self, text: str) -> str:
        return "?" + urlencode({"q": text, **self.extra})

    def found(self, hit: Hit) -> Found:
        item = self.law.book.instruments.get(hit.instrument)
        status = ""
        if hit.end and hit.end <= self.today:
            status = "repealed"
        elif not hit.start or hit.start > self.today:
            status = gettext_noop("not yet in force")
        asked = [one for one in hit.norms if one.asked]
        # What a book declares is called by a name that no provision has; it stands at its line.
        label = hit.place or hit.label if hit.is_ in LABELLED else ""
        return Found(
            hit,
            href_to(self.law, item.id, label, hit.line, self.edition) if item is not None else "",
            pieces(hit.heading),
            pieces(hit.excerpt),
            tuple(one.words for one in asked[:NORMS]),
            max(len(hit.norms) - min(len(asked), NORMS), 0),
            " › ".join(hit.path),
            status,
        )

    def columns(self, answer: Answer) -> Iterator[Column]:
        for name, title, key in FACETS:
            facet = answer.facets.get(name, Facet(()))
            chosen = [self.choice(name, key, value, count) for value, count in facet.values]
            if len(chosen) + bool(facet.others) > 1 or (chosen and name in ("modality", "bearer")):
                yield Column(title, tuple(chosen[:SHORT]), tuple(chosen[SHORT:]), facet.others)

    def choice(self, name: str, key: str, value: str, count: int) -> Choice:
        shown = value
        if name == "instrument" and (item := self.law.book.instruments.get(value)) is not None:
            shown = item.title
        elif name == "bearer":
            actor = self.law.book.vocabulary.actors.get(value)
            shown = (actor.description if actor else "") or value
        written = f'"{value}"' if " " in value else value
        return Choice(
            shown,
            None if name == "bearer" else count,
            self.to(f"{self.text} {key}:{written}".strip()),
        )

    def meant(self, answer: Answer) -> Iterator[tuple[str, str, str]]:
        for one in answer.suggestions:
            if not one.meant:
                yield one.word, "", ""
                continue
            at = self.text.lower().find(one.word.lower())
            other = self.text[:at] + one.meant + self.text[at + len(one.word) :]
            yield one.word, one.meant, self.to(other) if at >= 0 else ""
