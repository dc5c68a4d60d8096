"""What holds of every replay, on random books and random journals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.journal.worlds import FIRST, PREMISES, SPAN, World, compiled, without
from writ.book.model import Book
from writ.journal.concluded import Concluded, conclude, conclude_slowly
from writ.journal.entry import Journal
from writ.journal.life import Life, Stretch
from writ.journal.printed import print_journal
from writ.journal.reference import replay
from writ.journal.sequence import seen, with_days, zone_of_book

View = tuple[dt.date, dt.date | None, tuple[str, ...]]
"""As of when, as known when, under which premises."""


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
    }


def life_of(life: Life) -> str:
    turns = [(str(turn.at), turn.status, turn.by) for turn in life.turns]
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


def reduced(texts: dict[str, str], journal: Journal, view: View, wrong: Any) -> str:
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
        for name in texts:
            parts = texts[name].split("\n```writ\n")
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
        text.partition("```writ")[2].partition("```writ\n")[2].replace("```writ\n", "").replace("```\n", "")
        if name == "law.md"
        else text.partition("```writ\n")[2]
        for name, text in texts.items()
        if name != "book.md"
    )
    return f"{wrong(book, journal, view)}\nat {view}\n{laws}\n{print_journal(journal, book)}"


def equal(seed: int, norms: int, entries: int, looks: int) -> None:
    world = World(seed)
    book, texts = world.book(norms)
    if book is None:
        return
    journal = world.journal(entries)
    for view in views(world, looks):
        if unequal(book, journal, view):
            pytest.fail(reduced(texts, journal, view, unequal))


seeds = st.integers(0, 2**32)


@settings(max_examples=100)
@given(seeds, st.integers(1, 14), st.integers(1, 30))
def test_the_fast_replay_equals_the_reference(seed: int, norms: int, entries: int) -> None:
    equal(seed, norms, entries, 2)


@pytest.mark.soak
@settings(max_examples=20_000)
@given(seeds, st.integers(1, 25), st.integers(1, 60))
def test_the_fast_replay_equals_the_reference_at_length(
    seed: int, norms: int, entries: int
) -> None:
    equal(seed, norms, entries, 5)
