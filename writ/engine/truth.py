"""The slow, obvious evaluator: expressions to values, conditions to true, false or unknown (None).

Every rule is in `docs/semantics.md`, "Truth". `situation.Situation` supplies what is given.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final

from writ.book import dates, terms
from writ.book.model import Vocabulary
from writ.book.terms import Condition, Expr, Period, Value

if TYPE_CHECKING:
    from writ.engine.situation import Situation

Truth = bool | None
"""None is unknown."""


class Lack:
    """Why an expression has no value."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return self.name


ABSENT: Final = Lack("ABSENT")
UNKNOWN: Final = Lack("UNKNOWN")


def both(truths: Iterable[Truth]) -> Truth:
    """Kleene's conjunction. What follows something false is not asked."""
    sure = True
    for truth in truths:
        if truth is False:
            return False
        sure = sure and truth is True
    return True if sure else None


def either(truths: Iterable[Truth]) -> Truth:
    """Kleene's disjunction. What follows something true is not asked."""
    sure = True
    for truth in truths:
        if truth is True:
            return True
        sure = sure and truth is False
    return False if sure else None


def opposite(truth: Truth) -> Truth:
    return None if truth is None else not truth


def holds(situation: Situation, condition: Condition) -> Truth:
    """The truth of a condition in a situation."""
    match condition:
        case terms.Always():
            return condition.value
        case terms.Holds():
            value = situation.attribute(condition.path)
            return None if value is UNKNOWN else value is True
        case terms.Compare():
            return compare(situation, condition)
        case terms.Member():
            return member(situation, condition)
        case terms.Stated():
            return situation.stated(condition.path)
        case terms.InEffect():
            return situation.in_effect(condition.state)
        case terms.Done():
            since = None if condition.since is None else evaluate(situation, condition.since)
            return situation.done(condition.act, condition.by, condition.by_actor, since)
        case terms.Happened():
            since = None if condition.since is None else evaluate(situation, condition.since)
            return situation.happened(condition.event, since)
        case terms.ActorHolds():
            return situation.actor_holds(condition.office)
        case terms.Not():
            return opposite(holds(situation, condition.of))
        case terms.All():
            return both(holds(situation, item) for item in condition.items)
        case terms.AnyOf():
            return either(holds(situation, item) for item in condition.items)
        case terms.Counted():
            return counted(
                condition.mode,
                condition.number,
                [holds(situation, item) for item in condition.items],
            )
        case terms.Quantified():
            return quantified(situation, condition)


def counted(mode: str, number: int, truths: list[Truth]) -> Truth:
    """Whether at least, or exactly, so many are true."""
    certain = truths.count(True)
    possible = certain + truths.count(None)
    if mode == "at least":
        return True if certain >= number else None if possible >= number else False
    if certain > number or possible < number:
        return False
    return True if certain == possible else None


def quantified(situation: Situation, condition: terms.Quantified) -> Truth:
    members = situation.attribute(condition.path)
    if members is UNKNOWN:
        return None
    assert isinstance(members, tuple)
    truths = [
        holds(situation.binding(condition.variable, item), condition.body) for item in members
    ]
    match condition.mode:
        case "every":
            return both(truths)
        case "some":
            return either(truths)
        case "no":
            return opposite(either(truths))
        case _:
            return counted("at least", condition.number, truths)


def compare(situation: Situation, condition: terms.Compare) -> Truth:
    left = evaluate(situation, condition.left)
    right = evaluate(situation, condition.right)
    if left is ABSENT or right is ABSENT:
        return False
    if left is UNKNOWN or right is UNKNOWN:
        return None
    assert not isinstance(left, Lack) and not isinstance(right, Lack)
    return compare_values(
        situation.book.vocabulary, condition.op, condition.kind, left, right, situation.zone
    )


def compare_values(
    vocabulary: Vocabulary, op: str, kind: terms.Type, left: Value, right: Value, zone: str
) -> Truth:
    """Compare two values of one type with one of the operators of `terms.Compare`."""
    if op == "includes":
        return isinstance(left, frozenset) and right in left
    if isinstance(left, frozenset) and isinstance(right, frozenset):
        if op == "within":
            return left <= right
        return bool(left & right) if op == "shares with" else left == right
    if isinstance(left, dt.date) and isinstance(right, dt.date):
        order = dates.compare(left, right, zone)
    elif isinstance(left, Period) and isinstance(right, Period):
        a, b = days_of(left), days_of(right)
        order = (a > b) - (a < b)
    elif op == "is":
        return left == right
    elif kind.base == "levels":
        places = vocabulary.kinds[kind.of].order
        a, b = places[str(left)], places[str(right)]
        order = (a > b) - (a < b)
    else:
        assert isinstance(left, int | float) and isinstance(right, int | float)
        order = (left > right) - (left < right)
    return ORDERS[op](order)


