"""The audits as of several moments, of one replay, are those of a replay to each moment."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.journal.worlds import World
from writ.journal.audit import audit
from writ.journal.moments import audits


@settings(max_examples=60)
@given(st.integers(0, 2**32), st.integers(1, 14), st.integers(1, 25), st.booleans())
def test_each_moment_is_as_if_it_alone_were_asked(
    seed: int, norms: int, entries: int, known: bool
) -> None:
    world = World(seed)
    book, _ = world.book(norms)
    if book is None:
        return
    journal = world.journal(entries)
    moments = [world.moment() for _ in range(6)]
    known_at = world.day() if known else None
    told = list(audits(book, journal, moments, known_at))
    assert {as_of for as_of, _ in told} == set(moments)
    for as_of, report in told:
        assert report == audit(book, journal, as_of, known_at)
