"""When bodies sit and when they are adjourned: the `sitting` and `adjourned` lines of a calendar."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right

from writ.book.holidays import is_holiday
from writ.book.model import Calendar
from writ.book.names import ACTORS, Names
from writ.book.report import Report
from writ.syntax import tree
from writ.syntax.tree import WEEKDAYS

MAX_YEARS = 20
"""For which one line gives sitting days by rule."""
MAX_DAYS = 100_000
"""That the rules of one calendar go through."""

Span = tuple[dt.date, dt.date]
_ONE_DAY = dt.timedelta(days=1)


class Sessions:
    """Collects them; a line with an error is left out."""

    def __init__(self, report: Report, names: Names, calendar: Calendar) -> None:
        self.report = report
        self.names = names
        self.calendar = calendar
        self.sittings: dict[str, tuple[dt.date, ...]] = {}
        """The sitting days of each body, in order."""
        self.recesses: dict[str, tuple[Span, ...]] = {}
        """First and last day of the spans in which it surely does not sit, apart from one another and in order."""
        self.named: set[str] = set()
        """Bodies with a `sitting` line, be it a wrong one."""
        self._gone_through = 0

    def read(self, lines: tuple[tree.Line, ...]) -> None:
        """Read those lines of the calendar: first the adjournments, which take days from the sittings by rule."""
        spans: dict[str, list[Span]] = {}
        for line in lines:
            if line.word == "adjourned" and self._known(line):
                start, end = map(dt.date.fromisoformat, line.dates)
                if end < start:
                    self._ends_early(line, "the adjournment ends before it begins")
                else:
                    spans.setdefault(line.names[0].text, []).append((start, end))
        merged = {body: _apart(found) for body, found in spans.items()}
        listed: dict[str, set[dt.date]] = {}
        ruled: dict[str, set[dt.date]] = {}
        ends: dict[str, dt.date] = {}
        for line in lines:
            if line.word != "sitting" or not self._known(line):
                continue
            body = line.names[0].text
            self.named.add(body)
            recesses = merged.get(body, [])
            if line.sitting is None:
                self._list(line, listed.setdefault(body, set()), recesses)
                continue
            days = self._rule(line, line.sitting, recesses)
            if days:
                ruled.setdefault(body, set()).update(days)
                end = dt.date.fromisoformat(line.sitting.end)
                ends[body] = max(end, ends.get(body, end))
        for body in {**listed, **ruled}:
            days = listed.get(body, set()) | ruled.get(body, set())
            self.sittings[body] = tuple(sorted(days))
            last = self.sittings[body][-1]
            if body in ends and last < ends[body]:
                merged[body] = _apart([*merged.get(body, ()), (last + _ONE_DAY, ends[body])])
        self.recesses = {body: tuple(found) for body, found in merged.items()}

    def _known(self, line: tree.Line) -> bool:
        body = line.names[0]
        return self.names.expect(self.report, body.text, body.span, ACTORS)

    def _ends_early(self, line: tree.Line, message: str) -> None:
        self.report.add("V224", line.span, message, "correct one of the dates")

    def _list(self, line: tree.Line, days: set[dt.date], recesses: list[Span]) -> None:
        """Add the days of a list. One that cannot be right is reported once a line."""
        body = line.names[0].text
        wrong = ""
        before = dt.date.min
        for text in line.dates:
            day = dt.date.fromisoformat(text)
            if day in days:
                wrong = wrong or f"`{body}` is said twice to sit on {day}"
            elif day < before:
                wrong = wrong or f"{day} is out of order: it stands after {before}"
            elif _within(day, recesses):
                wrong = wrong or f"`{body}` is said to sit on {day}, and to be adjourned"
            days.add(day)
            before = day
        if wrong:
            help = "correct the date; sitting days stand in order, each once, outside adjournments"
            self.report.add("V212", line.span, wrong, help)

    def _rule(self, line: tree.Line, rule: tree.SittingRule, recesses: list[Span]) -> set[dt.date]:
        start, end = map(dt.date.fromisoformat, (rule.start, rule.end))
        if end < start:
            self._ends_early(line, "the sittings end before they begin")
            return set()
        length = (end - start).days + 1
        self._gone_through += length
        if length > 366 * MAX_YEARS or self._gone_through > MAX_DAYS:
            message = f"the sittings by rule run over more than {MAX_YEARS} years"
            if length <= 366 * MAX_YEARS:
                message = f"the sittings by rule run over more than {MAX_DAYS:,} days in all"
            self.report.add(
                "V212", rule.span, message, "correct a date, or give each session apart"
            )
            return set()
        weekdays = {WEEKDAYS.index(name) for name in rule.weekdays} or set(range(7))
        found = {start + n * _ONE_DAY for n in range(length)}
        found = {day for day in found if day.weekday() in weekdays}
        for day in map(dt.date.fromisoformat, rule.excepted):
            if day not in found:
                message = f"{day} is no day of this rule, so it cannot be excepted"
                self.report.add("V212", rule.span, message, "correct the date, or leave it out")
            found.discard(day)
        if rule.not_holidays:
            found = {day for day in found if not is_holiday(day, self.calendar)}
        found = {day for day in found if not _within(day, recesses)}
        if not found:
            message = "the rule gives no sitting day"
            self.report.add("V212", rule.span, message, "correct its days, or leave it out")
        return found


def _apart(spans: list[Span]) -> list[Span]:
    """The same days in spans that neither overlap nor touch, in order."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start.toordinal() <= found[-1][1].toordinal() + 1:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def _within(day: dt.date, spans: list[Span]) -> bool:
    at = bisect_right(spans, day, key=lambda span: span[0])
    return at > 0 and day <= spans[at - 1][1]
