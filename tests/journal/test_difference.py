"""What changed between two audits of one journal, and because of what: on small books, and on the real ones."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.laws import law
from tests.journal.worlds import World
from writ.book.load import load_book
from writ.book.model import Book
from writ.formats.audit_since import because, subject, turned
from writ.journal import causes
from writ.journal.audit import audit
from writ.journal.conclusions import conclusions, said
from writ.journal.difference import Difference, difference
from writ.journal.read import load_journal, read_journal
from writ.journal.sequence import seen, zone_of_book

ROOT = Path(__file__).parents[2]
Time = str | tuple[str, str]


def at(text: str) -> dt.date:
    if "T" in text:
        return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)
    return dt.date.fromisoformat(text)


def pair(time: Time) -> tuple[dt.date, dt.date | None]:
    """`T`: as of then, all known; `(T, K)`: as known at K."""
    return (at(time), None) if isinstance(time, str) else (at(time[0]), at(time[1]))


def found(
    book: Book, text: str, before: Time, after: Time, *premises: str
) -> tuple[Difference, ...]:
    journal, wrong = read_journal(text, book)
    assert wrong == ()
    return difference(book, journal, pair(before), pair(after), premises)


def told(book: Book, text: str, before: Time, after: Time, *premises: str) -> list[str]:
    """The differences as sentences."""
    return [
        f"{subject(one)}: {turned(one)} [{'; '.join(because(one))}]"
        for one in found(book, text, before, after, *premises)
    ]


# --- what was known


LAW = law(
    "power 1\n  minister may sign\n  after consult",
    "power 2\n  minister, clerk may consult",
    "duty 3\n  minister must report\n  within 10 days of sign",
    "power 4\n  minister may open-alarm\n  begins alarm for 30 days",
)
LATE = """\
2025-03-01 order: minister did sign
2025-03-20 report: minister did report
2025-02-28 asked: minister did consult
  known 2025-04-01
"""


def test_a_late_entry_turns_an_act_and_what_followed_from_it() -> None:
    assert told(LAW, LATE, ("2025-04-01", "2025-03-31"), ("2025-04-01", "2025-04-01")) == [
        "minister did sign (order): no authority -> authorised [late entry asked, known 2025-04-01]",
        "minister did report (report): authorised -> authorised, late [late entry asked, known 2025-04-01]",
        "minister did consult (asked): new: authorised [late entry asked, known 2025-04-01]",
        "minister must report: new: late, due 2025-03-11 [late entry asked, known 2025-04-01]",
    ]


def test_the_same_times_do_not_differ() -> None:
    assert found(LAW, LATE, "2025-04-01", "2025-04-01") == ()
    assert found(LAW, LATE, ("2025-04-01", "2025-04-01"), "2025-04-01") == ()


def test_of_several_entries_known_on_one_day_the_one_that_did_it_is_named() -> None:
    text = """\
2025-03-01 order: minister did sign
2025-02-26 walk: resident did walk
  known 2025-04-01
2025-02-27 given urgent
  known 2025-04-01
2025-02-28 asked: minister did consult
  known 2025-04-01
"""
    first, *_ = found(LAW, text, ("2025-04-01", "2025-03-31"), "2025-04-01")
    assert [cause.what for cause in first.causes] == ["asked"]


def test_entries_each_of_which_was_enough_are_named_together() -> None:
    text = """\
2025-03-01 order: minister did sign
2025-02-27 one: minister did consult
  known 2025-04-01
2025-02-28 two: clerk did consult
  known 2025-04-01
"""
    first, *_ = found(LAW, text, ("2025-04-01", "2025-03-31"), "2025-04-01")
    assert first.entry == "order"
    assert [cause.what for cause in first.causes] == ["one", "two"]


def test_what_turned_twice_has_the_cause_of_the_last_turn() -> None:
    book = law(
        "power 1\n  minister may sign\n  when urgent",
        "prohibition 2\n  minister may not sign\n  when amount above 5",
    )
    text = """\
2025-03-01 order: minister did sign
2025-02-25 given urgent
  known 2025-04-01
2025-02-26 given amount is 9
  known 2025-04-02
2025-02-27 amended: given amount is 3
  known 2025-04-03
