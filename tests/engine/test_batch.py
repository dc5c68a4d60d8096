"""Batches: the same outcomes and deciding norms as one by one, however the columns came about."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.worlds import World
from writ.engine import Engine
from writ.engine.batch import OUTCOMES
from writ.engine.columns import Batch, from_columns
from writ.engine.request import Request


def agrees(engine: Engine, batch: Batch, requests: list[Request]) -> None:
    answers = engine.decide_batch(batch)
    norms, offsets = answers.norms, answers.offsets
    for row, request in enumerate(requests):
        decision = engine.decide(request)
        run = norms[offsets[row] : offsets[row + 1]]
        deciding = tuple(engine.book.norms[at].id for at in run)
        assert (OUTCOMES[answers.outcomes[row]], deciding) == (decision.outcome, decision.deciding)
        assert answers.deciding(row) == tuple(run)


def asked(world: World, count: int) -> list[Request]:
    """Requests, most of them without history."""
    requests = [world.request() for _ in range(count)]
    return [
        msgspec.structs.replace(r, done=(), states=(), delegations=()) if at % 8 else r
        for at, r in enumerate(requests)
    ]


@settings(max_examples=40)
@given(st.integers(0, 2**32), st.integers(0, 30))
def test_a_batch_is_decided_as_its_requests_are(seed: int, norms: int) -> None:
    world = World(seed)
    engine = Engine(world.book(norms))
    requests = asked(world, 60)
    agrees(engine, engine.encode(requests), requests)
    # What was learnt from one batch holds for the next.
    more = asked(world, 60)
    agrees(engine, engine.encode(more), more)


@given(st.integers(0, 2**32))
@settings(max_examples=20)
def test_a_batch_gives_back_its_requests(seed: int) -> None:
    world = World(seed)
    engine = Engine(world.book(3))
    requests = asked(world, 20)
    batch = engine.encode(requests)
    assert [batch.request(row) for row in range(batch.count)] == requests


def test_columns_may_be_given_directly() -> None:
    world = World(5)
    engine = Engine(world.book(12))
    acts = [world.acts[at % len(world.acts)] for at in range(30)]
    colours = [("red", "green", None)[at % 3] for at in range(30)]
    amounts = [at / 7 for at in range(30)]
    day = dt.date(2022, 5, 1)
    batch = from_columns(
        ["office-0"] * 30, acts, [day] * 30, {"colour": colours, "amount": amounts}
    )
    requests = [
        Request(
            "office-0",
            act,
            day,
            {"amount": amount} if colour is None else {"colour": colour, "amount": amount},
        )
        for act, colour, amount in zip(acts, colours, amounts, strict=True)
    ]
    agrees(engine, batch, requests)


def test_many_distinct_numbers_are_compared_as_one_by_one() -> None:
    world = World(11)
    engine = Engine(world.book(30))
    day = dt.date(2022, 5, 1)
    requests = [
        Request("office-0", world.acts[at % 2], day, {"amount": at / 600, "amount-5": 9 - at / 600})
        for at in range(6_000)
    ]
    agrees(engine, engine.encode(requests), requests)


def test_an_empty_batch_has_no_answers() -> None:
    engine = Engine(World(1).book(3))
    answers = engine.decide_batch(engine.encode([]))
    assert list(answers.outcomes) == list(answers.norms) == []
    assert list(answers.offsets) == [0]


def test_columns_of_different_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="colour has 1 rows, not 2"):
        from_columns(["a", "b"], ["c", "d"], [dt.date(2022, 1, 1)] * 2, {"colour": ["red"]})


def test_a_column_that_is_not_one_is_refused() -> None:
    with pytest.raises(ValueError, match="@omit"):
        from_columns(["a"], ["c"], [dt.date(2022, 1, 1)], {}, omit=[True])
