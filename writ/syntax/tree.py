"""The tree of a source file: what was written, before names mean anything.

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
    """`unit` is plural: hours, days, working days, sitting days, weeks, months, years; `of` the sitting body."""

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
    """`time of ACT` or `time of EVENT`."""

    name: str
    span: int = 0


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


# --- clauses


class Ref(Node, frozen=True, tag="ref"):
    """A provision: `instrument` is empty for the same one."""

    label: str
    instrument: str = ""
    span: int = 0


class Step(Node, frozen=True, tag="step"):
    """One item of `after`: `ACT [by BEARER] [within DURATION]`."""

    act: str
    by: Bearer | None = None
    within: Duration | None = None
    span: int = 0


class Trigger(Node, frozen=True, tag="trigger"):
    """`kind` is `act-or-event` (`name`, perhaps `by`), `start` or `end` (of the state `name`)."""

    kind: str
    name: str
    by: Bearer | None = None
    span: int = 0


class Effect(Node, frozen=True, tag="effect"):
    """`verb`: begins, continues, amends, suspends, resumes, ends, or `escalates` (then `state` is an office)."""

    verb: str
    state: str
    duration: Duration | None = None
    until: Expr | None = None
    span: int = 0


class Clause(Node, frozen=True, tag="clause"):
    """One clause of a norm. `word` is the clause word, as in the table of the language reference
    (`in force from` and `known from` are `in force` and `known`); the fields used depend on it:

    when, unless, with, so that, until, limited to -> `condition`;  after (steps) -> `steps`;
    stating, recording, enabling -> `names`;  to, waived by -> `bearer` (and `names` = (act,) of `waived by … by ACT`);
    within -> `duration`, `trigger`;  on -> `trigger`;  by, at -> `expr`;  before -> `names`;
    every -> `duration`, `names` = (state,) of `while`;  for each -> `names`;  if breached, begins, continues, amends,
    suspends, resumes, ends -> `effect`;  depth -> `number`;  for, after (of a lapse) -> `duration`;
    notwithstanding, subject to, replaces -> `refs`;  in force, known, from -> `dates` (start, end or "").
    """

    word: str
    span: int = 0
    condition: Condition | None = None
    steps: tuple[Step, ...] = ()
    names: tuple[Name, ...] = ()
    bearer: Bearer | None = None
    duration: Duration | None = None
    trigger: Trigger | None = None
    expr: Expr | None = None
    effect: Effect | None = None
    number: int = 0
    refs: tuple[Ref, ...] = ()
    dates: tuple[str, ...] = ()


# --- statements


class TypeName(Node, frozen=True, tag="type"):
    """`base`: yes-no, number, text, date, duration, person-id, set, list, or the name of a kind, levels;
    `of` is the unit of a number or the member of a set or list."""

    base: str
    of: str = ""
    span: int = 0


class Attribute(Node, frozen=True, tag="attribute"):
    """`NAME: TYPE ["description"] [, unknown if not stated | , VALUE if not stated]`."""

    name: str
    type: TypeName
    description: str = ""
    unknown: bool = False
    default: Expr | None = None
    span: int = 0


class Value(Node, frozen=True, tag="value"):
    """A value of a kind or levels."""

    name: str
    description: str = ""
    span: int = 0


class HolidayRule(Node, frozen=True, tag="holiday"):
    """`form`: date (`date`), fixed (`day`, `month`), easter (`number` days after Easter Sunday), before (`weekday` before `day` `month`),
    after (likewise), nth (`number`-th `weekday` of `month`; -1 is last), weekday (every `weekday`).
    Months and weekdays are lower-case English names."""

    form: str
    title: str = ""
    date: str = ""
    day: int = 0
    month: str = ""
    weekday: str = ""
    number: int = 0
    span: int = 0


class Line(Node, frozen=True, tag="line"):
    """A line of a vocabulary statement that is neither attribute nor value: `is`, `in`, `members`, `quorum`,
    `reports to`, `succession`, `vacant`, `on`, `reserved`, `excludes`, `of`, `zone`, `weekend`, `holiday`, `sitting`,
    `rolls forward`. `names` are its names (a sitting's body first; weekend days; the zone's text), `dates` its dates."""

    word: str
    names: tuple[Name, ...] = ()
    number: int = 0
    dates: tuple[str, ...] = ()
    holiday: HolidayRule | None = None
    span: int = 0


class Declaration(Node, frozen=True, tag="declaration"):
    """A vocabulary statement. `kind`: kind, levels, body, office, person, act, thing, actor, state, event, fact,
    calendar. A `fact` has exactly one attribute, of its own name."""

    kind: str
    name: str
    description: str = ""
    values: tuple[Value, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    lines: tuple[Line, ...] = ()
    provision: str = ""
    span: int = 0
    name_span: int = 0


class NormStatement(Node, frozen=True, tag="norm"):
    """A norm. `kind` as in the table of norms; `label` as written, or the heading's where none is written.

    `mode` tells the form of the deontic line: may, need not, must, may not, right, immune, no power, may only,
    may delegate, lapses, prevails, refs. `bearer`, `acts`, `thing` hold its parts; for a delegation `acts` are what
    is delegated, `recipients` to whom and `by_act` how; for a lapse `state`; for override `refs` prevail over
    `over`; for repeal, suspend, commence `refs`.
    """

    kind: str
    label: str
    title: str
    mode: str
    bearer: Bearer | None = None
    acts: tuple[Name, ...] = ()
    thing: Name | None = None
    recipients: Bearer | None = None
    by_act: Name | None = None
    state: Name | None = None
    refs: tuple[Ref, ...] = ()
    over: tuple[Ref, ...] = ()
    clauses: tuple[Clause, ...] = ()
    heading: str = ""
    span: int = 0
    label_span: int = 0


Statement = Declaration | NormStatement


class Heading(Node, frozen=True, tag="heading"):
    """A Markdown heading; `label` is its provision or empty."""

    level: int
    text: str
    label: str
    span: int = 0


class FrontMatter(Node, frozen=True, tag="front-matter"):
    """The front matter's scalar and list values as text, with the span of each value."""

    values: dict[str, str | list[str]]
    spans: dict[str, int]
    span: int = 0


class File(Node, frozen=True, tag="file"):
    """One source file. `front` is None for a Markdown file without front matter."""

    path: str
    front: FrontMatter | None
    headings: tuple[Heading, ...]
    statements: tuple[Statement, ...]
    blocks: tuple[int, ...] = ()
    """Packed ranges of the text inside each writ fence, for the formatter."""
