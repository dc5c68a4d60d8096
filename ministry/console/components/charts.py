"""Charts, written by the server as SVG, each with the table of what it shows.

    chart = bars("findings", _("Findings by edition"), labels, (Series(_("errors"), errors), …), unit=_("findings"))

and in the template `{% load components %}{% chart chart %}`. Series are told apart by colour, by their order or dash,
and by words; figures stand in the table below in full.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import accumulate
from typing import Any

import msgspec
from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ministry.console.components.columns import Words
from ministry.console.components.svg import element, joined, picture, polyline, told, words
from ministry.console.components.ticks import ticks

WIDTH, HEIGHT = 680.0, 280.0
LEFT, RIGHT, TOP, FOOT = 56.0, 16.0, 26.0, 34.0
LETTER = 6.6
"""The width of a letter in a picture, more or less."""
COLOURS = 6
"""So many series are told apart; a chart has no more."""


class Series(msgspec.Struct, frozen=True):
    """One row of figures. None: it is not known, and nothing is drawn."""

    label: Words
    values: tuple[float | None, ...]


class Chart(msgspec.Struct, frozen=True):
    """A chart, drawn, with the figures that it shows."""

    name: str
    title: Words
    drawing: SafeString
    heads: tuple[str, ...]
    table: tuple[tuple[str, ...], ...]
    key: tuple[tuple[int, str], ...] = ()
    """The number of the colour of each series, and what it is."""
    unit: str = ""
    lines: bool = False


class Plot:
    """The field of a chart: where a value lies in the picture, and its axes."""

    def __init__(
        self, low: float, high: float, labels: Sequence[str], right: float = RIGHT
    ) -> None:
        self.ticks = ticks(min(low, 0.0), max(high, 0.0))
        self.labels, self.right = labels, right
        self.band = (WIDTH - LEFT - right) / max(len(labels), 1)

    def y(self, value: float) -> float:
        low, high = self.ticks[0], self.ticks[-1]
        return TOP + (HEIGHT - TOP - FOOT) * (high - value) / (high - low)

    def middle(self, at: int) -> float:
        return LEFT + self.band * (at + 0.5)

    def axes(self, unit: object, places: Sequence[float] | None = None) -> SafeString:
        """Lines at round numbers, the numbers, the names below; the unit above."""
        parts = [words(unit, LEFT - 8, 12, "start", "chart__unit")] if str(unit) else []
        for tick in self.ticks:
            y, style = self.y(tick), "chart__zero" if tick == 0 else "chart__grid"
            parts.append(element("line", class_=style, x1=LEFT, x2=WIDTH - self.right, y1=y, y2=y))
            parts.append(words(number(tick), LEFT - 8, y + 4, "end"))
        where = places or [self.middle(at) for at in range(len(self.labels))]
        longest = max((len(label) for label in self.labels), default=0)
        free = -1e9
        for x, label in zip(where, self.labels, strict=True):
            half = min(longest, 14) * LETTER / 2 + 3
            if x - half < free:
                continue
            free = x + half
            short = label if len(label) <= 14 else f"{label[:13]}…"
            parts.append(words(short, x, HEIGHT - FOOT + 18, "middle"))
        return element("g", joined(parts), class_="chart__axes", aria_hidden="true")


def bars(
    name: str, title: Words, labels: Sequence[Any], series: Sequence[Series], unit: Words = ""
) -> Chart:
    """Bars beside each other."""
    known = [value for one in series for value in one.values if value is not None]
    plot = Plot(min(known, default=0), max(known, default=0), [said(one) for one in labels])
    wide = plot.band * 0.72 / max(len(series), 1)
    parts = []
    for n, one in enumerate(checked(series, labels)):
        for at, value in enumerate(one.values):
            if value is None:
                continue
            x, zero, y = LEFT + plot.band * (at + 0.14) + wide * n, plot.y(0), plot.y(value)
            parts.append(_bar(n, x, min(y, zero), wide, abs(zero - y), labels[at], one, value))
            if len(series) == 1 and wide > 14:
                parts.append(words(number(value), x + wide / 2, min(y, zero) - 4, "middle"))
    return _chart(name, title, labels, series, unit, plot, joined(parts))


def stacked(
    name: str, title: Words, labels: Sequence[Any], series: Sequence[Series], unit: Words = ""
) -> Chart:
    """Bars upon each other.

    Raises:
        ValueError: a figure is below zero.
    """
    if any(value is not None and value < 0 for one in series for value in one.values):
        raise ValueError("what is below zero cannot stand upon something")
    sums = [sum(one.values[at] or 0 for one in series) for at in range(len(labels))]
    plot = Plot(0, max(sums, default=0), [said(one) for one in labels])
    wide = min(plot.band * 0.62, 90)
    parts, reached = [], [0.0] * len(labels)
    for n, one in enumerate(checked(series, labels)):
        for at, value in enumerate(one.values):
            if not value:
                continue
            top, foot = plot.y(reached[at] + value), plot.y(reached[at])
            reached[at] += value
            x = plot.middle(at) - wide / 2
            parts.append(_bar(n, x, top, wide, foot - top, labels[at], one, value))
    for at, total in enumerate(sums):
        parts.append(words(number(total), plot.middle(at), plot.y(total) - 5, "middle"))
    return _chart(name, title, labels, series, unit, plot, joined(parts))


def lines(
    name: str, title: Words, labels: Sequence[Any], series: Sequence[Series], unit: Words = ""
) -> Chart:
    """Lines from left to right. Days lie apart as they are in time; other labels evenly."""
    known = [value for one in series for value in one.values if value is not None]
    right = min(max((len(str(one.label)) for one in series), default=0), 16) * LETTER + 20
    plot = Plot(min(known, default=0), max(known, default=0), [said(one) for one in labels], right)
    places = _places(plot, labels)
    parts, ends = [], []
    for n, one in enumerate(checked(series, labels)):
        points = [
            (places[at], plot.y(value)) for at, value in enumerate(one.values) if value is not None
        ]
        for run in _runs(one.values):
            path = polyline((places[at], plot.y(one.values[at] or 0)) for at in run)
            parts.append(element("path", class_=f"chart__line chart__line--{n + 1}", d=path))
        for at, value in enumerate(one.values):
            if value is not None:
                dot = told(f"{said(labels[at])}, {one.label}: {number(value)}")
                style = f"chart__dot chart__fill--{n + 1}"
                parts.append(
                    element("circle", dot, class_=style, cx=places[at], cy=plot.y(value), r=3)
                )
        if points:
            ends.append((points[-1][1], str(one.label), n))
    free = -1e9
    for y, label, n in sorted(ends):
        free = max(y, free + 14)
        short = label if len(label) <= 16 else f"{label[:15]}…"
        style = f"chart__end chart__end--{n + 1}"
        parts.append(words(short, WIDTH - right + 8, free + 4, "start", style))
    return _chart(name, title, labels, series, unit, plot, joined(parts), places)


def s_curve(
    name: str, title: Words, labels: Sequence[Any], planned: Sequence[float],
    done: Sequence[float], unit: Words = "",
) -> Chart:  # fmt: skip
    """What was planned and what was done, each added up from the left; `done` ends where nothing is known yet."""
    sums = tuple(accumulate(done))
    actual = (*sums, *([None] * (len(labels) - len(sums))))
    return lines(
        name, title, labels,
        (Series(_("planned"), tuple(accumulate(planned))), Series(_("done"), actual)), unit,
    )  # fmt: skip


def spark(values: Sequence[float | None], label: Words) -> SafeString:
    """A line the height of a word. What it says the words beside it must say, too; `label` is heard in its place."""
    known = [value for value in values if value is not None]
    low, high = min(known, default=0), max(known, default=1)
    span, step = (high - low) or 1, 96 / max(len(values) - 1, 1)
    parts = [
        element(
            "path",
            class_="chart__line chart__line--1",
            d=polyline((2 + step * at, 20 - 16 * ((values[at] or 0) - low) / span) for at in run),
        )
        for run in _runs(values)
    ]
    return element(
        "svg", joined(parts), role="img", class_="spark", viewBox="0 0 100 24", width=100,
        height=24, aria_label=str(label),
    )  # fmt: skip


def checked(series: Sequence[Series], labels: Sequence[Any]) -> Sequence[Series]:
    """Series that fit their labels.

    Raises:
        ValueError: there are too many, or one is longer or shorter than the labels.
    """
    if len(series) > COLOURS:
        raise ValueError(f"more than {COLOURS} series cannot be told apart: show a table")
    if any(len(one.values) != len(labels) for one in series):
        raise ValueError("a series has another number of figures than there are labels")
    return series


def number(value: float | None) -> str:
    """A figure in words, without the digits that only arithmetic made."""
    if value is None:
        return ""
    exact = round(value, 6)
    return number_format(int(exact) if exact == int(exact) else exact, force_grouping=True)


def said(label: Any) -> str:
    return label.isoformat() if isinstance(label, dt.date) else str(label)


def _bar(
    n: int, x: float, y: float, wide: float, high: float, label: Any, one: Series, value: float
) -> SafeString:
    tip = told(f"{said(label)}, {one.label}: {number(value)}")
    style = f"chart__bar chart__fill--{n + 1}"
    return element("rect", tip, class_=style, x=x, y=y, width=wide, height=high)


def _places(plot: Plot, labels: Sequence[Any]) -> list[float]:
    if len(labels) < 2 or not all(isinstance(one, dt.date) for one in labels):
        return [plot.middle(at) for at in range(len(labels))]
    first, last = min(labels), max(labels)
    room, span = WIDTH - LEFT - plot.right - 30, (last - first) / dt.timedelta(days=1) or 1.0
    return [LEFT + 15 + room * ((one - first) / dt.timedelta(days=1)) / span for one in labels]


def _runs(values: Sequence[float | None]) -> list[list[int]]:
    """The places of figures that stand beside each other."""
    runs: list[list[int]] = [[]]
    for at, value in enumerate(values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append(at)
    return [run for run in runs if run]


def _chart(
    name: str, title: Words, labels: Sequence[Any], series: Sequence[Series], unit: Words,
    plot: Plot, shapes: SafeString, places: Sequence[float] | None = None,
) -> Chart:  # fmt: skip
    known = [value for one in series for value in one.values if value is not None]
    desc = _("%(series)s; from %(low)s to %(high)s %(unit)s. The table below has each figure.") % {
        "series": ", ".join(str(one.label) for one in series),
        "low": number(min(known, default=0)),
        "high": number(max(known, default=0)),
        "unit": unit,
    }
    inside = joined((plot.axes(unit, places), shapes))
    return Chart(
        name,
        title,
        picture(f"chart-{name}", title, desc, WIDTH, HEIGHT, inside),
        ("", *(str(one.label) for one in series)),
        tuple(
            (said(label), *(number(one.values[at]) for one in series))
            for at, label in enumerate(labels)
        ),
        tuple((n + 1, str(one.label)) for n, one in enumerate(series)) if len(series) > 1 else (),
        str(unit),
        places is not None,
    )
