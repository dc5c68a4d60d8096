"""What a paper of a law holds, whatever its form: title page, text, an annex of norms, and who signs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from writ.book.model import Book, Instrument, Norm
from writ.formats.reader.about import chain
from writ.formats.reader.cards import KINDS, day_in_words
from writ.formats.reader.content import Law, Piece
from writ.formats.reader.edition import edition
from writ.formats.reader.plain import Speech, flat, human

_NO_DAY = dt.date(1970, 1, 1)


class Signatory(NamedTuple):
    """Who signs: the office, and what it is in words."""

    office: str
    shown: str


class Line(NamedTuple):
    """A norm in the annex."""

    cite: str
    kind: str
    said: str
    clauses: tuple[str, ...]
    days: str


class Sheet(NamedTuple):
    """A law to be signed."""

    title: str
    long_title: str
    book: str
    language: str
    rows: tuple[tuple[str, str], ...]
    """Of the title page: `Citation`, its words."""
    digest: str
    date: dt.date | None
    """The day that the paper bears; none where it is left to be written."""
    place: str
    pieces: tuple[Piece, ...]
    annex: tuple[Line, ...]
    signatories: tuple[Signatory, ...]
    part: str
    """Which provisions are shown, where it is not the whole law."""
    day: dt.date
    """The day that the file says it is of: that of the signature, else of the law. It does not depend on the clock."""


def sheet(
    book: Book,
    law: Law,
    signatories: Sequence[Signatory] = (),
    provisions: Sequence[str] = (),
    annexed: bool = False,
    date: dt.date | None = None,
    place: str = "",
) -> Sheet:
    """The sheet of a law.

    Args:
        provisions: labels; with them only these provisions and what stands beneath them.
        annexed: whether the norms follow as an annex.
        date, place: of the signature; what is not given is left to be written by hand.
    """
    item = book.instruments[law.id]
    norms = [norm for norm in book.norms if norm.instrument == law.id]
    if provisions:
        norms = [norm for norm in norms if _within(norm.label, provisions)]
    return Sheet(
        law.title,
        law.long_title if law.long_title != law.title else "",
        book.title or book.name,
        (law.language or "en")[:2],
        tuple(_rows(book, item)),
        edition(book),
        date,
        place,
        tuple(chosen(law.pieces, provisions)) if provisions else law.pieces,
        tuple(_lines(book, norms)) if annexed else (),
        tuple(signatories),
        ", ".join(item.cite(label) for label in provisions),
        date or item.enacted or item.start or _NO_DAY,
    )


def _rows(book: Book, item: Instrument) -> Iterable[tuple[str, str]]:
    if item.citation:
        yield "Citation", item.citation
    yield "Kind", human(item.kind)
    if item.enacted_by:
        actor = book.vocabulary.actors.get(item.enacted_by)
        said = actor.description if actor and actor.description else human(item.enacted_by)
        yield "Enacted by", said
    above = [
        f"{one.cite(label)} {one.title}" if one else f"{human(name)} {label}"
        for one, name, label in chain(book, item)[:1]
    ]
    if above:
        yield "Made under", above[0]
    for name, day in (("Enacted", item.enacted), ("In force from", item.start)):
        if day is not None:
            yield name, day_in_words(day)
    if item.start is None:
        yield "In force from", "to be commenced"
    if item.end is not None:
        yield "Repealed", day_in_words(item.end)


def _within(label: str, provisions: Sequence[str]) -> bool:
    """Whether a provision is one of those, or stands in one."""
    return any(
        label == one or (label.startswith(one) and label[len(one)] in "(.") for one in provisions
    )


def chosen(pieces: Sequence[Piece], provisions: Sequence[str]) -> Iterable[Piece]:
    """The pieces of some provisions, each until the next one outside them."""
    keep = False
    depth = 0
    for piece in pieces:
        if piece.label:
            keep = _within(piece.label, provisions)
            depth = piece.depth if piece.kind == "heading" else depth
        elif piece.kind == "heading":
            keep = keep and piece.depth > depth
        if keep:
            yield piece


def unknown(law: Law, provisions: Sequence[str]) -> list[str]:
    """The labels that no provision of a law has."""
    known = {piece.label for piece in law.pieces if piece.label}
    return [each for each in provisions if not any(_within(label, [each]) for label in known)]


def _lines(book: Book, norms: Iterable[Norm]) -> Iterable[Line]:
    speech = Speech(book)
    for norm in norms:
        plain = speech.norm(norm)
        said = flat(plain.line)
        yield Line(
            norm.citation,
            KINDS.get(norm.kind, norm.kind),
            f"{said[:1].upper()}{said[1:]}.",
            tuple(f"{word} {flat(words)}" for word, words in plain.clauses),
            day_in_words(norm.start) if norm.start else "not yet in force",
        )
