"""The fast engine gives the outcome, the deciding norms and the record of the reference, on random books."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.worlds import World
from writ.book.model import Book
from writ.engine import Engine, reference, slices, view
from writ.engine.request import Request

RECORD = ("outcome", "deciding", "citations", "missing", "opens", "nearest", "chain", "notes")


def difference(book: Book, request: Request, engine: Engine | None = None) -> str:
    """Where the engine departs from the reference, in words; empty where it does not."""
    expected = reference.decide(book, request)
    found = (engine or Engine(book)).decide(request)
    for name in RECORD:
        if getattr(found, name) != getattr(expected, name):
            return f"{name}: {getattr(found, name)} is not {getattr(expected, name)}"
    if not set(found.considered) <= set(expected.considered):
        return f"considered: {found.considered} is not among {expected.considered}"
    return ""


def reduced(book: Book, request: Request) -> str:
    """The difference on a book with no norm too many."""

    def without(at: int) -> Book:
        left = tuple(n for place, n in enumerate(book.norms) if place != at)
        ids = {norm.id for norm in left}
        overrides = tuple(o for o in book.overrides if o.winner in ids and o.loser in ids)
        return Book(
            book.name, "", book.ranks, "", book.vocabulary, book.instruments, left, overrides, {}
        )

    at = 0
    while at < len(book.norms):
        smaller = without(at)
        if difference(smaller, request):
            book = smaller
        else:
            at += 1
    for name in ("done", "states", "delegations"):
        lighter = msgspec.structs.replace(request, **{name: ()})
        if difference(book, lighter):
            request = lighter
    norms = "\n".join(str(norm) for norm in book.norms)
    return f"{difference(book, request)}\n{request}\n{norms}\n{book.overrides}"


def holds(seed: int, norms: int, requests: int) -> None:
    world = World(seed)
    book = world.book(norms)
    engine = Engine(book)
    for _ in range(requests):
        request = world.request()
        if difference(book, request, engine):
            pytest.fail(reduced(book, request))


@settings(max_examples=400)
@given(st.integers(0, 2**32), st.integers(0, 30))
def test_the_fast_engine_equals_the_reference(seed: int, norms: int) -> None:
    holds(seed, norms, 30)


@pytest.mark.soak
@given(st.integers(0, 2**32), st.integers(0, 60))
def test_the_fast_engine_equals_the_reference_at_length(seed: int, norms: int) -> None:
    holds(seed, norms, 100)


@settings(max_examples=150)
@given(st.integers(0, 2**32), st.integers(10, 40))
def test_looking_facts_up_rules_out_only_what_does_not_apply(seed: int, norms: int) -> None:
    # Crowded acts are narrowed by look-ups; here every act counts as crowded.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(view, "FEW", 1)
        patch.setattr(slices, "MANY_NORMS", 0)
        holds(seed, norms, 30)
