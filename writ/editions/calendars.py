"""How a calendar changed: its days, holidays and sittings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

import msgspec

from writ.book.dates import WEEKDAYS
from writ.book.model import Calendar
from writ.editions.change import Detail
from writ.editions.respects import one, some
from writ.syntax.tree import HolidayRule


def calendars(old: Calendar, new: Calendar) -> Iterator[Detail]:
    """Every respect in which two calendars count otherwise."""
    if old.zone != new.zone:
        yield Detail("zone", "other", (old.zone,), (new.zone,))
    if old.weekend != new.weekend:
        yield Detail("weekend", "other", _days(old.weekend), _days(new.weekend))
    before = {bare(rule): rule for rule in old.holidays}
    after = {bare(rule): rule for rule in new.holidays}
    gone = tuple(said(rule) for key, rule in before.items() if key not in after)
    come = tuple(said(rule) for key, rule in after.items() if key not in before)
    if gone or come:
        yield Detail("holiday", _how(gone, come), gone, come)
    yield from _sittings(old, new)
    for body in dict.fromkeys((*old.recesses, *new.recesses)):
        was = tuple(f"{start} until {end}" for start, end in old.recesses.get(body, ()))
        now = tuple(f"{start} until {end}" for start, end in new.recesses.get(body, ()))
        yield from some(f"not sitting {body}", was, now)
    yield from one("rolls to", old.rolls_to, new.rolls_to)
    if old.rolls_forward != new.rolls_forward:
        yield Detail("rolls forward", "added" if new.rolls_forward else "removed")
    if old.counts_first_day != new.counts_first_day:
        yield Detail("counts the first day", "added" if new.counts_first_day else "removed")


def _sittings(old: Calendar, new: Calendar) -> Iterator[Detail]:
    for body in dict.fromkeys((*old.sittings, *new.sittings)):
        sat, sits = set(old.sittings.get(body, ())), set(new.sittings.get(body, ()))
        gone, come = spans(sat - sits), spans(sits - sat)
        if gone or come:
            yield Detail(f"sitting {body}", _how(gone, come), gone, come)


def spans(days: Iterable[dt.date]) -> tuple[str, ...]:
    """Days that follow each other as one; of many, the first, and how many more."""
    runs: list[list[dt.date]] = []
    for day in sorted(days):
        if runs and day - runs[-1][-1] == dt.timedelta(1):
            runs[-1].append(day)
        else:
            runs.append([day])
    said = [str(run[0]) if len(run) == 1 else f"{run[0]} until {run[-1]}" for run in runs[:MOST]]
    left = sum(map(len, runs[MOST:]))
    return (*said, f"{left} more days") if left else tuple(said)


MOST = 8
"""Runs of sitting days that are shown."""


def bare(rule: HolidayRule) -> HolidayRule:
    """The rule without its name and place."""
    return msgspec.structs.replace(rule, title="", span=0)


def said(rule: HolidayRule) -> str:
    """The rule as it would be written."""
    since = f" from {rule.since}" if rule.since else ""
    until = f" until {rule.until}" if rule.until else ""
    moved = ", ".join(f"{day} if {falls}" for day, falls in rule.observed)
    return f"{_day(rule)}{since}{until}" + (f" observed {moved}" if moved else "")


def _day(rule: HolidayRule) -> str:
    match rule.form:
        case "date":
            return rule.date
        case "fixed":
            return f"{rule.day} {rule.month}"
        case "easter" | "orthodox easter":
            sign = "-" if rule.number < 0 else "+"
            return f"{rule.form} {sign} {abs(rule.number)} days" if rule.number else rule.form
        case "before" | "after":
            return f"{rule.weekday} {rule.form} {rule.day} {rule.month}"
        case "nth":
            return f"{_NTH.get(rule.number, str(rule.number))} {rule.weekday} of {rule.month}"
    return rule.weekday


_NTH = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", -1: "last"}


def _days(weekend: frozenset[int]) -> tuple[str, ...]:
    return tuple(WEEKDAYS[day] for day in sorted(weekend))


def _how(gone: tuple[str, ...], come: tuple[str, ...]) -> str:
    return "other" if gone and come else "removed" if gone else "added"
