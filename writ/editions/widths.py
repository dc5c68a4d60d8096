"""Which of two scopes, requirements or periods is the narrower, by their form alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from writ.book import dates
from writ.book.model import StepTerm, Vocabulary
from writ.book.terms import (
    Arithmetic,
    Condition,
    Const,
    DateConst,
    Expr,
    Period,
)
from writ.editions.canonical import bearer, conjuncts, plain
from writ.engine.scope import bearer_includes, implies
from writ.syntax.tree import Bearer

T = TypeVar("T")
Covers = Callable[[Vocabulary, T, T], bool]
"""Whether the first scope includes the second, in a vocabulary."""

MOST = 20
"""Among so many conditions that came is one looked for that is like one that went."""

SAME, NARROWER, WIDER, OTHER = "", "narrower", "wider", "other"


class Widths:
    """Compares the parts of two norms with the words of both editions.

    A name may be declared in one edition only, and its place in a hierarchy may have changed. What either vocabulary
    shows holds; where they contradict each other, nothing is said.
    """

    def __init__(self, old: Vocabulary, new: Vocabulary) -> None:
        self._vocabularies = (old,) if old is new or old == new else (old, new)

    def relation(self, covers: Covers[T], old: T, new: T) -> str:
        """How the new scope relates to the old one."""
        found = {self._relation(covers, words, old, new) for words in self._vocabularies}
        decided = found & {NARROWER, WIDER}
        if len(decided) == 1:
            return decided.pop()
        return SAME if found == {SAME} else OTHER

    @staticmethod
    def _relation(covers: Covers[T], words: Vocabulary, old: T, new: T) -> str:
        narrower, wider = covers(words, old, new), covers(words, new, old)
        if narrower and wider:
            return SAME
        return NARROWER if narrower else WIDER if wider else OTHER

    def couples(
        self, covers: Covers[tuple[T, ...]], old: Sequence[T], new: Sequence[T]
    ) -> Iterator[tuple[str, tuple[T, ...], tuple[T, ...]]]:
        """What went and what came in its place, where the whole is neither narrower nor wider: item by item."""
        come = list(new)
        gone: list[T] = []
        for item in old:
            for other in come[:MOST]:
                how = self.relation(covers, (item,), (other,))
                if how != OTHER:
                    come.remove(other)
                    if how:
                        yield how, (item,), (other,)
                    break
            else:
                gone.append(item)
        if gone or come:
            yield OTHER if gone and come else WIDER if gone else NARROWER, tuple(gone), tuple(come)

    def bearers(self, old: Bearer, new: Bearer) -> str:
        """Of who is bound, or to whom something is done."""
        if bearer(old) == bearer(new):
            return SAME
        if old.mode != new.mode and "each" in (old.mode, new.mode):
            return OTHER
        return self.relation(bearer_includes, old, new)

    def acts(self, old: str, new: str) -> str:
        """Of an act, which includes the narrower ones."""
        return self.relation(_act_covers, old, new)

    def things(self, old: str, new: str) -> str:
        """Of the thing that narrows an act; none is every thing."""
        return self.relation(_thing_covers, old, new)

    def conditions(
        self, old: Iterable[Condition], new: Iterable[Condition]
    ) -> Iterator[tuple[str, tuple[Condition, ...], tuple[Condition, ...]]]:
        """What must all hold: how it changed, what went and what came, as it was written."""
        return self._each(_conjuncts_cover, conjuncts(old), conjuncts(new))

    def steps(
        self, old: Iterable[StepTerm], new: Iterable[StepTerm]
    ) -> Iterator[tuple[str, tuple[StepTerm, ...], tuple[StepTerm, ...]]]:
        """The same of the acts that must all have been done before."""
        before, after = {plain(one): one for one in old}, {plain(one): one for one in new}
        return self._each(_steps_cover, before, after)

    def _each(
        self, covers: Covers[tuple[T, ...]], old: Mapping[T, T], new: Mapping[T, T]
    ) -> Iterator[tuple[str, tuple[T, ...], tuple[T, ...]]]:
        how = self.relation(covers, tuple(old), tuple(new))
        if how == SAME:
            return
        gone = [form for form in old if form not in new]
        come = [form for form in new if form not in old]
        parts = self.couples(covers, gone, come) if how == OTHER else [(how, gone, come)]
        for how, went, came in parts:
            yield how, tuple([old[form] for form in went]), tuple([new[form] for form in came])


def subsets(old: Iterable[object], new: Iterable[object]) -> str:
    """How a set relates to the old one."""
    before, after = set(old), set(new)
    if before == after:
        return SAME
    return NARROWER if after < before else WIDER if before < after else OTHER


def _act_covers(words: Vocabulary, wide: str, narrow: str) -> bool:
    return wide == narrow or wide in words.act_up.get(narrow, ())


def _thing_covers(words: Vocabulary, wide: str, narrow: str) -> bool:
    return not wide or wide == narrow or wide in words.thing_up.get(narrow, ())


def _conjuncts_cover(
    words: Vocabulary, wide: tuple[Condition, ...], narrow: tuple[Condition, ...]
) -> bool:
    return all(any(implies(words, n, w) for n in narrow) for w in wide)


def _steps_cover(
    words: Vocabulary, wide: tuple[StepTerm, ...], narrow: tuple[StepTerm, ...]
) -> bool:
    return all(any(_step_covers(words, w, n) for n in narrow) for w in wide)


def _step_covers(words: Vocabulary, wide: StepTerm, narrow: StepTerm) -> bool:
    """Whether the narrower step, once done, is the wider one done."""
    if not _act_covers(words, wide.act, narrow.act):
        return False
    if wide.by is not None and wide.by != narrow.by:
        if narrow.by is None or "each" in (wide.by.mode, narrow.by.mode):
            return False
        if not bearer_includes(words, wide.by, narrow.by):
            return False
    if wide.within is None or wide.within == narrow.within:
        return True
    return narrow.within is not None and periods(wide.within, narrow.within) == "shorter"


_DAYS = {
    "days": (1, 1),
    "weeks": (7, 7),
    "months": (28, 31),
    "calendar months": (28, 61),
    "years": (365, 366),
    "calendar years": (365, 731),
}
"""The least and the most days of one; a calendar month or year runs on to the end of the one reached."""


def periods(old: Period | None, new: Period | None) -> str:
    """shorter, longer, other, or empty for the same; none is without end."""
    if old == new:
        return SAME
    if old is None or new is None:
        return "shorter" if old is None else "longer"
    if (old.unit, old.of) == (new.unit, new.of):
        return "shorter" if new.amount < old.amount else "longer"
    before, after = _DAYS.get(old.unit), _DAYS.get(new.unit)
    if before is None or after is None:
        return OTHER
    if after[1] * new.amount < before[0] * old.amount:
        return "shorter"
    return "longer" if after[0] * new.amount > before[1] * old.amount else OTHER


def times(old: Expr | None, new: Expr | None) -> str:
    """sooner, later, other, or empty for the same; none is never."""
    if plain(old) == plain(new):
        return SAME
    if old is None or new is None:
        return "sooner" if old is None else "later"
    if isinstance(old, DateConst) and isinstance(new, DateConst):
        return _earlier(dates.parse(old.value), dates.parse(new.value))
    return _offset(old, new)


def _earlier(old: dt.date, new: dt.date) -> str:
    """Two moments compare exactly, a day and another by the day."""
    if isinstance(old, dt.datetime) and isinstance(new, dt.datetime):
        return "sooner" if new < old else "later"
    before, after = dates.day_of(old), dates.day_of(new)
    return OTHER if before == after else "sooner" if after < before else "later"


def _offset(old: Expr, new: Expr) -> str:
    """Two dates counted from the same one."""
    from_old, by_old = _parts(old)
    from_new, by_new = _parts(new)
    if from_old != from_new or OTHER in (by_old[0], by_new[0]):
        return OTHER
    signs = by_old[0], by_new[0]
    if signs == ("+", "+"):
        length = periods(by_old[1], by_new[1])
        return {"shorter": "sooner", "longer": "later"}.get(length, OTHER)
    if signs == ("-", "-"):
        length = periods(by_old[1], by_new[1])
        return {"shorter": "later", "longer": "sooner"}.get(length, OTHER)
    return "sooner" if signs in (("+", "-"), ("", "-"), ("+", "")) else "later"


def _parts(item: Expr) -> tuple[Expr, tuple[str, Period]]:
    """A date, and the period by which the expression is after or before it."""
    if isinstance(item, Arithmetic) and isinstance(item.right, Period):
        return plain(item.left), (item.op, item.right)
    if isinstance(item, Arithmetic | Const | Period):
        return item, (OTHER, Period(0, "days"))
    return plain(item), ("", Period(0, "days"))
