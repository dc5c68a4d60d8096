"""Random calendars: what is looked up is what walking from day to day finds, and counting is consistent."""

from __future__ import annotations

import datetime as dt

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from writ.book import dates
from writ.book.model import Calendar, Place
from writ.book.terms import Period
from writ.syntax.tree import MONTHS, WEEKDAYS, HolidayRule

near = st.dates(dt.date(2019, 12, 1), dt.date(2022, 1, 31))
weekday = st.sampled_from(WEEKDAYS)
month_and_day = st.tuples(st.sampled_from(tuple(MONTHS)), st.integers(1, 31)).filter(
    lambda pair: pair[1] <= MONTHS[pair[0]]
)
year = st.sampled_from((0, 0, 0, 2020, 2021))


@st.composite
def rule(draw: st.DrawFn) -> HolidayRule:
    form = draw(
        st.sampled_from(
            ("date", "fixed", "easter", "orthodox easter", "before", "after", "nth", "weekday")
        )
    )
    month, number = draw(month_and_day)
    observed = draw(st.lists(st.tuples(weekday, weekday), max_size=2, unique_by=lambda p: p[1]))
    ordinal = draw(st.sampled_from((1, 2, 3, 4, 5, -1)))
    return HolidayRule(
        form,
        date=draw(near).isoformat(),
        day=number,
        month=month,
        weekday=draw(weekday),
        number=ordinal if form == "nth" else draw(st.integers(-180, 180)),
        since=draw(year),
        until=draw(year),
        observed=tuple(observed) if form == "fixed" else (),
    )


@st.composite
def calendar(draw: st.DrawFn) -> Calendar:
    rules = draw(st.lists(rule(), max_size=8))
    # Tuesday stays free of what comes every week, so that there is a day to count.
    rules = [r for r in rules if r.form != "weekday" or r.weekday != "tuesday"]
    sittings = draw(st.sets(near, max_size=40))
    return Calendar(
        "c",
        "",
        Place("", 0),
        weekend=frozenset(draw(st.sets(st.sampled_from((0, 2, 3, 4, 5, 6)), max_size=6))),
        holidays=tuple(rules),
        sittings={"house": tuple(sorted(sittings))},
        rolls_forward=draw(st.booleans()),
        rolls_to=draw(st.sampled_from(("", "", "house"))),
        counts_first_day=draw(st.booleans()),
    )


# --- the slow and obvious way


def western(year: int) -> dt.date:
    """Meeus, Jones and Butcher."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    w = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 19 * w) // 433
    month, number = divmod(h + w - 7 * m + 114, 31)
    return dt.date(year, month, number + 1)


def orthodox(year: int) -> dt.date:
    """Meeus's Julian algorithm; from 1900 to 2099 the Julian calendar is 13 days behind."""
    a, b, c = year % 4, year % 7, year % 19
    d = (19 * c + 15) % 30
    e = (2 * a + 4 * b - d + 34) % 7
    month, number = divmod(d + e + 114, 31)
    return dt.date(year, month, number + 1) + dt.timedelta(days=13)


def months_days(year: int, month: int) -> list[dt.date]:
    first = dt.date(year, month, 1)
    return [d for n in range(31) if (d := first + dt.timedelta(days=n)).month == month]


def falls(rule: HolidayRule, year: int) -> dt.date | None:
    """The day of a rule of once a year."""
    if rule.since > year or (rule.until and rule.until < year):
        return None
    if rule.form in ("easter", "orthodox easter"):
        sunday = western(year) if rule.form == "easter" else orthodox(year)
        return sunday + dt.timedelta(days=rule.number)
    month = list(MONTHS).index(rule.month) + 1
    days = months_days(year, month)
    if rule.form == "nth":
        same = [d for d in days if WEEKDAYS[d.weekday()] == rule.weekday]
        at = rule.number if rule.number < 0 else rule.number - 1
        return same[at] if at < len(same) else None
    if rule.day > len(days):
        return None
    found = days[rule.day - 1]
    if rule.form == "fixed":
        for on, if_on in rule.observed:
            if WEEKDAYS[found.weekday()] == if_on:
                around = (found + dt.timedelta(days=n) for n in range(-3, 4))
                return next(d for d in around if WEEKDAYS[d.weekday()] == on)
        return found
    step = -dates.ONE_DAY if rule.form == "before" else dates.ONE_DAY
    found += step
    while WEEKDAYS[found.weekday()] != rule.weekday:
        found += step
    return found


def is_holiday(day: dt.date, calendar: Calendar) -> bool:
    for rule in calendar.holidays:
        if rule.form == "date":
            if day.isoformat() == rule.date:
                return True
        elif rule.form == "weekday":
            valid = rule.since <= day.year and not (rule.until and rule.until < day.year)
            if valid and WEEKDAYS[day.weekday()] == rule.weekday:
                return True
        elif day in [falls(rule, year) for year in (day.year - 1, day.year, day.year + 1)]:
            return True
    return False


def is_working(day: dt.date, calendar: Calendar) -> bool:
    return day.weekday() not in calendar.weekend and not is_holiday(day, calendar)


