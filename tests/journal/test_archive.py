"""What leaves memory comes back: with few closed things kept, a replay concludes what it concludes with all of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench import ministry
from bench.happenings import Ministry
from writ.book.load import load_book, load_texts
from writ.book.model import Book
from writ.journal.archive import Archive, Sieve
from writ.journal.concluded import Concluded, conclude, gather
from writ.journal.core import Core, Dossiers
from writ.journal.dossier import Dossier
from writ.journal.entry import Entry
from writ.journal.life import Life
from writ.journal.read import load_journal
from writ.journal.record import DutyStatus
from writ.journal.replay import Replay
from writ.journal.replay_memory import Kept
from writ.journal.sequence import end_of, seen, with_days, zone_of_book

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
    dossiers = Dossiers(archive, most=1)
    for name in ("A", "B", "C"):
        dossiers[name] = Dossier(name)
    dossiers.touched.clear()
    kept = dossiers["B"]
    dossiers.shed()
    assert len(dossiers) == 2
    assert dossiers["B"] is kept


def test_a_sieve_lets_through_what_was_put_in() -> None:
    sieve = Sieve()
    names = [f"thing-{n}" for n in range(2_000)]
    for name in names:
        sieve.add(name)
    assert all(name in sieve for name in names)
    assert sum(f"other-{n}" in sieve for n in range(2_000)) < 20
