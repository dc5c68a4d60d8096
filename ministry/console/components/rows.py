"""The rows of a table: filtered, sorted and paged in the database, or in a list, with the same result."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, Protocol

import msgspec
from django.core.exceptions import ValidationError
from django.db.models import CharField, F, Q, QuerySet, TextField
from django.db.models.functions import Lower

from ministry.console.components.asked import Asked
from ministry.console.components.columns import Column, Days, Filter, Sort
from ministry.console.here import Here

COUNTED = 10_000
"""Rows are counted up to this number, and exported up to it."""


class Page(msgspec.Struct, frozen=True):
    """Some rows in their order, and whether there are others before and after."""

    rows: list[Any]
    earlier: bool = False
    later: bool = False
    gone: bool = False
    """The row to go on from is not there any more; these are the first ones."""


class Rows(Protocol):
    """Rows that fit what is asked for, in its order: by the sorted column, empty ones last, then by their keys."""

    def count(self) -> int:
        """How many there are; `COUNTED + 1` for more than `COUNTED`."""
        ...

    def any(self) -> bool:
        """Whether there are rows at all, whatever the filters."""
        ...

    def page(self, size: int, after: str = "", before: str = "") -> Page: ...

    def key(self, row: Any) -> str: ...


def rows_of(asked: Asked, here: Here, rows: QuerySet[Any] | Sequence[Any]) -> Rows:
    if isinstance(rows, QuerySet):
        return InDatabase(asked, here, rows)
    return InList(asked, here, rows)


def chunks(rows: Rows, size: int) -> Iterator[list[Any]]:
    """All rows up to `COUNTED`, some at a time."""
    after, left = "", COUNTED
    while left > 0:
        page = rows.page(min(size, left), after)
        if page.gone:
            raise RuntimeError("a row went while the rows after it were read")
        if page.rows:
            yield page.rows
            after, left = rows.key(page.rows[-1]), left - len(page.rows)
        if not page.later:
            return


class InList:
    """Rows of a list. Its order is by the columns' values, words without regard to capitals."""

    def __init__(self, asked: Asked, here: Here, rows: Sequence[Any]) -> None:
        self.asked, self.here, self.every = asked, here, rows
        fits = [
            row
            for row in rows
            if all(self._fits(one, row) for one in asked.filters if one.name in asked.given)
        ]
        fits.sort(key=self.key)
        if asked.sort is not None:
            column = asked.sort
            values = {id(row): comparable(column.of(here, row)) for row in fits}
            empty = [row for row in fits if values[id(row)] is None]
            full = [row for row in fits if values[id(row)] is not None]
            full.sort(key=lambda row: values[id(row)], reverse=asked.down)
            fits = full + empty
        self.fits = fits

    def key(self, row: Any) -> str:
        return str(Column(self.asked.table.key, "").of(self.here, row))

    def count(self) -> int:
        return min(len(self.fits), COUNTED + 1)

    def any(self) -> bool:
        return bool(self.every)

    def page(self, size: int, after: str = "", before: str = "") -> Page:
        keys = [self.key(row) for row in self.fits]
        start, gone = 0, False
        if after or before:
            gone = (after or before) not in keys
            if not gone:
                start = keys.index(after) + 1 if after else max(keys.index(before) - size, 0)
        end = start + size
        return Page(self.fits[start:end], start > 0, end < len(keys), gone)

    def _fits(self, one: Filter, row: Any) -> bool:
        wanted = self.asked.given[one.name]
        if one.test is not None:
            return one.test(self.here, row, wanted)
        column = self.asked.table.column(one.name)
        value: Any
        if one.value is not None or column is None:
            value = (
                one.value(self.here, row)
                if one.value is not None
                else Column(one.field or one.name, "").of(self.here, row)
            )
        else:
            value = column.of(self.here, row)
        if one.kind == Sort.TEXT:
            return wanted.casefold() in ("" if value is None else str(value)).casefold()
        if one.kind == Sort.CHOICE:
            return value is not None and str(value) == wanted
        if isinstance(value, dt.datetime):
            value = value.astimezone(self.here.zone).date()
        return value is not None and value in wanted


def comparable(value: Any) -> Any:
    """A value as it is ordered: words without regard to capitals; None for nothing."""
    if value is None or isinstance(value, int | float | Decimal | dt.date | dt.timedelta):
        return value
    return str(value).casefold()


