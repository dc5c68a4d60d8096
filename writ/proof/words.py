"""What the vocabulary calls things, and days, in sentences for a reader who knows the law and not the book."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from writ.book.model import Book
from writ.book.terms import Value

_ARTICLES = ("a ", "an ", "the ", "any ", "anyone ", "every ", "each ", "one ", "whoever ")


def actor(book: Book, name: str) -> str:
    """`the Minister of Public Safety (minister)`."""
    defined = book.vocabulary.actors.get(name)
    said = _said(defined, name)
    if not said.lower().startswith(_ARTICLES):
        said = f"the {said}"
    return _named(said, name)


def act(book: Book, name: str) -> str:
    """`issue a proclamation (issue-proclamation)`: descriptions of acts are infinitives."""
    words = book.vocabulary
    return _named(_said(words.acts.get(name) or words.events.get(name), name), name)


def thing(book: Book, name: str) -> str:
    return _named(_said(book.vocabulary.things.get(name), name), name)


def state(book: Book, name: str) -> str:
    """`a flood emergency is in effect (flood-emergency)`: descriptions of states are sentences."""
    return _named(_said(book.vocabulary.states.get(name), name), name)


def facts(book: Book, given: Mapping[str, Value], owner: str = "") -> Iterator[str]:
    """Each attribute in the words of its description, with its value."""
    for name, value in given.items():
        slot = f"{owner}.{name}" if owner else name
        said = _named(_said(book.vocabulary.attributes.get(slot), slot.rpartition(".")[2]), slot)
        if value is True:
            yield said
        elif value is False:
            yield f"not so: {said}"
        else:
            yield f"{said}: {_value(value)}"


def day(at: dt.date | None) -> str:
    """`14 February 2022`; a moment with its time and offset."""
    if at is None:
        return "a day not stated"
    said = f"{at.day} {at:%B} {at.year}"
    if not isinstance(at, dt.datetime):
        return said
    time = at.isoformat(timespec="minutes")[11:]
    return f"{said}, {time.replace('+00:00', ' UTC')}"


def on(at: dt.date) -> str:
    """`On 14 February 2022`; behind a moment a comma."""
    return f"On {day(at)}{',' if isinstance(at, dt.datetime) else ''}"


def listed(items: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join(filter(None, (", ".join(items[:-1]), *items[-1:])))


def _value(value: Value) -> str:
    if isinstance(value, dt.date):
        return day(value)
    if isinstance(value, frozenset):
        return ", ".join(sorted(value)) or "none"
    if isinstance(value, tuple):
        members = [", ".join(f"{k} {_value(v)}" for k, v in one.items()) or "one" for one in value]
        return "; ".join(members) or "none"
    return ("no", "yes")[value] if isinstance(value, bool) else str(value)


def _said(defined: object, name: str) -> str:
    """The description up to its first semicolon; where there is none, the words of the name."""
    description: str = getattr(defined, "description", "") or ""
    return description.partition(";")[0].strip().rstrip(".") or name.replace("-", " ")


def _named(said: str, name: str) -> str:
    """With the name of the book behind it, unless it says no more."""
    bare = said.lower().removeprefix("the ").removeprefix("a ").removeprefix("an ")
    return said if bare == name.replace("-", " ") else f"{said} ({name})"
