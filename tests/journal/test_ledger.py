"""A journal that grows: any order of arrival gives the record of the whole, and any past moment its own audit."""

import datetime as dt
import random
from pathlib import Path

import msgspec
import pytest

from tests.journal.gates import book_of
from writ.book import dates
from writ.book.load import load_book
from writ.journal.audit import audit
from writ.journal.entry import Entry, Journal, Kind
from writ.journal.ledger import Ledger
from writ.journal.read import load_journal, read_journal
from writ.journal.sequence import in_order, settled, zone_of_book

BOOKS = Path(__file__).resolve().parents[2] / "books"
DAY = dt.timedelta(days=1)


@pytest.fixture(scope="module")
def emergency():
    book, _ = load_book(BOOKS / "emergencies-act")
    journal, _ = load_journal(BOOKS / "emergencies-act" / "coercion.journal", book)
    book, journal = settled(book, journal)
    return book, tuple(entry for entry in journal.entries if not entry.under)


def outlook_of(book, journal, at, known=None):
    """What an audit says is in effect or suspended, open or breached."""
    report = audit(book, journal, at, known)
    states = [one for one in report.states if one.status in ("in effect", "suspended")]
    duties = [
        one for one in report.duties if one.status in ("open", "breached") and not one.standing
    ]
    return states, sorted(duties, key=repr)


def some_days(book, entries, every):
    zone = zone_of_book(book)
    days = sorted({dates.day_of(entry.at, zone) for entry in entries})
    return [day + step for day in days[::every] for step in (-DAY, 0 * DAY, 31 * DAY)]


def assert_same_outlooks(book, ledger, entries, every=4):
    journal = Journal(entries=tuple(entries))
    for day in some_days(book, entries, every):
        found = ledger.as_of(day)
        states, duties = outlook_of(book, journal, day)
        assert (list(found.states), sorted(found.duties, key=repr)) == (states, duties), day


def test_in_order_it_tells_no_change_and_any_past_day_is_at_hand(emergency):
    book, entries = emergency
    ledger = Ledger(book, every=5)
    entries = in_order(list(entries), zone_of_book(book))
    assert [ledger.append(entry) for entry in entries] == [()] * len(entries)
    assert_same_outlooks(book, ledger, entries)
    ledger.close()


@pytest.mark.parametrize("seed", range(3))
def test_entries_that_come_late_leave_the_record_of_the_whole(emergency, seed):
    book, entries = emergency
    shuffled = list(entries)
    chance = random.Random(seed)
    for _ in range(4):
        shuffled.append(shuffled.pop(chance.randrange(len(shuffled))))
    ledger = Ledger(book, every=4)
    for entry in shuffled:
        ledger.append(entry)
    assert_same_outlooks(book, ledger, shuffled, every=6)
    ledger.close()


LAW = """\
event flood
  of gate
state ajar "a gate stands open"
  of gate

power 1
  warden may open-gate
  begins ajar

lapse 1(2)
  ajar lapses
  when flood happened

power 2
  warden may close-gate
  when ajar in effect
  ends ajar

duty 3
  warden must close-gate
  within 2 days of open-gate
"""


@pytest.fixture
def gate(tmp_path):
    return book_of(tmp_path, LAW)


def entries_of(book, text):
    journal, wrong = read_journal(text, book, "j.journal")
    assert not wrong, wrong
    return journal.entries


def test_a_back_dated_entry_lists_the_conclusions_that_it_changed(gate):
    opened, closed, other = entries_of(
        gate,
        "2025-03-01 warden did open-gate about G-1\n"
        "2025-03-02 warden did close-gate about G-1\n"
        "2025-03-09 warden did open-gate about G-2\n",
    )
    ledger = Ledger(gate, every=1)
    assert ledger.append(opened) == ()
    assert ledger.append(other) == ()
    late = msgspec.structs.replace(closed, known=dt.date(2025, 3, 9))
    told = {(one.subject, one.about, one.before, one.after) for one in ledger.append(late)}
    assert told == {
        ("act", "G-1", "", "authorised"),
        ("state", "G-1", "in effect", "ended, until 2025-03-02"),
        ("duty", "G-1", "breached, due 2025-03-03", "met, due 2025-03-03"),
    }
    ledger.close()


