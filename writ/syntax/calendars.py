"""The lines of a calendar."""

from __future__ import annotations

from writ.syntax.cursor import Cursor, suggestion
from writ.syntax.expressions import SIGNS, day
from writ.syntax.tree import HolidayRule, Line, Name

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

ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1}


def zone(c: Cursor, word: str) -> Line:
    """`zone America/Toronto`: a name of the time zone database; whether it exists is for the linker to say."""
    start = c.start(c.at)
    c.at += 1
    name = c.words[c.at]
    if not name[:1].isupper():
        c.unexpected("a time zone", "as in `zone America/Toronto`")
    c.at += 1
    return Line(word, (Name(name, c.since(c.start(c.at - 1))),), span=c.since(start))


def days(c: Cursor) -> tuple[str, ...]:
    """One or more days joined by commas."""
    found = [day(c)]
    while c.take(","):
        found.append(day(c))
    c.bound(len(found))
    return tuple(found)


def holiday(c: Cursor, word: str) -> Line:
    """One of the forms of a holiday, and its title."""
    start = c.start(c.at)
    c.at += 1
    inner = c.start(c.at)
    rule = _rule(c)
    title = c.text()
    rule = HolidayRule(
        rule.form, title, rule.date, rule.day, rule.month, rule.weekday, rule.number, c.since(inner)
    )
    return Line(word, holiday=rule, span=c.since(start))


def _rule(c: Cursor) -> HolidayRule:
    word = c.words[c.at]
    if word == "easter":
        return _easter(c)
    if word in ORDINALS:
        c.at += 1
        weekday = _weekday(c)
        c.expect("of")
        return HolidayRule("nth", month=_month(c), weekday=weekday, number=ORDINALS[word])
    if word in WEEKDAYS:
        c.at += 1
        side = c.words[c.at]
        if side not in ("before", "after"):
            return HolidayRule("weekday", weekday=word)
        c.at += 1
        number, month = _day_of_month(c)
        return HolidayRule(side, day=number, month=month, weekday=word)
    if word.isdigit():
        number, month = _day_of_month(c)
        return HolidayRule("fixed", day=number, month=month)
    if "0" <= word[:1] <= "9":
        return HolidayRule("date", date=day(c))
    help = suggestion(word, (*WEEKDAYS, *ORDINALS, "easter"))
    c.unexpected(
        "a day", help or "as in `1 january`, `first monday of september`, `easter - 2 days`"
    )


def _easter(c: Cursor) -> HolidayRule:
    """`number` is the offset in days."""
    c.at += 1
    sign = c.words[c.at]
    if sign not in SIGNS:
        return HolidayRule("easter")
    c.at += 1
    offset = c.whole("a number of days")
    if c.words[c.at] not in ("day", "days"):
        c.unexpected("`days`")
    c.at += 1
    return HolidayRule("easter", number=-offset if sign == "-" else offset)


def _weekday(c: Cursor) -> str:
    word = c.words[c.at]
    if word not in WEEKDAYS:
        c.unexpected("a day of the week", suggest=WEEKDAYS)
    c.at += 1
    return word


def _month(c: Cursor) -> str:
    word = c.words[c.at]
    if word not in MONTHS:
        c.unexpected("a month", suggest=MONTHS)
    c.at += 1
    return word


def _day_of_month(c: Cursor) -> tuple[int, str]:
    at = c.at
    number = c.whole("a day of a month")
    month = _month(c)
    if not 1 <= number <= MONTHS[month]:
        c.wrong("S122", at, f"{month} has no day {number}")
    return number, month
