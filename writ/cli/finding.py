"""What a person means by a name or a provision."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from writ.book.labels import beneath
from writ.book.model import Book, Norm
from writ.book.suggest import did_you_mean
from writ.cli.entry import refuse


class Found(msgspec.Struct, frozen=True):
    """`sort`: actor, act, thing, state, event, kind, attribute, calendar, definition, instrument or provision."""

    sort: str
    name: str
    label: str = ""
    """Of a provision; `name` is then its instrument."""


def find(book: Book, asked: str) -> Found:
    """A word of the book, an instrument, a provision (`INSTRUMENT LABEL` or `LABEL`) or a citation."""
    words = book.vocabulary
    homes: dict[str, Mapping[str, object]] = {
        "actor": words.actors,
        "act": words.acts,
        "thing": words.things,
        "state": words.states,
        "event": words.events,
        "kind": words.kinds,
        "attribute": words.attributes,
        "calendar": words.calendars,
        "definition": words.definitions,
        "instrument": book.instruments,
    }
    for sort, home in homes.items():
        if asked in home:
            return Found(sort, asked)
    return _provision(book, asked) or _unknown(
        book, asked, [n for home in homes.values() for n in home]
    )


def _provision(book: Book, asked: str) -> Found | None:
    for norm in book.norms:
        if asked in (norm.citation, norm.id):
            return Found("provision", norm.instrument, norm.label)
    for name, item in book.instruments.items():
        before, _, after = item.cite_as.partition("{}")
        if before and asked.startswith(before) and asked.endswith(after):
            label = asked[len(before) : len(asked) - len(after)]
            if label in labels(book, name) or norms_at(book, name, label):
                return Found("provision", name, label)
    instrument, _, label = asked.partition(" ")
    chosen = [instrument] if label and instrument in book.instruments else list(book.instruments)
    label = label if label and instrument in book.instruments else asked
    for each in chosen:
        if label in labels(book, each) or norms_at(book, each, label):
            return Found("provision", each, label)
    return None


def labels(book: Book, instrument: str) -> list[str]:
    """The labels of the headings of an instrument."""
    return [heading.label for heading in headings(book, instrument) if heading.label]


class Section(msgspec.Struct, frozen=True):
    """A heading with its text, up to the next heading that is not beneath it."""

    label: str
    start: int
    end: int


def headings(book: Book, instrument: str) -> list[Section]:
    """The sections of an instrument's file, in order."""
    from writ.diagnostics import LENGTH_BITS
    from writ.syntax.parser import parse_text

    source = book.sources.get(book.instruments[instrument].place.file)
    if source is None:
        return []
    found = parse_text(source.path, source.text)[0].headings
    starts = [source.text.rfind("\n", 0, heading.span >> LENGTH_BITS) + 1 for heading in found]
    sections = []
    for at, heading in enumerate(found):
        later = (i for i in range(at + 1, len(found)) if found[i].level <= heading.level)
        after = next(later, None)
        end = len(source.text) if after is None else starts[after]
        sections.append(Section(heading.label, starts[at], end))
    return sections


def norms_at(book: Book, instrument: str, label: str) -> list[Norm]:
    """The norms at a provision and beneath it."""
    return [
        norm for norm in book.norms if norm.instrument == instrument and beneath(norm.label, label)
    ]


def _unknown(book: Book, asked: str, names: list[str]) -> Found:
    known = [*names, *(norm.citation for norm in book.norms)]
    refuse(
        f"the book has no word or provision `{asked}`",
        did_you_mean(asked, known) or "`writ show BOOK` lists the instruments",
    )
