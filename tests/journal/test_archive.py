"""What leaves memory comes back: with few closed things kept, a replay concludes what it concludes with all of them."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench import ministry
from bench.happenings import Ministry
from tests.journal.gates import book_of
from tests.journal.worlds import PREMISES, World
from writ.book.load import load_book, load_texts
from writ.book.model import Book
from writ.journal import acts, grants
from writ.journal.archive import Archive, Sieve
from writ.journal.concluded import Concluded, conclude, gather
from writ.journal.core import Core, Dossiers
from writ.journal.dossier import Dossier
from writ.journal.entry import Entry, Kind
from writ.journal.life import Life
from writ.journal.read import load_journal
from writ.journal.record import DutyStatus
from writ.journal.replay import Replay
from writ.journal.replay_memory import Kept
from writ.journal.sequence import end_of, seen, with_days, zone_of_book

DAY = dt.timedelta(days=1)
BOOKS = Path(__file__).parents[2] / "books"
JOURNALS = sorted(BOOKS.glob("*/*.journal"))[::3]
"""Every third: the others say no more of what leaves memory."""


def concluded(book: Book, entries: list[Entry], most: int) -> tuple[Concluded, int]:
    """The same as `conclude`, with so many closed dossiers kept; and how many dossiers were in memory at most."""
    sink, core, held = Kept(), Core(book), 0
    archive = Archive()
    core.dossiers = Dossiers(archive, most=most)
    replay = Replay(book, sink, core=core)
    for entry in entries:
        replay.feed(entry)
        held = max(held, len(core.dossiers))
    as_of = end_of(entries, zone_of_book(book))
    replay.finish(as_of)
    found = gather(replay, sink, as_of, len(entries))
    archive.close()
    return found, held


@pytest.mark.parametrize("path", JOURNALS, ids=lambda path: path.stem)
def test_a_real_journal_with_two_closed_things_in_memory(path: Path) -> None:
    book, _ = load_book(path.parent)
    journal, _ = load_journal(path, book)
    book = with_days(book, journal.days)
    entries = seen(
        journal.entries, None, None, [one.name for one in journal.premises], zone_of_book(book)
    )
    as_of = end_of(entries, zone_of_book(book))
    assert concluded(book, entries, 2)[0] == conclude(book, entries, as_of)


@settings(max_examples=4, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 3))
def test_a_ministry_with_few_closed_things_in_memory(seed: int, most: int) -> None:
    book, _ = load_texts(ministry.files())
    entries = list(Ministry(seed).entries(1_000))
    found, held = concluded(book, entries, most)
    expected = conclude(book, entries, end_of(entries, zone_of_book(book)))
    assert found == expected
    things = {entry.about for entry in entries}
    assert held < len(things) + 1


def views(seed: int) -> Iterator[tuple[Book, list[Entry]]]:
    """A random book, and random journals over it, as they are replayed."""
    world = World(seed)
    book, _ = world.book(12)
    for _ in range(2 if book is not None else 0):
        assert book is not None
        journal = world.journal(40)
        yield (
            with_days(book, journal.days),
            seen(journal.entries, None, None, PREMISES, zone_of_book(book)),
        )


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 1_000_000))
def test_any_law_with_no_closed_thing_in_memory(seed: int) -> None:
    """Nothing is lost where every thing goes as soon as nothing is open, also not what is owed still."""
    for book, entries in views(seed):
        expected = conclude(book, entries, end_of(entries, zone_of_book(book)))
        assert concluded(book, entries, 0)[0] == expected


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 1_000_000))
def test_any_law_with_no_grant_that_is_over_in_memory(seed: int) -> None:
    for book, entries in views(seed):
        as_of = end_of(entries, zone_of_book(book))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(acts, "MOST_CHAINS", 1)
            patch.setattr(grants, "MOST_CHAINS", 1)
            patch.setattr(grants, "FEW_GRANTS", sys.maxsize)
            expected = conclude(book, entries, as_of)
            patch.setattr(grants, "FEW_GRANTS", 0)
            assert conclude(book, entries, as_of) == expected


BREACHES = """\
act make-amends
fact flood: yes-no

power 0
  warden may open-gate

