"""Dated versions of acts as instruments with their history: seconds of processor time, bytes, reads on any day.

The peer is what one does without it: to keep every version, and to parse the file of the day to read one provision.
No tool that reads Justice Canada's files gives the text between two of them.
"""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
import time
from pathlib import Path

import msgspec

from writ.formats.legislation.importing import import_law, read_law
from writ.formats.legislation_history.store import SUFFIX, opened
from writ.formats.legislation_history.timeline import Timeline

LAW = Path(__file__).parents[2] / "shared" / "data" / "law" / "ca-history"
ROW = "{:<56} {:>12}"
READS = 50


def main() -> None:
    if not LAW.is_dir():
        print("no ../shared/data/law here", file=sys.stderr)
        return
    sources = sorted(LAW.rglob("*.xml"))
    parsed, imported, opening, reading, between = [], [], [], [], []
    with tempfile.TemporaryDirectory() as scratch:
        book = Path(scratch)
        for _ in range(5):  # the two by turns: the machine is not ours alone
            begun = time.process_time()
            documents = [read_law(each)[0] for each in sources]
            parsed.append(time.process_time() - begun)
            begun = time.process_time()
            files, made = import_law(LAW, "law")
            imported.append(time.process_time() - begun)
        for name, data in files.items():
            (book / name).write_bytes(data)
        kept = sum(len(data) for name, data in files.items() if name.endswith(SUFFIX))
        whole = sum(len(msgspec.json.encode(each)) for each in documents)
        for entry in made.entries:
            begun = time.process_time()
            law, _ = opened(book / f"{entry.id}.md")
            opening.append(time.process_time() - begun)
            assert law is not None and law.timeline is not None
            days = [law.timeline.first + dt.timedelta(45 * at) for at in range(READS)]
            begun = time.process_time()
            for day in days:
                law.timeline.at(day)
            reading.append((time.process_time() - begun) / READS)
            between.append(_between(law.timeline))
    print(ROW.format("versions, of so many acts", f"{len(sources)}, {len(made.entries)}"))
    print(ROW.format("parse every file, CPU s", f"{min(parsed):.2f}"))
    print(ROW.format("import into a book with history, CPU s", f"{min(imported):.2f}"))
    print(ROW.format("every version whole, bytes of JSON", f"{whole:,}"))
    print(ROW.format("the history files, bytes", f"{kept:,}"))
    print(ROW.format("  of the whole", f"{kept / whole:.1%}"))
    print(ROW.format("open a law, restore and check every version, ms, mean", _ms(opening)))
    print(ROW.format("one read on a day, ms, mean", _ms(reading)))
    print(
        ROW.format(
            "one read between two versions, merged, ms, the longest", f"{max(between) * 1000:.1f}"
        )
    )


def _between(timeline: Timeline) -> float:
    """The longest read of the days before each version, where some of its changes are made and others are not."""
    longest = 0.0
    for step in timeline.steps:
        begun = time.process_time()
        timeline.at(max(timeline.first, step.until - dt.timedelta(1)))
        longest = max(longest, time.process_time() - begun)
    return longest


def _ms(seconds: list[float]) -> str:
    return f"{1000 * sum(seconds) / len(seconds):.1f}"


if __name__ == "__main__":
    main()