"""
    times = (("2025-03-01", "2025-03-01"), "2025-03-01")
    assert [one.what for one in found(book, text, *times)[0].causes] == ["amended"]
    assert found(book, text, ("2025-03-01", "2025-04-01"), "2025-03-01") == ()


def test_a_text_known_later_is_an_amendment() -> None:
    book = law("power 1\n  minister may seize\n  known from 2025-06-01")
    text = "2025-03-01 raid: minister did seize\n"
    assert told(book, text, ("2025-07-01", "2025-05-31"), "2025-07-01") == [
        "minister did seize (raid): no authority -> authorised [amendment: law 1 known from 2025-06-01]"
    ]


def test_a_premise_counts_on_both_sides() -> None:
    text = "premise told\n\n" + LATE.replace("  known", "  under told\n  known")
    times = (("2025-04-01", "2025-03-31"), "2025-04-01")
    assert found(LAW, text, *times) == ()
    assert next(one.after for one in found(LAW, text, *times, "told")) == "authorised"


def test_hours_of_the_day_on_which_it_was_known() -> None:
    text = LATE.replace("known 2025-04-01", "known 2025-04-01T12:00")
    before = ("2025-04-01", "2025-04-01T11:00")
    assert found(LAW, text, before, ("2025-04-01", "2025-04-01T11:59")) == ()
    first, *_ = found(LAW, text, before, ("2025-04-01", "2025-04-01T12:00"))
    assert [cause.what for cause in first.causes] == ["asked"]


# --- what time brought


DONE = """\
2025-02-28 asked: minister did consult
2025-03-01 order: minister did sign
"""


def test_a_new_act_is_its_own_cause_and_opens_its_duties() -> None:
    assert told(LAW, DONE, "2025-02-28", "2025-03-05") == [
        "minister did sign (order): new: authorised [entry order of 2025-03-01]",
        "minister must report: new: open, due 2025-03-11 [entry order of 2025-03-01]",
    ]


def test_a_day_that_passed_is_times_doing() -> None:
    assert told(LAW, DONE, "2025-03-11", "2025-03-20") == [
        "minister must report: open, due 2025-03-11 -> breached, due 2025-03-11 [time alone, on 2025-03-12]"
    ]


def test_an_entry_on_the_day_of_a_lapse_is_not_its_cause() -> None:
    text = "2025-03-01 siren: minister did open-alarm\n2025-04-01 walk: resident did walk\n"
    assert told(LAW, text, "2025-03-31", "2025-04-01")[0] == (
        "alarm: in effect, until 2025-03-31 -> lapsed, until 2025-03-31 [time alone, on 2025-04-01]"
    )


def test_an_act_that_meets_a_duty_is_the_cause() -> None:
    text = DONE + "2025-03-09 report: minister did report\n"
    assert told(LAW, text, "2025-03-08", "2025-03-09") == [
        "minister must report: open, due 2025-03-11 -> met, due 2025-03-11 [entry report of 2025-03-09]",
        "minister did report (report): new: authorised [entry report of 2025-03-09]",
    ]


@pytest.mark.parametrize("hour", ["09:00", "23:00"])
def test_between_two_moments_of_one_day(hour: str) -> None:
    text = DONE + f"2025-03-09T{hour} report: minister did report\n"
    before, after = "2025-03-09T08:00", "2025-03-09T23:30"
    assert [one.after for one in found(LAW, text, before, after)] == [
        "met, due 2025-03-11",
        "authorised",
    ]
    assert found(LAW, text, after, "2025-03-09") == ()


def test_a_repeal_ends_a_duty() -> None:
    book = law(
        "power 1\n  minister may sign",
        "duty 3\n  minister must report\n  within 60 days of sign",
        "repeal 5\n  3\n  from 2025-04-01",
    )
    text = "2025-03-01 order: minister did sign\n"
    assert told(book, text, "2025-03-31", "2025-05-01") == [
        "minister must report: open, due 2025-04-30 -> lapsed, due 2025-04-30 "
        "[amendment: law 3 no longer in force from 2025-04-01]"
    ]


def test_recurring_duties_are_told_apart_by_their_number() -> None:
    book = law("duty 1\n  minister must report\n  every 30 days while alarm in effect", *LAW_ALARM)
    text = """\
