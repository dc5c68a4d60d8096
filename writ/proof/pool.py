"""Proving in processes of their own, each assurance within a limit of time and of memory.

A process that exceeds a limit is killed, its assurance is unknown, and the rest go on in a new one. None outlives the
generator that `prove_within` returns, nor the process that holds it: their inputs close with it, by whatever it ends.
"""

from __future__ import annotations

import os
import pickle
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

import msgspec

from writ.book.assurances import Assurance
from writ.book.model import Book
from writ.proof.result import Result, Verdict
from writ.proof.worker import HEADER, OUT_OF_MEMORY, Broke, Judge, Reached, Ready, Task, judged

MOST_JOBS = 4
STARTING = 60.0
"""Seconds for a process to start and take in the book."""
SECOND_AFTER = 0.4
"""Seconds after which another process is started beside those at work: to start takes half as much CPU time."""


class Limits(msgspec.Struct, frozen=True):
    """What one assurance may use: seconds of wall time, and megabytes of address space. `jobs` 0: one for each core,
    and at most four."""

    seconds: float = 10.0
    megabytes: int = 2048
    jobs: int = 0


def prove_within(
    book: Book,
    assurances: Iterable[Assurance] | None = None,
    limits: Limits | None = None,
    judge: Judge = judged,
) -> Generator[Result, None, None]:
    """The verdict on each assurance, as it is reached; with more than one job, not in their order."""
    pool = _Pool(book, assurances, limits or Limits(), judge)
    try:
        yield from pool.results()
    finally:
        pool.close()


class _Child:
    """One process, and the assurance that it is at."""

    def __init__(self, book: IO[bytes], megabytes: int) -> None:
        root = str(Path(__file__).resolve().parents[2])
        path = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH", ""))))
        # The linear algebra beneath numpy would reserve address space for every core.
        quiet = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PYTHONPATH": path}
        self.process = subprocess.Popen(
            [
                sys.executable,
                "-P",  # nothing in the folder of the caller is taken for a module
                "-c",
                "from writ.proof.worker import main; main()",
                str(book.fileno()),
                str(megabytes << 20),
            ],
            bufsize=0,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **quiet},
            pass_fds=(book.fileno(),),
            process_group=0,  # Ctrl-C is for the one who waits; this one then ends with it
        )
        assert self.process.stdin is not None and self.process.stdout is not None
        self.input, self.output = self.process.stdin, self.process.stdout
        os.set_blocking(self.output.fileno(), False)
        self.ready = False
        self.why = ""
        self.task: Assurance | None = None
        self.result: Result | None = None
        self.deadline = time.monotonic() + STARTING
        self._read = b""

    def give(self, assurance: Assurance, seconds: float) -> None:
        """Have it prove an assurance. It may be gone already: then its output tells so."""
        self.task, self.result = assurance, None
        self.deadline = time.monotonic() + seconds
        data = pickle.dumps(Task(assurance, seconds))
        with suppress(BrokenPipeError):
            self.input.write(HEADER.pack(len(data)) + data)

    def messages(self) -> tuple[list[Any], bool]:
        """What it has said since, and whether it is still there."""
        here = True
        with suppress(BlockingIOError):
            while (data := self.output.read(1 << 16)) is not None:
                if not data:
                    here = False
                    break
                self._read += data
        found = []
        while len(self._read) >= HEADER.size:
            end = HEADER.size + HEADER.unpack_from(self._read)[0]
            if len(self._read) < end:
                break
            found.append(pickle.loads(self._read[HEADER.size : end]))
            self._read = self._read[end:]
        return found, here

    def end(self) -> int:
        """Kill it, and wait until it is gone; its status."""
        self.process.kill()
        with suppress(OSError):
            self.input.close()
        self.output.close()
        return self.process.wait()


