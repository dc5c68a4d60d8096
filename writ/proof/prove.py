"""Proving the assurances of a book in this process; `writ.proof.worker` does so in one that can be killed."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator

import msgspec

from writ.book.assurances import Assurance
from writ.book.model import Book
from writ.proof.claims import Prover
from writ.proof.holders import holders
from writ.proof.lifetimes import ends
from writ.proof.result import Result
from writ.proof.someone import always_someone

MILLISECONDS = 5_000
"""The limit of one call of the solver."""


def prove(book: Book, assurance: Assurance, milliseconds: int = MILLISECONDS) -> Result:
    """The verdict on one assurance, in CPU time that grows with the norms on the acts it speaks of."""
    prover = Prover(book, milliseconds)
    started = time.process_time()
    match assurance.form:
        case "never":
            result = prover.never(assurance)
        case "never both":
            result = prover.never_both(assurance)
        case "always":
            result = prover.always(assurance)
        case "must":
            result = prover.must(assurance)
        case "undisputed":
            result = prover.undisputed(assurance)
        case "can":
            result = prover.can(assurance)
        case "always someone":
            result = always_someone(prover, assurance)
        case "ends":
            result = ends(prover, assurance)
        case "holders":
            result = holders(prover, assurance)
        case form:
            raise ValueError(f"no such form of assurance: {form}")
    spent = time.process_time() - started
    return msgspec.structs.replace(
        result,
        seconds=spent,
        questions=prover.questions,
        bounds=tuple(dict.fromkeys(prover.bounds)),
    )


def prove_all(
    book: Book, assurances: Iterable[Assurance] | None = None, milliseconds: int = MILLISECONDS
) -> Iterator[Result]:
    """The verdict on each assurance of a book, in its order, as each is reached."""
    for assurance in book.assurances if assurances is None else assurances:
        yield prove(book, assurance, milliseconds)
