"""Every question here is put to the reference and to the fast engine."""

from __future__ import annotations

from typing import Any

import pytest

from tests.engine.semantics.town import Answer, Ask, request_of
from writ.book.model import Book
from writ.engine import Engine, reference


@pytest.fixture(params=["reference", "engine"])
def ask(request: pytest.FixtureRequest) -> Ask:
    """`ask(book, actor, act, at, **fields)`: the answer, in short."""

    def put(book: Book, *args: Any, **fields: Any) -> Answer:
        asked = request_of(book, *args, **fields)
        if request.param == "reference":
            return Answer(reference.decide(book, asked))
        return Answer(Engine(book).decide(asked))

    return put
