"""Calendars say what they are told, in lines that RFC 5545 allows, whatever the text."""

import datetime as dt
import re

from hypothesis import given
from hypothesis import strategies as st

from ministry.console.icalendar import OCTETS, Event, calendar, folded, text

TEXTS = st.text(st.characters(codec="utf-8"), max_size=200)
DAYS = st.dates()


def unfolded(data):
    assert data.endswith(b"\r\n")
    return data.replace(b"\r\n ", b"").decode().split("\r\n")[:-1]


def read(value):
    """A TEXT value, as a reader of calendars takes it (RFC 5545, 3.3.11)."""
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)


def plain(said):
    """What of a text can stand in a calendar."""
    said = said.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(one for one in said if one in "\n\t" or not (ord(one) < 32 or ord(one) == 127))


@given(TEXTS)
def test_a_text_is_read_as_it_was_said(said):
    line = text(said)
    assert "\n" not in line and "\r" not in line
    assert read(line) == plain(said)


@given(TEXTS)
def test_no_line_is_longer_than_75_octets_and_none_breaks_a_character(said):
    data = folded(f"SUMMARY:{text(said)}")
    for line in data.split(b"\r\n")[:-1]:
        assert len(line) <= OCTETS
        line.decode()
    assert unfolded(data) == [f"SUMMARY:{text(said)}"]


@given(st.lists(st.tuples(TEXTS, DAYS, TEXTS), max_size=4))
def test_a_calendar_has_its_events_and_nothing_that_a_text_smuggles_in(rows):
    stamp = dt.datetime(2026, 1, 1, 1, 2, 3, tzinfo=dt.UTC)
    data = calendar(
        "Reviews",
        [Event(f"u{at}", day, said, stamp, more) for at, (said, day, more) in enumerate(rows)],
    )
    lines = unfolded(data)
    assert lines[0] == "BEGIN:VCALENDAR" and lines[-1] == "END:VCALENDAR"
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == len(rows)
    said = [read(line.partition(":")[2]) for line in lines if line.startswith("SUMMARY:")]
    assert said == [plain(each[0]) for each in rows]
    days = [line.partition(":")[2] for line in lines if line.startswith("DTSTART")]
    assert days == [f"{day.year:04}{day.month:02}{day.day:02}" for _, day, _ in rows]
    assert all(re.match(r"[A-Z-]+(;VALUE=DATE)?:", line) for line in lines)


def test_the_moment_of_an_event_is_in_utc():
    east = dt.timezone(dt.timedelta(hours=5))
    stamp = dt.datetime(2026, 1, 1, 1, tzinfo=east)
    data = calendar("x", [Event("u", dt.date(2026, 2, 3), "s", stamp)])
    assert b"DTSTAMP:20251231T200000Z\r\n" in data