def walk(day: dt.date, amount: int, calendar: Calendar) -> dt.date:
    step = dates.ONE_DAY if amount > 0 else -dates.ONE_DAY
    left = abs(amount)
    while left:
        day += step
        left -= is_working(day, calendar)
    return day


# --- they agree


@given(calendar(), st.lists(near, min_size=1, max_size=30))
def test_holidays_are_those_of_the_rules(calendar: Calendar, days: list[dt.date]) -> None:
    for each in days:
        assert dates.is_holiday(each, calendar) == is_holiday(each, calendar)
        assert dates.is_working(each, calendar) == is_working(each, calendar)


@settings(max_examples=60)
@given(calendar(), near, st.integers(-40, 40))
def test_working_days_are_those_that_a_walk_finds(
    calendar: Calendar, start: dt.date, amount: int
) -> None:
    assert dates.nth_working(start, amount, calendar) == walk(start, amount, calendar)


@given(calendar(), near, st.integers(-45, 45).filter(bool))
def test_sitting_days_are_those_that_a_scan_finds(
    calendar: Calendar, start: dt.date, amount: int
) -> None:
    sittings = calendar.sittings["house"]
    later = [each for each in sittings if each > start]
    earlier = [each for each in reversed(sittings) if each < start]
    ahead = later if amount > 0 else earlier
    expected = ahead[abs(amount) - 1] if abs(amount) <= len(ahead) else None
    assert dates.nth_sitting(start, amount, "house", calendar) == expected


# --- counting is consistent

LENGTHS = st.one_of(
    st.builds(
        Period,
        st.integers(0, 40),
        st.sampled_from(
            (
                "hours",
                "days",
                "working days",
                "weeks",
                "months",
                "years",
                "calendar months",
                "calendar years",
            )
        ),
    ),
    st.builds(Period, st.integers(0, 20), st.just("sitting days"), st.just("house")),
)


@given(calendar(), near, near, LENGTHS, st.sampled_from((1, -1)))
def test_who_starts_later_does_not_end_earlier(
    calendar: Calendar, one: dt.date, other: dt.date, period: Period, sign: int
) -> None:
    early, late = sorted((one, other))
    first = dates.add(early, period, calendar, sign)
    last = dates.add(late, period, calendar, sign)
    if first is not None and last is not None:
        assert first <= last
        due, later = dates.roll(first, calendar), dates.roll(last, calendar)
        assert due is None or later is None or due <= later


@given(calendar(), near, st.integers(1, 40), st.sampled_from(("working days", "sitting days")))
def test_between_the_start_and_the_end_lie_so_many_days(
    calendar: Calendar, start: dt.date, amount: int, unit: str
) -> None:
    period = Period(amount, unit, "house" if unit == "sitting days" else "")
    end = dates.add(start, period, calendar)
    if end is None:
        assert unit == "sitting days"
        return
    first = start if calendar.counts_first_day else start + dates.ONE_DAY
    span = (first + dt.timedelta(days=n) for n in range((end - first).days + 1))

    def counts(each: dt.date) -> bool:
        if unit == "sitting days":
            return each in calendar.sittings["house"]
        return is_working(each, calendar)

    counted = [each for each in span if counts(each)]
    assert len(counted) == amount
    assert counted[-1] == end
    back = dates.add(end, period, calendar, -1)
    if calendar.counts_first_day:
        assert back == counted[0]
    elif back is None:
        assert not any(each <= start for each in calendar.sittings["house"])
    else:
        # The last such day up to the start.
        assert back <= start
        assert counts(back)
        after = (back + dt.timedelta(days=n + 1) for n in range((start - back).days))
        assert not any(counts(each) for each in after)


@given(calendar(), near)
def test_a_due_day_moved_is_not_moved_again(calendar: Calendar, due: dt.date) -> None:
    moved = dates.roll(due, calendar)
    if moved is None:
        assert calendar.rolls_to
        later = [d for d in calendar.sittings["house"] if d >= due]
        assert all(calendar.rolls_forward and is_holiday(d, calendar) for d in later)
        return
    assert moved >= due
    assert dates.roll(moved, calendar) == moved
    between = (due + dt.timedelta(days=n) for n in range((moved - due).days))
    if calendar.rolls_forward:
        assert not is_holiday(moved, calendar)
    if calendar.rolls_to:
        assert moved in calendar.sittings["house"]
    else:
        assert all(is_holiday(each, calendar) for each in between)


@given(calendar(), near, LENGTHS)
def test_counting_the_first_day_ends_at_most_a_day_of_the_count_earlier(
    calendar: Calendar, start: dt.date, period: Period
) -> None:
    plain = msgspec.structs.replace(calendar, counts_first_day=False)
    counting = msgspec.structs.replace(calendar, counts_first_day=True)
    first = dates.add(start, period, counting)
    then = dates.add(start, period, plain)
    assert (first is None) <= (then is None)
    if first is not None and then is not None:
        assert start - dates.ONE_DAY < first <= then
        if period.unit == "days" and period.amount:
            assert then - first == dates.ONE_DAY
