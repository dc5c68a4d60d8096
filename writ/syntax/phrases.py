"""The phrases of a tree: expressions, bearers and conditions as they were written.

Every node carries `span`, a packed range (see `writ.diagnostics.pack`). Nodes are frozen and free of the garbage
collector, because a large book has half a million of them.
"""

from __future__ import annotations

import msgspec


class Node(msgspec.Struct, frozen=True, gc=False, array_like=True, tag_field="node"):
    """Common base; subclasses end with `span`."""


# --- expressions


class Name(Node, frozen=True, tag="name"):
    """`level`, `information.level`, or a value of a kind: only the linker knows which."""

    text: str
    span: int = 0


class Number(Node, frozen=True, tag="number"):
    value: int | float
    span: int = 0


class Text(Node, frozen=True, tag="text"):
    value: str
    span: int = 0


class Truth(Node, frozen=True, tag="truth"):
    value: bool
    span: int = 0


class Date(Node, frozen=True, tag="date"):
    """A day or a moment, in ISO 8601 as written (the parser has checked that it exists)."""

    value: str
    span: int = 0


class Duration(Node, frozen=True, tag="duration"):
    """`unit` is plural: hours, days, working days, sitting days, weeks, months, years, calendar months,
    calendar years; `of` the sitting body."""

    amount: int
    unit: str
    of: str = ""
    span: int = 0


class Now(Node, frozen=True, tag="now"):
    span: int = 0


class Arithmetic(Node, frozen=True, tag="arithmetic"):
    """`op` is `+` or `-`."""

    op: str
    left: Expr
    right: Expr
    span: int = 0


class Select(Node, frozen=True, tag="select"):
    """`earlier of (…)` or `later of (…)`; `which` is `earlier` or `later`."""

    which: str
    items: tuple[Expr, ...]
    span: int = 0


class StateTime(Node, frozen=True, tag="state-time"):
    """`start of STATE` or `end of STATE`."""

    which: str
    state: str
    span: int = 0


class TimeOf(Node, frozen=True, tag="time-of"):
    """`time of ACT` or `time of EVENT`, the last; `first time of …`."""

    name: str
    span: int = 0
    first: bool = False


class PeriodBound(Node, frozen=True, tag="period-bound"):
    """`start of year (…)`, `end of month (…)`."""

    which: str
    unit: str
    of: Expr
    span: int = 0


class DaysBetween(Node, frozen=True, tag="days-between"):
    """`days from A to B`."""

    start: Expr
    end: Expr
    span: int = 0


class CountOf(Node, frozen=True, tag="count-of"):
    path: Name
    span: int = 0


Expr = (
    Name
    | Number
    | Text
    | Truth
    | Date
    | Duration
    | Now
    | Arithmetic
    | Select
    | StateTime
    | TimeOf
    | PeriodBound
    | DaysBetween
    | CountOf
)


# --- who


class Actor(Node, frozen=True, tag="actor"):
    """One member of a bearer: `name`, or `at least NUMBER of name`."""

    name: str
    number: int = 0
    span: int = 0


class Bearer(Node, frozen=True, tag="bearer"):
    """`mode` is `any` (a list with commas), `each` (`each of …`) or `none` (`no one`).

    `anyone` is an ordinary name. For `no one except B`, `mode` is `none` and `excepted` is B.
    """

    mode: str
    actors: tuple[Actor, ...]
    excepted: tuple[Actor, ...] = ()
    span: int = 0


# --- conditions


class Compare(Node, frozen=True, tag="compare"):
    """`op`: is, is not, at least, at most, above, below, before, after, on or before, on or after,
    includes, within, shares with. A negated form other than `is not` is wrapped in `Not`."""

    op: str
    left: Expr
    right: Expr
    span: int = 0


class Member(Node, frozen=True, tag="member"):
    """`EXPR in {…}` (`items`) or `EXPR in PATH` (`path`)."""

    item: Expr
    items: tuple[Expr, ...]
    path: Name | None = None
    span: int = 0


class Stated(Node, frozen=True, tag="stated"):
    path: Name
    span: int = 0


class InEffect(Node, frozen=True, tag="in-effect"):
    state: str
    span: int = 0


class Done(Node, frozen=True, tag="done"):
    """`ACT done [by …] [since …]`; `by_actor` for `by the actor`."""

    act: str
    by: Bearer | None = None
    by_actor: bool = False
    since: Expr | None = None
    span: int = 0


class Happened(Node, frozen=True, tag="happened"):
    event: str
    since: Expr | None = None
    span: int = 0


class ActorIs(Node, frozen=True, tag="actor-is"):
    """`actor is PATH` (the person) or `actor is OFFICE`."""

    target: Name
    span: int = 0


class Not(Node, frozen=True, tag="not"):
    """`not C`, and the negated forms (`is not stated`, `not in`, `not done`, `not in effect` …)."""

    of: Condition
    span: int = 0


class All(Node, frozen=True, tag="all"):
    """A conjunction; also `all of (…)`."""

    items: tuple[Condition, ...]
    span: int = 0


class Any(Node, frozen=True, tag="any"):
    """A disjunction; also `any of (…)`."""

    items: tuple[Condition, ...]
    span: int = 0


class Counted(Node, frozen=True, tag="counted"):
    """`at least N of (…)` or `exactly N of (…)`; `mode` is `at least` or `exactly`."""

    mode: str
    number: int
    items: tuple[Condition, ...]
    span: int = 0


class Quantified(Node, frozen=True, tag="quantified"):
    """`every / some / no / at least N NAME in PATH satisfies (…)`; `mode` is every, some, no, at least."""

    mode: str
    number: int
    variable: str
    path: Name
    body: Condition
    span: int = 0


Condition = (
    Name
    | Truth
    | Compare
    | Member
    | Stated
    | InEffect
    | Done
    | Happened
    | ActorIs
    | Not
    | All
    | Any
    | Counted
    | Quantified
)
