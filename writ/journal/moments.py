"""The audits of a journal as of several moments: each entry is replayed once."""

from __future__ import annotations

import datetime as dt
import pickle
from collections.abc import Collection, Iterable, Iterator

from writ.book.model import Book
from writ.journal.audit import report
from writ.journal.concluded import gather
from writ.journal.core import Clock
from writ.journal.entry import Entry, Journal
from writ.journal.record import Audit
from writ.journal.replay import Replay
from writ.journal.replay_memory import Kept
from writ.journal.sequence import seen, settled, zone_of_book
from writ.journal.snapshots import PENDING


def audits(
    book: Book,
    journal: Journal,
    moments: Iterable[dt.date],
    known_at: dt.date | None = None,
    premises: Collection[str] = (),
) -> Iterator[tuple[dt.date, Audit]]:
    """Each moment with what `audit.audit` says as of it, the earliest first.

    Time passes to each moment in a copy of the replay; what the replay itself has seen is what the next sees, too.
    """
    book, journal = settled(book, journal)
    zone = zone_of_book(book)
    replay = Replay(book, Kept(), known_at)
    fed: list[Entry] = []
    for as_of in sorted(set(moments), key=Clock(zone).instant):
        entries = seen(journal.entries, as_of, known_at, premises, zone)
        if entries[: len(fed)] != fed:  # an hour of the day is later than the moment
            replay, fed = Replay(book, Kept(), known_at), []
        replay.feed_all(entries[len(fed) :])
        fed = entries
        kept = Kept()
        copy = copied(replay, kept)
        copy.finish(as_of)
        yield as_of, report(gather(copy, kept, as_of, len(entries)), journal, tuple(premises))


def copied(replay: Replay, sink: Kept) -> Replay:
    """A replay that goes on by itself from where another stands; its sink is given what the other's has kept."""
    assert isinstance(replay.sink, Kept)
    core = replay.core
    pending = {name: getattr(replay, name) for name in PENDING}
    core, core_dossiers, pending = pickle.loads(
        pickle.dumps((core, core.dossiers, pending), pickle.HIGHEST_PROTOCOL)
    )
    core.dossiers = core_dossiers
    core.offices.book = core.grants.book = replay.book
    sink.acts += replay.sink.acts
    sink.duties += replay.sink.duties
    sink.states += replay.sink.states
    found = Replay(replay.book, sink, replay.known_at, core, replay.rules)
    for name, value in pending.items():
        setattr(found, name, value)
    return found
