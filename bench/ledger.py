"""A journal that grows: what an entry costs at its end, what a late one costs, and how long a past day takes to ask.

Beside it stands the replay from the beginning, which is what a system without snapshots does for each such question.
"""

from __future__ import annotations

import datetime as dt
import gc
import random
import resource
import sys
import time
from itertools import islice
from pathlib import Path

import msgspec

from bench import journals
from bench.happenings import Ministry
from writ.book import dates
from writ.journal.entry import Entry, Kind
from writ.journal.ledger import EVERY, Ledger, Nothing
from writ.journal.replay import Replay

ENTRIES = 60_000
ASKED = 200
FULLY = 20
"""Of one in so many answers all is read."""
SHOWN = 50
"""So many states, and so many duties, are read at first."""
LATE = 5


def main() -> None:
    entries = int(sys.argv[1]) if len(sys.argv) > 1 else ENTRIES
    book = journals.law()
    log: list[Entry] = list(islice(Ministry().entries(entries), entries))
    gc.collect()
    gc.freeze()
    before = resident()
    with Ledger(book) as ledger:
        print(
            f"a journal of {entries:,} entries over {len(book.norms):,} norms, snapshots every {EVERY}"
        )
        for part in range(4):
            chunk = log[part * entries // 4 : (part + 1) * entries // 4]
            size, begun = ledger.size(), time.process_time()
            for entry in chunk:
                ledger.append(entry)
            spent = time.process_time() - begun
            print(
                f"  append in order, quarter {part + 1}: {1e6 * spent / len(chunk):7.0f} us an entry, "
                f"{(ledger.size() - size) / len(chunk):,.0f} bytes on disk"
            )
        kept(ledger, entries, before)
        gc.collect()
        gc.freeze()  # as a server does: a search for garbage in all that is loaded is no part of an answer
        asked(ledger, log)
        baseline(book, log)
        late(ledger, log)


def asked(ledger: Ledger, log: list[Entry]) -> None:
    """Past days at random, in processor time and by the clock."""
    chance = random.Random(1)
    chosen = [chance.choice(log) for _ in range(ASKED)]
    for what in ("one thing", "everything"):
        answering: list[float] = []
        reading: list[float] = []
        found = 0
        for entry in chosen:
            about = entry.about if what == "one thing" else ""
            begun = time.process_time()
            outlook = ledger.as_of(dates.day_of(entry.at), about=about)
            found += len(outlook.states) + len(outlook.duties)
            first = [*islice(outlook.states, SHOWN), *islice(outlook.duties, SHOWN)]
            answering.append(1e3 * (time.process_time() - begun))
            del first
        # Apart: thousands of records that were read have to be cleared away, which is no part of the next answer.
        for entry in chosen[::FULLY]:
            about = entry.about if what == "one thing" else ""
            begun = time.process_time()
            outlook = ledger.as_of(dates.day_of(entry.at), about=about)
            read = len([*outlook.states, *outlook.duties])
            assert read == len(outlook.states) + len(outlook.duties)
            reading.append(1e3 * (time.process_time() - begun))
        print(
            f"  as of a past day, {what}: {shown(answering)} for the first {SHOWN} states and duties "
            f"of {found / len(chosen):,.0f} on average; {shown(reading)} for all of them"
        )


def shown(spent: list[float]) -> str:
    spent.sort()
    return f"median {spent[len(spent) // 2]:.0f} ms, worst {spent[-1]:.0f} ms CPU"


def kept(ledger: Ledger, entries: int, before: float) -> None:
    """What a ledger holds in memory, beyond the entries that were given to it, and on disk."""
    print(
        f"  in memory {resident() - before:.0f} MB more than before; on disk {ledger.size() / 2**20:,.0f} MB, "
        f"{ledger.size() / entries:,.0f} bytes an entry"
    )


def resident() -> float:
    """MB of memory in use now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20


def baseline(book: object, log: list[Entry]) -> None:
    """The same without snapshots: replay from the beginning to the middle of the journal."""
    replay = Replay(book, Nothing())  # type: ignore[arg-type]
    begun = time.process_time()
    for entry in log[: len(log) // 2]:
        replay.feed(entry)
    print(
        f"  the middle day, replayed from the beginning: {1e3 * (time.process_time() - begun):,.0f} ms CPU"
    )


def late(ledger: Ledger, log: list[Entry]) -> None:
    """An act of one of the last days that comes to be known only now."""
    acts = [entry for entry in log[-3_000:-1_000] if entry.kind is Kind.ACT]
    now = log[-1].at
    for number, entry in enumerate(random.Random(2).sample(acts, LATE)):
        again = msgspec.structs.replace(entry, id=f"late-{number}", known=now)
        begun = time.process_time()
        changed = ledger.append(again)
        spent = time.process_time() - begun
        back = (dates.day_of(now) - dates.day_of(entry.at)) / dt.timedelta(days=1)
        print(
            f"  back-dated by {back:.0f} days: {spent:.2f} s CPU, {len(changed)} conclusions changed"
        )


if __name__ == "__main__":
    main()
