"""Proving the assurances of a book in this process; `writ.proof.worker` does so in one that can be killed."""

from __future__ import annotations

import time

import msgspec

from writ.book.assurances import Assurance
from writ.book.model import Book
from writ.proof.claims import Prover
from writ.proof.holders import holders
from writ.proof.lifetimes import ends
from writ.proof.needs import MOST_STRETCHES
from writ.proof.question import TimeUp
from writ.proof.result import Result, Verdict
from writ.proof.someone import always_someone

MILLISECONDS = 5_000
"""The limit of one call of the solver."""
SECONDS = 60.0
"""The limit of one assurance, in CPU time."""


def prove(
    book: Book, assurance: Assurance, milliseconds: int = MILLISECONDS, seconds: float = SECONDS
) -> Result:
    """The verdict on one assurance, in CPU time that grows with the norms on the acts it speaks of; unknown where it
    would take longer than `seconds`."""
    prover = Prover(book, milliseconds, seconds)
    started = time.process_time()
    try:
        result = _verdict(prover, assurance)
    except TimeUp:
        result = Result(assurance.id, Verdict.UNKNOWN, f"no answer within {seconds:g} s")
    spent = time.process_time() - started
    return msgspec.structs.replace(
        result,
        seconds=spent,
        questions=prover.questions,
        bounds=tuple(
            f"that no more than {MOST_STRETCHES} stretches of {state} run at once"
            for state in prover.bounds
        ),
    )


def _verdict(prover: Prover, assurance: Assurance) -> Result:
    match assurance.form:
        case "never":
            return prover.never(assurance)
        case "never both":
            return prover.never_both(assurance)
        case "always":
            return prover.always(assurance)
        case "must":
            return prover.must(assurance)
        case "undisputed":
            return prover.undisputed(assurance)
        case "can":
            return prover.can(assurance)
        case "always someone":
            return always_someone(prover, assurance)
        case "ends":
            return ends(prover, assurance)
        case "holders":
            return holders(prover, assurance)
        case form:
            raise ValueError(f"no such form of assurance: {form}")
