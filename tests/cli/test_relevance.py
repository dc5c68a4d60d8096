"""What is not listed as relevant changes no answer: asked of every case of the books of real law."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from writ.book.load import load_book
from writ.cli.commands.test import read
from writ.cli.example import example
from writ.cli.relevance import Relevance, changers, relevance
from writ.engine.ask import read_request
from writ.engine.engine import Engine

BOOKS = sorted(path.parent for path in (Path(__file__).parents[2] / "books").glob("*/book.md"))


@pytest.fixture(scope="module", params=BOOKS, ids=lambda path: path.name)
def law(request):
    book, _ = load_book(request.param)
    cases, _ = read(book, request.param)
    return book, cases


def stripped(book, request, found: Relevance):
    """The request without whatever is not listed for its act."""
    changing = {norm.act for state in found.states for norm, _ in changers(book, state)}
    named = {*found.done, *found.events, *changing}
    return msgspec.structs.replace(
        request,
        facts={slot: value for slot, value in request.facts.items() if slot in found.facts},
        states=tuple(given for given in request.states if given.state in found.states),
        done=tuple(
            event
            for event in request.done
            if named & {event.name, *book.vocabulary.act_up.get(event.name, ())}
        ),
    )


def test_what_is_not_listed_changes_no_answer(law):
    book, cases = law
    engine = Engine(book)
    listed = {act: relevance(book, act) for act in {case.request.act for case in cases}}
    assert cases
    for case in cases:
        less = stripped(book, case.request, listed[case.request.act])
        if less != case.request:
            whole, part = engine.decide(case.request), engine.decide(less)
            assert (whole.outcome, whole.deciding) == (part.outcome, part.deciding), case.id


def test_every_example_is_in_good_form(law):
    book, _ = law
    for act in book.vocabulary.acts:
        _, wrong = read_request(book, example(book, relevance(book, act)))
        assert wrong == [], act
