"""Maps of things that have a place: drawn by the server, moved by a script where there is one, and listed beside.

    shown = charted(found, "depots", _("Depots"), Depot.objects.seen_by(found.reader), place)

where `place(row)` is the `Place` of a row, and in the template `{% load components %}{% map shown %}`, with
`{% map_assets %}` in the head of the page. Land and borders are Natural Earth's (public domain), from the package that
bin/browser installs; nothing is asked of elsewhere.
Latitude and longitude are drawn as they are (equirectangular), narrowed by the cosine of the middle.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ministry.console.components.columns import Words
from ministry.console.components.states import State, state
from ministry.console.components.svg import element, joined, picture, told, words
from ministry.console.here import Here
from ministry.labels.models import Labelled

MADE = Path(__file__).parents[1] / "static" / "console"
WIDTH, TALLEST = 860.0, 520.0
NARROW = 60.0
"""Degrees of longitude: what is narrower is drawn with the finer shapes."""
LEAST = 4.0
"""Degrees that a map shows at least."""
THINNED = 0.4
"""Pixels: points of a shape nearer to each other are one."""

R = TypeVar("R")
Point = tuple[float, float]
"""Longitude and latitude, in degrees (WGS 84), as GeoJSON orders them."""
Bounds = tuple[float, float, float, float]
"""West, south, east, north, in degrees."""


class Place(msgspec.Struct, frozen=True):
    """A thing on a map: at a point, along a line, or over an area."""

    what: Words
    at: Point | None = None
    line: tuple[Point, ...] = ()
    area: tuple[Point, ...] = ()
    """Its edge, once around; that it closes goes without saying."""
    state: str | State = ""
    href: str = ""
    note: Words = ""

    @property
    def points(self) -> tuple[Point, ...]:
        return ((self.at,) if self.at else ()) + self.line + self.area

    @property
    def stands(self) -> State | None:
        return state(self.state) if self.state else None

    @property
    def tone(self) -> str:
        stands = self.stands
        return str(stands.tone) if stands else "plain"

    @property
    def geometry(self) -> dict[str, Any]:
        """As GeoJSON (RFC 7946) has it."""
        if self.area:
            return {"type": "Polygon", "coordinates": [[*self.area, self.area[0]]]}
        if self.line:
            return {"type": "LineString", "coordinates": [*self.line]}
        return {"type": "Point", "coordinates": self.at}


class Map(msgspec.Struct, frozen=True):
    """A map, drawn; its things with their labels, numbered from 1 as in the list; and the same for the script."""

    name: str
    title: Words
    places: tuple[tuple[Place, str], ...]
    drawing: SafeString | None
    data: dict[str, Any]
    world: str = ""
    """The file with the shapes of land; empty where none was made."""


def charted(
    here: Here, name: str, title: Words, rows: Iterable[R], place: Callable[[R], Place | None],
    bounds: Bounds | None = None,
) -> Map:  # fmt: skip
    """A map of rows. Of a model that may be marked they must come from `seen_by`, and pass `here.shown` before.

    What has no place is left out. `bounds` is what the map shows; left out, all things with some room around.

    Raises:
        ValueError: a point is not on the earth.
        Refused: what may be read on the record alone was open a moment ago, and is not now.
    """
    every: list[Any] = list(rows)
    if any(isinstance(row, Labelled) for row in every):
        every = here.shown(every)
    places = [
        (one, row.label if isinstance(row, Labelled) else "")
        for row, one in ((row, place(row)) for row in every)
        if one is not None
    ]
    for one, _label in places:
        if not one.points or not all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in one.points):
            raise ValueError(f"{one.what} is at no place on the earth")
    if not places:
        return Map(name, title, (), None, {})
    shown = bounds or around([point for one, _label in places for point in one.points])
    scale = "50m" if shown[2] - shown[0] < NARROW else "110m"
    features = [
        {
            "type": "Feature",
            "geometry": one.geometry,
            "properties": {
                "number": n, "what": str(one.what), "href": one.href, "tone": one.tone,
                "words": str(one.stands.words) if one.stands else "", "note": str(one.note),
            },
        }
        for n, (one, _label) in enumerate(places, 1)
    ]  # fmt: skip
    return Map(
        name,
        title,
        tuple(places),
        drawn(name, title, [one for one, _label in places], shown, scale),
        {"type": "FeatureCollection", "features": features, "bounds": shown},
        f"console/world-{scale}.json" if (MADE / f"world-{scale}.json").exists() else "",
    )


def around(points: Sequence[Point]) -> Bounds:
    """What shows all points with some room around them, within the earth."""
    west, east = min(x for x, _y in points), max(x for x, _y in points)
    south, north = min(y for _x, y in points), max(y for _x, y in points)
    dx = max((east - west) * 0.12, (LEAST - (east - west)) / 2, 0.5)
    dy = max((north - south) * 0.12, (LEAST - (north - south)) / 2, 0.5)
    return (
        max(west - dx, -180.0),
        max(south - dy, -90.0),
        min(east + dx, 180.0),
        min(north + dy, 90.0),
    )


class View:
    """Where a point of the earth lies in the picture."""

    def __init__(self, bounds: Bounds) -> None:
        self.west, self.south, self.east, self.north = bounds
        narrowed = max(math.cos(math.radians((self.south + self.north) / 2)), 0.1)
        self.x = WIDTH / (self.east - self.west)
        self.y = self.x / narrowed
        self.height = (self.north - self.south) * self.y
        if self.height > TALLEST:  # then land is shown beside what was asked for
            shrunk = TALLEST / self.height
            middle, half = (self.west + self.east) / 2, (self.east - self.west) / 2 / shrunk
            self.west, self.east = middle - half, middle + half
            self.x, self.y, self.height = self.x * shrunk, self.y * shrunk, TALLEST

    def __call__(self, point: Point) -> tuple[float, float]:
        return (point[0] - self.west) * self.x, (self.north - point[1]) * self.y

    def path(self, points: Iterable[Point], closed: bool) -> str:
        """A line through points as a path, without those that nobody could tell apart."""
        found: list[tuple[float, float]] = []
        last = (math.inf, math.inf)
        for point in points:
            at = self(point)
            if abs(at[0] - last[0]) + abs(at[1] - last[1]) >= THINNED:
                found.append(at)
                last = at
        if len(found) < (3 if closed else 2):
            return ""
        return "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in found) + ("Z" if closed else "")

    def sees(self, box: Bounds) -> bool:
        west, south, east, north = box
        return (
            west <= self.east and east >= self.west and south <= self.north and north >= self.south
        )


def drawn(
    name: str, title: Words, places: Sequence[Place], bounds: Bounds, scale: str
) -> SafeString:
    """The map as a picture."""
    view = View(bounds)
    parts = [element("rect", class_="map__sea", x=0, y=0, width=WIDTH, height=view.height)]
    land, borders = shapes(bounds, scale)
    parts += [
        element("path", class_="map__land", d=land),
        element("path", class_="map__border", d=borders),
    ]
    for n, one in enumerate(places, 1):
        style, tip = f"map__thing map__thing--{one.tone}", told(f"{n}. {one.what}")
        if one.area or one.line:
            d = view.path((*one.area, one.area[0]) if one.area else one.line, bool(one.area))
            shape = style if one.area else f"{style} map__thing--line"
            parts.append(element("path", tip, class_=shape, d=d))
    for n, one in enumerate(places, 1):
        x, y = view(one.at or _middle(one.points))
        if one.at:
            dot = element(
                "circle",
                told(f"{n}. {one.what}"),
                class_=f"map__pin map__pin--{one.tone}",
                cx=x,
                cy=y,
                r=11,
            )
            parts.append(dot)
        parts.append(words(n, x, y + 4, "middle", "map__number" if one.at else "map__name"))
    desc = _("%(many)s things, numbered as in the list below.") % {"many": len(places)}
    return picture(f"map-{name}", title, desc, WIDTH, view.height, joined(parts))


def _middle(points: Sequence[Point]) -> Point:
    return sum(x for x, _y in points) / len(points), sum(y for _x, y in points) / len(points)


@lru_cache(maxsize=32)
def shapes(bounds: Bounds, scale: str) -> tuple[str, str]:
    """Paths of land and of borders within the picture."""
    view = View(bounds)
    land, borders = world(scale)
    return (
        "".join(view.path(ring, True) for box, ring in land if view.sees(box)),
        "".join(view.path(line, False) for box, line in borders if view.sees(box)),
    )


Shape = tuple[Bounds, list[Point]]


@lru_cache(maxsize=2)
def world(scale: str) -> tuple[list[Shape], list[Shape]]:
    """The edges of land and the borders between countries; none where bin/browser has not made them."""
    try:
        made = msgspec.json.decode((MADE / f"world-{scale}.json").read_bytes())
    except OSError:
        return [], []
    rings = [ring for polygon in made["land"] for ring in polygon]
    return [*_boxed(rings)], [*_boxed(made["borders"])]


def _boxed(lines: Iterable[list[Any]]) -> Iterator[Shape]:
    for line in lines:
        points = [(float(x), float(y)) for x, y in line]
        xs, ys = [x for x, _y in points], [y for _x, y in points]
        yield (min(xs), min(ys), max(xs), max(ys)), points
