"""What holds of every replay, on random books and random journals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.journal.worlds import FIRST, PREMISES, SPAN, World, compiled, without
from writ.book import dates
from writ.book.model import Book
from writ.journal.concluded import Concluded, conclude, conclude_slowly, gather
from writ.journal.entry import Entry, Journal, Kind
from writ.journal.life import Life, Stretch
from writ.journal.printed import print_journal
from writ.journal.record import MOVES, ActStatus, DutyStatus
from writ.journal.reference import replay
from writ.journal.replay import Replay
from writ.journal.replay_memory import Kept
from writ.journal.sequence import seen, with_days, zone_of_book
from writ.journal.snapshots import Snapshots

View = tuple[dt.date, dt.date | None, tuple[str, ...]]
"""As of when, as known when, under which premises."""
Wrong = Callable[[Book, Journal, View], str]
"""What is wrong with a replay, in words; empty where nothing is."""


def fast(book: Book, journal: Journal, view: View) -> Concluded:
    as_of, known_at, premises = view
    entries = seen(journal.entries, as_of, known_at, premises, zone_of_book(book))
    return conclude(with_days(book, journal.days), entries, as_of, known_at)


def slow(book: Book, journal: Journal, view: View) -> Concluded:
    return conclude_slowly(replay(book, journal, *view))


def concluded(found: Concluded) -> dict[str, list[str]]:
    """All that a replay concluded, in words that can be compared and sorted."""
    return {
        "acts": [str(act) for act in found.acts],
        "states": sorted(stretch_of(found, one) for one in found.stretches),
        "duties": sorted(life_of(one) for one in found.lives),
        "standing": [f"{norm.id} {done}" for norm, done in found.standing],
        "spared": [str(one) for one in found.spared],
    }


def life_of(life: Life) -> str:
    turns = [(str(turn.at), turn.status, turn.by, turn.citations) for turn in life.turns]
    return (
        f"{life.norm} opened {life.opened} by {life.opened_by!r} about {life.about!r} to {life.to!r}"
        f" no. {life.occurrence} due {life.due} {life.status} done {life.discharged} by"
        f" {life.discharged_by!r} turns {turns} unsure {life.unsure!r} follows {life.follows}"
        f" moved {life.moved}"
    )


def stretch_of(found: Concluded, stretch: Stretch) -> str:
    view = stretch.view
    turns = [(str(turn.at), turn.status, turn.by, turn.citations) for turn in stretch.turns]
    return (
        f"{view.state} about {view.about!r} since {view.since} by {stretch.entry!r} until {view.until}"
        f" ended {view.ended} by {stretch.ended_by!r} suspended {view.suspended}"
        f" {view.status(found.as_of, found.zone)} because {view.because} by law {view.by_law}"
        f" unsure {view.sure_until} continued {view.continued} facts {sorted(view.facts.items())}"
        f" turns {turns}"
    )


def difference(one: Concluded, other: Concluded) -> str:
    """What the first says and the second does not, and the reverse; empty where they say the same."""
    ours, theirs = concluded(one), concluded(other)
    lines: list[str] = []
    for name in ours:
        lines += [f"- {name}: {line}" for line in ours[name] if line not in theirs[name]]
        lines += [f"+ {name}: {line}" for line in theirs[name] if line not in ours[name]]
        if not lines and ours[name] != theirs[name]:
            lines.append(f"{name}: the order, or how many")
    return "\n".join(lines)


def unequal(book: Book, journal: Journal, view: View) -> str:
    """Where the fast replay departs from the reference."""
    return difference(slow(book, journal, view), fast(book, journal, view))


def views(world: World, number: int) -> list[View]:
    """The end of everything, as known then; and moments on the way."""
    end = FIRST + dt.timedelta(SPAN + 40)
    found: list[View] = [(end, None, ())]
    for _ in range(number - 1):
        premises = tuple(name for name in PREMISES if world.maybe(0.5))
        found.append((world.moment(), world.day() if world.maybe(0.3) else None, premises))
    return found


def reduced(texts: dict[str, str], journal: Journal, view: View, wrong: Wrong) -> str:
    """What is wrong, on a book with no norm and a journal with no entry too many."""
    changed = True
    while changed:
        changed = False
        for at in reversed(range(len(journal.entries))):
            book = compiled(texts)
            assert book is not None
            smaller = without(journal, at)
            if wrong(book, smaller, view):
                journal, changed = smaller, True
        for name, text in list(texts.items()):
            parts = text.split("\n```writ\n")
            for at in reversed(range(2, len(parts))):
                fewer = {**texts, name: "\n```writ\n".join((*parts[:at], *parts[at + 1 :]))}
                book = compiled(fewer)
                if book is not None and wrong(book, journal, view):
                    texts, parts, changed = fewer, parts[:at] + parts[at + 1 :], True
                    continue
                lines = parts[at].split("\n")
                for line in reversed(range(2, len(lines) - 1)):
                    shorter = "\n".join((*lines[:line], *lines[line + 1 :]))
                    whole = "\n```writ\n".join((*parts[:at], shorter, *parts[at + 1 :]))
                    fewer = {**texts, name: whole}
                    book = compiled(fewer)
                    if book is not None and wrong(book, journal, view):
                        texts, changed = fewer, True
                        lines = shorter.split("\n")
                        parts[at] = shorter
    book = compiled(texts)
    assert book is not None
    laws = "\n".join(
        text.partition("```writ")[2]
        .partition("```writ\n")[2]
        .replace("```writ\n", "")
        .replace("```\n", "")
        if name == "law.md"
        else text.partition("```writ\n")[2]
        for name, text in texts.items()
        if name != "book.md"
    )
    return f"{wrong(book, journal, view)}\nat {view}\n{laws}\n{print_journal(journal, book)}"


def holds(wrong: Wrong, seed: int, norms: int, entries: int, looks: int = 1) -> None:
    """Nothing is wrong, on a random book and journal, at so many moments."""
    world = World(seed)
    book, texts = world.book(norms)
    if book is None:
        return
    journal = world.journal(entries)
    for view in views(world, looks):
        if wrong(book, journal, view):
            pytest.fail(reduced(texts, journal, view, wrong))


seeds = st.integers(0, 2**32)
few, many = st.integers(1, 14), st.integers(1, 30)


@settings(max_examples=160)
@given(seeds, few, many)
def test_the_fast_replay_equals_the_reference(seed: int, norms: int, entries: int) -> None:
    holds(unequal, seed, norms, entries, 3)


@pytest.mark.soak
@settings(max_examples=20_000)
@given(seeds, st.integers(1, 25), st.integers(1, 60))
def test_the_fast_replay_equals_the_reference_at_length(
    seed: int, norms: int, entries: int
) -> None:
    holds(unequal, seed, norms, entries, 5)


# --- parts of a journal


def in_two_parts(book: Book, journal: Journal, view: View) -> str:
    """Where a replay that was put away half-way, and taken up again, departs from one in a piece."""
    as_of, known_at, premises = view
    book = with_days(book, journal.days)
    entries = seen(journal.entries, as_of, known_at, premises, zone_of_book(book))
    sink, shots = Kept(), Snapshots(book)
    first = shots.resume(-1, Replay(book, sink, known_at), sink)
    half = len(entries) // 2
    for entry in entries[:half]:
        first.feed(entry)
    shots.take(first, half)
    second = shots.resume(0, first, sink)
    for entry in entries[half:]:
        second.feed(entry)
    second.finish(as_of)
    found = difference(
        conclude(book, entries, as_of, known_at), gather(second, sink, as_of, len(entries))
    )
    shots.close()
    return found


@settings(max_examples=60)
@given(seeds, few, many)
def test_a_replay_may_be_put_away_and_taken_up_again(seed: int, norms: int, entries: int) -> None:
    holds(in_two_parts, seed, norms, entries)


def later_entries_matter(book: Book, journal: Journal, view: View) -> str:
    """What entries change that happened after the moment asked about, or were not known at that asked for."""
    as_of, known_at, premises = view
    zone = zone_of_book(book)
    left = tuple(
        one
        for one in journal.entries
        if dates.compare(one.at, as_of, zone) <= 0
        and (known_at is None or dates.compare(one.known_at, known_at, zone) <= 0)
        and (not one.under or any(name in premises for name in one.under))
    )
    without_them = msgspec.structs.replace(journal, entries=left)
    return difference(fast(book, without_them, view), fast(book, journal, view))


@settings(max_examples=60)
@given(seeds, few, many)
def test_nothing_later_or_unknown_changes_an_answer(seed: int, norms: int, entries: int) -> None:
    holds(later_entries_matter, seed, norms, entries, 4)


def order_matters(book: Book, journal: Journal, view: View) -> str:
    """What changes if the entries of the last days stand first in the file, those of one day as they were."""
    zone = zone_of_book(book)
    days = sorted({dates.day_of(one.at, zone) for one in journal.entries}, reverse=True)
    entries = tuple(
        one for day in days for one in journal.entries if dates.day_of(one.at, zone) == day
    )
    other = msgspec.structs.replace(journal, entries=entries)
    return difference(fast(book, journal, view), fast(book, other, view))


@settings(max_examples=60)
@given(seeds, few, many)
def test_the_order_of_days_in_the_file_is_nothing(seed: int, norms: int, entries: int) -> None:
    holds(order_matters, seed, norms, entries)


# --- acts without authority


def void_acts_matter(book: Book, journal: Journal, view: View) -> str:
    """What changes where an act without authority is taken out, and in its place nothing happens."""
    found = fast(book, journal, view)
    entries = {one.id: one for one in journal.entries}
    named: set[str] = set()
    for act in found.acts:
        entry = entries[act.entry]
        void = act.status is ActStatus.NO_AUTHORITY and not act.material
        before = any(n.before in book.vocabulary.act_up[act.act] for n in book.norms if n.before)
        if not void or before or (entry.about and entry.about not in named):
            named.add(entry.about)
            continue
        nothing = Entry(Kind.FACT, entry.at, id=entry.id, known=entry.known, under=entry.under)
        changed = tuple(nothing if one is entry else one for one in journal.entries)
        other = fast(book, msgspec.structs.replace(journal, entries=changed), view)
        rest = msgspec.structs.replace(
            found, acts=tuple(one for one in found.acts if one.entry != act.entry)
        )
        difference_ = difference(rest, other)
        if difference_:
            return f"without {act.entry}:\n{difference_}"
    return ""


@settings(max_examples=60)
@given(seeds, few, many)
def test_an_act_without_authority_changes_nothing(seed: int, norms: int, entries: int) -> None:
    holds(void_acts_matter, seed, norms, entries)


def revoked_grants_work(book: Book, journal: Journal, view: View) -> str:
    """An act that was authorised through a grant which had been revoked, or was over."""
    found = fast(book, journal, view)
    entries = {one.id: one for one in journal.entries}
    revoked: set[str] = set()
    for act in found.acts:
        if act.status is ActStatus.AUTHORISED and not entries[act.entry].lawful:
            for name in act.chain:
                over = entries[name].until
                if over is not None and dates.compare(act.at, over, found.zone) > 0:
                    return f"{act.entry} relies on {name}, which ended on {over}"
                if name in revoked:
                    return f"{act.entry} relies on {name}, which was revoked"
            revoked.update(entries[act.entry].revokes)
        elif entries[act.entry].lawful:
            revoked.update(entries[act.entry].revokes)
    return ""


@settings(max_examples=60)
@given(seeds, few, many)
def test_a_revoked_grant_authorises_nothing(seed: int, norms: int, entries: int) -> None:
    holds(revoked_grants_work, seed, norms, entries)


# --- statuses


def ill_moved(book: Book, journal: Journal, view: View) -> str:
    """What `astray` says of a replay."""
    return astray(fast(book, journal, view))


def astray(found: Concluded) -> str:
    """A duty whose status moved along no edge, ran back in time, or is open though its day is past."""
    book = found.book
    for life in found.lives:
        was, last = DutyStatus.NOT_OPENED, None
        for turn in life.turns:
            if turn.status not in MOVES[was]:
                return f"{was} -> {turn.status}: {life_of(life)}"
            back = last is not None and turn.at and dates.compare(turn.at, last, found.zone) < 0
            if back and not book.by_id[life.norm].before:
                return f"back in time: {life_of(life)}"
            was, last = DutyStatus(turn.status), turn.at
        if was is not life.status:
            return f"the last turn is not the status: {life_of(life)}"
        past = life.due is not None and dates.compare(found.as_of, life.due, found.zone) > 0
        if past and life.status is DutyStatus.OPEN:
            return f"open, though its day is past: {life_of(life)}"
    return ""


@settings(max_examples=90)
@given(seeds, few, many)
def test_statuses_move_along_the_edges(seed: int, norms: int, entries: int) -> None:
    holds(ill_moved, seed, norms, entries, 2)


REACHED: dict[DutyStatus, frozenset[DutyStatus]] = {
    one: frozenset({one, *MOVES[one], *(more for next_ in MOVES[one] for more in MOVES[next_])})
    for one in DutyStatus
}
"""To where a status may have moved in any time."""


def ill_moved_in_time(book: Book, journal: Journal, view: View) -> str:
    """A duty that an entry opened, whose status on a later day does not follow from that on an earlier one."""
    zone = zone_of_book(book)
    days = sorted({dates.day_of(one.at, zone) for one in journal.entries})
    before: dict[tuple[str, str, str, str, str], DutyStatus] = {}
    for day in days:
        now = {
            (one.norm, one.opened_by, one.about, one.to, str(one.occurrence)): one.status
            for one in fast(book, journal, (day, view[1], view[2])).lives
            if one.opened_by
        }
        for key, status in before.items():
            if now.get(key) not in REACHED[status]:
                return f"on {day}: {key} {status} -> {now.get(key)}"
        before = now
    return ""


@settings(max_examples=60)
@given(seeds, few, many)
def test_statuses_move_along_the_edges_from_day_to_day(seed: int, norms: int, entries: int) -> None:
    holds(ill_moved_in_time, seed, norms, entries)
