"""Judges for the pool: by the title of an assurance they hang, eat memory, break down, or give a verdict."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec

from writ.book.assurances import Assurance
from writ.book.model import Book
from writ.proof.result import Repair, Result, Verdict


def moody(book: Book, assurance: Assurance, seconds: float) -> Iterator[Result]:
    """What the title says; the process id is in `because`."""
    proved = Result(assurance.id, Verdict.PROVED, str(os.getpid()))
    match assurance.title:
        case "hangs":
            while True:
                pass
        case "hangs in the solver":
            _hard()
        case "hungry":
            held = []
            while True:
                held.append(bytearray(1 << 24))
        case "is killed":
            os.kill(os.getpid(), 9)
        case "fails":
            raise ValueError("a fault")
        case "dawdles over repairs":
            yield proved
            repair = Repair("", "", "the first")
            yield msgspec.structs.replace(proved, repairs=(repair,))
            time.sleep(600)
        case "waits for another":
            # Proved only beside the other that waits: so the two are in two processes.
            here = Path(book.root)
            (here / str(os.getpid())).touch()
            while len(list(here.iterdir())) < 2:
                time.sleep(0.01)
    yield proved


def stuck(book: Book, assurance: Assurance, seconds: float) -> Iterator[Result]:
    """Writes its process id to the folder of the book, and hangs in the solver."""
    (Path(book.root) / "pid").write_text(str(os.getpid()), "utf-8")
    _hard()
    yield Result(assurance.id, Verdict.PROVED)


def _hard() -> None:
    """A question that takes the solver very long, in one call: no Python code runs in between."""
    import z3

    width = 192
    one, other = z3.BitVecs("one other", width)
    zero = z3.BitVecVal(0, width // 2)
    solver = z3.SolverFor("QF_BV")
    solver.add(z3.Extract(width - 1, width // 2, one) == zero, z3.ULT(1, one))
    solver.add(z3.Extract(width - 1, width // 2, other) == zero, z3.ULT(1, other))
    # The product of two primes, 2 ** 89 - 1 and 2 ** 61 - 1.
    solver.add(one * other == (2**89 - 1) * (2**61 - 1))
    solver.check()
