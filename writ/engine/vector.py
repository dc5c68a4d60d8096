"""The truth of conditions for many requests at once.

False, unknown and true are 0, 1 and 2, so that a conjunction is a minimum. A condition is asked once for each
combination of the values that it depends on, and the answers are spread over the rows: what it means stays in one place
(`closures`).
"""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from writ.book import terms
from writ.book.model import Book, Calendar
from writ.book.terms import Attr, Compare, Const
from writ.engine.asked import Paper
from writ.engine.closures import Test
from writ.engine.columns import ACTOR, AT, PERSON, Batch, Column
from writ.engine.request import Request
from writ.engine.truth import Truth

Truths = npt.NDArray[np.uint8]
Rows = npt.NDArray[np.int64]
FALSE, UNKNOWN, TRUE = 0, 1, 2
SMALL = 4_096
"""So many combinations of two values are asked in advance, whichever occur."""
SOME_DAY = dt.date(2000, 1, 1)


class Question(msgspec.Struct):
    """A condition with its closure, and the columns that its truth depends on where there is no history."""

    condition: terms.Condition
    test: Test
    calendar: Calendar | None
    columns: tuple[str, ...]


def question(condition: terms.Condition, test: Test, calendar: Calendar | None) -> Question:
    names: set[str] = set()
    for term in terms.walk(condition):
        match term:
            case Attr(space="fact", name=name):
                names.add(name)
            case terms.Now():
                names.add(AT)
            case terms.ActorTerm():
                names.add(PERSON)
            case terms.ActorHolds():
                names.add(ACTOR)
    return Question(condition, test, calendar, tuple(sorted(names)))


class Vectors:
    """Answers questions about the rows of one batch."""

    def __init__(self, book: Book, batch: Batch) -> None:
        self.book = book
        self.batch = batch
        self._ready: dict[int, tuple[list[tuple[str, Column]], Truths | None]] = {}
        self._tables: dict[tuple[Test, int], Truths] = {}
        self._numbers: dict[str, npt.NDArray[np.float64] | None] = {}

    def truths(self, asked: Question, rows: Rows) -> Truths:
        """The truth of a condition for each of the rows."""
        ready = self._ready.get(id(asked))
        if ready is None:
            ready = self._ready[id(asked)] = self._prepare(asked)
        used, table = ready
        if table is not None:
            return (
                table[used[0][1].codes[rows]] if len(used) == 1 else table[self._places(used, rows)]
            )
        if math.prod(len(column.values) for _, column in used) >= 2**62:
            each = [[(name, c.values[c.codes[row]]) for name, c in used] for row in rows]
            return np.array([self._ask(asked, values) for values in each], np.uint8)
        places, inverse = np.unique(self._places(used, rows), return_inverse=True)
        found = [self._ask(asked, values_at(used, int(place))) for place in places]
        return np.array(found, np.uint8)[inverse]

    def _prepare(self, asked: Question) -> tuple[list[tuple[str, Column]], Truths | None]:
        """The columns that a condition depends on, and its truth for each combination if they are few."""
        columns = self.batch.columns
        used = [(name, columns[name]) for name in asked.columns if name in columns]
        size = math.prod(len(column.values) for _, column in used)
        if len(used) == 1 or size <= SMALL:
            return used, self._table(asked, used, size)
        return used, None

    def _places(self, used: list[tuple[str, Column]], rows: Rows) -> Rows:
        """The place of each row's combination of values among all combinations."""
        at = np.zeros(len(rows), np.int64)
        for _, column in used:
            at = at * len(column.values) + column.codes[rows]
        return at

    def _table(self, asked: Question, used: list[tuple[str, Column]], size: int) -> Truths:
        key = (asked.test, id(asked.calendar))
        found = self._tables.get(key)
        if found is None:
            found = self._by_number(asked, used) if size > SMALL else None
            if found is None:
                answers = [self._ask(asked, values_at(used, place)) for place in range(size)]
                found = np.array(answers, np.uint8)
            self._tables[key] = found
        return found

    def _by_number(self, asked: Question, used: list[tuple[str, Column]]) -> Truths | None:
        """A number against a constant, for many distinct numbers."""
        match asked.condition:
            case Compare(
                op=op,
                left=Attr(space="fact", name=name),
                right=Const(value=int() | float() as bound),
            ):
                pass
            case _:
                return None
        numbers = self._floats(name, used[0][1])
        compare = {
            "at least": np.greater_equal,
            "at most": np.less_equal,
            "above": np.greater,
            "below": np.less,
        }.get(op)
        if numbers is None or compare is None:
            return None
        found: Truths = np.where(compare(numbers, bound), TRUE, FALSE).astype(np.uint8)
        found[0] = self._ask(asked, [])
        return found

    def _floats(self, name: str, column: Column) -> npt.NDArray[np.float64] | None:
        if name not in self._numbers:
            exact = all(
                type(v) is float or (type(v) is int and abs(v) < 2**53) for v in column.values[1:]
            )
            self._numbers[name] = np.array([0, *column.values[1:]], np.float64) if exact else None
        return self._numbers[name]

    def _ask(self, asked: Question, values: list[tuple[str, Any]]) -> int:
        given = {name: value for name, value in values if name[0] == "@"}
        facts = {name: value for name, value in values if name[0] != "@" and value is not None}
        request = Request(
            given.get(ACTOR, ""), "", given.get(AT) or SOME_DAY, facts, person=given.get(PERSON, "")
        )
        paper = Paper(self.book, request, lambda _: ())
        truth: Truth = asked.test(facts, paper.asked(asked.calendar))
        return UNKNOWN if truth is None else TRUE if truth else FALSE


def values_at(used: list[tuple[str, Column]], place: int) -> list[tuple[str, Any]]:
    """The combination of values at a place."""
    found = []
    for name, column in reversed(used):
        place, code = divmod(place, len(column.values))
        found.append((name, column.values[code]))
    return found
