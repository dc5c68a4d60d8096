"""What an imported table of responsibilities says of its references and its organisation, kept beside the book."""

from __future__ import annotations

from pathlib import Path

import msgspec

from writ.book.model import Book
from writ.formats.responsibilities.tables import NAME


class Cancelled(msgspec.Struct, frozen=True):
    """A reference that is cancelled, who says so, and the rows that rest on it."""

    document: str
    reference: str
    number: str = ""
    reissued: bool = False
    rows: tuple[int, ...] = ()


class Unknown(msgspec.Struct, frozen=True):
    """A bearer that the tables of the organisation do not have, the name that the book gives it, and its rows."""

    bearer: str
    name: str
    rows: tuple[int, ...] = ()


class Table(msgspec.Struct, frozen=True):
    """The file. `documents` are the instruments of documents, `places` the documents of rows."""

    file: str = NAME
    documents: dict[str, str] = {}
    places: dict[int, str] = {}
    cancelled: tuple[Cancelled, ...] = ()
    unknown: tuple[Unknown, ...] = ()
    unnamed: dict[int, str] = {}
    """Rows that name nobody, with what they say."""

    def instrument_of(self, row: int) -> str:
        """The instrument of a row; empty where it has none."""
        return self.documents.get(self.places.get(row, ""), "")


class _File(msgspec.Struct):
    kept: Table | None = None


def tables(book: Book) -> list[Table]:
    """The tables from which a book was made: none or one."""
    if not book.root:
        return []
    try:
        data = (Path(book.root) / NAME).read_bytes()
        found = msgspec.json.decode(data, type=_File).kept
    except (OSError, msgspec.DecodeError, RecursionError):
        return []
    return [found] if found is not None else []
