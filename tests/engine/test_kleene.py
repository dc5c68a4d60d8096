"""Kleene's three values: the tables, in the reference and compiled."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest

from tests.engine.worlds import World
from writ.book import terms
from writ.book.terms import Attr, Type
from writ.engine.asked import Paper
from writ.engine.closures import Closures
from writ.engine.request import Request
from writ.engine.situation import Situation
from writ.engine.truth import Truth, both, counted, either, holds, opposite

VALUES: tuple[Truth, ...] = (True, None, False)
BOOK = World(0).book(0)


def condition(truth: Truth) -> terms.Condition:
    """A condition of that truth: `doubt` is unknown if not stated."""
    if truth is None:
        return terms.Holds(Attr("fact", "", "doubt", Type("yes-no")))
    return terms.Always(truth)


def answers(asked: terms.Condition) -> tuple[Truth, Truth]:
    request = Request("office-0", "act-0", dt.date(2022, 1, 1))
    test = Closures(BOOK.vocabulary, None).test(asked)
    paper = Paper(BOOK, request, lambda _: ())
    return holds(Situation(BOOK, request, None), asked), test({}, paper.asked(None))


@pytest.mark.parametrize(
    ("one", "other", "conjunction", "disjunction"),
    [
        (True, True, True, True),
        (True, None, None, True),
        (True, False, False, True),
        (None, None, None, None),
        (None, False, False, None),
        (False, False, False, False),
    ],
)
def test_and_is_the_lesser_and_or_the_greater(
    one: Truth, other: Truth, conjunction: Truth, disjunction: Truth
) -> None:
    for pair in ((one, other), (other, one)):
        assert both(list(pair)) is conjunction
        assert either(list(pair)) is disjunction
        items = tuple(condition(truth) for truth in pair)
        assert answers(terms.All(items)) == (conjunction, conjunction)
        assert answers(terms.AnyOf(items)) == (disjunction, disjunction)


@pytest.mark.parametrize("truth", VALUES)
def test_not_turns_true_and_false_and_leaves_unknown(truth: Truth) -> None:
    expected = None if truth is None else not truth
    assert opposite(truth) is expected
    assert answers(terms.Not(condition(truth))) == (expected, expected)


@pytest.mark.parametrize("mode", ["at least", "exactly"])
def test_counting_is_certain_only_where_no_unknown_could_change_it(mode: str) -> None:
    for truths in itertools.product(VALUES, repeat=3):
        for number in range(5):
            # What it would be for each way of filling in the unknown.
            ways = itertools.product(*((True, False) if t is None else (t,) for t in truths))
            counts = {sum(way) for way in ways}
            could = {c >= number if mode == "at least" else c == number for c in counts}
            expected = could.pop() if len(could) == 1 else None
            assert counted(mode, number, list(truths)) is expected
            asked = terms.Counted(mode, number, tuple(condition(t) for t in truths))
            assert answers(asked) == (expected, expected)
