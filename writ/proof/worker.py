"""The process that proves: it can be killed, may use only so much memory, and ends with whoever started it.

It is started by `writ.proof.pool`, reads assurances from its input and writes to its output what comes of each. When
its input closes, however that came about, it ends at once.
"""

from __future__ import annotations

import os
import pickle
import struct
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib import import_module
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from writ.book.assurances import Assurance
    from writ.book.model import Book
    from writ.proof.result import Result

HEADER = struct.Struct(">I")
"""Before each message: its length in bytes."""
OUT_OF_MEMORY = 86
"""The status with which it ends for want of memory."""
PER_CALL = 5_000
"""At most so many milliseconds for one call of the solver, and at most half of the limit of an assurance."""

Judge = Callable[["Book", "Assurance", float], Iterator["Result"]]
"""Gives the verdict on an assurance, and then, perhaps, the same verdict with more to it. The last stands."""


class Task(NamedTuple):
    """One assurance to prove, and the limit in seconds that the pool will hold it to."""

    assurance: Assurance
    seconds: float


class Ready(NamedTuple):
    """The book was read; tasks can be begun."""


class Reached(NamedTuple):
    """A verdict. With `last` nothing more is said of it; `result` is then None."""

    result: Result | None
    last: bool


class Broke(NamedTuple):
    """It cannot go on, by a fault of its own."""

    why: str


def judged(book: Book, assurance: Assurance, seconds: float) -> Iterator[Result]:
    """The verdict; and of a refutation, the repairs that were found to prove it."""
    from writ.proof.prove import prove
    from writ.proof.repair import repaired
    from writ.proof.result import Verdict

    milliseconds = max(1, min(PER_CALL, int(seconds * 500)))
    result = prove(book, assurance, milliseconds)
    yield result
    if result.verdict is Verdict.REFUTED:
        yield from repaired(book, assurance, result, milliseconds)


def main() -> None:
    """Prove what comes in, until the input closes. Arguments: the descriptor of the book, and the limit in bytes."""
    out = os.dup(1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # nothing else may come between the messages
    tasks: SimpleQueue[Task] = SimpleQueue()
    threading.Thread(target=_listen, args=(tasks,), daemon=True).start()
    try:
        _bound(int(sys.argv[2]))
        book, judge = _given(int(sys.argv[1]))
        import_module("writ.proof.repair")  # the solver too, before the first clock runs
        _send(out, Ready())
        while True:
            task = tasks.get()
            for result in judge(book, task.assurance, task.seconds):
                _send(out, Reached(result, False))
            _send(out, Reached(None, True))
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except Exception as error:
        if "out of memory" in str(error):  # as the solver says it
            os._exit(OUT_OF_MEMORY)
        _send(out, Broke(f"{type(error).__name__}: {error}"))
        os._exit(1)


def _listen(tasks: SimpleQueue[Task]) -> None:
    """Take in what is asked. The end of the input is the end of the process, whatever it is at."""
    with suppress(BaseException):
        source = sys.stdin.buffer
        while len(head := source.read(HEADER.size)) == HEADER.size:
            tasks.put(pickle.loads(source.read(*HEADER.unpack(head))))
    os._exit(0)


def _bound(memory: int) -> None:
    """Limit the address space, which every system can bound for one process alone."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        most = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))


def _given(descriptor: int) -> tuple[Book, Judge]:
    """The book and the judge, from a file that all workers share: so each reads at a place of its own."""
    size, data = os.fstat(descriptor).st_size, b""
    while len(data) < size:
        data += os.pread(descriptor, size - len(data), len(data))
    book, judge = pickle.loads(data)
    return book, judge


def _send(out: int, message: Any) -> None:
    data = pickle.dumps(message)
    data = HEADER.pack(len(data)) + data
    while data:
        data = data[os.write(out, data) :]
