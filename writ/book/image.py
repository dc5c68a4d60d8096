"""A linked book as bytes and back."""

from __future__ import annotations

import datetime as dt

import msgspec

from writ.book import dates
from writ.book.model import (
    ActDef,
    ActorDef,
    Assurance,
    AttributeDef,
    Book,
    Calendar,
    DefinitionDef,
    EventDef,
    Instrument,
    KindDef,
    Norm,
    Override,
    Place,
    StateDef,
    ThingDef,
    Vocabulary,
)
from writ.book.terms import Const, DateConst, Period, Type, Value
from writ.diagnostics import Diagnostic, Source

Names = dict[str, frozenset[str]]


class _Attribute(msgspec.Struct, frozen=True, array_like=True):
    """An `AttributeDef` whose default says of which type it is: in msgpack a date and a text are both texts."""

    slot: str
    owner: str
    name: str
    type: Type
    description: str
    place: Place
    unknown: bool
    default: Const | DateConst | Period | None


class _Vocabulary(msgspec.Struct, frozen=True, array_like=True):
    """A `Vocabulary`, field for field."""

    kinds: dict[str, KindDef]
    actors: dict[str, ActorDef]
    acts: dict[str, ActDef]
    things: dict[str, ThingDef]
    states: dict[str, StateDef]
    events: dict[str, EventDef]
    attributes: tuple[_Attribute, ...]
    calendars: dict[str, Calendar]
    actor_up: Names
    act_up: Names
    thing_up: Names
    actor_down: Names
    act_down: Names
    thing_down: Names
    definitions: dict[str, DefinitionDef]


class _Image(msgspec.Struct, frozen=True, array_like=True):
    name: str
    title: str
    ranks: tuple[str, ...]
    calendar: str
    vocabulary: _Vocabulary
    instruments: dict[str, Instrument]
    norms: tuple[Norm, ...]
    overrides: tuple[Override, ...]
    diagnostics: list[Diagnostic]
    assurances: tuple[Assurance, ...]


def encode(book: Book, diagnostics: list[Diagnostic]) -> bytes:
    """The book without its sources, and the diagnostics of compiling it."""
    words = book.vocabulary
    others = {
        name: getattr(words, name) for name in words.__struct_fields__ if name != "attributes"
    }
    attributes = tuple([_stored(item) for item in words.attributes.values()])
    return msgspec.msgpack.encode(
        _Image(
            book.name,
            book.title,
            book.ranks,
            book.default_calendar,
            _Vocabulary(attributes=attributes, **others),
            book.instruments,
            book.norms,
            book.overrides,
            diagnostics,
            book.assurances,
        )
    )


def decode(
    data: bytes | memoryview, sources: dict[str, Source], root: str
) -> tuple[Book, list[Diagnostic]] | None:
    """What was encoded; None if the bytes are not such a book."""
    try:
        image = msgspec.msgpack.decode(data, type=_Image)
    except msgspec.DecodeError:
        return None
    words = image.vocabulary
    others = {
        name: getattr(words, name) for name in words.__struct_fields__ if name != "attributes"
    }
    attributes = {item.slot: _restored(item) for item in words.attributes}
    book = Book(
        image.name,
        image.title,
        image.ranks,
        image.calendar,
        Vocabulary(attributes=attributes, **others),
        image.instruments,
        image.norms,
        image.overrides,
        sources,
        root,
        assurances=image.assurances,
    )
    return book, image.diagnostics


def _stored(item: AttributeDef) -> _Attribute:
    return _Attribute(
        item.slot,
        item.owner,
        item.name,
        item.type,
        item.description,
        item.place,
        item.unknown,
        _term(item.default, item.type),
    )


def _term(value: Value | None, kind: Type) -> Const | DateConst | Period | None:
    if isinstance(value, dt.date):
        return DateConst(value.isoformat())
    if isinstance(value, bool | int | float | str):
        return Const(value, kind)
    # A default is a single value: `attributes.Attributes.default` makes no set and no list.
    return value if isinstance(value, Period) else None


def _restored(item: _Attribute) -> AttributeDef:
    term = item.default
    value: Value | None
    if isinstance(term, DateConst):
        value = dates.parse(term.value)
    elif isinstance(term, Const):
        value = term.value
    else:
        value = term
    return AttributeDef(
        item.slot,
        item.owner,
        item.name,
        item.type,
        item.description,
        item.place,
        item.unknown,
        value,
    )
