"""Whether conditions can be true together, decided on the values that each expression may have.

Not a solver: it looks at each expression alone, on the finitely many values at which one of the conditions changes.
What it calls impossible is impossible; it may miss what follows only from two expressions together.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import pairwise

import msgspec

from writ.book import dates, terms
from writ.book.expressions import type_of
from writ.book.model import Norm, Vocabulary
from writ.book.terms import Condition, Period, Type, Value
from writ.checks.literals import cases
from writ.checks.meeting import bearers
from writ.checks.view import View
from writ.engine.scope import EVERYONE
from writ.engine.situation import NOT_STATED
from writ.engine.truth import ABSENT, Lack, compare_values, days_of

Assignment = dict[object, Value | Lack]
"""A value for each expression that the literals speak of; `ABSENT` where it is not stated, whatever it then is."""

SOMEBODY_ELSE = "someone-else"
"""A text or person that no condition names."""
_PLAIN = (terms.Holds, terms.Stated, terms.InEffect, terms.Done, terms.Happened)


def impossible(view: View, conditions: Iterable[Condition], norms: tuple[Norm, ...] = ()) -> bool:
    """Whether the conditions can never be true together, in requests that these norms are about."""
    conditions = tuple(conditions)
    if not conditions or (len(conditions) == 1 and _plain(conditions[0])):
        return False
    return all(
        literals is not None and assign(view, literals, norms) is None
        for literals in cases(conditions)
    )


def asked_in(norm: Norm, field: str) -> tuple[Norm, ...]:
    """The norm as it meets the requests in which this field of it is asked.

    `limited to` is asked of who uses what was delegated, whoever that is.
    """
    return (msgspec.structs.replace(norm, bearer=EVERYONE) if field == "limited to" else norm,)


def _plain(condition: Condition) -> bool:
    if isinstance(condition, terms.Not):
        condition = condition.of
    return isinstance(condition, _PLAIN)


def assign(
    view: View, literals: list[Condition], norms: tuple[Norm, ...] = ()
) -> Assignment | None:
    """Values that make every literal true that speaks of one expression; None if there are none."""
    about: dict[object, list[Condition]] = {}
    others: dict[Condition, bool] = {}
    for literal in literals:
        subject = measured(literal)
        if subject is not None:
            about.setdefault(subject, []).append(literal)
            continue
        truth = not isinstance(literal, terms.Not)
        bare = literal.of if isinstance(literal, terms.Not) else literal
        if others.setdefault(bare, truth) is not truth:
            return None
        if isinstance(bare, terms.Always) and bare.value is not truth:
            return None
        if isinstance(bare, terms.Counted) and truth and bare.number > len(bare.items):
            return None
    if not _somebody(view, others, norms):
        return None
    found: Assignment = {}
    for subject, mine in about.items():
        for value in candidates(view.vocabulary, subject, mine, norms):
            if all(satisfied(view.vocabulary, literal, value, subject) for literal in mine):
                found[subject] = value
                break
        else:
            return None
    return found


def measured(literal: Condition) -> object | None:
    """The expression that a literal compares with constants; None if it says something else."""
    if isinstance(literal, terms.Not):
        literal = literal.of
    match literal:
        case terms.Holds(path=path) | terms.Stated(path=path):
            return path
        case terms.Compare(op=op, left=left, right=terms.Const() | terms.DateConst() | Period()):
            return None if op == "includes" else left
        case terms.Member(item=item, path=None):
            return item
    return None


def satisfied(
    vocabulary: Vocabulary, literal: Condition, value: Value | Lack, subject: object
) -> bool:
    """The truth of a literal where the expression that it speaks of has this value; `ABSENT`: it is not stated."""
    if isinstance(literal, terms.Not):
        return not satisfied(vocabulary, literal.of, value, subject)
    if isinstance(literal, terms.Stated):
        return value is not ABSENT
    if value is ABSENT:
        value = _unstated(vocabulary, subject)
    match literal:
        case _ if isinstance(value, Lack):
            return False
        case terms.Holds():
            return value is True
        case terms.Compare(op=op, kind=kind, right=right):
            return compare_values(vocabulary, op, kind, value, constant(right), "") is True
        case terms.Member(items=items):
            return any(_equal(value, constant(item)) for item in items)
    return True


def _unstated(vocabulary: Vocabulary, subject: object) -> Value | Lack:
    """The value of an expression where nothing is stated: for an attribute, what it then is taken to be.

    What is unknown where it is not stated is taken to be absent: that may call possible what is not.
    """
    if not isinstance(subject, terms.Attr):
        return ABSENT
    declared = vocabulary.attributes.get(subject.slot)
    if declared is not None and declared.default is not None:
        return declared.default
    return NOT_STATED.get(subject.type.base, ABSENT)


def _equal(value: Value, other: Value) -> bool:
    if isinstance(value, dt.date) and isinstance(other, dt.date):
        return dates.compare(value, other, "") == 0
    return value == other


def constant(term: object) -> Value:
    """The value of a constant expression."""
    if isinstance(term, terms.Const):
        return term.value
    if isinstance(term, terms.DateConst):
        return dates.parse(term.value)
    assert isinstance(term, Period)
    return term


def candidates(
    vocabulary: Vocabulary, subject: object, literals: list[Condition], norms: tuple[Norm, ...] = ()
) -> Iterator[Value | Lack]:
    """Values of an expression such that if any value makes the literals true, one of these does."""
    kind = type_of(subject)  # type: ignore[arg-type]
    constants = [value for literal in literals for value in _constants(literal)]
    if isinstance(subject, terms.Now):
        yield from (day for day in _days(constants, norms) if _in_force(day, norms))
        return
    if isinstance(subject, terms.CountOf):
        yield from _counts(vocabulary, subject, constants)
        return
    yield from _values(vocabulary, kind, constants)
    yield ABSENT


def _constants(literal: Condition) -> Iterator[Value]:
    if isinstance(literal, terms.Not):
        literal = literal.of
    if isinstance(literal, terms.Compare):
        yield constant(literal.right)
    elif isinstance(literal, terms.Member):
        yield from (constant(item) for item in literal.items)


def _values(vocabulary: Vocabulary, kind: Type, constants: list[Value]) -> Iterator[Value]:
    match kind.base:
        case "yes-no":
            yield from (True, False)
        case "kind" | "levels":
            yield from vocabulary.kinds[kind.of].order
        case "number":
            numbers = sorted({c for c in constants if isinstance(c, int | float)} | {0})
            yield from numbers
            yield from ((a + b) / 2 for a, b in pairwise(numbers))
            yield from (numbers[0] - 1, numbers[-1] + 1)
        case "date":
            yield from _days(constants, ())
        case "duration":
            for period in [c for c in constants if isinstance(c, Period)] or [Period(1, "days")]:
                yield period
                hours = days_of(period)
                yield from (Period(max(hours - 1, 0), "hours"), Period(hours + 1, "hours"))
        case "set":
            yield frozenset()
        case "list":
            yield ()
        case _:
            yield from (c for c in constants if isinstance(c, str))
            yield SOMEBODY_ELSE


def _days(constants: list[Value], norms: tuple[Norm, ...]) -> Iterator[dt.date]:
    given = [c for c in constants if isinstance(c, dt.date)]
    for day in given or [dt.date(2000, 1, 1)]:
        yield day
        for shift in (-1, 1):
            try:
                yield day + dt.timedelta(days=shift)
            except OverflowError:
                continue
    yield from (norm.start for norm in norms if norm.start)


def _in_force(day: dt.date, norms: tuple[Norm, ...]) -> bool:
    return all(
        (norm.start is None or dates.day_of(day) >= norm.start)
        and (norm.end is None or dates.day_of(day) < norm.end)
        for norm in norms
    )


def _counts(
    vocabulary: Vocabulary, subject: terms.CountOf, constants: list[Value]
) -> Iterator[int]:
    most = None
    if subject.path.type.base == "set" and subject.path.type.of in vocabulary.kinds:
        most = len(vocabulary.kinds[subject.path.type.of].values)
    near = {0} | {
        int(c) + shift for c in constants if isinstance(c, int | float) for shift in (-1, 0, 1)
    }
    yield from (n for n in sorted(near) if n >= 0 and (most is None or n <= most))


def _somebody(view: View, others: dict[Condition, bool], norms: tuple[Norm, ...]) -> bool:
    """Whether some actor holds every office that the literals ask for, and none that they refuse."""
    held = {c.office: truth for c, truth in others.items() if isinstance(c, terms.ActorHolds)}
    if not held:
        return True
    found = set(view.vocabulary.actors)
    for norm in norms:
        names = bearers(norm)
        found &= {name for each in names for name in view.members(each)} | view.entrusted(norm)
    for office, truth in held.items():
        found = {name for name in found if (name in view.members(office)) is truth}
    return bool(found)
