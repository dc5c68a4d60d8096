"""Canonical bytes of an entry: the one form that is hashed, chained and sent.

JSON in UTF-8 on one line without white space; keys in the order of their code points; fields that say nothing left out;
no floats. Values carry their type, so that reading them needs no book:

    true, "text", 12               yes-no; text, person or value of a kind; whole number within 2^53
    {"n":"2.5"}                    any other number, in figures without an exponent
    {"d":"2022-02-14"}             a day
    {"m":"2022-02-14T21:30:00Z"}   a moment, in UTC
    {"p":[30,"days"]}              a duration; sitting days name their body third
    {"s":["a","b"]}                a set, in order
    {"l":[{"a":1},{}]}             a list of things
    null                           no longer stated

Two entries have the same bytes exactly when they are equal: same fields, and values equal as values of their type. A
moment is the same at whatever offset it was written, because the day that it falls on is by the clock of the book's
calendar and never by the offset; 2 and 2.0 are the same number; a fact withdrawn is not a fact left out. Texts are kept
as they are, and not brought to one Unicode form: two that only look alike are different evidence.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import math
import re
import sys
from decimal import Decimal
from typing import Any

import msgspec

from writ.book.terms import Period, Value
from writ.journal.entry import Entry, Kind

MOST_BYTES = 1024 * 1024
"""Of one entry."""

SHORT = 40
"""A text that is longer is seldom a name."""

_EXACT = 2**53
_MOST_FIGURES = 400
_FIGURES = re.compile(r"-?\d{1,400}(\.\d{1,1100})?")
_UTC = dt.UTC


class NotCanonical(ValueError):
    """Bytes that are not the canonical bytes of an entry; or an entry that has none."""


class _Line(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """An entry as JSON."""

    kind: Kind
    at: str
    about: str = ""
    actor: str = ""
    against: str = ""
    facts: dict[str, Any] = {}
    id: str = ""
    known: str = ""
    lawful: bool = False
    name: str = ""
    note: str = ""
    number: int = 0
    person: str = ""
    revokes: list[str] = []
    source: str = ""
    thing: str = ""
    to: str = ""
    to_person: str = ""
    under: list[str] = []
    until: str = ""


_encode = msgspec.json.Encoder(order="sorted").encode
_decode = msgspec.json.Decoder(_Line).decode


def canonical(entry: Entry) -> bytes:
    """The canonical bytes of an entry.

    Raises:
        NotCanonical: it has none: a number that is none, a moment out of the range of UTC, a lone surrogate, a value of
            no type of the language.
    """
    try:
        data = _encode(
            _Line(
                entry.kind,
                _day(entry.at),
                entry.about,
                entry.actor,
                entry.against,
                {slot: _tagged(value) for slot, value in entry.facts.items()},
                entry.id,
                _day(entry.known) if entry.known is not None else "",
                entry.lawful,
                entry.name,
                entry.note,
                entry.number,
                entry.person,
                list(entry.revokes),
                entry.source,
                entry.thing,
                entry.to,
                entry.to_person,
                list(entry.under),
                _day(entry.until) if entry.until is not None else "",
            )
        )
    except (OverflowError, UnicodeEncodeError, RecursionError, TypeError) as error:
        raise NotCanonical(str(error)) from error
    if len(data) > MOST_BYTES:
        raise NotCanonical(f"the entry has more than {MOST_BYTES:,} bytes")
    return data


def read_entry(data: bytes | memoryview) -> Entry:
    """The entry of which `data` is the canonical bytes; its moments are in UTC.

    Raises:
        NotCanonical: it is not: not JSON, a key unknown, twice or out of order, white space, a value written otherwise
            than `canonical` writes it.
    """
    if len(data) > MOST_BYTES:
        raise NotCanonical(f"the entry has more than {MOST_BYTES:,} bytes")
    try:
        line = _decode(data)
        # What is not in order, spaced, doubled or escaped otherwise does not come out the same.
        if _encode(line) != data:
            raise NotCanonical("the bytes are not in canonical form")
        return Entry(
            line.kind,
            _when(line.at),
            _shared(line.name),
            line.id,
            _when(line.known) if line.known else None,
            _shared(line.actor),
            _shared(line.person),
            line.number,
            line.thing,
            line.about,
            line.to,
            line.to_person,
            line.against,
            _facts(line.facts) if line.facts else {},
            _when(line.until) if line.until else None,
            tuple(line.revokes),
            tuple(line.under),
            line.lawful,
            line.source,
            line.note,
        )
    except msgspec.MsgspecError as error:
        raise NotCanonical(_plainly(str(error))) from error
    except (UnicodeError, RecursionError, OverflowError) as error:
        raise NotCanonical(str(error)) from error


def digest(entry: Entry) -> str:
    """SHA-256 of the canonical bytes, in hexadecimal figures."""
    return hashlib.sha256(canonical(entry)).hexdigest()


# --- days and moments


def _day(when: dt.date) -> str:
    if isinstance(when, dt.datetime):
        if when.tzinfo is None:
            raise NotCanonical(f"the moment {when.isoformat()} has no offset")
        return f"{when.astimezone(_UTC).replace(tzinfo=None).isoformat()}Z"
    return when.isoformat()


_shared = sys.intern
"""A journal has few names, each many times over: one text for all is found by identity, and is held once."""

_known: dict[str, dt.date] = {}
"""Days read before: a journal has many entries of one day."""


def _when(text: str) -> dt.date:
    found = _known.get(text)
    if found is not None:
        return found
    try:
        day = len(text) == 10
        found = (dt.date if day else dt.datetime).fromisoformat(text)
        if isinstance(found, dt.datetime):
            found = found.astimezone(_UTC)
        same = _day(found) == text
    except (ValueError, OverflowError):
        same = False
    if not same or found is None:
        raise NotCanonical(f"`{text[:40]}` is not a day, nor a moment in UTC")
    if len(text) == 10:
        if len(_known) > 50_000:
            _known.clear()
        _known[text] = found
    return found


# --- values


def _tagged(value: Any) -> Any:
    """The value as JSON."""
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, dt.datetime):
        return {"m": _day(value)}
    if isinstance(value, dt.date):
        return {"d": _day(value)}
    if isinstance(value, Period):
        parts = [value.amount, value.unit, value.of] if value.of else [value.amount, value.unit]
        return {"p": parts}
    if isinstance(value, frozenset):
        return {"s": sorted(value)}
    if isinstance(value, tuple):
        return {"l": [{name: _tagged(one) for name, one in each.items()} for each in value]}
    raise NotCanonical(f"{type(value).__name__} is no type of the language")


def _number(value: int | float) -> Any:
    if isinstance(value, float):
        if not math.isfinite(value):
            raise NotCanonical(f"{value} is not a number")
        if not value.is_integer():
            return {"n": format(Decimal(repr(value)), "f")}
        value = int(value)
    if -_EXACT < value < _EXACT:
        return value
    if abs(value) >= 10**_MOST_FIGURES:
        raise NotCanonical(f"the number has more than {_MOST_FIGURES} figures")
    return {"n": str(value)}


def _facts(given: dict[str, Any]) -> dict[str, Any]:
    found = {}
    for slot, data in given.items():
        if type(data) is str:
            found[_shared(slot)] = _shared(data) if len(data) <= SHORT else data
        else:
            found[_shared(slot)] = _value(data)
    return found


def _value(data: Any, depth: int = 0) -> Any:
    """The value that JSON stands for; the reverse of `_tagged`."""
    if data is None or isinstance(data, bool | str):
        return data
    tagged = isinstance(data, dict) and len(data) == 1
    value = _untagged(data, depth) if tagged else data
    if isinstance(data, float | list) or value is None or _tagged(value) != data:
        raise NotCanonical("a value is not in canonical form")
    return value


def _untagged(data: dict[str, Any], depth: int) -> Value | None:
    tag, given = next(iter(data.items()))
    if tag == "s" and isinstance(given, list):
        if not all(isinstance(one, str) for one in given):
            return None
        return frozenset(given)
    if tag == "l" and isinstance(given, list):
        if depth > 16 or not all(isinstance(each, dict) for each in given):
            return None
        return tuple(
            [{name: _value(one, depth + 1) for name, one in each.items()} for each in given]
        )
    if tag == "p" and isinstance(given, list):
        right = len(given) in (2, 3) and type(given[0]) is int and given[0] >= 0
        if not right or not all(isinstance(one, str) and one for one in given[1:]):
            return None
        return Period(*given)
    if not isinstance(given, str):
        return None
    if tag in ("d", "m"):
        return _when(given)
    if tag == "n" and _FIGURES.fullmatch(given):
        return float(given) if "." in given else int(given)
    return None


def _plainly(message: str) -> str:
    """A message of the JSON reader, as a clause."""
    return f"not an entry: {message[:1].lower()}{message[1:200]}"
