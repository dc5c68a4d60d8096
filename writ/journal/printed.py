"""Journal -> text: entries from wherever they come, in the one style, and read back as the same entries."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import Any

from writ.book.model import Book
from writ.book.terms import Period, Type
from writ.journal.clauses import PARSE
from writ.journal.entry import Days, Entry, Expectation, Journal, Kind
from writ.journal.facts import Facts
from writ.journal.formatter import format_journal
from writ.syntax import tree as t
from writ.syntax.cursor import RESERVED
from writ.syntax.lexer import LABEL, NAME
from writ.syntax.limits import MAX_WORD
from writ.syntax.printed import lines_of
from writ.syntax.printer import print_duration, print_number

_WORDS = RESERVED | {"did", "happened", "holds", "acts", "leaves", "given", "yes", "no", *PARSE}
_PLAIN = (
    NAME,
    re.compile(rf"(?!\d{{4}}-){LABEL.pattern}"),
    re.compile(r"[a-z][a-z0-9]*+(?:-[a-z0-9]++)*+-[A-Z][A-Za-z0-9]*+"),
    re.compile(r"[A-Z][A-Za-z_]*+(?:/[A-Za-z0-9]++(?:[_+-][A-Za-z0-9]++)*+)++"),
)
"""Identities that are read as they stand: `ann`, `D-2022-1`, `file-F`, `SOR/2022-20`."""

_BREAKS = re.compile(r'["\n\r]')


class Unwritable(ValueError):
    """A journal that holds what the text form cannot: a double quote or a line end in a text, say."""


def print_journal(journal: Journal, book: Book) -> str:
    """The text of a journal, which `read_journal` reads as the same title, premises, days, entries and expectations.

    An entry whose id is its number is written without it.

    Raises:
        Unwritable: a text in it has a double quote, or is too long; such a journal is kept as canonical bytes only.
    """
    return format_journal("\n".join(_lines(journal, Facts(book, []))) + "\n")


def print_entry(entry: Entry, book: Book) -> str:
    """The text of one entry."""
    return format_journal("\n".join(_entry(entry, -1, Facts(book, []))) + "\n").rstrip("\n")


def _lines(journal: Journal, facts: Facts) -> Iterator[str]:
    if journal.title or journal.book or journal.notes:
        yield f"journal {_text(journal.title)}"
        if journal.book:
            yield f"  book {journal.book}"
        if journal.notes:
            yield from (f"  note {_text(note)}" for note in journal.notes.split("\n"))
        yield ""
    for premise in journal.premises:
        yield (
            f"premise {premise.name} {_text(premise.text)}"
            if premise.text
            else (f"premise {premise.name}")
        )
        yield ""
    for days in journal.days:
        yield from _days(days)
        yield ""
    for number, entry in enumerate(journal.entries, 1):
        yield from _entry(entry, number, facts)
    yield ""
    for expectation in journal.expectations:
        yield from _expectation(expectation)


def _days(days: Days) -> Iterator[str]:
    lines = [
        t.Line("sitting", (t.Name(body, 0),), dates=tuple(day.isoformat() for day in each))
        for body, each in days.sittings.items()
        if each
    ]
    lines += (t.Line("holiday", holiday=rule) for rule in days.holidays)
    yield f"calendar {days.calendar}"
    printed = t.Declaration("calendar", days.calendar, "", lines=tuple(lines))
    yield from (f"  {line}" for line in lines_of(printed)[1:])


# --- entries


def _entry(entry: Entry, number: int, facts: Facts) -> Iterator[str]:
    label = "" if entry.id == str(number) else f" {_id(entry.id)}:"
    yield f"{_when(entry.at)}{label} {_what(entry, facts)}"
    about = f"  about {_id(entry.about)}" if entry.about else ""
    if about:
        yield about
    match entry.kind:
        case Kind.FACT if entry.actor:
            yield f"  of {_of(entry.actor, entry.person)}"
        case Kind.ACT:
            if entry.to:
                yield f"  to {_of(entry.to, entry.to_person)}"
            if entry.against:
                yield f"  against {entry.against}"
    if entry.facts and entry.kind != Kind.FACT:
        thing = entry.thing
        act = facts.vocabulary.acts.get(entry.name)
        if not thing and act is not None:
            thing = act.thing
        yield f"  where {_facts(entry.facts, entry.name, thing, facts)}"
    if entry.until is not None:
        yield f"  until {_when(entry.until)}"
    if entry.known is not None:
        yield f"  known {_when(entry.known)}"
    if entry.revokes:
        yield f"  revokes {', '.join(map(_id, entry.revokes))}"
    if entry.under:
        yield f"  under {', '.join(entry.under)}"
    if entry.lawful:
        yield "  taken as lawful"
    if entry.source:
        yield f"  source {_text(entry.source)}"
    if entry.note:
        yield from (f"  note {_text(note)}" for note in entry.note.split("\n"))


def _what(entry: Entry, facts: Facts) -> str:
    match entry.kind:
        case Kind.ACT:
            number = f"{entry.number} of " if entry.number else ""
            thing = f" {entry.thing}" if entry.thing else ""
            return f"{number}{_of(entry.actor, entry.person)} did {entry.name}{thing}"
        case Kind.EVENT:
            return f"{entry.name} happened"
        case Kind.FACT:
            if not entry.facts:
                raise Unwritable(f"entry `{entry.id}` gives no fact")
            return f"given {_facts(entry.facts, '', '', facts)}"
        case Kind.STATE:
            return f"given {entry.name} in effect"
        case Kind.GONE:
            return f"{_id(entry.name)} is gone"
    verb = {Kind.HOLDS: "holds", Kind.ACTS: "acts as", Kind.LEAVES: "leaves"}[entry.kind]
    return f"{_id(entry.person)} {verb} {entry.name}"


def _of(actor: str, person: str) -> str:
    return f"{actor} {_id(person)}" if person else actor


def _facts(found: Mapping[str, Any], owner: str, thing: str, facts: Facts) -> str:
    return ", ".join(_fact(slot, value, owner, thing, facts) for slot, value in found.items())


def _fact(slot: str, value: Any, owner: str, thing: str, facts: Facts) -> str:
    bare = slot.rpartition(".")[2]
    short = facts.definition(bare, owner, thing)
    path = bare if short is not None and short.slot == slot else slot
    definition = facts.vocabulary.attributes.get(slot)
    if value is None:
        return f"{path} not stated"
    if isinstance(value, bool):
        return path if value else f"not {path}"
    kind = definition.type if definition is not None else Type("text")
    return f"{path} is {_value(value, kind, facts)}"


def _value(value: Any, kind: Type, facts: Facts) -> str:
    if isinstance(value, str):
        return _text(value) if kind.base == "text" or value[:1].isdigit() else _id(value)
    if isinstance(value, int | float):
        return print_number(value)
    if isinstance(value, dt.date):
        return _when(value)
    if isinstance(value, Period):
        return print_duration(t.Duration(value.amount, value.unit, value.of, 0))
    if isinstance(value, frozenset):
        return f"{{{', '.join(map(_id, sorted(value)))}}}"
    members = (_member(each, kind.of, facts) for each in value)
    return f"[{', '.join(members)}]"


def _member(each: Mapping[str, Any], thing: str, facts: Facts) -> str:
    slots: dict[str, Any] = {}
    for name, value in each.items():
        definition = facts.definition(name, thing, thing)
        slots[definition.slot if definition is not None else name] = value
    return f"({_facts(slots, thing, thing, facts)})"


# --- expectations


def _expectation(one: Expectation) -> Iterator[str]:
    name = _id(one.name) if one.subject == "act" else one.name
    head = ["expect", _when(one.as_of), one.subject, one.provision, name]
    head += (f"{word} {_id(x)}" for word, x in (("about", one.about),) if x)
    head += (f"to {x}" for x in (one.to,) if x)
    head += (f"of {_id(x)}" for x in (one.of,) if x)
    yield " ".join(filter(None, (*head, one.status)))
    if one.due is not None:
        yield f"  {'until' if one.subject == 'state' else 'due'} {_when(one.due)}"
    if one.known_at is not None:
        yield f"  known {_when(one.known_at)}"
    if one.under:
        yield f"  under {', '.join(one.under)}"
    if one.cites:
        yield f"  cites {', '.join(map(_text, one.cites))}"
    yield from (f"  {word} {_id(x)}" for word, x in (("id", one.id), ("shared", one.shared)) if x)
    if one.text:
        yield f"  text {_text(one.text)}"


# --- words


def _when(when: dt.date) -> str:
    """A moment without seconds that are none."""
    if not isinstance(when, dt.datetime):
        return when.isoformat()
    if (when.utcoffset() or dt.timedelta()) % dt.timedelta(minutes=1):
        when = when.astimezone(dt.UTC)  # an offset with seconds, of before there were time zones
    exact = when.second or when.microsecond
    return when.isoformat(timespec="auto" if exact else "minutes")


def _id(text: str) -> str:
    """An identity: bare where it will be read as one word, else in quotes."""
    plain = any(form.fullmatch(text) for form in _PLAIN)
    return text if plain and text not in _WORDS and len(text) < MAX_WORD else _text(text)


def _text(text: str) -> str:
    if _BREAKS.search(text):
        raise Unwritable(f"a text with a double quote or a line end in it: `{text[:60]!r}`")
    if len(text) > MAX_WORD - 2:
        raise Unwritable(f"a text of {len(text):,} characters")
    return f'"{text}"'
