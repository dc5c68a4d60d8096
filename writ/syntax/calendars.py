"""The lines of a calendar."""

from __future__ import annotations

from datetime import MAXYEAR

from writ.syntax.cursor import Cursor, shown, suggestion
from writ.syntax.expressions import SIGNS, day
from writ.syntax.tree import MONTHS, WEEKDAYS, HolidayRule, Line, Name, SittingRule

MAX_OFFSET = 180
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


def sitting(c: Cursor, word: str) -> Line:
    """`sitting BODY` and its days: a list, or weekdays (or `every day`) from one day until another."""
    start = c.start(c.at)
    c.at += 1
    body = c.name("the body that sits")
    first = c.words[c.at]
    if first not in WEEKDAYS and first != "every":
        if "a" <= first[:1] <= "z":
            c.unexpected("a date or a day of the week", suggest=(*WEEKDAYS, "every"))
        return Line(word, (body,), dates=days(c), span=c.since(start))
    inner = c.start(c.at)
    weekdays: tuple[str, ...] = ()
    if c.take("every"):
        c.expect("day")
    else:
        weekdays = _weekdays(c)
    since, until = _from_until(c)
    excepted, not_holidays = _exceptions(c) if c.take("except") else ((), False)
    rule = SittingRule(weekdays, since, until, excepted, not_holidays, c.since(inner))
    return Line(word, (body,), span=c.since(start), sitting=rule)


def _weekdays(c: Cursor) -> tuple[str, ...]:
    found = [_weekday(c)]
    while c.take(","):
        found.append(_weekday(c))
    c.bound(len(found))
    return tuple(found)


def _exceptions(c: Cursor) -> tuple[tuple[str, ...], bool]:
    """Days, and whether `holidays` is one of the exceptions (it stands first when printed)."""
    found: list[str] = []
    not_holidays = False
    while True:
        if c.take("holidays"):
            not_holidays = True
        else:
            found.append(day(c))
        if not c.take(","):
            c.bound(len(found))
            return tuple(found), not_holidays


def _from_until(c: Cursor) -> tuple[str, str]:
    c.expect("from")
    since = day(c)
    c.expect("until")
    return since, day(c)


def adjourned(c: Cursor, word: str) -> Line:
    """`adjourned BODY from DATE until DATE`: its first and last day without a sitting."""
    start = c.start(c.at)
    c.at += 1
    body = c.name("the body that is adjourned")
    return Line(word, (body,), dates=_from_until(c), span=c.since(start))


def rolls_forward(c: Cursor, word: str) -> Line:
    """`rolls forward`, or `rolls forward to sitting days of BODY`."""
    start = c.start(c.at)
    c.at += 2
    names: tuple[Name, ...] = ()
    if c.take("to"):
        c.expect("sitting", "days", "of")
        names = (c.name("the body that sits"),)
    return Line(word, names, span=c.since(start))


def holiday(c: Cursor, word: str) -> Line:
    """One of the forms of a holiday, its title, its years, and where it is observed if it falls on a weekend."""
    start = c.start(c.at)
    c.at += 1
    inner = c.start(c.at)
    rule = _rule(c)
    title = c.text()
    at = c.at
    since = _year(c) if c.take("from") else 0
    until = _year(c) if c.take("until") else 0
    if (since or until) and rule.form == "date":
        c.wrong("S140", at, "a single day has no years", "leave them out, or write `1 july`")
    at = c.at
    observed = _observed(c) if c.take("observed") else ()
    if observed and rule.form != "fixed":
        help = "this one falls on the same day of the week in every year"
        c.wrong("S140", at, "only a day such as `1 july` is observed on another", help)
    rule = HolidayRule(
        rule.form,
        title,
        rule.date,
        rule.day,
        rule.month,
        rule.weekday,
        rule.number,
        c.since(inner),
        since,
        until,
        observed,
    )
    return Line(word, holiday=rule, span=c.since(start))


def _year(c: Cursor) -> int:
    at = c.at
    word = c.words[at]
    if not (word.isascii() and word.isdigit()):
        c.unexpected("a year", "as in `from 2021`")
    number = c.whole("a year")
    if not 1 <= number <= MAXYEAR:
        c.wrong("S122", at, f"there is no year {shown(word)}", "as in `from 2021`")
    return number


def _observed(c: Cursor) -> tuple[tuple[str, str], ...]:
    """`monday if sunday`, joined by commas; a weekday that it falls on stands there once."""
    found: dict[str, str] = {}
    while True:
        on = _weekday(c)
        c.expect("if")
        at = c.at
        falls = _weekday(c)
        if falls in found or falls == on:
            message = f"{falls} is given twice"
            c.wrong("S140", at, message, "as in `observed friday if saturday, monday if sunday`")
        found[falls] = on
        if not c.take(","):
            return tuple((on, falls) for falls, on in found.items())


def _rule(c: Cursor) -> HolidayRule:
    word = c.words[c.at]
    if word == "easter":
        return _easter(c, word)
    if word == "orthodox":
        c.at += 1
        if c.words[c.at] != "easter":
            c.unexpected("`easter` after `orthodox`")
        return _easter(c, "orthodox easter")
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
    help = suggestion(word, (*WEEKDAYS, *ORDINALS, "easter", "orthodox"))
    c.unexpected(
        "a day", help or "as in `1 january`, `first monday of september`, `easter - 2 days`"
    )


def _easter(c: Cursor, form: str) -> HolidayRule:
    """`number` is the offset in days."""
    c.at += 1
    sign = c.words[c.at]
    if sign not in SIGNS:
        return HolidayRule(form)
    c.at += 1
    at = c.at
    offset = c.whole("a number of days")
    if c.words[c.at] not in ("day", "days"):
        c.unexpected("`days`")
    c.at += 1
    if offset > MAX_OFFSET:
        c.wrong("S123", at, f"more than {MAX_OFFSET} days are nearer to another Easter")
    return HolidayRule(form, number=-offset if sign == "-" else offset)


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
