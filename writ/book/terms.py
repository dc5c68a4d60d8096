"""Typed, linked expressions and conditions: what a tree's names turned out to mean."""

from __future__ import annotations

import datetime as dt

import msgspec

from writ.syntax.tree import Bearer


class Term(msgspec.Struct, frozen=True, gc=False, array_like=True, tag_field="node"):
    """Common base of expressions and conditions. Equality is structural, which scope comparison relies on."""


class Type(Term, frozen=True):
    """`base`: yes-no, number, text, date, duration, person-id, kind, levels, set, list.

    `of` is the unit of a number, the kind or levels by name, the member kind of a set, the thing of a list.
    """

    base: str
    of: str = ""

    def __str__(self) -> str:
        if self.base in ("kind", "levels"):
            return self.of
        if self.base in ("set", "list"):
            return f"{self.base} of {self.of}"
        return f"number of {self.of}" if self.base == "number" and self.of else self.base


# --- expressions


class Attr(Term, frozen=True, tag="attr"):
    """An attribute. `space` is `fact` (act, thing, actor and plain facts: `name` is the slot, e.g. `actor.trained`),
    `state` (`owner` the state), `grant` (of the delegating act), or `variable` (`owner` the bound name, `name` the
    slot of the thing that it stands for)."""

    space: str
    owner: str
    name: str
    type: Type

    @property
    def bare(self) -> str:
        """The name without its owner."""
        return self.name.rpartition(".")[2]

    @property
    def slot(self) -> str:
        """The key of its declaration among the attributes of the vocabulary."""
        return self.name if self.space in ("fact", "variable") else f"{self.owner}.{self.name}"


class Const(Term, frozen=True, tag="const"):
    """A value: bool, int, float or str (text, a person, or a value of a kind or levels)."""

    value: bool | int | float | str
    type: Type


class DateConst(Term, frozen=True, tag="date-const"):
    """A day, or a moment with its offset, in ISO 8601."""

    value: str


class Period(Term, frozen=True, tag="period"):
    """A length of time. `unit`: hours, days, working days, sitting days, weeks, months, years; `of` whose sittings."""

    amount: int
    unit: str
    of: str = ""

    def __str__(self) -> str:
        unit = self.unit[:-1] if self.amount == 1 else self.unit
        return f"{self.amount} {unit}" + (f" of {self.of}" if self.of else "")


class Now(Term, frozen=True, tag="now"):
    """The time of the request."""


class ActorTerm(Term, frozen=True, tag="actor-term"):
    """The acting person."""


class Arithmetic(Term, frozen=True, tag="arithmetic"):
    op: str
    left: Expr
    right: Expr
    type: Type


class Select(Term, frozen=True, tag="select"):
    """The `earlier` or `later` of those items that are not absent."""

    which: str
    items: tuple[Expr, ...]


class StateTime(Term, frozen=True, tag="state-time"):
    which: str
    state: str


class TimeOf(Term, frozen=True, tag="time-of"):
    """When an act or event last was; or `first` was."""

    name: str
    first: bool = False


class PeriodBound(Term, frozen=True, tag="period-bound"):
    which: str
    unit: str
    of: Expr


class DaysBetween(Term, frozen=True, tag="days-between"):
    start: Expr
    end: Expr


class CountOf(Term, frozen=True, tag="count-of"):
    path: Attr


Expr = (
    Attr
    | Const
    | DateConst
    | Period
    | Now
    | ActorTerm
    | Arithmetic
    | Select
    | StateTime
    | TimeOf
    | PeriodBound
    | DaysBetween
    | CountOf
)


# --- conditions


class Holds(Term, frozen=True, tag="holds"):
    """A yes-no attribute by itself."""

    path: Attr


class Compare(Term, frozen=True, tag="compare"):
    """`op`: is, at least, at most, above, below (numbers, levels, durations), before, after, on or before,
    on or after (dates), includes, within, shares with (sets). `is not` is `Not(Compare("is"))`.
    `kind` is the type compared."""

    op: str
    left: Expr
    right: Expr
    kind: Type


class Member(Term, frozen=True, tag="member"):
    """`item` is one of `items` (constants), or of the set-valued `path`."""

    item: Expr
    items: tuple[Expr, ...]
    path: Attr | None = None


class Stated(Term, frozen=True, tag="stated"):
    path: Attr


class InEffect(Term, frozen=True, tag="in-effect"):
    state: str


class Done(Term, frozen=True, tag="done"):
    act: str
    by: Bearer | None = None
    by_actor: bool = False
    since: Expr | None = None


class Happened(Term, frozen=True, tag="happened"):
    event: str
    since: Expr | None = None


class ActorHolds(Term, frozen=True, tag="actor-holds"):
    """The actor acts in the office `office` (or one that `is` it)."""

    office: str


class Not(Term, frozen=True, tag="not"):
    of: Condition


class All(Term, frozen=True, tag="all"):
    items: tuple[Condition, ...]


class AnyOf(Term, frozen=True, tag="any"):
    items: tuple[Condition, ...]


class Counted(Term, frozen=True, tag="counted"):
    """`mode`: `at least` or `exactly`."""

    mode: str
    number: int
    items: tuple[Condition, ...]


class Quantified(Term, frozen=True, tag="quantified"):
    """`mode`: every, some, no, at least. `path` is list-valued; `body` speaks of `variable`."""

    mode: str
    number: int
    variable: str
    path: Attr
    body: Condition


class Always(Term, frozen=True, tag="always"):
    """A constant condition; the checks report it where it was written."""

    value: bool


Condition = (
    Holds
    | Compare
    | Member
    | Stated
    | InEffect
    | Done
    | Happened
    | ActorHolds
    | Not
    | All
    | AnyOf
    | Counted
    | Quantified
    | Always
)

Value = (
    bool | int | float | str | dt.date | Period | frozenset[str] | tuple[dict[str, "Value"], ...]
)
"""What an attribute may hold at run time. A moment is an aware `datetime`, a day a plain `date`; the members of a list
are mappings by attribute name."""


def walk(term: object) -> list[Term]:
    """Every term beneath and including `term`, without recursion."""
    found: list[Term] = []
    todo: list[object] = [term]
    while todo:
        item = todo.pop()
        if isinstance(item, tuple):
            todo.extend(item)
        elif isinstance(item, Term):
            found.append(item)
            todo.extend(getattr(item, name) for name in item.__struct_fields__)
    return found