class _Pool:
    """The processes at work on the assurances of one book."""

    def __init__(
        self, book: Book, assurances: Iterable[Assurance] | None, limits: Limits, judge: Judge
    ) -> None:
        self.limits = limits
        self.waiting = deque(book.assurances if assurances is None else assurances)
        self.most = limits.jobs or min(MOST_JOBS, os.cpu_count() or 1)
        self.children: list[_Child] = []
        self.selector = selectors.DefaultSelector()
        self.another = 0.0
        """When one more process may be started."""
        self.given = tempfile.TemporaryFile()  # noqa: SIM115 -- `close` closes it
        self.given.write(pickle.dumps((_bare(book), judge)))
        self.given.flush()

    def results(self) -> Iterator[Result]:
        while self.waiting or self.children:
            self._start()
            yield from self._hear(self._patience())
            yield from self._late()

    def close(self) -> None:
        """End what is still at work."""
        for child in self.children[:]:
            self._ended(child)
        self.selector.close()
        self.given.close()

    # --- processes

    def _start(self) -> None:
        """A first process where there is none; another once the wait has been long enough to repay it."""
        if not self._may_start():
            return
        if self.children and time.monotonic() < self.another:
            return
        child = _Child(self.given, self.limits.megabytes)
        self.children.append(child)
        self.selector.register(child.output, selectors.EVENT_READ, child)
        self.another = time.monotonic() + SECOND_AFTER

    def _may_start(self) -> bool:
        """Whether one more would have something to do. They start one after the other."""
        settled = all(child.ready for child in self.children)
        return bool(self.waiting) and settled and len(self.children) < self.most

    def _ended(self, child: _Child) -> int:
        self.selector.unregister(child.output)
        self.children.remove(child)
        return child.end()

    def _patience(self) -> float:
        """How long to wait at most before something is to be done without having been told."""
        ends = [child.deadline for child in self.children]
        if self._may_start():
            ends.append(self.another)
        return max(0.0, min(ends, default=0.0) - time.monotonic())

    # --- what they say

    def _hear(self, patience: float) -> Iterator[Result]:
        for key, _ in self.selector.select(patience):
            child: _Child = key.data
            messages, here = child.messages()
            for message in messages:
                yield from self._said(child, message)
            if not here:
                yield from self._gone(child)
            elif child.ready and child.task is None:
                self._next(child)

    def _said(self, child: _Child, message: object) -> Iterator[Result]:
        if isinstance(message, Ready):
            child.ready = True
        elif isinstance(message, Broke):
            child.why = f"the prover broke off: {message.why}"
        elif isinstance(message, Reached) and message.result is not None:
            # What more there is to say of it has a time of its own.
            child.result = message.result
            child.deadline = time.monotonic() + self.limits.seconds
        elif isinstance(message, Reached) and child.task is not None:
            result = child.result or _unknown(child.task, "no verdict was reached")
            child.task = child.result = None
            yield result

    def _next(self, child: _Child) -> None:
        """Give it the next assurance; with none left, let it go."""
        if self.waiting:
            child.give(self.waiting.popleft(), self.limits.seconds)
        else:
            self._ended(child)

    def _late(self) -> Iterator[Result]:
        """End those whose time is up."""
        for child in self.children[:]:
            if time.monotonic() < child.deadline:
                continue
            task, result = child.task, child.result
            self._ended(child)
            if task is not None:
                said = f"no answer within {self.limits.seconds:g} s"
                yield result or _unknown(task, said, self.limits.seconds)
            elif not child.ready:
                yield from self._none(f"the prover did not start within {STARTING:g} s")

    def _gone(self, child: _Child) -> Iterator[Result]:
        """One that ended by itself: for want of memory, or by a fault of its own."""
        task, result = child.task, child.result
        status = child.process.wait()
        self._ended(child)
        why = child.why or self._why(status)
        if task is not None:
            yield result or _unknown(task, why)
        elif not child.ready:
            yield from self._none(f"the prover did not start: {why}")

    def _none(self, because: str) -> Iterator[Result]:
        """No process starts: a further one would not either."""
        while self.waiting:
            yield _unknown(self.waiting.popleft(), because)

    def _why(self, status: int) -> str:
        if status == OUT_OF_MEMORY:
            return f"more than {self.limits.megabytes} MB of memory would be needed"
        if status < 0:
            return f"the prover was ended by {signal.Signals(-status).name}"
        return f"the prover broke off, with status {status}"


def _unknown(assurance: Assurance, because: str, seconds: float = 0.0) -> Result:
    return Result(assurance.id, Verdict.UNKNOWN, because, seconds=seconds)


def _bare(book: Book) -> Book:
    """The book without its texts and without what was computed of it: a proof needs neither."""
    return Book(
        book.name,
        book.title,
        book.ranks,
        book.default_calendar,
        book.vocabulary,
        book.instruments,
        book.norms,
        book.overrides,
        {},
        book.root,
        book.digest,
        book.assurances,
    )
