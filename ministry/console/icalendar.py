"""Events as iCalendar (RFC 5545): of whole days and between moments, and no more.

Lines end in CRLF and are folded at 75 octets, never within a character (3.1); in texts a backslash, a semicolon, a
comma and a line break are escaped, and other control characters left out (3.3.11).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

import msgspec

OCTETS = 75
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_SPECIAL = re.compile("[\\\\;,]")


class Event(msgspec.Struct, frozen=True):
    """Something on one day, or from a moment (`day`) until another. `uid` stays while it is the same thing; `stamp` is
    when it last became otherwise."""

    uid: str
    day: dt.date | dt.datetime
    summary: str
    stamp: dt.datetime
    description: str = ""
    url: str = ""
    category: str = ""
    until: dt.datetime | None = None
    """Of an event between moments; they are given in UTC, so that no calendar has to know the zone."""


def calendar(name: str, events: Iterable[Event]) -> bytes:
    """A calendar with these events."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Writ//Calendars//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{text(name)}",
    ]
    for one in events:
        lines += event(one)
    lines.append("END:VCALENDAR")
    return b"".join(folded(line) for line in lines)


def event(one: Event) -> list[str]:
    found = [
        "BEGIN:VEVENT",
        f"UID:{text(one.uid)}",
        f"DTSTAMP:{instant(one.stamp)}",
        *times(one),
        f"SUMMARY:{text(one.summary)}",
    ]
    if one.description:
        found.append(f"DESCRIPTION:{text(one.description)}")
    if one.url:
        found.append(f"URL:{_CONTROL.sub('', one.url)}")
    if one.category:
        found.append(f"CATEGORIES:{text(one.category)}")
    return [*found, "END:VEVENT"]


def times(one: Event) -> list[str]:
    """When it is; what takes a whole day keeps nobody from anything."""
    if isinstance(one.day, dt.datetime) and one.until is not None:
        return [f"DTSTART:{instant(one.day)}", f"DTEND:{instant(one.until)}", "TRANSP:OPAQUE"]
    return [f"DTSTART;VALUE=DATE:{date(one.day)}", "TRANSP:TRANSPARENT"]


def instant(at: dt.datetime) -> str:
    return f"{at.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"


def date(day: dt.date) -> str:
    """`strftime` gives years before 1000 fewer than four figures."""
    return day.isoformat().replace("-", "")


def text(said: str) -> str:
    """A value of type TEXT."""
    plain = said.replace("\r\n", "\n").replace("\r", "\n")
    escaped = _SPECIAL.sub(lambda found: "\\" + found[0], _CONTROL.sub("", plain))
    return escaped.replace("\n", "\\n")


def folded(line: str) -> bytes:
    """A content line, as it is sent: of 75 octets at most, each further one begins with a blank."""
    parts: list[bytes] = []
    left, room = line.encode("utf-8", "replace"), OCTETS
    while len(left) > room:
        at = room
        while left[at] & 0xC0 == 0x80:  # not within a character
            at -= 1
        parts.append(left[:at])
        left, room = left[at:], OCTETS - 1
    return b"\r\n ".join([*parts, left]) + b"\r\n"
