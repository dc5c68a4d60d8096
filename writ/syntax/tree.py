"""The tree of a source file: what was written, before names mean anything.

Every node carries `span`, a packed range (see `writ.diagnostics.pack`). Nodes are frozen and free of the garbage
collector, because a large book has half a million of them. The smaller parts are in `writ.syntax.phrases`, and are
given here too.
"""

from __future__ import annotations

from typing import ClassVar

from writ.syntax.phrases import (
    Actor,
    ActorIs,
    All,
    Any,
    Arithmetic,
    Bearer,
    Compare,
    Condition,
    Counted,
    CountOf,
    Date,
    DaysBetween,
    Done,
    Duration,
    Expr,
    Happened,
    InEffect,
    Member,
    Name,
    Node,
    Not,
    Now,
    Number,
    PeriodBound,
    Quantified,
    Select,
    Stated,
    StateTime,
    Text,
    TimeOf,
    Truth,
)


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
    start: Expr | None = None
    """`begins STATE from …`."""


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


WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = {
    "january": 31,
    "february": 29,
    "march": 31,
    "april": 30,
    "may": 31,
    "june": 30,
    "july": 31,
    "august": 31,
    "september": 30,
    "october": 31,
    "november": 30,
    "december": 31,
}
"""And the most days that each has."""


class HolidayRule(Node, frozen=True, tag="holiday"):
    """`form`: date (`date`), fixed (`day`, `month`), easter, orthodox easter (`number` days after Easter Sunday),
    before (`weekday` before `day` `month`), after (likewise), nth (`number`-th `weekday` of `month`; -1 is the last),
    weekday (every `weekday`). Months and weekdays are lower-case English names."""

    form: str
    title: str = ""
    date: str = ""
    day: int = 0
    month: str = ""
    weekday: str = ""
    number: int = 0
    span: int = 0
    since: int = 0
    """The first and the last year in which it is a holiday; 0 where there is none."""
    until: int = 0
    observed: tuple[tuple[str, str], ...] = ()
    """(weekday, weekday it falls on): where it falls on the second, it is observed on the nearest first instead."""


class SittingRule(Node, frozen=True, tag="sitting-rule"):
    """The sitting days of a body by rule: these `weekdays` (none: every day) from `start` until `end`, both included,
    without the days `excepted`, and without the calendar's holidays if `not_holidays`."""

    weekdays: tuple[str, ...]
    start: str
    end: str
    excepted: tuple[str, ...] = ()
    not_holidays: bool = False
    span: int = 0


class Line(Node, frozen=True, tag="line"):
    """A line of a vocabulary statement that is neither attribute nor value: `is`, `in`, `members`, `quorum`,
    `reports to`, `succession`, `vacant`, `on`, `reserved`, `material`, `excludes`, `of`, `zone`, `weekend`, `holiday`,
    `sitting`, `adjourned`, `rolls forward`, `counts the first day`. `names` are its names (first the body that sits,
    is adjourned, or to whose sitting days is rolled; weekend days; the zone's text), `dates` its dates (first and last
    where it has a `from` and an `until`)."""

    word: str
    names: tuple[Name, ...] = ()
    number: int = 0
    dates: tuple[str, ...] = ()
    holiday: HolidayRule | None = None
    span: int = 0
    sitting: SittingRule | None = None


class Declaration(Node, frozen=True, tag="declaration"):
    """A vocabulary statement. `kind`: kind, levels, body, office, person, act, thing, actor, state, event, fact,
    calendar, definition. A `fact` has exactly one attribute, of its own name."""

    kind: str
    name: str
    description: str = ""
    values: tuple[Value, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    lines: tuple[Line, ...] = ()
    provision: str = ""
    span: int = 0
    name_span: int = 0
    type: TypeName | None = None
    """Of a definition."""
    meaning: Condition | Expr | None = None
    """What a definition means: a condition where its type is `yes-no`, else an expression."""


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


ASSURANCE_FORMS = (
    "never",
    "never both",
    "ends",
    "holders",
    "can",
    "always someone",
    "always",
    "must",
    "undisputed",
)
"""What an assurance may say (see `writ.book.assurances`)."""


class AssuranceStatement(Node, frozen=True, tag="assurance"):
    """A quantified statement about the book. `form` is one of `ASSURANCE_FORMS`.

    `bearer` is None where the form names nobody. `acts` are two of `never both`, one of most forms, and none of `ends`,
    `holders` and `nothing disputes anything`. `ends` has `state` and `within`, and its one clause `unless` has `steps`.
    """

    kind: ClassVar[str] = "assurance"

    label: str
    title: str
    form: str
    bearer: Bearer | None = None
    acts: tuple[Name, ...] = ()
    thing: Name | None = None
    state: Name | None = None
    within: Duration | None = None
    vacant: int = 0
    clauses: tuple[Clause, ...] = ()
    heading: str = ""
    span: int = 0
    label_span: int = 0


Statement = Declaration | NormStatement | AssuranceStatement


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


__all__ = [
    "ASSURANCE_FORMS",
    "MONTHS",
    "WEEKDAYS",
    "Actor",
    "ActorIs",
    "All",
    "Any",
    "Arithmetic",
    "AssuranceStatement",
    "Attribute",
    "Bearer",
    "Clause",
    "Compare",
    "Condition",
    "CountOf",
    "Counted",
    "Date",
    "DaysBetween",
    "Declaration",
    "Done",
    "Duration",
    "Effect",
    "Expr",
    "File",
    "FrontMatter",
    "Happened",
    "Heading",
    "HolidayRule",
    "InEffect",
    "Line",
    "Member",
    "Name",
    "Node",
    "NormStatement",
    "Not",
    "Now",
    "Number",
    "PeriodBound",
    "Quantified",
    "Ref",
    "Select",
    "SittingRule",
    "StateTime",
    "Stated",
    "Statement",
    "Step",
    "Text",
    "TimeOf",
    "Trigger",
    "Truth",
    "TypeName",
    "Value",
]
