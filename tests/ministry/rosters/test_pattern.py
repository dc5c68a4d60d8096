"""Shifts come by rule and by the clock on the wall: none is lost or there twice, the night of the change is longer."""

import datetime as dt
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ministry.rosters.pattern import (
    NotAPattern,
    Slot,
    is_night,
    is_weekend,
    lines_of,
    of_days,
    slots,
)
from tests.ministry.rosters.manning import EIGHTS

DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)
LONDON = "Europe/London"


def night_of(day, zone=LONDON):
    return next(one for one in of_days(lines_of(EIGHTS), zone, day, day) if one.name == "Night")


@pytest.mark.parametrize(
    ("day", "hours"),
    [(dt.date(2026, 3, 28), 7), (dt.date(2026, 7, 1), 8), (dt.date(2026, 10, 24), 9)],
)
def test_a_night_over_the_change_of_the_clock_is_an_hour_shorter_or_longer(day, hours):
    assert night_of(day).length == hours * HOUR


def test_where_the_clock_does_not_change_every_night_is_as_long():
    lengths = {night_of(dt.date(2026, 1, 1) + at * DAY, "UTC").length for at in range(365)}
    assert lengths == {8 * HOUR}


@given(
    st.dates(dt.date(2001, 1, 1), dt.date(2060, 1, 1)),
    st.sampled_from([LONDON, "America/Toronto", "Australia/Lord_Howe", "Asia/Kathmandu"]),
)
def test_three_shifts_a_day_follow_each_other_without_a_minute_between(first, zone):
    found = of_days(lines_of(EIGHTS), zone, first, first + 20 * DAY)
    assert len(found) == 63
    assert all(one.end == after.start for one, after in pairwise(found))


@given(st.dates(dt.date(2001, 1, 1), dt.date(2060, 1, 1)), st.integers(1, 50), st.integers(1, 50))
def test_a_stretch_has_the_shifts_of_its_parts(first, some, more):
    lines = lines_of(
        "A | FREQ=WEEKLY;BYDAY=MO,WE | 07:00-19:00\nB | FREQ=DAILY;INTERVAL=2 | 19:00-07:00"
    )
    since = dt.datetime.combine(first, dt.time(), dt.UTC)
    middle, until = since + some * 7 * HOUR, since + (some + more) * 7 * HOUR
    whole = slots(lines, LONDON, since, until)
    assert whole == slots(lines, LONDON, since, middle) + slots(lines, LONDON, middle, until)


def test_a_rule_counts_from_a_monday_and_knows_the_weekend():
    found = of_days(
        lines_of("Weekend | FREQ=WEEKLY;BYDAY=SA,SU | 08:00-20:00"),
        LONDON,
        dt.date(2026, 11, 23),
        dt.date(2026, 11, 29),
    )
    assert [one.start.day for one in found] == [28, 29]
    assert all(is_weekend(one, ZoneInfo(LONDON)) for one in found)


def test_what_takes_three_hours_of_the_night_is_a_night():
    zone = ZoneInfo(LONDON)

    def shift(begin, hours):
        start = dt.datetime(2026, 11, 23, tzinfo=zone) + begin * HOUR
        return Slot(start.astimezone(dt.UTC), (start + hours * HOUR).astimezone(dt.UTC))

    assert is_night(shift(22, 8), zone) and is_night(shift(18, 8), zone)
    assert is_night(shift(3, 8), zone)
    assert not is_night(shift(17, 8), zone) and not is_night(shift(6, 8), zone)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Night",
        "Night | FREQ=DAILY | 22-06",
        "Night | FREQ=DAILY | 25:00-06:00",
        "Night | FREQ=HOURLY | 22:00-06:00",
        "Night | FREQ=SECONDLY | 22:00-06:00",
        "Night | FREQ=DAILY;COUNT=3 | 22:00-06:00",
        "Night | FREQ=DAILY;BYHOUR=1 | 22:00-06:00",
        "Night | FREQ=DAILY;BYDAY=XX | 22:00-06:00",
        "Night | FREQ=DAILY;INTERVAL=x | 22:00-06:00",
        "Night | EXRULE:FREQ=DAILY | 22:00-06:00",
        "Night | FREQ=DAILY | 22:00-06:00 | more",
        "\n".join(["Night | FREQ=DAILY | 22:00-06:00"] * 25),
    ],
)
def test_what_is_no_pattern_is_refused(text):
    with pytest.raises(NotAPattern):
        lines_of(text)


@given(st.text(max_size=60))
def test_whatever_is_written_it_is_a_pattern_or_refused(text):
    try:
        lines_of(f"Night | {text} | 22:00-06:00")
    except NotAPattern:
        return
    assert text.strip().upper().startswith("FREQ=") or "FREQ=" in text.upper()
