"""What the address of a page asks of a table: order, filters, page and form. The address is all there is to share."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import msgspec
from django.http import QueryDict
from django.utils.translation import gettext as _

from ministry.console.components.columns import Column, Days, Filter, Sort
from ministry.console.fields import Field

if TYPE_CHECKING:
    from ministry.console.components.table import Table
    from ministry.console.here import Here

LONGEST = 200
"""Characters of a value in the address."""
YEARS = range(1000, 3000)
"""Of a day that is looked for: a moment in every zone."""


class Chip(msgspec.Struct, frozen=True):
    """A filter that is on: what it says, and the address of the page without it."""

    label: str
    words: str
    href: str


class Asked(msgspec.Struct):
    """What is asked of a table. `given` has what the filters look for; `general` what is wrong with no field."""

    table: Table
    query: QueryDict
    filters: tuple[Filter, ...]
    fields: list[Field] = []
    given: dict[str, Any] = {}
    sort: Column | None = None
    down: bool = False
    after: str = ""
    before: str = ""
    form: str = ""
    general: list[str] = []

    @property
    def wrong(self) -> bool:
        return bool(self.general) or any(field.error for field in self.fields)

    def called(self, name: str) -> str:
        """How a parameter is called in the address."""
        return f"{self.table.prefix}.{name}" if self.table.prefix else name

    def get(self, name: str) -> str:
        return (self.query.get(self.called(name)) or "").strip()

    def without(self, *names: str, **instead: str) -> str:
        """The address with these parameters left out, or others in their place; always from the first page."""
        query = self.query.copy()
        for name in (*names, "after", "before", "as"):
            query.pop(self.called(name), None)
        for name, value in instead.items():
            query[self.called({"as_": "as"}.get(name, name))] = value
        for name in [one for one in query if not query[one]]:
            del query[name]
        return f"?{query.urlencode()}"

    def sorted_by(self, column: Column) -> str:
        """The address of the same in the order of a column, or in the other direction where that is the order."""
        down = self.sort is column and not self.down
        return self.without(sort=f"-{column.name}" if down else column.name)

    @property
    def plain(self) -> str:
        """The address without filters."""
        return self.without(*(name for one in self.filters for name in parameters(one)))

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What a form of filters must keep of the address: its hidden fields."""
        mine = {self.called(name) for one in self.filters for name in parameters(one)}
        mine |= {self.called(name) for name in ("after", "before", "as")}
        return [
            (name, value)
            for name, values in self.query.lists()
            for value in values
            if name not in mine and value
        ]

    @property
    def chips(self) -> list[Chip]:
        """The filters that are on."""
        found = []
        for one, fields in self._by_filter():
            if one.name not in self.given:
                continue
            if one.kind == Sort.DAYS:
                value = self.given[one.name]
                words = " – ".join(
                    day.isoformat() if day else "…" for day in (value.since, value.until)
                )
            else:
                words = dict(fields[0].options).get(fields[0].value, fields[0].value)
            found.append(Chip(str(one.label), words, self.without(*parameters(one))))
        return found

    def _by_filter(self) -> list[tuple[Filter, list[Field]]]:
        fields = iter(self.fields)
        return [(one, [next(fields) for _ in parameters(one)]) for one in self.filters]

    def read(self, here: Here) -> None:
        """Read the filters."""
        for one in self.filters:
            fields = _fields(self, one, here)
            self.fields += fields
            value = _value(one, fields)
            if value is not None:
                self.given[one.name] = value


def parameters(one: Filter) -> tuple[str, ...]:
    """The names of a filter in the address."""
    return (f"{one.name}-from", f"{one.name}-to") if one.kind == Sort.DAYS else (one.name,)


def asked(table: Table, query: QueryDict, here: Here) -> Asked:
    """What an address asks of a table. What is wrong with it is said in words, and nothing is guessed."""
    found = Asked(table, query, table.every_filter)
    found.read(here)
    said = found.get("sort") or table.order
    name, found.down = said.removeprefix("-"), said.startswith("-")
    found.sort = next((one for one in table.columns if one.sortable and one.name == name), None)
    if found.sort is None and said:
        found.general.append(_("There is no column “%(name)s” to sort by.") % {"name": name[:40]})
    found.after, found.before, found.form = (found.get(one) for one in ("after", "before", "as"))
    if found.form not in ("", "csv", "json"):
        found.general.append(_("A table is exported as CSV or as JSON, and not otherwise."))
    if any("\0" in value or len(value) > LONGEST for value in (found.after, found.before)):
        found.general.append(_("The address does not say from which row to go on."))
        found.after = found.before = ""
    return found


def _fields(found: Asked, one: Filter, here: Here) -> list[Field]:
    label, hint = str(one.label), str(one.hint)
    typed = [found.get(name) for name in parameters(one)]
    names = [found.called(name) for name in parameters(one)]
    if one.kind == Sort.DAYS:
        labels = (_("%(what)s from") % {"what": label}, _("%(what)s to") % {"what": label})
        return [
            Field(name, words, "date", value=value)
            for name, words, value in zip(names, labels, typed, strict=True)
        ]
    if one.kind == Sort.CHOICE:
        options = (("", _("any")), *one.chosen_from(here))
        return [Field(names[0], label, "select", hint, typed[0], options=options)]
    return [Field(names[0], label, "text", hint, typed[0])]


def _value(one: Filter, fields: list[Field]) -> Any:
    """What a filter looks for; None where it looks for nothing, or what was typed is wrong."""
    for field in fields:
        if len(field.value) > LONGEST or "\0" in field.value:
            field.error = _("This cannot be looked for")
            field.value = field.value.replace("\0", "")[:LONGEST]
    if any(field.error for field in fields) or not any(field.value for field in fields):
        return None
    if one.kind == Sort.TEXT:
        return fields[0].value
    if one.kind == Sort.CHOICE:
        if fields[0].value not in dict(fields[0].options):
            fields[0].error = _("Choose one of the list")
            return None
        return fields[0].value
    ends: list[dt.date | None] = []
    for field in fields:
        try:
            ends.append(dt.date.fromisoformat(field.value) if field.value else None)
        except ValueError:
            field.error, field.help = _("This is not a day"), _("write it as 2026-11-23")
    for field, end in zip(fields, ends, strict=False):
        if end is not None and end.year not in YEARS:
            field.error = _("This year is too far away")
    if any(field.error for field in fields):
        return None
    since, until = ends
    if since and until and until < since:
        fields[1].error = _("It ends before it begins")
        return None
    return Days(since, until)
