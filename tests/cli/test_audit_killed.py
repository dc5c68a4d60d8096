"""A `writ audit` that is killed, whenever that is, leaves the file that it was to write whole or as it was."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

VISITS = 2_000
"""So many acts that the report is written in several pieces."""
KILLS = 3
OLD = b"the report of yesterday"


@pytest.fixture
def long(tmp_path) -> Path:
    """A journal whose report has a million bytes."""
    file = tmp_path / "long.journal"
    lines = [f"2025-04-01 resident no-{at} did enter-closed-area" for at in range(VISITS)]
    file.write_text('journal "Visits"\n  book floods\n\n' + "\n".join(lines) + "\n", "utf-8")
    return file


@pytest.fixture
def started(book, long) -> Iterator[Callable[[Path], subprocess.Popen[bytes]]]:
    """Starts the audit of the journal into a file. What still runs at the end is killed."""
    running: list[subprocess.Popen[bytes]] = []

    def start(file: Path) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "writ", "audit", str(book), str(long), "-o", str(file)]
        running.append(subprocess.Popen(command, stderr=subprocess.DEVNULL))
        return running[-1]

    yield start
    for process in running:
        process.kill()
        process.wait()


def test_killed_at_any_moment_it_leaves_the_file_whole_or_as_it_was(started, tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    begun = time.monotonic()
    assert started(folder / "whole.json").wait() == 0
    took = time.monotonic() - begun
    whole = (folder / "whole.json").read_bytes()
    for number in range(KILLS):
        for writing in (False, True):
            file = folder / f"{number}-{writing}.json"
            before = OLD if number % 2 else None
            if before is not None:
                file.write_bytes(before)
            there = state(folder)
            process = started(file)
            if writing:  # as soon as something is written beside the file, or to it
                while process.poll() is None and state(folder) == there:
                    pass
                time.sleep(random.uniform(0, 0.002) * number)
            else:
                time.sleep(random.uniform(0, took))
            process.send_signal(signal.SIGKILL)
            process.wait()
            assert (file.read_bytes() if file.exists() else None) in (before, whole)


def state(folder: Path) -> set[tuple[str, int]]:
    """The files of a folder with their sizes; empty if one goes while they are listed."""
    with os.scandir(folder) as found:
        try:
            return {(one.name, one.stat().st_size) for one in found}
        except FileNotFoundError:
            return set()
