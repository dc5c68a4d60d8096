"""What a table is declared with: its columns and its filters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import msgspec
from django.db.models import Q
from django.utils.functional import Promise

if TYPE_CHECKING:
    from ministry.console.components.states import State
    from ministry.console.here import Here

Words = str | Promise
"""Words of the interface, in the language of whoever reads."""
Options = Iterable[tuple[str, Words]]


class Kind(StrEnum):
    """What a column holds: how it is shown, sorted and exported."""

    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    MOMENT = "moment"
    STATE = "state"
    LINK = "link"


class Sort(StrEnum):
    """What a filter asks for."""

    CHOICE = "choice"
    TEXT = "text"
    DAYS = "days"


class Filter(msgspec.Struct, frozen=True):
    """One filter. As part of a column it has the column's name, label and field."""

    kind: Sort
    name: str = ""
    label: Words = ""
    options: Options | Callable[[Here], Options] = ()
    """Of a choice: value and words."""
    hint: Words = ""
    field: str = ""
    """The column of the database, by Django's path."""
    where: Callable[[Any], Q] | None = None
    """What it asks of the database, where that is more than its field."""
    test: Callable[[Here, Any, Any], bool] | None = None
    """What it asks of a row of a list (here, row, what is asked for), where that is more than the column's value."""
    value: Callable[[Here, Any], Any] | None = None
    """What it looks at in a row of a list; left out, what the column holds."""

    def chosen_from(self, here: Here) -> tuple[tuple[str, str], ...]:
        found = self.options(here) if callable(self.options) else self.options
        return tuple((value, str(words)) for value, words in found)


def choice(options: Options | Callable[[Here], Options], **more: Any) -> Filter:
    """One of some values."""
    return Filter(Sort.CHOICE, options=options, **more)


def text(**more: Any) -> Filter:
    """A part of what it says, whether in capitals or not."""
    return Filter(Sort.TEXT, **more)


def days(**more: Any) -> Filter:
    """A range of days, both included, either left open; of moments, by the clock of the Book's calendar."""
    return Filter(Sort.DAYS, **more)


class Days(msgspec.Struct, frozen=True):
    """A range of days, both included."""

    since: dt.date | None = None
    until: dt.date | None = None

    def __contains__(self, day: object) -> bool:
        assert isinstance(day, dt.date)
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )


class Column(msgspec.Struct, frozen=True):
    """One column. The first of a table names its rows.

    `value` gives what a row holds, for the page, for the export and for sorting lists; left out, the attribute `field`
    (or `name`) of the row. `href` makes it a link. `cell` is a template of its own, given `row` and `value`.
    """

    name: str
    label: Words
    kind: Kind = Kind.TEXT
    sortable: bool = False
    filter: Filter | None = None
    field: str = ""
    value: Callable[[Here, Any], Any] | None = None
    href: Callable[[Here, Any], str] | None = None
    cell: str = ""
    states: Callable[[Any], State] | None = None
    """Of a state: its words, colour and icon. Left out, those that `states.state` knows by name."""

    @property
    def path(self) -> str:
        """The column of the database behind it."""
        return self.field or self.name

    def of(self, here: Here, row: Any) -> Any:
        """What a row holds."""
        if self.value is not None:
            return self.value(here, row)
        for part in self.path.split("__"):
            row = row.get(part) if isinstance(row, dict) else getattr(row, part, None)
        return row
