"""The rows of a table of responsibilities, from CSV or JSON, by the names that columns go by."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

COLUMNS = {
    "document": ("document", "filename", "file", "issuance", "issuance #", "instrument"),
    "bearer": ("bearer", "primaryentity", "office", "entity", "responsible", "role"),
    "levels": (
        ("responsibility", "responsibilitylevel1", "responsibilitytext", "duty", "text"),
        ("responsibilitylevel2",),
        ("responsibilitylevel3",),
    ),
    "references": ("references", "reference", "refs", "documentsreferenced"),
}
"""What a column may be called, in small letters and without blanks at its ends; the first that is there counts."""


NOWHERE = "Responsibilities"
"""The document of rows that name none."""


class Row(NamedTuple):
    """One responsibility. `levels` goes from the widest to the narrowest; what has to be done is the last."""

    number: int
    """Its place in the table, from 1."""
    document: str
    bearer: str
    levels: tuple[str, ...]
    references: tuple[str, ...]

    @property
    def duty(self) -> str:
        """What has to be done."""
        return self.levels[-1]


class Unread(NamedTuple):
    """A row that says no responsibility, and why."""

    number: int
    why: str


class NotATable(Exception):
    """The text is no table of this sort; the message says what is missing."""


def read_rows(text: str) -> tuple[list[Row], list[Unread]]:
    """The rows in order, and those that say nothing.

    Raises:
        NotATable: it is neither JSON (a list of objects) nor CSV.
    """
    rows: list[Row] = []
    unread: list[Unread] = []
    for number, record in enumerate(records(text), start=1):
        levels = tuple(filter(None, (_field(record, names) for names in COLUMNS["levels"])))
        if not levels:
            unread.append(Unread(number, "it says no responsibility"))
            continue
        references = re.split(r"[|;\n]", _first(record, "references"))
        rows.append(
            Row(
                number,
                _titled(_first(record, "document")),
                _first(record, "bearer"),
                levels,
                tuple(dict.fromkeys(filter(None, (each.strip() for each in references)))),
            )
        )
    return rows, unread


def headings(rows: Sequence[Row]) -> frozenset[int]:
    """The numbers of rows that only head others: the wider level of them, and a title or a lead-in by its form."""
    wider = {(row.document, level) for row in rows for level in row.levels[:-1]}
    return frozenset(
        row.number
        for row in rows
        if (row.document, row.duty) in wider
        and (row.duty.endswith(":") or (row.duty[-1] not in ".;" and len(row.duty.split()) <= 8))
    )


def records(text: str) -> list[dict[str, str]]:
    """The records of a table, their columns in small letters and their texts with one blank between words.

    Raises:
        NotATable: as above.
    """
    return [
        {str(key).strip().lower(): _plain(value) for key, value in record.items()}
        for record in _found(text)
    ]


def _found(text: str) -> list[dict[str, object]]:
    if text.lstrip()[:1] in ("[", "{"):
        return _json(text)
    try:
        return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), restkey=""))
    except csv.Error as error:
        raise NotATable(f"it is no CSV: {error}") from None


def check_columns(text: str) -> None:
    """Raises:
    NotATable: a table of responsibilities has columns for them and for their bearers, and this one has not.
    """
    names = {str(key).strip().lower() for record in _found(text)[:50] for key in record}
    for what in ("bearer", "levels"):
        known = COLUMNS[what] if what == "bearer" else COLUMNS["levels"][0]
        if not names & set(known):
            sort = "bearers" if what == "bearer" else "responsibilities"
            raise NotATable(
                f"it has no column for {sort}; it may be called {', '.join(map(str, known))}"
            )


def _json(text: str) -> list[dict[str, object]]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotATable(f"it is no JSON: {error}") from None
    if isinstance(found, dict):
        found = next((each for each in found.values() if isinstance(each, list)), None)
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise NotATable("it is no list of rows")
    return found


def _plain(value: object) -> str:
    return clean(str(value)) if isinstance(value, str | int | float) else ""


def clean(text: str) -> str:
    """One blank between words, and nothing that cannot be printed."""
    text = " ".join(text.split())
    if text.isprintable():
        return text
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())


def _first(record: Mapping[str, str], what: str) -> str:
    return _field(record, COLUMNS[what])


def _field(record: Mapping[str, str], names: object) -> str:
    assert isinstance(names, tuple)
    return next((record[name] for name in names if record.get(name)), "")


def _titled(document: str) -> str:
    return re.sub(r"\.(?:json|pdf|docx?|txt|html?)$", "", document, flags=re.IGNORECASE)
