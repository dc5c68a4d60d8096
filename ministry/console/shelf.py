"""The instruments of an edition as the rows of a list, with what they are counted and filtered by."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections import Counter
from functools import lru_cache

import msgspec

from ministry.editions.indexed import BeingMade, searching
from ministry.editions.queries import law_of
from writ.book.model import Book, Instrument

STATUSES = ("in force", "to come", "repealed")


class Row(msgspec.Struct, frozen=True):
    """One instrument on a day."""

    item: Instrument
    rank: str
    status: str
    norms: int
    provisions: int | None
    """None while the index is being made."""
    overdue: bool
    plain: str
    """Its title and id, for the filter."""


class Asked(msgspec.Struct, frozen=True):
    """What is looked for. Empty: not asked for."""

    q: str = ""
    rank: str = ""
    status: str = ""
    body: str = ""
    review: str = ""

    def __bool__(self) -> bool:
        return any(getattr(self, name) for name in self.__struct_fields__)


class Group(msgspec.Struct, frozen=True):
    """Instruments of one rank, on this page."""

    rank: str
    rows: tuple[Row, ...]


@lru_cache(maxsize=16)
def shelf(digest: str, day: dt.date, indexed: bool) -> tuple[Row, ...]:
    """All the instruments of an edition on a day, by rank and title; with provisions where it is `indexed`."""
    book = law_of(digest).book
    norms = Counter(one.instrument for one in book.norms)
    provisions = counted(digest) if indexed else {}
    rows = [
        Row(
            item,
            book.ranks[item.rank],
            status(item, day),
            norms[item.id],
            provisions.get(item.id, 0) if indexed else None,
            item.review is not None and item.review < day and status(item, day) != "repealed",
            folded(f"{item.title} {item.citation} {item.id}"),
        )
        for item in book.instruments.values()
    ]
    return tuple(sorted(rows, key=lambda row: (row.item.rank, row.item.title.casefold())))


@lru_cache(maxsize=16)
def counted(digest: str) -> dict[str, int]:
    """The provisions of each instrument.

    Raises:
        BeingMade: the index is being made.
    """
    sql = (
        "SELECT f.instrument, count(*) FROM row r JOIN file f ON f.id = r.file"
        " WHERE r.sort IN ('provision', 'assurance', 'unresolved') GROUP BY 1"
    )
    with searching(digest, wait=False) as index:
        return dict(index.connection.execute(sql).fetchall())


def rows_of(digest: str, day: dt.date) -> tuple[Row, ...]:
    """The same, without provisions while the index is being made."""
    try:
        return shelf(digest, day, True)
    except BeingMade:
        return shelf(digest, day, False)


def status(item: Instrument, day: dt.date) -> str:
    """Whether an instrument is in force on a day."""
    if item.end is not None and item.end <= day:
        return "repealed"
    return "to come" if item.start is None or item.start > day else "in force"


def found(rows: tuple[Row, ...], asked: Asked) -> list[Row]:
    """The rows that are asked for."""
    words = folded(asked.q).split()
    return [
        row
        for row in rows
        if all(word in row.plain for word in words)
        and asked.rank in ("", row.rank)
        and asked.status in ("", row.status)
        and (not asked.body or asked.body in (row.item.owner, row.item.enacted_by))
        and (asked.review != "overdue" or row.overdue)
    ]


def grouped(rows: list[Row]) -> list[Group]:
    """The rows under their ranks."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.rank, []).append(row)
    return [Group(rank, tuple(some)) for rank, some in groups.items()]


def bodies(rows: tuple[Row, ...], book: Book) -> list[tuple[str, str]]:
    """Those who own or enacted an instrument, by name: to choose from."""
    names = {one for row in rows for one in (row.item.owner, row.item.enacted_by) if one}
    actors = book.vocabulary.actors
    named = [((actors[one].description if one in actors else "") or one, one) for one in names]
    return [(name, said) for said, name in sorted(named)]


def folded(text: str) -> str:
    """A text without case and accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(one for one in plain if not unicodedata.combining(one))
