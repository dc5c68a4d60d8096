"""The changes in instruments and in the book: rank, dates, authority, calendar."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from writ.book.model import Book, Instrument
from writ.diagnostics import Span
from writ.editions import windows
from writ.editions.change import CHANGED, GAINED, LOST, NARROWED, WIDENED, Change, Detail
from writ.editions.respects import listed, one

_LESS = frozenset({"narrower", "repealed", "suspended"})
_MORE = frozenset({"wider", "commenced", "resumed"})


Provision = tuple[str, str]
"""An instrument and a label."""


def instruments(
    old: Book,
    new: Book,
    renamed: Mapping[str, str],
    moved: Mapping[Provision, Provision] = MappingProxyType({}),
) -> Iterator[Change]:
    """Every instrument, and the book, that is not what it was.

    `renamed` are the instruments that go by another id, `moved` the provisions whose norms stand elsewhere.
    """
    if old.instruments == new.instruments and old.ranks == new.ranks:
        yield from _book(old, new)
        return
    for item in old.instruments.values():
        other = new.instruments.get(renamed.get(item.id, item.id))
        if other is None:
            place = old.span(item.place)
            yield Change("instrument", LOST, item.id, item.citation, old=place)
            continue
        found = tuple(details(old, new, item, other, renamed, moved))
        if found:
            yield Change(
                "instrument",
                verdict(found),
                other.id,
                other.citation,
                item.citation if item.citation != other.citation else "",
                details=found,
                old=old.span(item.place),
                new=new.span(other.place),
            )
    came = new.instruments.keys() - old.instruments.keys() - set(renamed.values())
    for item in new.instruments.values():
        if item.id in came:
            place = new.span(item.place)
            yield Change("instrument", GAINED, item.id, item.citation, new=place)
    yield from _book(old, new)


def details(
    old: Book,
    new: Book,
    before: Instrument,
    after: Instrument,
    renamed: Mapping[str, str],
    moved: Mapping[Provision, Provision],
) -> Iterator[Detail]:
    """The respects in which an instrument differs."""
    yield from one("id", before.id, after.id)
    yield from one("kind", before.kind, after.kind)
    yield from one("rank", rank(old, before), rank(new, after))
    yield from one("cite-as", before.cite_as, after.cite_as)
    yield from one("enacted-by", before.enacted_by, after.enacted_by)
    was, now = _under(before, renamed, moved), _under(after, {}, {})
    yield from one("under", was, now)
    yield from one("enacted", _day(before.enacted), _day(after.enacted))
    yield from windows.of_instruments(before, after)
    yield from one("review", _day(before.review), _day(after.review))
    yield from one("owner", before.owner, after.owner)
    yield from one("calendar", before.calendar, after.calendar)


def verdict(found: tuple[Detail, ...]) -> str:
    """narrowed or widened where only its days changed, to fewer or more."""
    hows = {detail.how for detail in found}
    return NARROWED if hows <= _LESS else WIDENED if hows <= _MORE else CHANGED


def rank(book: Book, item: Instrument) -> str:
    """The rank in words."""
    return book.ranks[item.rank] if item.rank < len(book.ranks) else str(item.rank)


def _book(old: Book, new: Book) -> Iterator[Change]:
    found = (
        *listed("ranks", old.ranks, new.ranks),
        *one("calendar", old.default_calendar, new.default_calendar),
    )
    if found:
        place = Span("book.md", 1, 1, 1, 1)
        yield Change("book", CHANGED, new.name, details=found, old=place, new=place)


def _under(
    item: Instrument, renamed: Mapping[str, str], moved: Mapping[Provision, Provision]
) -> str:
    """The power that an instrument is made under, by where it stands in the new edition."""
    if item.top or item.under is None:
        return "top" if item.top else ""
    instrument, label = moved.get(item.under) or item.under
    return f"{renamed.get(instrument, instrument)} {label}"


def _day(day: object) -> str:
    return "" if day is None else str(day)
