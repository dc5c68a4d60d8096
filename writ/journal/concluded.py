"""What a replay concluded, gathered from what it let go of and what it still holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import msgspec

from writ.book import dates
from writ.book.model import Book, Norm
from writ.engine.applies import in_force
from writ.journal import life as lives
from writ.journal.entry import Entry
from writ.journal.life import Due, Life, Stretch
from writ.journal.record import ActRecord
from writ.journal.reference import Reference
from writ.journal.replay import Replay
from writ.journal.replay_memory import Kept

Standing = tuple[tuple[Norm, dt.date | None], ...]


class Spared(msgspec.Struct, frozen=True):
    """A duty of the law alone that never opened, though its day can be told: somebody need not do it."""

    norm: str
    about: str
    due: Due
    citations: tuple[str, ...]
    """The provisions of the permissions that hold."""


class Concluded(msgspec.Struct, frozen=True):
    """The acts in their order, stretches and lives in the order in which they began."""

    book: Book
    as_of: dt.date
    known_at: dt.date | None
    zone: str
    entries: int
    acts: tuple[ActRecord, ...]
    stretches: tuple[Stretch, ...]
    lives: tuple[Life, ...]
    standing: Standing
    """The duties owed at all times, with when they were last done."""
    spared: tuple[Spared, ...] = ()


def conclude(
    book: Book, entries: Iterable[Entry], as_of: dt.date, known_at: dt.date | None = None
) -> Concluded:
    """Replay entries that are sifted and in order."""
    sink = Kept()
    replay = Replay(book, sink, known_at)
    entries = tuple(entries)
    replay.feed_all(entries)
    replay.finish(as_of)
    return gather(replay, sink, as_of, len(entries))


def gather(replay: Replay, sink: Kept, as_of: dt.date, entries: int) -> Concluded:
    dossiers = list(replay.core.dossiers.values())
    stretches = [*sink.states, *(one for d in dossiers for one in d.stretches.values())]
    found = [*sink.duties, *(one for d in dossiers for one in d.lives.values())]
    opened = {(life.norm, life.about) for life in found}
    return Concluded(
        replay.book,
        as_of,
        replay.known_at,
        replay.zone,
        entries,
        tuple(sink.acts),
        tuple(sorted(stretches, key=lambda one: one.number)),
        tuple(sorted(found, key=lambda one: one.number)),
        tuple(standing(replay, as_of)),
        tuple(spared(replay, as_of, opened)),
    )


def standing(replay: Replay, as_of: dt.date) -> Iterable[tuple[Norm, dt.date | None]]:
    """The standing duties that apply, or that somebody did."""
    for duty in replay.rules.standing:
        if not in_force(duty, as_of, replay.known_at):
            continue
        done = [
            event.at
            for event in replay.past_of(duty.act, "", "")
            if event.at is not None and lives.performs(replay.book, duty, "", "", event)
        ]
        if done or replay.asked(duty, "", as_of, {}) is not False:
            yield duty, max(done, key=replay.clock.instant) if done else None


def spared(replay: Replay, as_of: dt.date, opened: set[tuple[str, str]]) -> Iterable[Spared]:
    """Of the duties that the law alone opens, those never opened that a permission spares."""
    start, rules = replay.core.start, replay.rules
    for duty in rules.dated if start is not None else ():
        if duty.excuses and in_force(duty.norm, as_of, replay.known_at):
            things = sorted(
                about
                for about, dossier in replay.core.dossiers.items()
                if about and rules.is_subject(duty.family, dossier.family)
            )
            for about in things or [""]:
                if (duty.norm.id, about) not in opened:
                    yield from sparing(replay, duty.norm, about, as_of, start)


def sparing(
    replay: Replay | Reference, duty: Norm, about: str, as_of: dt.date, start: dt.date | None
) -> Iterable[Spared]:
    """What spares one of them. What was due before the journal began it does not tell."""
    found = replay.spared(duty, about, as_of)
    due = replay.day(duty, about, as_of, {}) if found else lives.NO_DAY
    if due[0] is not None and start is not None and dates.compare(due[0], start, replay.zone) >= 0:
        yield Spared(duty.id, about, due, found)


def conclude_slowly(replay: Reference) -> Concluded:
    """The same of a reference replay that has been run."""
    standing = []
    for duty in replay.book.norms:
        if not lives.is_standing(duty) or not in_force(duty, replay.as_of, replay.known_at):
            continue
        done = [
            event.at
            for event in replay.done
            if event.at is not None and lives.performs(replay.book, duty, "", "", event)
        ]
        if done or replay.asked(duty, "", replay.as_of, {}) is not False:
            standing.append((duty, max(done, key=replay.instant) if done else None))
    opened = {(life.norm, life.about) for life in replay.lives}
    asked = [
        (duty, about)
        for duty in (replay.book.norms if replay.entries else ())
        if lives.is_dated(duty) and in_force(duty, replay.as_of, replay.known_at)
        for about in replay.subjects(duty)
        if (duty.id, about) not in opened
    ]
    return Concluded(
        replay.book,
        replay.as_of,
        replay.known_at,
        replay.zone,
        len(replay.entries),
        tuple(replay.acts),
        tuple(replay.stretches),
        tuple(replay.lives),
        tuple(standing),
        tuple(one for each in asked for one in sparing(replay, *each, replay.as_of, replay.start)),
    )
