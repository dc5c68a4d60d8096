"""The process that proves what an amendment changes: it can be killed, and ends with whoever started it.

It reads the texts of two editions from its input, and writes a line of JSON for each act as soon as something is known
of it. It knows neither Django nor a database.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import msgspec

from writ.book.load import load_texts
from writ.book.model import Book

MILLISECONDS = 2_000
"""The limit of one call of the solver."""
FLIPS = 4
"""So many examples are kept of one act."""


class Task(msgspec.Struct, frozen=True):
    """The files of two editions, and how many bytes of address space may be used."""

    old: dict[str, str]
    new: dict[str, str]
    memory: int


class Line(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the prover says: how many acts there are, or what becomes of one."""

    acts: int | None = None
    act: str = ""
    verdict: str = ""
    because: str = ""
    flips: tuple[dict[str, Any], ...] = ()


def main() -> None:
    out = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # nothing else may come between the lines
    size = int(sys.argv[1])
    task = msgspec.json.decode(sys.stdin.buffer.read(size), type=Task)
    threading.Thread(target=_listen, daemon=True).start()
    with suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (task.memory, resource.RLIM_INFINITY))
    old, new = (load_texts(files)[0] for files in (task.old, task.new))
    for line in lines(old, new):
        out.write(msgspec.json.encode(line) + b"\n")


def lines(old: Book, new: Book) -> Iterator[Line]:
    """What becomes of each act whose norms are not the same."""
    from writ.proof.affected import affected
    from writ.proof.impact import Amendment
    from writ.proof.plain import as_data

    amendment = Amendment(old, new, MILLISECONDS)
    acts = sorted(affected(old, new))
    yield Line(len(acts))
    for act in acts:
        found = amendment.impact(act)
        flips = tuple(
            {
                "request": as_data(new, one.request),
                "old": str(one.old.outcome),
                "new": str(one.new.outcome),
                "old_citations": list(one.old.citations),
                "new_citations": list(one.new.citations),
            }
            for one in found.flips[:FLIPS]
        )
        yield Line(None, act, str(found.verdict), found.because, flips)


def _listen() -> None:
    """The end of the input is the end of the process, whatever it is at."""
    with suppress(BaseException):
        while sys.stdin.buffer.read(1):
            pass
    os._exit(0)