class InDatabase:
    """Rows of a query. The database filters, orders and pages; a page costs the same wherever it begins."""

    def __init__(self, asked: Asked, here: Here, rows: QuerySet[Any]) -> None:
        self.asked, self.here, self.every = asked, here, rows
        wanted = Q()
        for one in asked.filters:
            if one.name in asked.given:
                wanted &= self._wanted(one, asked.given[one.name])
        self.fits = rows.filter(wanted) if wanted else rows
        self.by = ""
        if asked.sort is not None:
            self.by = asked.sort.path
            if isinstance(self._column(self.by), CharField | TextField):
                self.fits, self.by = self.fits.annotate(_sorted=Lower(self.by)), "_sorted"

    def key(self, row: Any) -> str:
        return str(row.pk)

    def count(self) -> int:
        return self.fits.order_by()[: COUNTED + 1].count()

    def any(self) -> bool:
        return self.every.exists()

    def page(self, size: int, after: str = "", before: str = "") -> Page:
        if not after and not before:
            found = list(self._ordered()[: size + 1])
            return Page(found[:size], later=len(found) > size)
        there = self._there(after or before)
        if there is None:
            found = list(self._ordered()[: size + 1])
            return Page(found[:size], later=len(found) > size, gone=True)
        if after:
            found = list(self._ordered().filter(self._beyond(there))[: size + 1])
            return Page(found[:size], True, len(found) > size)
        back = list(self._ordered(back=True).filter(self._beyond(there, back=True))[: size + 1])
        if len(back) < size:
            return self.page(size)
        return Page(back[:size][::-1], len(back) > size, True)

    def _there(self, key: str) -> tuple[Any, Any] | None:
        """What the row of a key is ordered by; None where it is not among those that fit."""
        try:
            found = self.fits.filter(pk=key).values_list(self.by or "pk", "pk").first()
        except (ValueError, ValidationError):
            return None
        return found

    def _ordered(self, back: bool = False) -> QuerySet[Any]:
        key = F("pk").desc() if back else F("pk").asc()
        if not self.by:
            return self.fits.order_by(key)
        column = F(self.by)
        if back:
            by = column.asc(nulls_first=True) if self.asked.down else column.desc(nulls_first=True)
        else:
            by = column.desc(nulls_last=True) if self.asked.down else column.asc(nulls_last=True)
        return self.fits.order_by(by, key)

    def _beyond(self, there: tuple[Any, Any], back: bool = False) -> Q:
        """The rows after one of them; before it, on the way back."""
        value, key = there
        keys = Q(pk__lt=key) if back else Q(pk__gt=key)
        if not self.by:
            return keys
        empty = Q(**{f"{self.by}__isnull": True})
        if value is None:
            return ~empty | empty & keys if back else empty & keys
        further = "lt" if self.asked.down != back else "gt"
        beyond = Q(**{f"{self.by}__{further}": value}) | Q(**{self.by: value}) & keys
        return beyond if back else beyond | empty

    def _wanted(self, one: Filter, wanted: Any) -> Q:
        if one.where is not None:
            return one.where(wanted)
        column = self.asked.table.column(one.name)
        path = one.field or (column.path if column is not None else one.name)
        if one.kind == Sort.TEXT:
            return Q(**{f"{path}__icontains": wanted})
        if one.kind == Sort.CHOICE:
            return Q(**{path: wanted})
        assert isinstance(wanted, Days)
        if self._column(path).get_internal_type() == "DateField":
            ends: tuple[Any, Any] = (wanted.since, wanted.until)
        else:
            ends = (
                wanted.since and dt.datetime.combine(wanted.since, dt.time.min, self.here.zone),
                wanted.until and dt.datetime.combine(wanted.until, dt.time.max, self.here.zone),
            )
        found = Q()
        for lookup, end in zip(("gte", "lte"), ends, strict=True):
            if end is not None:
                found &= Q(**{f"{path}__{lookup}": end})
        return found

    def _column(self, path: str) -> Any:
        """The field behind a path."""
        if path in self.every.query.annotations:
            return self.every.query.annotations[path].output_field
        model: Any = self.every.model
        *through, last = path.split("__")
        for part in through:
            model = model._meta.get_field(part).related_model
        return model._meta.pk if last == "pk" else model._meta.get_field(last)
