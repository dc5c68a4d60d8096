"""Every journal here is replayed by the reference and by the fast replay."""

from __future__ import annotations

import pytest

from tests.journal.semantics.hall import Conclude, Holds, failures
from tests.journal.test_properties import fast, slow
from writ.book.model import Book


@pytest.fixture(params=["reference", "replay"])
def conclude(request: pytest.FixtureRequest) -> Conclude:
    """What one of the two replays concludes."""
    chosen = slow if request.param == "reference" else fast
    return lambda book, journal, *view: chosen(book, journal, view)


@pytest.fixture
def holds(conclude: Conclude) -> Holds:
    """`holds(book, journal)`: what the journal expects is what the replay finds."""

    def hold(book: Book, text: str) -> None:
        assert failures(conclude, book, text) == []

    return hold
