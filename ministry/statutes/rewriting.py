"""What an act writes into the text of an edition: a suspension and its end, a repeal, a word in place of another.

What is written is the language's own (`suspend`, `repeal`, `repealed:`), so that the text says what it does, and every
edition that is made of this one says it as well.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping

import msgspec

from writ.book.model import Book, Instrument
from writ.diagnostics import LENGTH_BITS
from writ.editions.provisions import Provision, provisions_of
from writ.syntax.front import extent

Files = Mapping[str, str]


_SUSPENDS = re.compile(
    r'(?m)^suspend (\S+) "[^"\n]*"\n +(\S+) (\S+)\n +from ([\d-]+) until ([\d-]+)\n'
)


class NotThere(ValueError):
    """The text has not what would be written about; the message says what."""


class Part(msgspec.Struct, frozen=True):
    """A labelled provision of an instrument."""

    instrument: str
    label: str

    @property
    def key(self) -> str:
        return f"{self.instrument}/{self.label}"


def parts_of(book: Book, named: Iterable[str]) -> list[Part]:
    """The provisions named, `INSTRUMENT/LABEL`, each once; for `INSTRUMENT` alone, all of it that has norms.

    Raises:
        NotThere: the book has no such instrument or provision.
    """
    found: dict[Part, None] = {}
    for key in named:
        name, _, label = key.partition("/")
        item = instrument_of(book, name)
        if label:
            provision_of(book, item, label)
            found[Part(name, label)] = None
            continue
        places = [
            norm.place.span >> LENGTH_BITS
            for norm in book.norms
            if norm.place.file == item.place.file
        ]
        for one in of_instrument(book, item):
            if one.label and any(one.start <= place < one.end for place in places):
                found[Part(name, one.label)] = None
    return list(found)


def instrument_of(book: Book, name: str) -> Instrument:
    item = book.instruments.get(name)
    if item is None:
        raise NotThere(f"the edition has no instrument {name}")
    return item


def of_instrument(book: Book, item: Instrument) -> list[Provision]:
    return provisions_of(item.place.file, book.sources[item.place.file].text, item.id)


def provision_of(book: Book, item: Instrument, label: str) -> Provision:
    for one in of_instrument(book, item):
        if one.label == label:
            return one
    raise NotThere(f"the edition has no provision {item.id}/{label}")


def said_of(word: str, part: Part, title: str, dates: str) -> str:
    """A statement about one provision, as `writ fmt` writes it."""
    plain = title.replace('"', "'")
    return f'{word} {part.label} "{plain}"\n  {part.instrument} {part.label}\n  {dates}\n'


def suspended(
    files: Files, book: Book, parts: Iterable[Part], first: dt.date, last: dt.date, by: str
) -> dict[str, str]:
    """The text in which provisions are suspended from a day until another, both included."""
    dates = f"from {first} until {last}"
    return _each(files, book, parts, "suspend", f"suspended by {by}", dates)


def repealed(
    files: Files, book: Book, parts: Iterable[Part], day: dt.date, by: str
) -> dict[str, str]:
    """The text in which provisions are repealed from a day."""
    return _each(files, book, parts, "repeal", f"repealed on the proposal of {by}", f"from {day}")


def _each(
    files: Files, book: Book, parts: Iterable[Part], word: str, title: str, dates: str
) -> dict[str, str]:
    found = dict(files)
    places: dict[str, list[tuple[int, Part]]] = {}
    for part in parts:
        item = instrument_of(book, part.instrument)
        place = provision_of(book, item, part.label)
        places.setdefault(item.place.file, []).append((place.end, part))
    for file, rows in places.items():
        text = found[file]
        for end, part in sorted(rows, key=lambda row: -row[0]):
            before, rest = text[:end].rstrip("\n"), text[end:]
            block = f"```writ\n{said_of(word, part, title, dates)}```\n"
            text = f"{before}\n\n{block}" + (f"\n{rest}" if rest else "")
        found[file] = text
    return found


def instrument_repealed(files: Files, book: Book, name: str, day: dt.date) -> dict[str, str]:
    """The text in which an instrument is repealed from a day, by its front matter."""
    item = instrument_of(book, name)
    text = files[item.place.file]
    place = extent(text)
    if place is None or place[1] <= 0:
        raise NotThere(f"the head of {name} cannot be read")
    head, rest = text[: place[2]], text[place[2] :]
    head = re.sub(r"(?m)^repealed:.*\n", "", head)
    head, many = re.subn(r"(?m)^in-force:.*\n", lambda m: f"{m[0]}repealed: {day}\n", head, count=1)
    if not many:
        raise NotThere(f"the head of {name} does not say from when it is in force")
    return {**files, item.place.file: head + rest}


def lifted(
    files: Files, book: Book, parts: Iterable[Part], first: dt.date, last: dt.date, day: dt.date
) -> dict[str, str]:
    """The text in which a suspension ends before a day. What no longer has it as it was written stays as it is."""
    found = dict(files)
    dates = (first.isoformat(), last.isoformat())
    for part in parts:
        item = book.instruments.get(part.instrument)
        if item is None:
            continue
        text = found[item.place.file]
        wanted = (part.label, part.instrument, part.label, *dates)
        for match in _SUSPENDS.finditer(text):
            if match.groups() != wanted:
                continue
            if day > first:
                before = day - dt.timedelta(days=1)
                shorter = match[0].replace(f"until {last}", f"until {before}")
                found[item.place.file] = text.replace(match[0], shorter, 1)
            else:
                block = f"```writ\n{match[0]}```\n"
                whole = f"\n{block}" if f"\n{block}" in text else block
                found[item.place.file] = text.replace(whole if whole in text else match[0], "", 1)
            break
    return found


def corrected(files: Files, book: Book, part: Part, old: str, new: str) -> dict[str, str]:
    """The text in which a provision has some words in place of others.

    Raises:
        NotThere: it does not have them, or has them more than once.
    """
    item = instrument_of(book, part.instrument)
    place = provision_of(book, item, part.label)
    text = files[item.place.file]
    own = text[place.start : place.end]
    many = own.count(old)
    if many != 1:
        how = "does not have those words" if not many else f"has those words {many} times"
        raise NotThere(f"{item.cite(part.label)} {how}")
    return {
        **files,
        item.place.file: text[: place.start] + own.replace(old, new) + text[place.end :],
    }
