"""The fast engine answers every case of the real books as the reference does, one by one and as a batch."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import msgspec
import pytest

from tests.engine.test_equality import difference
from writ.book.load import load_book
from writ.book.model import Book
from writ.engine import Engine
from writ.engine.batch import OUTCOMES
from writ.engine.cases import read_cases
from writ.engine.request import Request

BOOKS = Path(__file__).resolve().parents[2] / "books"


def requests_of(name: str) -> tuple[Book, list[Request]]:
    book, _ = load_book(BOOKS / name)
    found = []
    for path in sorted((BOOKS / name).glob("*.cases.yaml")):
        cases, _ = read_cases(book, path.read_text("utf-8"), str(path))
        found += [case.request for case in cases]
    return book, found


@pytest.mark.parametrize("name", sorted(path.parent.name for path in BOOKS.glob("*/book.md")))
def test_every_case_has_the_answer_of_the_reference(name: str) -> None:
    book, requests = requests_of(name)
    engine = Engine(book)
    step = max(1, len(requests) // 120)
    for request in requests[::step]:
        omitted = msgspec.structs.replace(request, omit=not request.omit)
        later = msgspec.structs.replace(request, at=request.at + dt.timedelta(days=200))
        bare = msgspec.structs.replace(request, done=(), states=(), delegations=())
        for each in (request, omitted, later, bare):
            assert difference(book, each, engine) == ""
    answers = engine.decide_batch(engine.encode(requests))
    for row, request in enumerate(requests):
        decision = engine.decide(request)
        deciding = tuple(book.norms[at].id for at in answers.deciding(row))
        assert (OUTCOMES[answers.outcomes[row]], deciding) == (decision.outcome, decision.deciding)
