"""What the statements of a journal are made of: identities, days, values, facts. All without the book."""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from writ.diagnostics import LENGTH_BITS
from writ.syntax.cursor import Cursor, shown
from writ.syntax.expressions import (
    DAYS_OF_WORK,
    OF_THE_CALENDAR,
    UNITS,
    day_or_moment,
    duration,
    number,
)
from writ.syntax.lexer import LABEL, NAME, Tokens, lex
from writ.syntax.tree import Date, Duration, Name, Number, Text, Truth

MAX_NESTING = 8
"""Of lists of things within one another."""

_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:\d\d)?")
_PIECE = re.compile(r"[a-z0-9A-Z][A-Za-z0-9./_()+-]*")
IDENTITY = re.compile(rf"(?:{NAME.pattern}|{LABEL.pattern}|[A-Z][A-Za-z_]*(?:/[A-Za-z0-9_+-]+)+)")


class Braces(NamedTuple):
    """`{a, b}`: a set."""

    items: tuple[WrittenValue, ...]
    span: int


class Members(NamedTuple):
    """`[(a is 1, b), (c)]`: a list of things."""

    items: tuple[tuple[Fact, ...], ...]
    span: int


WrittenValue = Name | Number | Text | Truth | Date | Duration | Braces | Members
"""A value as it is written, before its attribute gives it a type."""


class Fact(NamedTuple):
    """One fact: `value` None where it is `not stated` any more."""

    path: Name
    value: WrittenValue | None


def words_of(text: str, start: int, end: int) -> Tokens:
    """The words of a part of a journal: those of the language, and brackets for lists of things."""
    tokens = lex(text, start, end)
    if not tokens.bad:
        return tokens
    words = tokens.words
    return tokens._replace(bad=tuple(i for i in tokens.bad if words[i] not in ("[", "]")))


def joined(c: Cursor, i: int) -> int:
    """The word behind the identity that starts at word `i`: `file-F` is several words that touch one another."""
    words, trivia = c.words, c.tokens.trivia
    stop = i + 1
    while words[stop] and not trivia[stop] and (words[stop] == "-" or _PIECE.match(words[stop])):
        stop += 1
    while stop > i + 1 and words[stop - 1] == "-":
        stop -= 1
    return stop


def identity(c: Cursor, what: str) -> Name:
    """Who or which one: a name, what looks like a label, or a text."""
    i = c.at
    word = c.words[i]
    if word[:1] == '"':
        c.at = i + 1
        if len(word) < 3:
            c.wrong("S140", i, f"expected {what}, found an empty text")
        return Name(word[1:-1], c.since(c.start(i)))
    if not word[:1].isalnum() or c.is_bad(i):
        c.unexpected(what)
    c.at = joined(c, i)
    start = c.start(i)
    return Name("".join(c.words[i : c.at]), c.since(start))


def identities(c: Cursor, what: str) -> tuple[Name, ...]:
    """One or more of them joined by commas."""
    found = [identity(c, what)]
    while c.take(","):
        found.append(identity(c, what))
    c.bound(len(found))
    return tuple(found)


def quoted(c: Cursor, what: str) -> str:
    """A text in double quotes."""
    if c.words[c.at][:1] != '"':
        c.unexpected(f"{what} in double quotes")
    return c.text()


def when(c: Cursor) -> Date:
    """A day, or a moment, which may leave out its offset."""
    i = c.at
    word = c.words[i]
    if "T" in word and _DATE.fullmatch(word):
        try:
            dt.datetime.fromisoformat(word)
        except ValueError:
            c.wrong("S122", i, f"the date `{shown(word)}` does not exist")
        c.at = i + 1
        return Date(word, c.since(c.start(i)))
    return day_or_moment(c)


def value(c: Cursor) -> WrittenValue:
    """One value, as it is written."""
    i = c.at
    word = c.words[i]
    first = word[:1]
    if word in ("yes", "no"):
        c.at = i + 1
        return Truth(word == "yes", c.since(c.start(i)))
    if first == '"':
        c.at = i + 1
        return Text(word[1:-1], c.since(c.start(i)))
    if "0" <= first <= "9":
        return _figure(c)
    if first == "-":
        c.at = i + 1
        found = number(c)
        return Number(-found.value, c.since(c.start(i)))
    if first == "{":
        return _braces(c)
    if first == "[":
        return _members(c)
    if first.isalpha() and word != "not":
        return identity(c, "a value")
    help = f"what is no longer stated is `{c.words[i - 2]} not stated`" if word == "not" else ""
    c.unexpected("a value", help)


def _figure(c: Cursor) -> WrittenValue:
    word, unit, third = c.words[c.at], c.words[c.at + 1], c.words[c.at + 2]
    if word.isdigit():
        calendar = unit == "calendar" and third in OF_THE_CALENDAR
        if unit in UNITS or calendar or (unit in DAYS_OF_WORK and third in ("day", "days")):
            return duration(c)
    elif len(word) >= 8 and word[4] == "-":
        return when(c)
    return number(c)


def _braces(c: Cursor) -> Braces:
    start = c.start(c.at)
    c.at += 1
    items: list[WrittenValue] = []
    if not c.take("}"):
        items.append(identity(c, "a value"))
        while c.take(","):
            items.append(identity(c, "a value"))
        c.bound(len(items))
        c.expect("}")
    return Braces(tuple(items), c.since(start))


def _members(c: Cursor) -> Members:
    i = c.at
    start = c.start(i)
    c.at += 1
    c.depth += 1
    if c.depth > MAX_NESTING:
        c.wrong("S124", i, f"lists are nested more than {MAX_NESTING} levels deep")
    items: list[tuple[Fact, ...]] = []
    if not c.take("]"):
        items.append(_member(c))
        while c.take(","):
            items.append(_member(c))
        c.bound(len(items))
        c.expect("]")
    c.depth -= 1
    return Members(tuple(items), c.since(start))


def _member(c: Cursor) -> tuple[Fact, ...]:
    c.expect("(")
    if c.take(")"):
        return ()
    found = facts(c)
    c.expect(")")
    return found


def fact(c: Cursor) -> Fact:
    """`PATH`, `not PATH`, `PATH is VALUE` or `PATH not stated`."""
    i = c.at
    if c.words[i] == "not":
        c.at = i + 1
        path = c.path("an attribute")
        return Fact(path, Truth(False, path.span))
    path = c.path("an attribute")
    if c.take("is"):
        return Fact(path, value(c))
    if c.words[c.at] == "not":
        c.expect("not", "stated")
        return Fact(path, None)
    return Fact(path, Truth(True, path.span))


def facts(c: Cursor) -> tuple[Fact, ...]:
    """One or more facts joined by commas."""
    found = [fact(c)]
    while c.take(","):
        found.append(fact(c))
    c.bound(len(found))
    return tuple(found)


def start_of(span: int) -> int:
    """Where in the file a packed range starts."""
    return span >> LENGTH_BITS