power 0(2)
  warden may close-gate

power 0(3)
  warden may make-amends

duty 1
  warden must close-gate
  within 2 days of open-gate
  waived by warden by make-amends

duty 2
  warden must close-gate
  by 2020-03-01
  when flood
"""


@pytest.fixture
def gates(tmp_path: Path) -> Book:
    return book_of(tmp_path, BREACHES)


def opened(days: int) -> list[Entry]:
    """A gate a day that is opened, and never closed."""
    first = dt.date(2020, 1, 1)
    return [
        Entry(Kind.ACT, first + n * DAY, "open-gate", f"e{n}", actor="warden", about=f"G-{n}")
        for n in range(days)
    ]


def test_what_is_owed_about_closed_things_is_not_held_in_memory(
    gates: Book, archive: Archive
) -> None:
    core = Core(gates)
    core.dossiers = Dossiers(archive, most=2)
    replay = Replay(gates, Kept(), core=core)
    most = 0
    for entry in opened(300):
        replay.feed(entry)
        most = max(most, len(core.owed["close-gate"]), len(core.tracked.get("law:1", {})))
    assert most <= 12, "those of three days, and a few more"
    assert sum(core.away.values()) + len(core.owed["close-gate"]) == 300


@pytest.mark.parametrize("act", ["close-gate", "make-amends"])
def test_what_is_owed_about_closed_things_is_done_by_an_act_about_none(
    gates: Book, act: str
) -> None:
    entries = opened(20)
    entries.append(Entry(Kind.ACT, dt.date(2020, 1, 30), act, "all", actor="warden"))
    found, _ = concluded(gates, entries, 0)
    status = {"close-gate": DutyStatus.LATE, "make-amends": DutyStatus.WAIVED}[act]
    assert [life.status for life in found.lives] == [status] * 20
    assert found == conclude(gates, entries, entries[-1].at)


def test_a_change_for_all_reaches_the_things_in_the_archive(gates: Book) -> None:
    entries = opened(20)
    entries.append(Entry(Kind.FACT, dt.date(2020, 1, 30), facts={"flood": True}))
    found, _ = concluded(gates, entries, 0)
    dated = [life for life in found.lives if life.due == dt.date(2020, 3, 1)]
    assert len(dated) == 20
    assert found == conclude(gates, entries, entries[-1].at)


@pytest.fixture
def archive() -> Iterator[Archive]:
    made = Archive()
    yield made
    made.close()


def test_what_is_open_stays(archive: Archive) -> None:
    dossiers = Dossiers(archive, most=0)
    owing = dossiers["A"] = Dossier("A")
    owing.lives[1] = Life("duty", None)
    breached = dossiers["B"] = Dossier("B")
    breached.lives[2] = Life("duty", None, DutyStatus.BREACHED)
    dossiers["C"] = Dossier("C")
    dossiers.shed()
    assert len(dossiers) == 2  # what is of no thing, and A
    assert dossiers["A"] is owing
    assert dossiers["B"].lives[2].status is DutyStatus.BREACHED
    assert dossiers.get("D") is None
    assert {one.about for one in dossiers.values()} == {"", "A", "B", "C"}


def test_a_thing_in_use_of_late_is_kept_before_others(archive: Archive) -> None:
    dossiers = Dossiers(archive, most=3)

    def begin(*names: str) -> None:
        for name in names:
            owing = dossiers[name] = Dossier(name)
            owing.lives[1] = Life("duty", None)
        dossiers.shed()

    for name in ("A", "B", "C"):
        dossiers[name] = Dossier(name)
    begin("D")
    kept = dossiers["B"]
    assert len(dossiers) == 5, "no more are closed than may stay"
    begin("E", "F", "G", "H")
    assert set(dossiers.live) == {"", "B", "D", "E", "F", "G", "H"}
    assert dossiers["B"] is kept


def test_a_sieve_lets_through_what_was_put_in() -> None:
    sieve = Sieve()
    names = [f"thing-{n}" for n in range(2_000)]
    for name in names:
        sieve.add(name)
    assert all(name in sieve for name in names)
    assert sum(f"other-{n}" in sieve for n in range(2_000)) < 20
