"""Statuses of duties and states move only along the allowed edges, also where what is closed leaves memory."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given, settings

from tests.journal.semantics.hall import FREE, law
from tests.journal.test_archive import concluded as with_few
from tests.journal.test_properties import (
    View,
    astray,
    concluded,
    difference,
    fast,
    few,
    holds,
    many,
    seeds,
    slow,
)
from writ.book import dates
from writ.book.model import Book
from writ.journal.concluded import Concluded, conclude
from writ.journal.entry import Journal
from writ.journal.life import Life, Stretch
from writ.journal.record import MOVES, DutyStatus, Turn
from writ.journal.sequence import end_of, seen, with_days, zone_of_book

OVER = frozenset({"lapsed", "ended"})
RUNS = frozenset({"in effect", "suspended"})
"""Between these acts turn a state; once one has ended it, none does. That it lapsed is not an act's doing."""


# --- with few closed things in memory


def strays_from_the_archive(book: Book, journal: Journal, view: View) -> str:
    """What goes astray, or is concluded otherwise, where the dossiers of closed things go to a file and come back."""
    book = with_days(book, journal.days)
    entries = seen(journal.entries, None, None, view[2], zone_of_book(book))
    if not entries:
        return ""
    found, _ = with_few(book, list(entries), 0)
    whole = conclude(book, entries, end_of(entries, zone_of_book(book)))
    return astray(found) or unsettled(found) or difference(whole, found)


@settings(max_examples=60)
@given(seeds, few, many)
def test_statuses_of_what_comes_back_from_the_archive(seed: int, norms: int, entries: int) -> None:
    holds(strays_from_the_archive, seed, norms, entries)


# --- states


def unsettled(found: Concluded) -> str:
    """A state that an act turned along no edge, or that began after it was over."""
    for stretch in found.stretches:
        ended = False
        for was, turn in pairwise(stretch.turns):
            ended = ended or was.status not in RUNS
            if ended and turn.by != was.by:  # what one act does to a state, it does as it found it
                return f"{stretch.raw.state}: {was.status} -> {turn.status}"
        if stretch.over and stretch.view.status(found.as_of, found.zone) not in OVER:
            return f"{stretch.raw.state} is over and {stretch.view.status(found.as_of, found.zone)}"
    return ""


def revived(book: Book, journal: Journal, view: View) -> str:
    """A stretch that was over on one day, and is not on a later one; or that an act turned along no edge."""
    zone = zone_of_book(book)
    days = sorted({dates.day_of(one.at, zone) for one in journal.entries})
    before: dict[tuple[str, str, str, int], str] = {}
    for day in days:
        found = fast(book, journal, (day, view[1], view[2]))
        if amiss := unsettled(found):
            return f"on {day}: {amiss}"
        now: dict[tuple[str, str, str, int], str] = {}
        for one in found.stretches:
            count = 1
            while (one.raw.state, one.raw.about, one.entry, count) in now:
                count += 1
            now[one.raw.state, one.raw.about, one.entry, count] = one.view.status(day, zone)
        for key, status in before.items():
            if status in OVER and now.get(key) != status:
                return f"on {day}: {key} {status} -> {now.get(key)}"
        before = now
    return ""


@settings(max_examples=60)
@given(seeds, few, many)
def test_what_has_lapsed_or_ended_does_not_revive(seed: int, norms: int, entries: int) -> None:
    holds(revived, seed, norms, entries)


# --- what the properties would find


BOOK = law(FREE, "duty 1\n  clerk must report\n  within 10 days of storm")
DAY = dt.date(2025, 6, 2)


def record(*statuses: str, at: tuple[int, ...] = (), due: int | None = None) -> Concluded:
    """A replay of one duty whose status moved so, a day apart or on these days."""
    days = [DAY + dt.timedelta(n) for n in at or range(len(statuses))]
    turns = [Turn(day, status) for day, status in zip(days, statuses, strict=True)]
    life = Life("law/1", DAY, DutyStatus(statuses[-1]), turns=turns)
    if due is not None:
        life.due = DAY + dt.timedelta(due)
    empty = conclude(BOOK, (), DAY + dt.timedelta(30))
    return msgspec.structs.replace(empty, lives=(life,))


@pytest.mark.parametrize("was", DutyStatus)
@pytest.mark.parametrize("then", DutyStatus)
def test_every_edge_that_is_not_allowed_is_found(was: DutyStatus, then: DutyStatus) -> None:
    way = {
        DutyStatus.OPEN: ("open",),
        DutyStatus.NOT_OPENED: ("open", "not opened"),
    }.get(was, ("open", was.value))
    assert (astray(record(*way, then.value)) == "") is (then in MOVES[was])


def test_what_runs_back_in_time_or_is_open_too_long_is_found() -> None:
    assert "back in time" in astray(record("open", "met", at=(2, 1)))
    assert "its day is past" in astray(record("open", due=29))
    assert astray(record("open", due=30)) == ""
    other = record("open", "met")
    other.lives[0].status = DutyStatus.OPEN
    assert "the last turn is not the status" in astray(other)


@pytest.mark.parametrize(
    ("turns", "by", "right"),
    [
        (("in effect", "suspended", "in effect", "ended"), "abcd", True),
        (("in effect", "ended", "in effect"), "abb", True),
        (("in effect", "ended", "suspended"), "abc", False),
        (("in effect", "ended", "ended"), "abc", False),
        (("in effect", "ended", "in effect", "suspended"), "abbc", False),
    ],
)
def test_a_state_that_comes_back_is_found(turns: tuple[str, ...], by: str, right: bool) -> None:
    from writ.engine.instance import Instance

    instance = Instance("alarm", DAY)
    turned = [Turn(DAY, status, one) for status, one in zip(turns, by, strict=True)]
    stretch = Stretch(instance, instance, turns=turned)
    found = msgspec.structs.replace(record("open"), stretches=(stretch,))
    assert (unsettled(found) == "") is right
    stretch.turns, stretch.over = stretch.turns[:1], True
    assert "is over and in effect" in unsettled(found)


def test_a_move_along_no_edge_stops_the_replay() -> None:
    for was in DutyStatus:
        for then in DutyStatus:
            life = Life("law/1", DAY, was)
            if then in MOVES[was]:
                life.move(then, DAY)
                assert life.status is then
            else:
                with pytest.raises(AssertionError):
                    life.move(then, DAY)


def test_a_difference_between_replays_is_found() -> None:
    assert difference(record("open"), record("open", "met"))
    assert concluded(record("open")) == concluded(record("open"))
    journal = Journal()
    view: View = (DAY, None, ())
    assert difference(slow(BOOK, journal, view), fast(BOOK, journal, view)) == ""