ORDERS: dict[str, Callable[[int], bool]] = {
    "is": lambda order: order == 0,
    "at least": lambda order: order >= 0,
    "at most": lambda order: order <= 0,
    "above": lambda order: order > 0,
    "below": lambda order: order < 0,
    "before": lambda order: order < 0,
    "after": lambda order: order > 0,
    "on or before": lambda order: order <= 0,
    "on or after": lambda order: order >= 0,
}

HOURS = {
    "hours": 1,
    "days": 24,
    "working days": 24,
    "sitting days": 24,
    "weeks": 168,
    "months": 730,
    "years": 8766,
    "calendar months": 730,
    "calendar years": 8766,
}


def days_of(period: Period) -> int:
    """A period's length for comparison, in hours; months and years at their mean."""
    return period.amount * HOURS[period.unit]


def member(situation: Situation, condition: terms.Member) -> Truth:
    item = evaluate(situation, condition.item)
    if item is ABSENT:
        return False
    if item is UNKNOWN:
        return None
    if condition.path is not None:
        members = situation.attribute(condition.path)
        if members is UNKNOWN:
            return None
        return isinstance(members, frozenset) and item in members
    values = [evaluate(situation, one) for one in condition.items]
    if item in [value for value in values if not isinstance(value, Lack)]:
        return True
    return None if UNKNOWN in values else False


def evaluate(situation: Situation, expression: Expr) -> Value | Lack:
    """The value of an expression, or why it has none."""
    match expression:
        case terms.Attr():
            return situation.attribute(expression)
        case terms.Const():
            return expression.value
        case terms.DateConst():
            return dates.parse(expression.value)
        case Period():
            return expression
        case terms.Now():
            return situation.now
        case terms.ActorTerm():
            return situation.request.person or UNKNOWN
        case terms.Arithmetic():
            return arithmetic(situation, expression)
        case terms.Select():
            return select(situation, expression)
        case terms.StateTime():
            return situation.state_time(expression.which, expression.state)
        case terms.TimeOf():
            return situation.time_of(expression.name, expression.first)
        case terms.PeriodBound():
            when = evaluate(situation, expression.of)
            if isinstance(when, Lack):
                return when
            assert isinstance(when, dt.date)
            day = dates.day_of(when, situation.zone)
            bound = dates.end_of if expression.which == "end" else dates.start_of
            return bound(expression.unit, day)
        case terms.DaysBetween():
            start, end = (
                evaluate(situation, expression.start),
                evaluate(situation, expression.end),
            )
            for side in (start, end):
                if isinstance(side, Lack):
                    return ABSENT if ABSENT in (start, end) else UNKNOWN
            assert isinstance(start, dt.date) and isinstance(end, dt.date)
            return (dates.day_of(end, situation.zone) - dates.day_of(start, situation.zone)).days
        case terms.CountOf():
            members = situation.attribute(expression.path)
            if isinstance(members, Lack):
                return members
            assert isinstance(members, tuple | frozenset)
            return len(members)


def arithmetic(situation: Situation, expression: terms.Arithmetic) -> Value | Lack:
    left = evaluate(situation, expression.left)
    right = evaluate(situation, expression.right)
    if isinstance(left, Lack) or isinstance(right, Lack):
        return ABSENT if ABSENT in (left, right) else UNKNOWN
    sign = 1 if expression.op == "+" else -1
    if isinstance(left, dt.date) and isinstance(right, Period):
        moved = dates.add(left, right, situation.calendar, sign)
        return UNKNOWN if moved is None else moved
    if isinstance(left, Period) and isinstance(right, Period):
        total = days_of(left) + sign * days_of(right)
        return Period(total, "hours")
    assert isinstance(left, int | float) and isinstance(right, int | float)
    return left + sign * right


def select(situation: Situation, expression: terms.Select) -> Value | Lack:
    values = [evaluate(situation, item) for item in expression.items]
    if UNKNOWN in values:
        return UNKNOWN
    known = [value for value in values if isinstance(value, dt.date)]
    if not known:
        return ABSENT
    best = known[0]
    for value in known[1:]:
        order = dates.compare(value, best, situation.zone)
        if order < 0 if expression.which == "earlier" else order > 0:
            best = value
    return best
