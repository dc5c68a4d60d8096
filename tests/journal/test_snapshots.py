"""What a snapshot gives back is what the replay had, however it was written: whole, or as what had changed."""

import datetime as dt
import pickle
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.journal.gates import book_of
from tests.journal.worlds import PREMISES, World
from writ.book.model import Book
from writ.engine.request import Event
from writ.journal import packed, snapshots
from writ.journal.concluded import conclude, gather
from writ.journal.dossier import Digest
from writ.journal.entry import Entry, Kind
from writ.journal.entry_log import BLOCK, EntryLog
from writ.journal.ledger import Ledger
from writ.journal.packed import Packed
from writ.journal.replay import Replay
from writ.journal.replay_memory import Kept
from writ.journal.sealed import Sealed
from writ.journal.sequence import end_of, seen, with_days, zone_of_book
from writ.journal.snapshots import APART, Snapshots

DAY = dt.timedelta(days=1)
seeds = st.integers(0, 1_000_000)


def worlds(seed: int) -> Iterator[tuple[Book, list[Entry]]]:
    """A random book, and random journals over it, as they are replayed."""
    world = World(seed)
    book, _ = world.book(12)
    for _ in range(2 if book is not None else 0):
        assert book is not None
        journal = world.journal(60)
        entries = seen(journal.entries, None, None, PREMISES, zone_of_book(book))
        yield with_days(book, journal.days), entries


def held(replay: Replay) -> dict[str, object]:
    """All that a core holds, and of its timers those that have something to do."""
    core = replay.core
    return {
        "owed": core.owed,
        "tracked": core.tracked,
        "running": {state: list(there.items()) for state, there in core.running.items()},
        "live": core.live,
        "timers": {timer for timer in core.timers if replay.is_valid(timer)},
        "done": {name: digest.events for name, digest in core.general.items()},
        "rest": {
            name: getattr(value, "__getstate__", lambda value=value: value)()
            for name, value in core.__dict__.items()
            if name not in APART and name != "most_timers"
        },
    }


def differs(book: Book, entries: list[Entry], every: int) -> str:
    """Where a replay that goes on from some snapshot departs from the one that it was taken of."""
    sink, shots = Kept(), Snapshots(book)
    first = shots.resume(-1, Replay(book, sink), sink, most=2)
    copies: list[tuple[bytes, Kept]] = []
    for count, entry in enumerate(entries, 1):
        first.feed(entry)
        if count % every == 0:
            shots.take(first, count)
            kept = Kept()
            kept.acts, kept.duties, kept.states = [*sink.acts], [*sink.duties], [*sink.states]
            copies.append((pickle.dumps(held(first)), kept))
    as_of = end_of(entries, zone_of_book(book))
    expected = conclude(book, entries, as_of)
    for place, (copy, kept) in enumerate(copies):
        then = pickle.loads(copy)
        again = held(shots.resume(place, first, kept))
        for name, value in then.items():
            if pickle.loads(pickle.dumps(again[name])) != value:
                return f"{name} after {shots.entries_at(place)}: {value} and not {again[name]}"
        second = shots.resume(place, first, kept)
        for entry in entries[shots.entries_at(place) :]:
            second.feed(entry)
        second.finish(as_of)
        if gather(second, kept, as_of, len(entries)) != expected:
            return f"what is concluded from {shots.entries_at(place)} on"
    shots.close()
    return ""


@settings(max_examples=12, deadline=None)
@given(seeds, st.integers(3, 20))
@example(
    474317, 3
)  # nothing was open under an act when the whole core was written, and then something was breached
def test_a_replay_goes_on_from_what_has_changed_since_a_whole_core(seed: int, every: int) -> None:
    for book, entries in worlds(seed):
        assert differs(book, entries, every) == ""