2025-03-01 siren: minister did open-alarm
2025-03-20 one: minister did report
2025-04-10 two: minister did report
"""
    assert [subject(one) for one in found(book, text, "2025-04-09", "2025-04-10")] == [
        "minister must report (no. 2)",
        "minister did report (two)",
        "minister must report (no. 3)",
    ]


LAW_ALARM = ("power 4\n  minister may open-alarm\n  begins alarm for 90 days",)


# --- limits


def test_an_earlier_time_is_refused() -> None:
    for before, after in (
        ("2025-04-01", "2025-03-31"),
        ("2025-04-01", ("2025-04-01", "2025-04-01")),
        (("2025-04-01", "2025-04-02"), ("2025-04-01", "2025-04-01")),
    ):
        with pytest.raises(ValueError, match="earlier"):
            found(LAW, LATE, before, after)


@pytest.mark.parametrize("replays", [40, 12])
def test_a_long_way_is_halved_and_finds_the_same(
    monkeypatch: pytest.MonkeyPatch, replays: int
) -> None:
    more = "".join(
        f"2025-02-{day:02} w{day}: resident did walk\n  known 2025-03-{day + 2:02}\n"
        for day in range(1, 27)
    )
    text = "2025-03-01 order: minister did sign\n" + more + LATE.partition("report\n")[2]
    times = (("2025-04-02", "2025-03-01"), "2025-04-02")
    whole = found(LAW, text, *times)
    entries = text.count(" did ")
    monkeypatch.setattr(causes, "MOST_REPLAYED", replays * entries)
    assert found(LAW, text, *times) == whole
    assert [cause.what for cause in whole[0].causes] == ["asked"]


def test_what_would_take_too_long_is_not_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(causes, "MOST_REPLAYED", 1)
    text = LATE + "2025-02-27 given urgent\n  known 2025-04-02\n"
    first, *_ = found(LAW, text, ("2025-04-03", "2025-03-31"), "2025-04-03")
    assert (first.entry, first.causes[0].kind) == ("order", "unresolved")


# --- the books of real law


@cache
def book() -> Book:
    return load_book(ROOT / "books" / "emergencies-act")[0]


def real(name: str, before: Time, after: Time) -> list[str]:
    journal, wrong = load_journal(ROOT / "books" / "emergencies-act" / name, book())
    assert wrong == ()
    return [
        f"{subject(one)}: {turned(one)} [{'; '.join(because(one))}]"
        for one in difference(book(), journal, pair(before), pair(after))
    ]


def test_the_inquiry_that_became_known_late() -> None:
    assert real("inquiry.journal", ("2025-06-06", "2025-06-19"), ("2025-06-06", "2025-06-20")) == [
        "governor-in-council must cause-inquiry about DROUGHT: breached, due 2025-06-05 -> met, due 2025-06-05 "
        "[late entry inquiry, known 2025-06-20]",
        "governor-in-council did cause-inquiry about DROUGHT (inquiry): new: authorised "
        "[late entry inquiry, known 2025-06-20]",
    ]


def test_the_proclamation_that_nobody_knew_of() -> None:
    told = real("coercion.journal", ("2025-03-05", "2025-03-09"), ("2025-03-05", "2025-03-10"))
    assert (
        "governor-in-council must review-orders about COERCION: new: breached, due 2025-03-05 "
        "[late entry unreviewed, known 2025-03-10]" in told
    )
    assert all("late entry unreviewed" in one for one in told)


def test_the_vote_of_the_senate_ended_it() -> None:
    told = real("coercion.journal", "2025-03-19", "2025-03-20")
    ended = [one for one in told if "->" in one and "declaration about COERCION" in one]
    assert ended == [
        "declaration about COERCION: in effect, until 2025-04-10 -> ended, until 2025-03-20 "
        "[entry lost of 2025-03-20]"
    ]


# --- on random books and journals


@settings(max_examples=40)
@given(st.integers(0, 2**32), st.integers(1, 14), st.integers(1, 25))
def test_it_is_all_that_differs_and_each_has_a_cause_that_is_new(
    seed: int, norms: int, entries: int
) -> None:
    world = World(seed)
    book, _ = world.book(norms)
    if book is None:
        return
    journal = world.journal(entries)
    zone = zone_of_book(book)
    old, new = sorted((world.day(), world.day()))
    for before, after in (
        ((old, old), (new, None)),
        ((new, old), (new, new)),
        ((old, None), (new, None)),
    ):
        one, other = (conclusions(audit(book, journal, *times)) for times in (before, after))
        found = difference(book, journal, before, after)
        differ = [key for key in {**one, **other} if said(one, key) != said(other, key)]
        assert [(said(one, key), said(other, key)) for key in differ] == [
            (each.before, each.after) for each in found
        ]
        ids = [
            {entry.id for entry in seen(journal.entries, *times, (), zone)}
            for times in (before, after)
        ]
        for each in found:
            assert each.causes
            named = {cause.what for cause in each.causes if "entry" in cause.kind}
            assert named <= ids[1] - ids[0]
