"""Cover is what it is minute by minute; no proposal breaks a rule; nights and weekends are shared."""

import datetime as dt
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from ministry.rosters.cover import gaps
from ministry.rosters.pattern import Slot, is_night, is_weekend, lines_of, of_days
from ministry.rosters.proposing import Candidate, Wanted, propose
from ministry.rosters.rest import Limits, breaches, measures, taken
from tests.ministry.rosters.manning import EIGHTS

T0 = dt.datetime(2026, 10, 19, tzinfo=dt.UTC)
MINUTE, HOUR, DAY = dt.timedelta(minutes=1), dt.timedelta(hours=1), dt.timedelta(days=1)
LONDON = ZoneInfo("Europe/London")
LAW = Limits(11, 13, 48, 4)


def stretches(most):
    return st.lists(
        st.tuples(st.integers(0, 90), st.integers(1, 40)).map(
            lambda one: (T0 + one[0] * MINUTE, T0 + (one[0] + one[1]) * MINUTE)
        ),
        max_size=most,
    )


@given(st.lists(st.tuples(stretches(1), st.integers(1, 3)), max_size=4), stretches(6))
def test_cover_is_what_it_is_minute_by_minute(wanted, there):
    need = [(some[0], number) for some, number in wanted if some]
    found = gaps(need, there)
    for at in range(140):
        minute = T0 + at * MINUTE
        most = max((n for (start, end), n in need if start <= minute < end), default=0)
        present = sum(start <= minute < end for start, end in there)
        said = [one.missing for one in found if one.start <= minute < one.end]
        assert said == ([most - present] if most > present else [])
    assert found == sorted(found)


SLOTS = st.lists(
    st.tuples(st.integers(0, 28 * 8), st.integers(1, 14)).map(
        lambda one: Slot(T0 + one[0] * 3 * HOUR, T0 + (one[0] * 3 + one[1]) * HOUR)
    ),
    max_size=14,
    unique=True,
)


@given(SLOTS)
def test_what_shifts_take_is_measured_as_somebody_would_count_it(some):
    some = sorted(some)
    found = taken(some, LONDON)
    rest, week = 1_000, 0
    for at, (one, after) in enumerate(pairwise(some), 1):
        ended = max(each.end for each in some[:at])
        rest = min(rest, max(0, (after.start - ended) // HOUR))
        assert one < after
    for last in some:
        since = last.end - 7 * DAY
        hours = sum(
            (max(one.end - max(one.start, since), dt.timedelta()) for one in some if one <= last),
            dt.timedelta(),
        )
        week = max(week, -(-hours // HOUR))
    assert found.week == week
    assert found.longest == max((-(-one.length // HOUR) for one in some), default=0)
    assert found.rest == rest


def test_nights_one_after_the_other_are_counted_by_the_clock():
    night = [one.slot for one in wanted_of(9) if one.slot.name == "Night"]
    assert [one.nights for one in measures(night, LONDON)] == [*range(1, 10)]
    assert [one.nights for one in measures([night[0], night[1], night[3]], LONDON)] == [1, 2, 1]


PEOPLE = st.lists(
    st.tuples(
        st.sets(st.sampled_from("xy"), min_size=1),
        stretches(2),
        st.lists(st.integers(0, 20), max_size=2),
    ),
    max_size=7,
)


@settings(deadline=None, max_examples=30)
@given(PEOPLE, st.integers(3, 16), st.integers(8, 14), st.integers(24, 60), st.integers(1, 5))
def test_no_proposal_breaks_a_rule(people, days, rest, week, nights):
    limits = Limits(rest, 13, week, nights)
    wanted = [
        Wanted(post, slot, "Europe/London")
        for post in "xy"
        for slot in of_days(lines_of(EIGHTS), "Europe/London", T0.date(), T0.date() + days * DAY)
    ]
    some = [
        Candidate(
            f"p-{at}",
            frozenset(posts),
            tuple((start, end + 20 * HOUR) for start, end in away),
            tuple(sorted({Slot(T0 + n * 12 * HOUR, T0 + (n * 12 + 8) * HOUR) for n in has})),
        )
        for at, (posts, away, has) in enumerate(people)
    ]
    given_ = propose(wanted, some, limits)
    assert [one.wanted for one in given_] == wanted
    for one in some:
        mine = [each for each in given_ if each.person == one.person]
        assert {each.wanted.post for each in mine} <= one.posts
        assert not any(
            start < each.wanted.slot.end and each.wanted.slot.start < end
            for start, end in one.absent
            for each in mine
        )
        every = sorted([*one.has, *(each.wanted.slot for each in mine)])
        had = {each.key for each in breaches(one.person, one.has, LONDON, limits)}
        new = {each.key for each in breaches(one.person, every, LONDON, limits)}
        assert new <= had
    assert given_ == propose(wanted, some, limits)  # the same is proposed for the same


def wanted_of(days):
    some = of_days(lines_of(EIGHTS), "Europe/London", T0.date(), T0.date() + (days - 1) * DAY)
    return [Wanted("x", slot, "Europe/London") for slot in some]


def test_nights_and_weekends_are_shared_evenly():
    wanted = wanted_of(28)
    found = propose(wanted, [Candidate(f"p-{at}", frozenset("x")) for at in range(7)], LAW)
    assert all(one.person for one in found)
    for marked in (is_night, is_weekend):
        counts = [
            sum(marked(one.wanted.slot, LONDON) for one in found if one.person == f"p-{at}")
            for at in range(7)
        ]
        assert max(counts) - min(counts) <= 2, counts


def test_who_had_more_nights_before_gets_fewer_now():
    wanted = wanted_of(7)
    some = [Candidate(f"p-{at}", frozenset("x"), nights=9 * (at == 0)) for at in range(5)]
    found = propose(wanted, some, LAW)
    nights = [
        sum(is_night(one.wanted.slot, LONDON) for one in found if one.person == f"p-{at}")
        for at in range(5)
    ]
    assert nights[0] == 0 and sum(nights) == 7


def test_what_nobody_can_take_stays_open():
    wanted = wanted_of(1)
    found = propose(wanted, [Candidate("p-0", frozenset("x"))], LAW)
    assert sorted(one.person for one in found) == ["", "", "p-0"]
