"""Attributes for outsiders: how a value is written, what it is when not stated, and one that will do as an example."""

from __future__ import annotations

import datetime as dt

from writ.book.model import AttributeDef, Book
from writ.book.terms import Type, Value
from writ.cli.relevance import Why


def written(book: Book, kind: Type) -> str:
    """How a value of the type is written in a request."""
    match kind.base:
        case "yes-no":
            return "yes or no"
        case "number":
            return f"a number (of {kind.of})" if kind.of else "a number"
        case "text":
            return "text"
        case "date":
            return "a day 2022-02-14 or a moment 2022-02-14T15:00-05:00"
        case "duration":
            return "a duration such as 30 days"
        case "person-id":
            return "who, by identity: any text that is the same for the same person"
        case "kind":
            return f"one of the values of {kind.of}"
        case "levels":
            return f"one of the levels of {kind.of}, listed lowest first"
        case "set":
            return f"a list of values of {kind.of}"
        case "list":
            thing = book.vocabulary.things.get(kind.of)
            names = ", ".join(slot.rpartition(".")[2] for slot in thing.attributes) if thing else ""
            return f"a list of mappings, one for each {kind.of}, with: {names or 'nothing'}"
    return str(kind)


def not_stated(definition: AttributeDef) -> str:
    """What the attribute is where a request does not state it."""
    if definition.unknown:
        return "unknown"
    if definition.default is not None:
        return _plain(definition.default)
    match definition.type.base:
        case "yes-no":
            return "no"
        case "set" | "list":
            return "empty"
    return "absent"


def _plain(value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def sample(book: Book, kind: Type, at: dt.date, depth: int = 0) -> object:
    """A value of the type, as plain data."""
    match kind.base:
        case "yes-no":
            return True
        case "number":
            return 1
        case "date":
            return (at - dt.timedelta(days=30)).isoformat()
        case "duration":
            return "30 days"
        case "person-id":
            return "a-person"
        case "kind" | "levels":
            return _first(book, kind.of)
        case "set":
            return [_first(book, kind.of)]
        case "list":
            thing = book.vocabulary.things.get(kind.of)
            slots = thing.attributes if thing and depth < 2 else ()
            defined = [book.vocabulary.attributes[slot] for slot in slots]
            return [{one.name: sample(book, one.type, at, depth + 1) for one in defined}]
    return "some text"


def _first(book: Book, kind: str) -> str:
    definition = book.vocabulary.kinds.get(kind)
    return definition.values[0].name if definition and definition.values else ""


def kinds_of(book: Book, slots: Why | list[str]) -> list[str]:
    """The kinds and levels that the types of these slots speak of, members of lists included."""
    found: dict[str, None] = {}
    todo = list(slots)
    seen: set[str] = set()
    while todo:
        slot = todo.pop(0)
        definition = book.vocabulary.attributes.get(slot)
        if definition is None or slot in seen:
            continue
        seen.add(slot)
        of = definition.type.of
        if definition.type.base == "list" and of in book.vocabulary.things:
            todo += book.vocabulary.things[of].attributes
        elif of in book.vocabulary.kinds:
            found[of] = None
    return list(found)
