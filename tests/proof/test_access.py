"""Whether a prohibition has the last word, by proof: what the export to Cedar asks where form alone does not tell."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.worlds import World as Source
from tests.proof.floods import law
from tests.proof.lawful import random_book
from writ.cli.commands.export import proved
from writ.engine import Engine
from writ.engine.answer import Outcome
from writ.formats.cedar.overriding import structural
from writ.proof.access import passes_a_bar
from writ.proof.question import TimeUp

DAY = dt.date(2024, 1, 1)


def test_a_power_that_prevails_passes_the_bar_and_is_shown() -> None:
    book = law(
        "power 1\n  minister may order\n  notwithstanding 2\n\nprohibition 2\n  no one may order"
    )
    example = passes_a_bar(book, "order", DAY)
    assert example is not None
    assert example.decision.outcome is Outcome.PERMITTED
    assert example.request.actor == "minister"


def test_a_bar_that_stands_beside_a_power_is_never_passed() -> None:
    book = law("power 1\n  minister may order\n\nprohibition 2\n  deputy may not order")
    assert passes_a_bar(book, "order", DAY) is None


def test_where_form_alone_doubts_a_proof_may_know_better() -> None:
    book = law(
        "power 1\n  minister may order\n  notwithstanding 2\n  when now before 2020-01-01\n\n"
        "prohibition 2\n  no one may order\n  unless now before 2021-01-01"
    )
    assert passes_a_bar(book, "order", DAY) is None
    assert proved(book, "order", DAY) is None


@settings(max_examples=15)
@given(st.integers(0, 2**32), st.integers(2, 20))
def test_what_is_proved_no_request_refutes(seed: int, norms: int) -> None:
    source = Source(seed)
    book = random_book(source, norms, effects=False)
    engine = Engine(book)
    day = source.day()
    for act in book.vocabulary.acts:
        try:
            example = passes_a_bar(book, act, day, 2_000)
        except TimeUp:
            continue
        if example is not None:
            assert engine.decide(example.request).outcome is Outcome.PERMITTED
            continue
        for _ in range(30):
            request = source.request()
            if request.act != act or request.at != day or request.delegations or request.known_at:
                continue
            answer = engine.decide(request)
            bars = {norm.id for norm in book.norms if norm.kind == "prohibition"}
            applied = [
                c for c in answer.considered if c.norm in bars and c.status != "does not apply"
            ]
            assert not (answer.outcome is Outcome.PERMITTED and applied), request


def test_the_structural_answer_is_asked_first() -> None:
    book = law("power 1\n  minister may order")
    assert structural(book, "order", DAY) is None
    assert proved(book, "order", DAY) is None