def test_as_known_then_a_late_entry_had_not_been_made(gate):
    opened, closed = entries_of(
        gate,
        "2025-03-01 warden did open-gate about G-1\n"
        "2025-03-02 warden did close-gate about G-1\n  known 2025-03-08\n",
    )
    ledger = Ledger(gate, every=1)
    ledger.extend([opened, closed])
    at = dt.date(2025, 3, 8)
    known = {day: ledger.as_of(at, dt.date(2025, 3, day)) for day in (7, 8)}
    assert [one.status for one in known[7].duties] == ["breached"]
    assert [one.status for one in known[7].states] == ["in effect"]
    assert (known[8].duties, known[8].states) == ((), ())
    ledger.close()


def differences(book, before, after):
    """What two whole replays conclude differently, as a set without the words of a change."""
    found = []
    for entries in (before, after):
        report = audit(book, Journal(entries=tuple(entries)), max(before, key=place_of).at)
        found.append(
            {
                *(("act", a.act, a.about, a.entry, a.status.value, a.late) for a in report.acts),
                *(
                    ("state", s.state, s.about, s.entry, s.status.value, s.until)
                    for s in report.states
                ),
                *(
                    ("duty", d.citation, d.about, d.opened_by, d.status.value, d.due)
                    for d in report.duties
                    if not d.standing and (d.opened or d.status != "not opened")
                ),
            }
        )
    return {one[:4] for one in found[0] ^ found[1]}


def place_of(entry):
    return dates.day_of(entry.at)


@pytest.mark.parametrize("every", [1, 7, 1_000])
def test_what_changed_is_what_two_whole_replays_differ_in(emergency, every):
    book, entries = emergency
    entries = in_order(list(entries), zone_of_book(book))
    for at in range(0, len(entries) - 1, 5):
        rest = [*entries[:at], *entries[at + 1 :]]
        ledger = Ledger(book, every=every)
        ledger.extend(rest)
        told = {
            (one.subject, one.what.partition(": ")[0], one.about, one.entry)
            for one in ledger.append(entries[at])
        }
        assert told == differences(book, rest, [*rest, entries[at]])
        ledger.close()


def test_records_not_yet_read_are_those_of_when_they_were_asked_for(gate):
    opened, closed = entries_of(
        gate,
        "2025-03-01 warden did open-gate about G-1\n2025-03-02 warden did close-gate about G-1\n",
    )
    later = entries_of(gate, "2025-03-09 warden did open-gate about G-2\n")
    ledger = Ledger(gate, every=1)
    ledger.extend([opened, *later])
    before = ledger.as_of(dt.date(2025, 3, 9))
    ledger.append(msgspec.structs.replace(closed, known=dt.date(2025, 3, 9)))
    after = ledger.as_of(dt.date(2025, 3, 9))
    ledger.close()
    assert [one.about for one in before.states] == ["G-1", "G-2"]
    assert [one.status for one in before.duties] == ["breached", "open"]
    assert [one.about for one in after.states] == ["G-2"]
    assert (after.duties[0].about, len(after.duties), after.states[:5]) == (
        "G-2",
        1,
        list(after.states),
    )


def test_breached_duties_on_disk_are_counted_and_read(gate):
    """Of things of which nothing else is open: in the order in which they began, with those that are in memory."""
    ledger = Ledger(gate, every=4)
    day = dt.date(2025, 1, 1)
    for number in range(30):
        gone = Entry(Kind.ACT, day, "open-gate", f"e{number}", actor="warden", about=f"G-{number}")
        ledger.append(gone)
        ledger.append(Entry(Kind.EVENT, day, "flood", f"f{number}", about=f"G-{number}"))
        day += DAY
    outlook = ledger.as_of(day)
    assert sum(ledger.replay.core.away.values()) > 20
    assert len(outlook.duties) == 30
    assert [one.opened_by for one in outlook.duties] == [f"e{number}" for number in range(30)]
    assert len(outlook.states) == 0
    ledger.close()


def test_what_is_closed_leaves_memory(gate):
    ledger = Ledger(gate, every=10)
    day = dt.date(2025, 1, 1)
    held = []
    for number in range(200):
        about = f"G-{number}"
        for act in ("open-gate", "close-gate"):
            ledger.append(Entry(Kind.ACT, day, act, f"{act}-{number}", actor="warden", about=about))
        day += DAY
        held.append(len(ledger.replay.core.dossiers))
    assert max(held) <= 12, "as many as between two snapshots, not as many as there ever were"
    again = Entry(Kind.ACT, day, "close-gate", "again", actor="warden", about="G-3")
    ledger.append(again)
    assert [one.status for one in ledger.as_of(day).states] == []
    ledger.close()
