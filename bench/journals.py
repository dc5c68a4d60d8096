"""Entries replayed per second of processor time, over a book of 1,000 norms, at three lengths of the journal.

The replay decides every act with its full record, keeps the states and the duties, and lets each act have its effects.
Entries are made in chunks and encoded; neither is counted. The first figure is for entry values, the second counts the
reading of their canonical bytes as well. Things of which nothing is open are kept on disk. Beside it stands a peer.
"""

from __future__ import annotations

import gc
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from importlib.metadata import version
from itertools import islice

from bench import ministry
from bench.happenings import Ministry
from writ.book.load import load_texts
from writ.book.model import Book
from writ.journal.archive import Archive
from writ.journal.canonical import canonical, read_entry
from writ.journal.core import Core, Dossiers
from writ.journal.entry import Entry
from writ.journal.life import Life, Stretch
from writ.journal.record import ActRecord
from writ.journal.replay import Replay

SIZES = (10_000, 100_000, 1_000_000)
CHUNK = 2_500
"""Entries decoded, and then replayed, between two looks at the clock."""
CLOSED = 1_000
"""So many things of which nothing is open are kept in memory, the others on disk."""
ROW = "{:>9} {:>12} {:>12} {:>10} {:>7} {:>7} {:>8} {:>8}"


class Counted:
    """A sink that counts: what is concluded is handed on, and not kept."""

    def __init__(self) -> None:
        self.acts: Counter[str] = Counter()
        self.duties: Counter[str] = Counter()
        self.states = 0
        self.late = 0

    def act(self, record: ActRecord) -> None:
        self.acts[record.status] += 1
        self.late += record.late

    def duty(self, life: Life) -> None:
        self.duties[life.status] += 1

    def state(self, stretch: Stretch) -> None:
        self.states += 1


def law() -> Book:
    book, found = load_texts(ministry.files())
    assert not [one for one in found if one.severity == "error"], found
    assert len(book.norms) == ministry.NORMS
    return book


def chunks(entries: Iterator[Entry]) -> Iterator[list[bytes]]:
    while chunk := [canonical(entry) for entry in islice(entries, CHUNK)]:
        yield chunk


def main() -> None:
    """Each length in a process of its own, so that the peak of its memory is its own."""
    print(
        ROW.format(
            "entries", "replay/s", "with dec./s", "peak MB", "states", "duties", "acts ok", "late"
        )
    )
    for size in SIZES:
        subprocess.run([sys.executable, "-m", "bench.journals", str(size)], check=True)
    peers()


def peers() -> None:
    """Decisions of cedarpy on the acts of the same journal; it keeps nothing, and is told the facts."""
    from bench.journal_peers import Cedar, questions

    book = law()
    asked = questions(Ministry().entries(20_000))
    for name, sliced, count in (("all policies", False, 400), ("sliced by act", True, 8_000)):
        engine = Cedar(book, sliced)
        some = asked[:: max(1, len(asked) // count)]
        begun = time.process_time()
        allowed = sum(engine.allowed(entry, facts) for entry, facts in some)
        spent = time.process_time() - begun
        print(
            f"cedarpy {version('cedarpy')}, {name}: {len(some) / spent:,.0f} acts/s decided on their facts alone "
            f"({100 * allowed / len(some):.0f} % allowed); no history, states, duties, delegations or days"
        )


def measure(size: int) -> None:
    book = law()
    sink = Counted()
    core = Core(book)
    core.dossiers = Dossiers(Archive(), most=CLOSED)
    replay = Replay(book, sink, core=core)
    base = peak()
    decoding = feeding = 0.0
    gc.collect()
    gc.freeze()
    for chunk in chunks(Ministry().entries(size)):
        begun = time.process_time()
        entries = [read_entry(data) for data in chunk]
        read = time.process_time()
        replay.feed_all(entries)
        gc.collect(0)  # what it has put off
        decoding += read - begun
        feeding += time.process_time() - read
    running = sum(len(one) for one in core.running.values())
    owed = sum(len(lives) for act in core.owed.values() for lives in act.values())
    acts = sum(sink.acts.values())
    print(
        ROW.format(
            f"{size:,}",
            f"{size / feeding:,.0f}",
            f"{size / (feeding + decoding):,.0f}",
            f"{peak():.0f}",
            f"{running:,}",
            f"{owed:,}",
            f"{100 * sink.acts['authorised'] / acts:.0f} %",
            f"{sink.late:,}",
        )
    )
    print(
        f"  {base:.0f} MB before the first entry; acts {told(sink.acts)}; duties closed {told(sink.duties)}; "
        f"{sink.states:,} states over",
        flush=True,
    )


def told(counts: Counter[str]) -> dict[str, int]:
    return {str(status): count for status, count in counts.items()}


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    if len(sys.argv) > 1:
        measure(int(sys.argv[1]))
    else:
        main()
