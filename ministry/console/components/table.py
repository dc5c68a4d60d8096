"""Tables: declared once, shown by the address of the page, exported as they are shown.

    PEOPLE = Table("people", (Column("name", _("Name"), sortable=True), …), counted=ngettext_lazy(…))

    shown = PEOPLE.shown(here(request), Person.objects.seen_by(found.reader))
    return shown.file or doors.page(request, "people", {"table": shown}, shown.status)

and in the template `{% load components %}{% table table %}`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any

import msgspec
from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from ministry.console.components.asked import Asked, asked
from ministry.console.components.columns import Column, Filter, Words
from ministry.console.components.rows import COUNTED, Page, Rows, rows_of
from ministry.console.fields import Field, Wrong, wrongs
from ministry.console.here import Here
from ministry.labels.models import Labelled

SIZE = 50
"""Rows of a page."""


class Table(msgspec.Struct, frozen=True):
    """A table as it is declared.

    Rows are a query, or a list. Of a model that may be marked the query must come from `seen_by`: every row that is
    shown or exported is then passed through `here.shown` first, which records what is read on the record alone.
    """

    name: str
    columns: tuple[Column, ...]
    order: str = ""
    """The column to sort by where nobody asks otherwise, with `-` before it for the other direction."""
    filters: tuple[Filter, ...] = ()
    """Filters that belong to no column."""
    caption: Words = ""
    """What it is a table of, for whoever hears it."""
    counted: Any = ngettext_lazy("%d row", "%d rows")
    none: Words = gettext_lazy("Nothing is here yet.")
    """What is said where there are no rows at all."""
    size: int = SIZE
    key: str = "pk"
    """Of a list: the attribute that tells its rows apart."""
    prefix: str = ""
    """Before the names of its parameters, where a page has several tables."""
    prepare: Callable[[Here, list[Any]], Iterable[Any]] | None = None
    """What is read besides for the rows of a page, at once: gives the rows as cells are given them, in their order.
    Rows of a list are sorted and filtered as they were before."""
    wide: bool = False
    """On a narrow screen it is scrolled, where otherwise each row becomes a card."""
    exports: bool = True

    @property
    def every_filter(self) -> tuple[Filter, ...]:
        """The filters: those of no column, then those of the columns."""
        return (*self.filters, *(_of_column(one) for one in self.columns if one.filter is not None))

    def column(self, name: str) -> Column | None:
        return next((one for one in self.columns if one.name == name), None)

    def shown(self, here: Here, rows: QuerySet[Any] | Sequence[Any]) -> Shown:
        """The table as the address of the page asks for it.

        It is read now, and not while the page is written: the head of a page says how all of it is marked.

        Raises:
            Refused: what may be read on the record alone was open a moment ago, and is not now.
        """
        found = Shown(self, here, rows)
        if found.file is None:
            found.read()
        return found


def _of_column(column: Column) -> Filter:
    assert column.filter is not None
    return msgspec.structs.replace(
        column.filter,
        name=column.filter.name or column.name,
        label=column.filter.label or column.label,
        field=column.filter.field or column.path,
        value=column.filter.value or column.of,
    )


class Shown:
    """A table on a page."""

    def __init__(self, table: Table, here: Here, rows: QuerySet[Any] | Sequence[Any]) -> None:
        self.table, self.here, self.every = table, here, rows
        self.asked: Asked = asked(table, here.request.GET, here)

    def read(self) -> None:
        """Read all that the page says."""
        if not self.rows and self.asked.given and not self.asked.wrong:
            _ = self.nothing_at_all
        _ = self.count

    @property
    def status(self) -> int:
        return 400 if self.asked.wrong else 200

    @property
    def wrongs(self) -> list[Wrong]:
        return wrongs(self.asked.fields, (Wrong(one) for one in self.asked.general))

    @property
    def fields(self) -> list[Field]:
        return self.asked.fields

    @cached_property
    def rows_asked(self) -> Rows:
        return rows_of(self.asked, self.here, self.every)

    @cached_property
    def page(self) -> Page:
        """The rows of this page: none where what is asked for is wrong."""
        if self.asked.wrong:
            return Page([])
        return self.rows_asked.page(self.table.size, self.asked.after, self.asked.before)

    @cached_property
    def rows(self) -> list[tuple[Any, list[Cell]]]:
        """The rows with their cells."""
        return [
            (row, [Cell(column, column.of(self.here, row)) for column in self.table.columns])
            for row in self.prepared(self.page.rows)
        ]

    def prepared(self, rows: list[Any]) -> list[Any]:
        """Rows as cells are given them, once it is on the record that those are read which are read only so."""
        if any(isinstance(row, Labelled) for row in rows):
            rows = self.here.shown(rows)
        return list(self.table.prepare(self.here, rows)) if self.table.prepare else rows

    @cached_property
    def count(self) -> int:
        if self.asked.wrong:
            return 0
        whole = not (self.asked.after or self.asked.before or self.page.later)
        return len(self.page.rows) if whole else self.rows_asked.count()

    @property
    def said(self) -> str:
        """How many rows fit."""
        if self.count > COUNTED:
            return _("More than %(many)s") % {"many": str(self.table.counted % COUNTED)}
        return str(self.table.counted % self.count)

    @cached_property
    def nothing_at_all(self) -> bool:
        """Whether there are no rows, whatever the filters."""
        return not self.asked.given or not self.rows_asked.any()

    @property
    def earlier(self) -> str:
        if not self.page.earlier or not self.page.rows:
            return ""
        return self.asked.without(before=self.rows_asked.key(self.page.rows[0]))

    @property
    def later(self) -> str:
        if not self.page.later or not self.page.rows:
            return ""
        return self.asked.without(after=self.rows_asked.key(self.page.rows[-1]))

    @property
    def first(self) -> str:
        return self.asked.without() if self.page.earlier else ""

    @property
    def heads(self) -> list[Head]:
        return [Head(one, self.asked) for one in self.table.columns]

    @property
    def exports(self) -> list[tuple[str, str]]:
        """The addresses of what is shown as a file."""
        if not self.table.exports or not self.count:
            return []
        return [(one.upper(), self.asked.without(as_=one)) for one in ("csv", "json")]

    @property
    def bounded(self) -> int:
        """How many rows an export has, where there are more; 0 where it has all."""
        return COUNTED if self.count > COUNTED else 0

    @cached_property
    def file(self) -> HttpResponseBase | None:
        """What is filtered and sorted as a file, where the address asks for one."""
        from ministry.console.components.export import exported

        if not self.asked.form or self.asked.wrong or not self.table.exports:
            return None
        return exported(self)


class Cell(msgspec.Struct, frozen=True):
    """What one row holds in one column."""

    column: Column
    value: Any


class Head(msgspec.Struct, frozen=True):
    """The head of a column."""

    column: Column
    asked: Asked

    @property
    def href(self) -> str:
        return self.asked.sorted_by(self.column) if self.column.sortable else ""

    @property
    def sorted(self) -> str:
        """What `aria-sort` says."""
        if self.asked.sort is not self.column:
            return ""
        return "descending" if self.asked.down else "ascending"
