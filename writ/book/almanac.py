"""The declaration of a calendar, as the model's `Calendar`. What it means is in `writ.book.dates`."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo, available_timezones

from writ.book import dates
from writ.book.model import Calendar, Place
from writ.book.names import ACTORS, Names
from writ.book.report import Report
from writ.syntax import tree


def read_calendar(report: Report, names: Names, item: tree.Declaration, place: Place) -> Calendar:
    """The calendar declared; a line with an error is left out."""
    zone = "UTC"
    weekend = frozenset({5, 6})
    holidays: list[tree.HolidayRule] = []
    sittings: dict[str, set[dt.date]] = {}
    rolls = False
    for line in item.lines:
        match line.word:
            case "zone" if line.names:
                zone = _zone(report, line.names[0]) or zone
            case "weekend":
                weekend = frozenset(_weekdays(report, line))
            case "holiday" if line.holiday:
                holidays.append(line.holiday)
            case "sitting" if line.names:
                body = line.names[0]
                if names.expect(report, body.text, body.span, ACTORS):
                    days = sittings.setdefault(body.text, set())
                    days.update(dates.day_of(dates.parse(each)) for each in line.dates)
            case "rolls forward":
                rolls = True
    return Calendar(
        item.name,
        item.description,
        place,
        zone,
        weekend,
        tuple(holidays),
        {body: tuple(sorted(days)) for body, days in sittings.items()},
        rolls,
    )


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


def _weekdays(report: Report, line: tree.Line) -> list[int]:
    found = []
    for name in line.names:
        if name.text in dates.WEEKDAYS:
            found.append(dates.WEEKDAYS.index(name.text))
        else:
            report.add(
                "V212",
                name.span,
                f"`{name.text}` is not a day of the week",
                like=(name.text, dates.WEEKDAYS),
            )
    return found
