"""The engine, the reference and the prover's formulas give the same outcome, on random books.

Both ways: what a model of an outcome describes is answered so, and a request pinned into the world has no other
outcome than its own. The first would miss what the formulas leave out, which is what makes a proof unsound; the second
does not.
"""

from __future__ import annotations

import pytest

from tests.engine.worlds import World as Source
from tests.proof.lawful import Pins, in_utc, lawful_request, random_book, random_question
from writ.book.model import Book
from writ.engine import Engine, reference
from writ.engine.request import Request
from writ.proof.logic import conj
from writ.proof.question import Question, TimeUp
from writ.proof.shown import Shown

LIMIT = 30_000


def same(book: Book, engine: Engine, request: Request) -> str:
    """The outcome on which the reference and the engine agree."""
    expected = reference.decide(book, request)
    found = engine.decide(request)
    assert found.outcome is expected.outcome, request
    assert found.deciding == expected.deciding, request
    return str(expected.outcome)


def described(seed: int, norms: int, questions: int) -> int:
    """Every outcome that the formulas allow is shown in a situation, and answered so; how many."""
    source = Source(seed)
    book = random_book(source, norms, effects=False)
    engine = Engine(book)
    count = 0
    for _ in range(questions):
        question = random_question(source, book)
        for outcome, formula in question.outcomes.items():
            wanted = formula
            for _again in range(3):
                try:
                    model = question.storied(wanted, LIMIT)
                except TimeUp:
                    break
                if model is None:
                    break
                shown = Shown(question, model)
                request = shown.request()
                assert same(book, engine, request) == outcome, (seed, request)
                assert [o for o, f in question.outcomes.items() if shown.truth(f)] == [outcome]
                wanted = conj((wanted, shown.elsewhere(source.randint(1, 3))))
                count += 1
    return count


def pinned(seed: int, norms: int, questions: int, requests: int) -> int:
    """A lawful request pinned into its world has the outcome that it is answered with, and no other; how many."""
    source = Source(seed)
    book = random_book(source, norms, effects=False)
    engine = Engine(book)
    count = 0
    for _ in range(questions):
        question = random_question(source, book)
        for _request in range(requests):
            request = in_utc(lawful_request(source, question, states=True))
            pins = Pins(question, request)
            if not pins.fits() or pins.too_many():
                continue
            outcome = same(book, engine, request)
            world = conj(pins.all(states=True))
            assert settles(question, world, outcome), (seed, outcome, request)
            count += 1
    return count


def settles(question: Question, world: object, outcome: str) -> bool:
    """Whether the pinned world has this outcome and no other."""
    try:
        model = question.model(world, LIMIT)
    except TimeUp:
        return True
    if model is None:
        return False
    shown = Shown(question, model)
    return [str(o) for o, f in question.outcomes.items() if shown.truth(f)] == [outcome]


def followed(seed: int, norms: int, questions: int, requests: int) -> int:
    """Where acts begin and end states, the outcome that a history comes to is among those its world allows."""
    source = Source(seed)
    book = random_book(source, norms, effects=True)
    engine = Engine(book)
    count = 0
    for _ in range(questions):
        question = random_question(source, book)
        for _request in range(requests):
            request = in_utc(lawful_request(source, question, states=False))
            pins = Pins(question, request)
            if not pins.fits():
                continue
            outcome = same(book, engine, request)
            allowed = {str(o): f for o, f in question.outcomes.items()}[outcome]
            try:
                model = question.model(conj((allowed, *pins.all(states=False))), LIMIT)
            except TimeUp:
                continue
            assert model is not None, (seed, outcome, request)
            count += 1
    return count


SEEDS = range(40)


@pytest.mark.parametrize("first", range(0, 40, 10))
def test_what_the_prover_shows_the_engine_answers_so(first: int) -> None:
    shown = sum(
        described(seed, norms=10 + seed % 25, questions=4) for seed in range(first, first + 10)
    )
    assert shown > 250


@pytest.mark.parametrize("first", range(0, 40, 10))
def test_a_request_has_in_its_world_the_outcome_it_is_answered_with(first: int) -> None:
    asked = sum(
        pinned(1_000 + seed, norms=10 + seed % 25, questions=4, requests=22)
        for seed in range(first, first + 10)
    )
    assert asked > 800


@pytest.mark.parametrize("first", range(0, 20, 10))
def test_what_a_history_comes_to_is_allowed_in_its_world(first: int) -> None:
    asked = sum(
        followed(2_000 + seed, norms=10 + seed % 25, questions=4, requests=10)
        for seed in range(first, first + 10)
    )
    assert asked > 340


@pytest.mark.soak
@pytest.mark.parametrize("first", range(0, 1_600, 100))
def test_the_three_agree_at_length(first: int) -> None:
    for seed in range(10_000 + first, 10_000 + first + 100):
        described(seed, norms=seed % 50, questions=8)
        pinned(seed, norms=seed % 50, questions=8, requests=15)
        followed(seed, norms=seed % 50, questions=4, requests=10)
