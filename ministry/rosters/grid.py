"""A roster as it is looked at: a stretch of days, by post and by person. It reads nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

import msgspec

from ministry.rosters.models import Post, Shift
from ministry.rosters.pattern import DAY, Slot, of_days

WEEK, MONTH = 7, 28


class Cell(msgspec.Struct):
    """One shift of the pattern on one day: who has it, and how many are missing."""

    slot: Slot
    shifts: list[Shift]
    missing: int
    now: bool = False
    past: bool = False

    @property
    def start(self) -> str:
        """Its beginning, as an act names it."""
        return self.slot.start.isoformat(timespec="minutes")


class Day(msgspec.Struct, frozen=True):
    day: dt.date
    cells: list[Cell]
    today: bool
    weekend: bool


class Grid(msgspec.Struct, frozen=True):
    """Rows are the shifts of the pattern, columns are days."""

    post: Post
    days: list[Day]
    rows: list[tuple[str, str, list[list[Cell]]]]
    people: list[tuple[str, list[list[Cell]]]]
    """By person, for each day what they have."""

    @property
    def first(self) -> dt.date:
        return self.days[0].day

    @property
    def last(self) -> dt.date:
        return self.days[-1].day


def grid(post: Post, shifts: Iterable[Shift], first: dt.date, number: int, at: dt.datetime) -> Grid:
    """The grid of a post from a day on."""
    by_start: dict[dt.datetime, list[Shift]] = {}
    for one in shifts:
        by_start.setdefault(one.start, []).append(one)
    slots = of_days(post.lines, post.zone, first, first + (number - 1) * DAY)
    by_day: dict[dt.date, list[Cell]] = {first + n * DAY: [] for n in range(number)}
    today = post.day_of(at)
    for slot in slots:
        some = sorted(by_start.get(slot.start, ()), key=lambda one: one.person)
        cell = Cell(
            slot,
            some,
            max(0, post.needs - len(some)),
            slot.start <= at < slot.end,
            slot.end <= at,
        )
        by_day[post.day_of(slot.start)].append(cell)
    days = [Day(day, cells, day == today, day.weekday() >= 5) for day, cells in by_day.items()]
    return Grid(post, days, lines_of(post, days), people_of(days))


def lines_of(post: Post, days: Sequence[Day]) -> list[tuple[str, str, list[list[Cell]]]]:
    """By line of the pattern: its name, its hours, and for each day its shifts."""
    found = []
    for line in post.lines:
        cells = [
            [
                one
                for one in day.cells
                if one.slot.name == line.name
                and one.slot.start.astimezone(post.tz).time().replace(tzinfo=None) == line.begins
            ]
            for day in days
        ]
        found.append((line.name, f"{line.begins:%H:%M}–{line.ends:%H:%M}", cells))
    return found


def people_of(days: Sequence[Day]) -> list[tuple[str, list[list[Cell]]]]:
    people = sorted({one.person for day in days for cell in day.cells for one in cell.shifts})
    return [
        (
            person,
            [[one for one in day.cells if any(s.person == person for s in one.shifts)] for day in days],
        )
        for person in people
    ]  # fmt: skip