@settings(max_examples=8, deadline=None)
@given(seeds, st.integers(3, 9))
def test_a_replay_goes_on_where_every_third_core_or_so_is_whole(seed: int, every: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(snapshots, "LEAST", 0)
        patch.setattr(snapshots, "TIMERS", 2)
        for book, entries in worlds(seed):
            assert differs(book, entries, every) == ""


RULES = """\
state ajar "a gate stands open"
  of gate

power 1
  warden may open-gate
  begins ajar

power 2
  warden may close-gate
  ends ajar

duty 3
  warden must close-gate
  within 1000 days of open-gate
"""


def opened(count: int, first: int = 0) -> Iterator[Entry]:
    """A gate each that is opened, and never closed."""
    day = dt.date(2020, 1, 1)
    for n in range(first, first + count):
        at = day + n // 20 * DAY
        yield Entry(Kind.ACT, at, "open-gate", f"e{n}", actor="warden", about=f"G-{n}")


def test_what_an_entry_takes_on_disk_does_not_grow_with_what_is_open(tmp_path: Path) -> None:
    ledger = Ledger(book_of(tmp_path, RULES), every=20)
    sizes = [0]
    for part in range(3):
        ledger.extend(opened(1_500, 1_500 * part))
        sizes.append(ledger.size())
    assert len(ledger.replay.core.running["ajar"]) == 4_500
    grown = [after - before for before, after in pairwise(sizes)]
    assert grown[2] < 1.3 * grown[1] < 2 * grown[0]
    assert len(ledger.as_of(dt.date(2020, 1, 2)).states) == 40
    assert len(ledger.as_of(dt.date(2030, 1, 2)).states) == 4_500
    ledger.close()


def test_what_is_asked_for_is_read_without_the_timers_of_later_days(tmp_path: Path) -> None:
    ledger = Ledger(book_of(tmp_path, RULES), every=50)
    ledger.extend(opened(2_000))
    shots, replay = ledger._snapshots, ledger.replay
    now = replay.clock.instant(dt.date(2020, 4, 1))
    early = shots.resume(len(shots.kept) - 1, replay, Kept(), until=now)
    assert early.core.timers == []
    assert len(shots.resume(len(shots.kept) - 1, replay, Kept()).core.timers) == 2_000
    then = dt.date(2020, 1, 1) + 1_010 * DAY
    assert {one.status for one in ledger.as_of(then).duties[:200]} == {"breached"}
    ledger.close()


LATER = """\
fact opening: date
state ajar "a gate stands open"
  of gate

power 1
  warden may open-gate
  begins ajar from opening
"""


def test_what_has_not_begun_is_not_counted(tmp_path: Path) -> None:
    """Whether its snapshot was whole, or said what had changed; as of a day before its beginning, and of one after."""
    ledger = Ledger(book_of(tmp_path, LATER), every=10)
    day = dt.date(2020, 1, 1)
    for entry in opened(600):
        facts = {"opening": day + 300 * DAY} if int(entry.id[1:]) % 3 else {"opening": day}
        ledger.append(msgspec.structs.replace(entry, facts=facts))
    for entries in (20, 100, 300, 600):
        at = day + (entries // 20 - 1) * DAY
        found = ledger.as_of(at).states
        assert len(found) == len(list(found)) == -(-entries // 3)
    assert len(ledger.as_of(day + 300 * DAY).states) == 600
    ledger.close()


# --- what they are written with


@settings(max_examples=40, deadline=None)
@given(st.lists(st.binary(max_size=300) | st.just(b"the same again" * 9), max_size=30))
def test_pieces_are_read_as_they_were_written(pieces: list[bytes]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(packed, "SAMPLED", 8)
        patch.setattr(packed, "APART", 3)
        file = Packed("pieces", alike=True)
        places = [file.put(piece) for piece in pieces]
        assert [file.get(place) for place in places] == pieces
        half = len(pieces) // 2
        if pieces:
            file.cut(places[half][0])
            assert file.end == places[half][0]
        places[half:] = [file.put(piece) for piece in reversed(pieces[half:])]
        again = [*pieces[:half], *reversed(pieces[half:])]
        assert [file.get(place) for place in places] == again
        file.close()


def test_alike_pieces_take_little() -> None:
    alike, other = Packed("alike", alike=True), Packed("other")
    for number in range(packed.SAMPLED + 500):
        piece = f"the duty of the warden of gate {number} to close it within two days".encode()
        alike.put(piece)
        other.put(piece)
    assert alike.end < 0.8 * other.end
    alike.close()
    other.close()


def test_entries_are_read_by_number() -> None:
    log, entries = EntryLog(), list(opened(3 * BLOCK + 5))
    assert [log.append(entry) for entry in entries] == list(range(len(entries)))
    assert len(log) == len(entries)
    order = [*range(BLOCK + 3, -1, -7), *range(len(entries))]
    assert list(log.read(order)) == [entries[at] for at in order]
    log.close()


events = st.lists(
    st.builds(Event, st.just("close"), by=st.sampled_from("ab"), person=st.sampled_from("xy"))
)


@settings(max_examples=50)
@given(events, events, events, st.booleans())
def test_what_was_done_is_read_when_it_is_asked_for(
    old: list[Event], new: list[Event], newer: list[Event], every: bool
) -> None:
    plain, asked = Digest(every), []
    for event in old:
        plain.add(event)
    events = list(plain.events)
    sealed = Sealed(every, lambda: asked.append(1) or events)
    for event in new:
        plain.add(event)
        sealed.add(event)
    assert not asked
    assert (sealed.events, sealed.every) == (plain.events, plain.every)
    for event in newer:
        plain.add(event)
        sealed.add(event)
    assert sealed.events == plain.events
    assert len(asked) == 1
    assert pickle.loads(pickle.dumps(sealed)).events == plain.events
