"""The declaration of a calendar, as the model's `Calendar`. What it means is in `writ.book.dates`."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo, available_timezones

import msgspec

from writ.book import dates
from writ.book.model import Calendar, Place
from writ.book.names import ACTORS, Names
from writ.book.report import Report
from writ.book.sessions import Sessions
from writ.syntax import tree

MAX_RULES = 400
"""Holidays by rule: each is reckoned for every year that is counted through."""


def read_calendar(report: Report, names: Names, item: tree.Declaration, place: Place) -> Calendar:
    """The calendar declared; a line with an error is left out."""
    zone = "UTC"
    weekend = frozenset({5, 6})
    rolls_to: tree.Name | None = None
    rolls = first_day = False
    for line in _once(report, item.lines):
        match line.word:
            case "zone" if line.names:
                zone = _zone(report, line.names[0]) or zone
            case "weekend":
                weekend = _weekend(report, line)
            case "rolls forward" if line.names:
                rolls_to = line.names[0]
            case "rolls forward":
                rolls = True
            case "counts the first day":
                first_day = True
    holidays = tuple(_holidays(report, item.lines))
    calendar = Calendar(item.name, item.description, place, zone, weekend, holidays)
    sessions = Sessions(report, names, calendar)
    sessions.read(item.lines)
    if rolls_to and not _can_roll(report, names, rolls_to, sessions):
        rolls_to = None
    return msgspec.structs.replace(
        calendar,
        sittings=sessions.sittings,
        recesses=sessions.recesses,
        rolls_forward=rolls,
        rolls_to=rolls_to.text if rolls_to else "",
        counts_first_day=first_day,
        provision=item.provision,
    )


def _once(report: Report, lines: tuple[tree.Line, ...]) -> Iterator[tree.Line]:
    """The lines that can be given once, each the first time."""
    seen: set[str] = set()
    for line in lines:
        word = line.word
        if word in ("holiday", "sitting", "adjourned"):
            continue
        if word == "rolls forward" and line.names:
            word += " to sitting days"
        if word in seen:
            report.add("V212", line.span, f"`{word}` is given twice", "remove one of the lines")
        else:
            seen.add(word)
            yield line


def _holidays(report: Report, lines: tuple[tree.Line, ...]) -> Iterator[tree.HolidayRule]:
    rules = 0
    for line in lines:
        rule = line.holiday
        if rule is None:
            continue
        if rule.until and rule.until < rule.since:
            message = f"the holiday ends in {rule.until}, before it begins in {rule.since}"
            report.add("V224", rule.span, message, "correct one of the years")
            continue
        rules += rule.form != "date"
        if rules <= MAX_RULES or rule.form == "date":
            yield rule
        elif rules == MAX_RULES + 1:
            message = f"the calendar has more than {MAX_RULES} holidays by rule"
            report.add("V212", rule.span, message, "no year has more days; the rest are left out")


def _can_roll(report: Report, names: Names, body: tree.Name, sessions: Sessions) -> bool:
    if not names.expect(report, body.text, body.span, ACTORS):
        return False
    if body.text in sessions.named:
        return True
    help = f"add `sitting {body.text} DATE, …`"
    report.add("V212", body.span, f"the calendar has no sitting days of `{body.text}`", help)
    return False


def _zone(report: Report, name: tree.Name) -> str:
    try:
        ZoneInfo(name.text)
        return name.text
    except (KeyError, OSError, ValueError):
        report.add(
            "V212",
            name.span,
            f"`{name.text}` is not a time zone",
            "name one of the IANA list, such as `America/Toronto`",
            like=(name.text, available_timezones()),
        )
        return ""


def _weekend(report: Report, line: tree.Line) -> frozenset[int]:
    found = set()
    for name in line.names:
        if name.text in dates.WEEKDAYS:
            found.add(dates.WEEKDAYS.index(name.text))
        else:
            report.add(
                "V212",
                name.span,
                f"`{name.text}` is not a day of the week",
                like=(name.text, dates.WEEKDAYS),
            )
    if len(found) == len(dates.WEEKDAYS):
        report.add("V212", line.span, "the weekend leaves no working day", "name fewer days")
    return frozenset(found)
