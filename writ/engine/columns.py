"""Many requests as columns: each distinct value once, and numpy codes that point to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from writ.engine.request import Request

Codes = npt.NDArray[np.int32]
AT, ACTOR, PERSON, NUMBER = "@at", "@actor", "@person", "@number"
"""Columns of what is not a fact; no attribute has such a name."""
FIXED = (ACTOR, "@act", "@thing", "@about", "@against", AT, "@known", PERSON, NUMBER)


class Column:
    """One column. Code 0 is "not stated" (for what is not a fact: empty)."""

    def __init__(self, empty: Any = None) -> None:
        self.values: list[Any] = [empty]
        self.codes: Codes = np.zeros(0, np.int32)
        self._known: dict[Hashable, int] = {identity(empty): 0}

    def code(self, value: Any) -> int:
        """The code of a value, a new one where it has none."""
        key = value if type(value) is str else identity(value)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = len(self.values)
            self.values.append(value)
        return found


def identity(value: Any) -> Hashable:
    """What tells a value from others: 1 from yes, and a moment from the same one elsewhere."""
    if isinstance(value, dt.datetime):
        return (value, value.utcoffset())
    if isinstance(value, tuple) or not isinstance(value, Hashable):
        return (type(value), repr(value))
    return (type(value), value)


class Batch:
    """Requests without history as columns; the others (`apart`) as they are, by their place."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.columns: dict[str, Column] = {}
        self.apart: dict[int, Request] = {}

    def column(self, name: str) -> Column | None:
        return self.columns.get(name)

    def request(self, row: int) -> Request:
        """The request of a row."""
        if row in self.apart:
            return self.apart[row]
        given = {name: self._value(name, row) for name in FIXED}
        facts = {
            name: column.values[column.codes[row]]
            for name, column in self.columns.items()
            if name[0] != "@" and column.codes[row]
        }
        return Request(
            given[ACTOR],
            given["@act"],
            given[AT],
            facts,
            given["@thing"],
            given["@about"],
            given["@against"],
            given[PERSON],
            given[NUMBER],
            known_at=given["@known"],
        )

    def _value(self, name: str, row: int) -> Any:
        column = self.columns[name]
        return column.values[column.codes[row]]


def empty_of(name: str) -> Any:
    if name in (AT, "@known"):
        return None
    return 0 if name == NUMBER else "" if name[0] == "@" else None


def encode(requests: Sequence[Request]) -> Batch:
    """Requests as columns."""
    batch = Batch(len(requests))
    columns = {name: Column(empty_of(name)) for name in FIXED}
    fixed: dict[str, list[int]] = {name: [] for name in FIXED}
    facts: dict[str, tuple[list[int], list[int]]] = {}
    for row, request in enumerate(requests):
        past = request.done or request.states or request.delegations
        if past or request.omit or request.acting or request.recorded:
            batch.apart[row] = request
        for name, value in zip(
            FIXED,
            (
                request.actor,
                request.act,
                request.thing,
                request.about,
                request.against,
                request.at,
                request.known_at,
                request.person,
                request.number,
            ),
            strict=True,
        ):
            fixed[name].append(columns[name].code(value))
        for slot, stated in request.facts.items():
            if slot not in facts:
                facts[slot] = ([], [])
                columns[slot] = Column()
            rows, codes = facts[slot]
            rows.append(row)
            codes.append(columns[slot].code(stated))
    for name in FIXED:
        columns[name].codes = np.array(fixed[name], np.int32)
    for slot, (rows, codes) in facts.items():
        columns[slot].codes = np.zeros(len(requests), np.int32)
        columns[slot].codes[np.array(rows, np.int64)] = codes
    batch.columns = columns
    return batch


def from_columns(
    actor: Iterable[str],
    act: Iterable[str],
    at: Iterable[dt.date],
    facts: Mapping[str, Iterable[Any]],
    **more: Iterable[Any],
) -> Batch:
    """Requests given as columns of equal length; None is "not stated". `more`: thing, about, against, person, number,
    known.

    Raises:
        ValueError: the columns are not of one length, or a name is not that of a column.
    """
    given: dict[str, list[Any]] = {ACTOR: list(actor), "@act": list(act), AT: list(at)}
    given |= {f"@{name}": list(values) for name, values in more.items()}
    unknown = set(given) - set(FIXED)
    if unknown:
        raise ValueError(f"no such column: {', '.join(sorted(unknown))}")
    given |= {slot: list(values) for slot, values in facts.items()}
    count = len(given[ACTOR])
    for name, values in given.items():
        if len(values) != count:
            raise ValueError(f"the column {name} has {len(values)} rows, not {count}")
    batch = Batch(count)
    for name in dict.fromkeys([*FIXED, *given]):
        column = batch.columns[name] = Column(empty_of(name))
        empty = column.values[0]
        codes = [column.code(empty if v is None else v) for v in given.get(name, [None] * count)]
        column.codes = np.array(codes, np.int32)
    return batch
