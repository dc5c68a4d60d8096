"""Legislation imported into a book: seconds of processor time and megabytes.

First the acts and the regulations of Canada in `../shared/data/law`, as `writ import law` takes them in, files and
all; then the acts repeated under other numbers, until there are 100,000 provisions. No peer reads all four formats.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from writ.formats.legislation.importing import import_law

LAW = Path(__file__).parents[2] / "shared" / "data" / "law"
ROW = "{:<44} {:>8} {:>11} {:>9} {:>8}"
PROVISIONS = 100_000


def main() -> None:
    if not LAW.is_dir():
        print("no ../shared/data/law here", file=sys.stderr)
        return
    print(ROW.format("legislation", "files", "provisions", "CPU s", "MB"))
    for name, folder in (
        ("acts of Canada", "ca-defence-acts/acts"),
        ("acts and regulations", "ca-defence-acts"),
        ("Akoma Ntoso", "akn"),
        ("USLM", "us-uslm"),
        ("Dutch law and treaties", "nl-treaties"),
    ):
        _row(name, LAW / folder)
    with tempfile.TemporaryDirectory() as scratch:
        _repeated(Path(scratch))
        _row(f"acts repeated to {PROVISIONS:,}", Path(scratch))


def _row(name: str, folder: Path) -> None:
    """One import, in a process of its own: memory is a high-water mark."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.legislation", str(folder)],
        capture_output=True,
        text=True,
        check=True,
    )
    files, provisions, seconds, size = done.stdout.split()
    print(ROW.format(name, files, f"{int(provisions):,}", seconds, size), flush=True)


def _repeated(scratch: Path) -> None:
    """As many copies of the acts as it takes, each act under a title of its own."""
    sources = sorted((LAW / "ca-defence-acts" / "acts").glob("*.xml"))
    _, made = import_law(sources[0].parent, "law")
    for turn in range(-(-PROVISIONS // made.provisions)):
        for each in sources:
            text = each.read_text("utf-8").replace("</ShortTitle>", f" {turn}</ShortTitle>", 1)
            (scratch / f"{each.stem}-{turn}.xml").write_text(text, "utf-8")


def _import(folder: Path) -> None:
    begun = time.process_time()
    with tempfile.TemporaryDirectory() as scratch:
        files, made = import_law(folder, "law")
        for name, data in files.items():
            (Path(scratch) / name).write_bytes(data)
    seconds = time.process_time() - begun
    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(len(made.entries), made.provisions, f"{seconds:.2f}", size)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        _import(Path(sys.argv[1]))
    else:
        main()
