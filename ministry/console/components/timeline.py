"""Events on lanes in time: a picture, and the same as a list in the order of time.

    events = [Event(order.signed, order.title, lane="Orders", state="in force", href=…), …]
    timeline = lanes("orders", _("Orders of the month"), events, found.zone, now=found.at)

and in the template `{% load components %}{% lanes timeline %}`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

import msgspec
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ministry.console.components.columns import Words
from ministry.console.components.states import State, state
from ministry.console.components.svg import element, joined, picture, told, words

WIDTH, LEFT, RIGHT, TOP, LANE = 860.0, 150.0, 24.0, 30.0, 40.0
MOST = 8
"""So many times are named along the picture."""
DRAWN = 400
"""So many events are drawn, the latest; the list has all that it is given."""


class Event(msgspec.Struct, frozen=True):
    """Something that happened, happens until a moment, or is to happen."""

    at: dt.datetime | dt.date
    what: Words
    lane: str = ""
    state: str | State = ""
    href: str = ""
    until: dt.datetime | dt.date | None = None
    note: Words = ""

    @property
    def stands(self) -> State | None:
        return state(self.state) if self.state else None


class Timeline(msgspec.Struct, frozen=True):
    """Events, drawn and in their order."""

    name: str
    title: Words
    events: tuple[Event, ...]
    drawing: SafeString | None
    left_out: int = 0


def lanes(
    name: str, title: Words, events: Sequence[Event], zone: dt.tzinfo,
    now: dt.datetime | None = None,
) -> Timeline:  # fmt: skip
    """A timeline. Days begin at midnight by `zone`; `now` is drawn as a line across the lanes."""
    order = sorted(events, key=lambda one: (_moment(one.at, zone), str(one.what)))
    drawn = order[-DRAWN:]
    if not drawn:
        return Timeline(name, title, (), None)
    ends = [_moment(one.until or one.at, zone) for one in drawn] + ([now] if now else [])
    first, last = _moment(drawn[0].at, zone), max(ends)
    if now is not None:
        first = min(first, now)
    if first == last:
        last = first + dt.timedelta(days=1)
    span = (last - first).total_seconds()

    def x(moment: dt.datetime) -> float:
        return LEFT + 8 + (WIDTH - LEFT - RIGHT - 16) * (moment - first).total_seconds() / span

    called = list(dict.fromkeys(one.lane for one in drawn))
    foot = TOP + LANE * len(called)
    parts = []
    for moment, label in times(first, last, zone):
        at = x(moment)
        parts.append(element("line", class_="lanes__grid", x1=at, x2=at, y1=TOP - 4, y2=foot))
        parts.append(words(label, at, 16, "middle", "lanes__tick"))
    for n, lane in enumerate(called):
        y = TOP + LANE * (n + 0.5)
        short = lane if len(lane) <= 20 else f"{lane[:19]}…"
        parts.append(element("line", class_="lanes__lane", x1=LEFT, x2=WIDTH - RIGHT, y1=y, y2=y))
        parts.append(words(short, 0, y + 4, "start", "lanes__name"))
    if now is not None:
        at = x(now)
        line = element("line", told(_("now")), class_="lanes__now", x1=at, x2=at, y1=TOP, y2=foot)
        parts.append(line)
    for one in drawn:
        parts.append(_mark(one, x, TOP + LANE * (called.index(one.lane) + 0.5), zone))
    desc = _("%(many)s events on %(lanes)s lanes, from %(first)s to %(last)s. The list below has each of them.") % {
        "many": len(drawn), "lanes": len(called),
        "first": first.astimezone(zone).date(), "last": last.astimezone(zone).date(),
    }  # fmt: skip
    drawing = picture(f"lanes-{name}", title, desc, WIDTH, foot + 8, joined(parts))
    return Timeline(name, title, tuple(order), drawing, len(order) - len(drawn))


def _mark(one: Event, x: Callable[[dt.datetime], float], y: float, zone: dt.tzinfo) -> SafeString:
    at = x(_moment(one.at, zone))
    stands = one.stands
    style = "lanes__mark" + (f" lanes__mark--{stands.tone}" if stands else "")
    tip = told(f"{one.what}{f' ({stands.words})' if stands else ''}")
    if one.until is not None:
        wide = max(x(_moment(one.until, zone)) - at, 6)
        return element("rect", tip, class_=style, x=at, y=y - 7, width=wide, height=14, rx=3)
    sign = words(stands.sign, at, y + 3.5, "middle", "lanes__sign") if stands else ""
    circle = element("circle", tip, class_=style, cx=at, cy=y, r=8)
    return joined((circle, sign))


def _moment(at: dt.datetime | dt.date, zone: dt.tzinfo) -> dt.datetime:
    return at if isinstance(at, dt.datetime) else dt.datetime.combine(at, dt.time(), zone)


HOURS = (1, 3, 6, 12)
DAYS = (1, 2, 7, 14)
MONTHS = (1, 3, 6, 12, 24, 60, 120, 300, 600, 1200, 3000, 6000, 12000)


def times(first: dt.datetime, last: dt.datetime, zone: dt.tzinfo) -> list[tuple[dt.datetime, str]]:
    """Round times between two moments, at most `MOST`, with what is said of each."""
    hours = (last - first).total_seconds() / 3600
    begin = first.astimezone(zone)
    midnight = begin.replace(hour=0, minute=0, second=0, microsecond=0)
    for step in HOURS:
        if hours / step < MOST:
            every = (midnight + dt.timedelta(hours=step * n) for n in range(int(hours / step) + 26))
            return [(one, f"{one:%H:%M}") for one in every if first <= one <= last]
    for step in DAYS:
        if hours / 24 / step < MOST:
            start = midnight - dt.timedelta(days=midnight.weekday() if step >= 7 else 0)
            many = int(hours / 24 / step) + 3
            every = (start + dt.timedelta(days=step * n) for n in range(many))
            return [(one, f"{one.day} {one:%b}") for one in every if first <= one <= last]
    for step in MONTHS:
        if hours / 730 / step < MOST:
            break
    month = begin.year * 12 + begin.month - 1
    month -= month % step
    found = []
    for n in range(MOST + 3):
        year, rest = divmod(month + step * n, 12)
        if not 1 <= year <= 9998:
            continue
        one = dt.datetime(year, rest + 1, 1, tzinfo=zone)
        if first <= one <= last:
            found.append((one, f"{year}" if step >= 12 else f"{one:%b} {year}"))
    return found
