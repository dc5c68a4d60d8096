"""Expressions: values, dates and their arithmetic.

`expression` reads terms joined by `+` and `-`. The words that begin a longer term (`earlier of`, `start of` …) are
names where their second word is missing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime

from writ.diagnostics import LENGTH_BITS
from writ.syntax.cursor import FOLLOWING, Cursor, suggestion
from writ.syntax.limits import MAX_DIGITS, MAX_OPERATORS
from writ.syntax.tree import (
    Arithmetic,
    CountOf,
    Date,
    DaysBetween,
    Duration,
    Expr,
    Name,
    Now,
    Number,
    PeriodBound,
    Select,
    StateTime,
    Text,
    TimeOf,
    Truth,
)

UNITS = {
    "hour": "hours",
    "hours": "hours",
    "day": "days",
    "days": "days",
    "week": "weeks",
    "weeks": "weeks",
    "month": "months",
    "months": "months",
    "year": "years",
    "years": "years",
}
DAYS_OF_WORK = ("working", "sitting")
OF_THE_CALENDAR = {
    "month": "calendar months",
    "months": "calendar months",
    "year": "calendar years",
    "years": "calendar years",
}
SIGNS = frozenset("+-")

_DATE = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:\d\d))?")
_DATE_LIKE = re.compile(r"\d{4}-\d+-\d+|\d{4}-\d\d-\d\dT.*")
_NUMBER = re.compile(rf"\d{{1,{MAX_DIGITS}}}(?:\.\d{{1,{MAX_DIGITS}}})?")


def expression(c: Cursor) -> Expr:
    """Terms joined by `+` and `-`, from the left."""
    left = term(c)
    return arithmetic(c, left) if c.words[c.at] in SIGNS else left


def arithmetic(c: Cursor, left: Expr) -> Expr:
    """What may follow a first term."""
    while c.words[c.at] in SIGNS:
        op = c.words[c.at]
        c.operators += 1
        if c.operators > MAX_OPERATORS:
            c.wrong("S124", c.at, f"the expression has more than {MAX_OPERATORS} signs")
        c.at += 1
        right = term(c)
        left = Arithmetic(op, left, right, c.since(left.span >> LENGTH_BITS))
    return left


def term(c: Cursor) -> Expr:
    """One value."""
    i = c.at
    word = c.words[i]
    first = word[:1]
    if "a" <= first <= "z":
        special = _SPECIAL.get(word)
        if special is not None:
            node = special(c)
            if node is not None:
                return node
        if word in FOLLOWING:
            c.unexpected("a value")
        c.at = i + 1
        width = len(word)
        return Name(word, c.ends[i] - width << LENGTH_BITS | width)
    if "0" <= first <= "9":
        return _figure(c)
    if first == '"':
        c.at = i + 1
        return Text(word[1:-1], c.since(c.start(i)))
    if first == "(":
        c.at = i + 1
        c.deeper()
        inner = expression(c)
        c.expect(")")
        c.depth -= 1
        return inner
    if first.isalpha():
        help = suggestion(word, (word.lower(),)) or "names are lower-case words joined by hyphens"
        c.unexpected("a value", help)
    c.unexpected("a value")


def _figure(c: Cursor) -> Expr:
    """A number, a duration or a date."""
    word = c.words[c.at]
    if word.isdigit():
        unit = c.words[c.at + 1]
        if unit in UNITS or (unit in DAYS_OF_WORK and c.words[c.at + 2] in ("day", "days")):
            return duration(c)
        if unit == "calendar" and c.words[c.at + 2] in OF_THE_CALENDAR:
            return duration(c)
    elif len(word) >= 8 and word[4] == "-" and _DATE_LIKE.fullmatch(word):
        return day_or_moment(c)
    return number(c)


def number(c: Cursor) -> Number:
    """A number with or without a fraction."""
    i = c.at
    word = c.words[i]
    if not _NUMBER.fullmatch(word):
        help = ""
        if "-" in word:
            help = "put a space on either side of a minus sign"
        elif len(word) > MAX_DIGITS:
            help = f"a number has at most {MAX_DIGITS} digits on either side of the point"
        c.wrong("S123", i, f"`{word[:60]}` is not a number", help)
    c.at = i + 1
    return Number(float(word) if "." in word else int(word), c.since(c.start(i)))


def duration(c: Cursor) -> Duration:
    """A whole number and a unit of time."""
    i = c.at
    word = c.words[i]
    if not word.isdigit():
        if _NUMBER.fullmatch(word):
            c.wrong(
                "S123", i, f"a duration takes a whole number, not `{word}`", "use a smaller unit"
            )
        c.unexpected("a duration", "a duration is a number and a unit: `30 days`")
    amount = c.whole("a number")
    unit = c.words[c.at]
    if unit in DAYS_OF_WORK:
        c.at += 1
        if c.words[c.at] not in ("day", "days"):
            c.unexpected(f"`days` after `{unit}`")
        c.at += 1
        if unit == "working":
            return Duration(amount, "working days", "", c.since(c.start(i)))
        if c.words[c.at] != "of":
            c.unexpected(
                "`of` and the body that sits", "as in `7 sitting days of house-of-commons`"
            )
        c.at += 1
        body = c.name("the body that sits")
        return Duration(amount, "sitting days", body.text, c.since(c.start(i)))
    if unit == "calendar" and c.words[c.at + 1] in OF_THE_CALENDAR:
        c.at += 2
        return Duration(amount, OF_THE_CALENDAR[c.words[c.at - 1]], "", c.since(c.start(i)))
    plural = UNITS.get(unit)
    if plural is None:
        help = suggestion(unit, (*UNITS, *DAYS_OF_WORK, "calendar"))
        c.unexpected("a unit of time", help or "hours, days, working days, weeks, months or years")
    c.at += 1
    return Duration(amount, plural, "", c.since(c.start(i)))


def day_or_moment(c: Cursor) -> Date:
    """A date or a moment that exists."""
    i = c.at
    word = c.words[i]
    if not "0" <= word[:1] <= "9":
        c.unexpected("a date", "dates are written `2022-02-14`")
    if not _DATE.fullmatch(word):
        help = "dates are written `2022-02-14`, moments `2022-02-14T15:00-05:00`"
        c.wrong("S122", i, f"`{word[:60]}` is not a date", help)
    try:
        (date if len(word) == 10 else datetime).fromisoformat(word)
    except ValueError:
        c.wrong("S122", i, f"the date `{word}` does not exist")
    c.at = i + 1
    return Date(word, c.since(c.start(i)))


def day(c: Cursor) -> str:
    """A date without a time."""
    word = c.words[c.at]
    if "T" in word and _DATE.fullmatch(word):
        c.wrong("S122", c.at, f"expected a day, found the moment `{word}`", f"write `{word[:10]}`")
    return day_or_moment(c).value


# --- terms of several words


def _selection(c: Cursor) -> Expr | None:
    i = c.at
    if not c.sees(c.words[i], "of", "("):
        return None
    c.at = i + 3
    c.deeper()
    items = [expression(c)]
    while c.take(","):
        items.append(expression(c))
    c.bound(len(items))
    c.expect(")")
    c.depth -= 1
    return Select(c.words[i], tuple(items), c.since(c.start(i)))


def _bound(c: Cursor) -> Expr | None:
    i = c.at
    if c.words[i + 1] != "of":
        return None
    which, what = c.words[i], c.words[i + 2]
    if what in ("month", "year") and c.words[i + 3] == "(":
        c.at = i + 4
        c.deeper()
        of = expression(c)
        c.expect(")")
        c.depth -= 1
        return PeriodBound(which, what, of, c.since(c.start(i)))
    c.at = i + 2
    state = c.name("a state")
    return StateTime(which, state.text, c.since(c.start(i)))


def _time(c: Cursor) -> Expr | None:
    i = c.at
    if c.words[i + 1] != "of":
        return None
    c.at = i + 2
    name = c.name("an act or an event")
    return TimeOf(name.text, c.since(c.start(i)))


def _first(c: Cursor) -> Expr | None:
    i = c.at
    if not c.sees("first", "time", "of"):
        return None
    c.at = i + 3
    name = c.name("an act or an event")
    return TimeOf(name.text, c.since(c.start(i)), True)


def _days(c: Cursor) -> Expr | None:
    i = c.at
    if c.words[i + 1] != "from":
        return None
    c.at = i + 2
    c.deeper()
    first = expression(c)
    c.expect("to")
    last = expression(c)
    c.depth -= 1
    return DaysBetween(first, last, c.since(c.start(i)))


def _count(c: Cursor) -> Expr | None:
    i = c.at
    if c.words[i + 1] != "of":
        return None
    c.at = i + 2
    path = c.path("a set or a list")
    return CountOf(path, c.since(c.start(i)))


def _now(c: Cursor) -> Expr:
    c.at += 1
    return Now(c.since(c.start(c.at - 1)))


def _truth(c: Cursor) -> Expr:
    c.at += 1
    return Truth(c.words[c.at - 1] == "yes", c.since(c.start(c.at - 1)))


_SPECIAL: dict[str, Callable[[Cursor], Expr | None]] = {
    "earlier": _selection,
    "later": _selection,
    "start": _bound,
    "end": _bound,
    "time": _time,
    "first": _first,
    "days": _days,
    "count": _count,
    "now": _now,
    "yes": _truth,
    "no": _truth,
}
