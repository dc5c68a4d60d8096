"""Expressions: tree to term, with the type of each."""

from __future__ import annotations

from writ.book.names import ACTS, EVENTS, STATES
from writ.book.resolve import Context, attribute, resolve
from writ.book.terms import (
    ActorTerm,
    Arithmetic,
    Attr,
    Const,
    CountOf,
    DateConst,
    DaysBetween,
    Expr,
    Now,
    Period,
    PeriodBound,
    Select,
    StateTime,
    TimeOf,
    Type,
)
from writ.syntax import tree

YES_NO = Type("yes-no")
NUMBER = Type("number")
TEXT = Type("text")
DATE = Type("date")
DURATION = Type("duration")
PERSON = Type("person-id")
DAYS = Type("number", "days")


def type_of(term: Expr) -> Type:
    """The type of a linked expression."""
    if isinstance(term, Attr | Const | Arithmetic):
        return term.type
    if isinstance(term, Period):
        return DURATION
    if isinstance(term, ActorTerm):
        return PERSON
    if isinstance(term, DaysBetween):
        return DAYS
    return NUMBER if isinstance(term, CountOf) else DATE


def expression(context: Context, node: tree.Expr, expected: Type | None = None) -> Expr | None:
    """The linked expression, or None once its error has been reported."""
    match node:
        case tree.Name():
            return resolve(context, node, expected)
        case tree.Number(value=value):
            unit = expected.of if expected is not None and expected.base == "number" else ""
            return Const(value, Type("number", unit) if unit else NUMBER)
        case tree.Text(value=text):
            person = expected is not None and expected.base == "person-id"
            return Const(text, PERSON if person else TEXT)
        case tree.Truth(value=truth):
            return Const(truth, YES_NO)
        case tree.Date(value=date):
            return DateConst(date)
        case tree.Duration():
            if (
                expected is not None
                and expected.base == "number"
                and expected.of == node.unit
                and not node.of
            ):
                return Const(node.amount, expected)
            return period(context, node)
        case tree.Now():
            return Now()
        case tree.Arithmetic():
            return _arithmetic(context, node, expected)
        case tree.Select(which=which, items=items):
            dates = [_date(context, item) for item in items]
            known = tuple(date for date in dates if date is not None)
            return Select(which, known) if len(known) == len(dates) else None
        case tree.StateTime(which=which, state=state, span=span):
            known_state = context.lexicon.names.expect(context.report, state, span, STATES)
            return StateTime(which, state) if known_state else None
        case tree.TimeOf(name=name, span=span, first=first):
            known_name = context.lexicon.names.expect(context.report, name, span, ACTS | EVENTS)
            return TimeOf(name, first) if known_name else None
        case tree.PeriodBound(which=which, unit=unit, of=of):
            when = _date(context, of)
            return None if when is None else PeriodBound(which, unit, when)
        case tree.DaysBetween(start=one, end=other):
            begin, last = _date(context, one), _date(context, other)
            return None if begin is None or last is None else DaysBetween(begin, last)
        case tree.CountOf(path=path):
            return _count(context, path)


def period(context: Context, node: tree.Duration) -> Period | None:
    """A length of time; the body whose sitting days it counts must be declared."""
    actors = frozenset({"office", "body"})
    if node.of and not context.lexicon.names.expect(context.report, node.of, node.span, actors):
        return None
    return Period(node.amount, node.unit, node.of)


def date(context: Context, node: tree.Expr) -> Expr | None:
    """An expression that must be a date."""
    return _date(context, node)


def _date(context: Context, node: tree.Expr) -> Expr | None:
    term = expression(context, node, DATE)
    if term is None:
        return None
    found = type_of(term)
    if found.base == "date":
        return term
    help = "add it to a date: `now + 30 days`" if found.base == "duration" else ""
    context.report.add("V205", node.span, f"a date is expected here, not {a(found)}", help)
    return None


def a(kind: Type) -> str:
    """A type in a sentence."""
    text = str(kind)
    if kind.base in ("kind", "levels", "list", "set", "number"):
        return f"`{text}`"
    return {
        "yes-no": "a yes-no",
        "text": "a text",
        "date": "a date",
        "duration": "a duration",
        "person-id": "a person",
    }.get(text, f"`{text}`")


def _arithmetic(
    context: Context, node: tree.Arithmetic, expected: Type | None
) -> Arithmetic | None:
    hint = expected if expected is not None and expected.base == "number" else None
    left = expression(context, node.left, hint)
    if left is None:
        return None
    kind = type_of(left)
    right = expression(context, node.right, kind if kind.base == "number" else None)
    if right is None:
        return None
    other = type_of(right)
    if kind.base == "date" and other.base == "duration":
        return Arithmetic(node.op, left, right, DATE)
    if kind.base == other.base == "duration":
        return Arithmetic(node.op, left, right, DURATION)
    if kind.base == other.base == "number":
        if kind.of and other.of and kind.of != other.of:
            context.report.add(
                "V206",
                node.span,
                f"{kind.of} and {other.of} cannot be added or subtracted",
                "state both in one unit",
            )
            return None
        return Arithmetic(node.op, left, right, kind if kind.of else other)
    help = ""
    if kind.base == other.base == "date":
        help = "for a number of days write `days from A to B`"
    elif kind.base == "date" and other.base == "number":
        help = "write the unit: `+ 30 days`"
    elif kind.base == "duration" and other.base == "date":
        help = "write the date first"
    verb = "added to" if node.op == "+" else "subtracted from"
    context.report.add("V205", node.span, f"{a(other)} cannot be {verb} {a(kind)}", help)
    return None


def _count(context: Context, path: tree.Name) -> CountOf | None:
    attr = attribute(context, path)
    if attr is None:
        return None
    if attr.type.base in ("set", "list"):
        return CountOf(attr)
    context.report.add(
        "V205",
        path.span,
        f"`{path.text}` is {a(attr.type)}, and only the members of a set or list are counted",
    )
    return None
