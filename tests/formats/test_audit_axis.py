"""The time axis of the picture."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writ.formats.audit_axis import TICKS, Axis, axis, days, zone_of

FIRST = dt.date(2022, 2, 14).toordinal()
TIMES = st.floats(1, 3_650_000, allow_nan=False)


def labels(start: dt.datetime, end: dt.datetime) -> list[str]:
    zone = dt.UTC
    return [
        tick.label
        for tick in Axis(
            days(start.replace(tzinfo=zone), zone), days(end.replace(tzinfo=zone), zone)
        ).ticks()
    ]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (
            dt.datetime(2022, 2, 19, 13, 5),
            dt.datetime(2022, 2, 19, 17, 5),
            ["19 Feb 14:00", "15:00", "16:00", "17:00"],
        ),
        (
            dt.datetime(2022, 2, 19, 13),
            dt.datetime(2022, 2, 21, 1),
            ["19 Feb 18:00", "20 Feb", "06:00", "12:00", "18:00", "21 Feb"],
        ),
        (
            dt.datetime(2022, 2, 14),
            dt.datetime(2022, 3, 20),
            ["14 Feb 2022", "21 Feb", "28 Feb", "7 Mar", "14 Mar"],
        ),
        (
            dt.datetime(2021, 11, 20),
            dt.datetime(2022, 4, 2),
            ["Dec 2021", "Jan 2022", "Feb", "Mar", "Apr"],
        ),
        (
            dt.datetime(1985, 6, 1),
            dt.datetime(2022, 1, 1),
            ["1990", "1995", "2000", "2005", "2010", "2015", "2020"],
        ),
    ],
)
def test_ticks_stand_at_round_times(start, end, expected):
    assert labels(start, end) == expected


@given(TIMES, TIMES)
def test_ticks_are_few_and_in_order_and_inside(one, other):
    over = axis((min(one, other), max(one, other)), (), dt.UTC)
    ticks = over.ticks()
    assert len(ticks) <= TICKS
    assert [tick.at for tick in ticks] == sorted(tick.at for tick in ticks)
    assert all(0 <= tick.at <= 100 for tick in ticks)


@given(st.lists(TIMES, min_size=2), st.lists(TIMES))
def test_what_happened_takes_up_a_fair_part_of_the_width(core, wanted):
    over = axis((min(core), max(core)), wanted, dt.UTC)
    assert over.start <= min(core) and max(core) <= over.end
    if max(core) - min(core) >= 1:
        assert over.place(max(core)) - over.place(min(core)) >= 20


@given(TIMES, TIMES, TIMES)
def test_later_is_never_further_left(one, other, third):
    first, middle, last = sorted((one, other, third))
    over = axis((first, last), (), dt.UTC)
    assert over.place(first) <= over.place(middle) <= over.place(last)


def test_moments_of_different_offsets_stand_where_their_instant_is():
    ottawa = dt.datetime(2022, 2, 14, 16, 30, tzinfo=dt.timezone(dt.timedelta(hours=-5)))
    zone = zone_of([dt.date(2022, 2, 1), ottawa])
    assert zone.utcoffset(None) == dt.timedelta(hours=-5)
    assert days(ottawa, zone) == pytest.approx(FIRST + 16.5 / 24)
    assert days(ottawa.astimezone(dt.UTC), zone) == pytest.approx(FIRST + 16.5 / 24)
