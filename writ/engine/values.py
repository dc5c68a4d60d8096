"""Expressions as Python closures over the facts of a request and what is asked (the fast engine)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from writ.book import dates, terms
from writ.book.model import Calendar, Vocabulary
from writ.book.terms import Attr, Expr, Period, Value
from writ.engine.asked import Asked
from writ.engine.situation import NOT_STATED
from writ.engine.truth import ABSENT, UNKNOWN, Lack, days_of

Facts = dict[str, Value]
Read = Callable[[Facts, Asked], "Value | Lack"]
"""A compiled expression. The situation is used only by what is not a plain fact (see `is_plain`)."""

BESIDES_FACTS = (
    terms.InEffect,
    terms.StateTime,
    terms.Done,
    terms.Happened,
    terms.TimeOf,
    terms.Now,
    terms.ActorTerm,
    terms.ActorHolds,
    terms.Quantified,
)
"""Terms that need more of a request than its facts."""


def is_plain(conditions: object) -> bool:
    """Whether the conditions can be answered from the facts of the request alone."""
    return not any(
        isinstance(term, BESIDES_FACTS) or (isinstance(term, Attr) and term.space != "fact")
        for term in terms.walk(conditions)
    )


def states_named(conditions: object) -> tuple[str, ...]:
    """The states that the conditions speak of, in the order in which their instances are chosen."""
    named: set[str] = set()
    for term in terms.walk(conditions):
        if isinstance(term, terms.InEffect | terms.StateTime):
            named.add(term.state)
        elif isinstance(term, Attr) and term.space == "state":
            named.add(term.owner)
    return tuple(sorted(named))


class Values:
    """Compiles expressions for one calendar, in the closed world or (for a given history) the open one."""

    def __init__(
        self, vocabulary: Vocabulary, calendar: Calendar | None, open_world: bool = False
    ) -> None:
        self.vocabulary = vocabulary
        self.calendar = calendar
        self.zone = calendar.zone if calendar else ""
        self.open_world = open_world

    def not_stated(self, path: Attr) -> Value | Lack:
        """What an attribute is where nothing is stated."""
        if self.open_world:
            return UNKNOWN
        definition = self.vocabulary.attributes.get(path.slot)
        if definition is not None and definition.unknown:
            return UNKNOWN
        if definition is not None and definition.default is not None:
            return definition.default
        return NOT_STATED.get(path.type.base, ABSENT)

    def attribute(self, path: Attr) -> Read:
        missing = self.not_stated(path)
        owner, name = path.owner, path.name
        if path.space == "fact":
            return lambda facts, s: facts.get(name, missing)
        if path.space == "variable":
            name = path.bare
            return lambda facts, s: s.variables[owner].get(name, missing)
        if path.space == "grant":
            return lambda facts, s: (s.grant or {}).get(name, missing)

        def of_state(facts: Facts, s: Asked) -> Value | Lack:
            instance = s.instance(owner)
            return missing if instance is None else instance.facts.get(name, missing)

        return of_state

    def expression(self, item: Expr) -> Read:
        match item:
            case Attr():
                return self.attribute(item)
            case terms.Const():
                return constant(item.value)
            case terms.DateConst():
                return constant(dates.parse(item.value))
            case Period():
                return constant(item)
            case terms.Now():
                return lambda facts, s: s.now
            case terms.ActorTerm():
                return lambda facts, s: s.request.person or UNKNOWN
            case terms.Arithmetic():
                return self._arithmetic(item)
            case terms.Select():
                return self._select(item)
            case terms.StateTime():
                which, state = item.which, item.state
                return lambda facts, s: s.state_time(which, state)
            case terms.TimeOf():
                name, first = item.name, item.first
                return lambda facts, s: s.time_of(name, first)
            case terms.PeriodBound():
                return self._bound(item)
            case terms.DaysBetween():
                return self._days(item)
            case terms.CountOf():
                return counting(self.attribute(item.path))

    def _bound(self, item: terms.PeriodBound) -> Read:
        read, unit, zone = self.expression(item.of), item.unit, self.zone
        bound = dates.end_of if item.which == "end" else dates.start_of

        def bounding(facts: Facts, s: Asked) -> Value | Lack:
            when = read(facts, s)
            if isinstance(when, Lack):
                return when
            assert isinstance(when, dt.date)
            return bound(unit, dates.day_of(when, zone))

        return bounding

    def _days(self, item: terms.DaysBetween) -> Read:
        first, last, zone = self.expression(item.start), self.expression(item.end), self.zone

        def between(facts: Facts, s: Asked) -> Value | Lack:
            start, end = first(facts, s), last(facts, s)
            if isinstance(start, Lack) or isinstance(end, Lack):
                return ABSENT if start is ABSENT or end is ABSENT else UNKNOWN
            assert isinstance(start, dt.date) and isinstance(end, dt.date)
            return (dates.day_of(end, zone) - dates.day_of(start, zone)).days

        return between

    def _arithmetic(self, item: terms.Arithmetic) -> Read:
        first, second = self.expression(item.left), self.expression(item.right)
        sign = 1 if item.op == "+" else -1
        calendar = self.calendar

        def compute(facts: Facts, s: Asked) -> Value | Lack:
            left, right = first(facts, s), second(facts, s)
            if isinstance(left, Lack) or isinstance(right, Lack):
                return ABSENT if left is ABSENT or right is ABSENT else UNKNOWN
            if isinstance(right, Period):
                if isinstance(left, dt.date):
                    moved = dates.add(left, right, calendar, sign)
                    return UNKNOWN if moved is None else moved
                if isinstance(left, Period):
                    return Period(days_of(left) + sign * days_of(right), "hours")
            assert isinstance(left, int | float) and isinstance(right, int | float)
            return left + sign * right

        return compute

    def _select(self, item: terms.Select) -> Read:
        reads = [self.expression(one) for one in item.items]
        earlier, zone = item.which == "earlier", self.zone

        def choose(facts: Facts, s: Asked) -> Value | Lack:
            best: dt.date | None = None
            for read in reads:
                value = read(facts, s)
                if value is UNKNOWN:
                    return UNKNOWN
                if isinstance(value, dt.date):
                    if best is None:
                        best = value
                        continue
                    order = dates.compare(value, best, zone)
                    if order < 0 if earlier else order > 0:
                        best = value
            return ABSENT if best is None else best

        return choose


def constant(value: Value) -> Read:
    return lambda facts, s: value


def counting(read: Read) -> Read:
    def count(facts: Facts, s: Asked) -> Value | Lack:
        members = read(facts, s)
        if isinstance(members, Lack):
            return members
        assert isinstance(members, tuple | frozenset)
        return len(members)

    return count
