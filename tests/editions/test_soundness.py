"""What the comparison says of a condition is true of the answers: random conditions, asked in every situation."""

from __future__ import annotations

import itertools
import os

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.editions.drawn import made
from writ.editions.compare import compare
from writ.engine import Engine
from writ.engine.answer import Outcome
from writ.engine.ask import read_request

EXAMPLES = 3_000 if os.environ.get("SOAK") else 120

simple = st.sampled_from(
    (
        "urgent",
        "doubt",
        "amount above 5",
        "5 below amount",
        "amount at least 9",
        "amount at most 5",
        "gravity at least middle",
        "gravity above low",
        "gravity is high",
        "gravity in {high, middle}",
        "gravity in {low, high}",
        "gravity is stated",
        "alarm in effect",
    )
)


def larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    some = st.lists(inner, min_size=2, max_size=3)
    return st.one_of(
        inner.map(lambda one: f"not ({one})"),
        some.map(lambda items: "(" + " and ".join(f"({one})" for one in items) + ")"),
        some.map(lambda items: "(" + " or ".join(f"({one})" for one in items) + ")"),
        some.map(lambda items: f"at least 2 of ({', '.join(items)})"),
    )


conditions = st.lists(st.recursive(simple, larger, max_leaves=5), min_size=1, max_size=3)


def reworded(items: list[str], dice: object) -> list[str]:
    """The same in another order, here and there twice denied."""
    items = [f"not (not ({one}))" if dice.random() < 0.3 else one for one in items]  # type: ignore[attr-defined]
    dice.shuffle(items)  # type: ignore[attr-defined]
    return items


SITUATIONS = [
    {
        "actor": "minister",
        "act": "sign",
        "at": "2025-01-01",
        "facts": {
            "urgent": urgent,
            **({} if doubt is None else {"doubt": doubt}),
            **({} if amount is None else {"amount": amount}),
            **({} if gravity is None else {"gravity": gravity}),
        },
        "states": ["alarm"] if alarm else [],
    }
    for urgent, doubt, amount, gravity, alarm in itertools.product(
        (True, False),
        (True, False, None),
        (None, 5, 6, 9),
        (None, "low", "middle", "high"),
        (True, False),
    )
]


def edition(items: list[str]):
    clauses = tuple(f"when {one}" for one in items)
    return made([("1", ("power {}\n  minister may sign", clauses))])


def answers(book) -> list[Outcome]:
    engine = Engine(book)
    found = []
    for data in SITUATIONS:
        request, wrong = read_request(book, data)
        assert request is not None, wrong
        found.append(engine.decide(request).outcome)
    return found


def permitted(book) -> set[int]:
    return {at for at, outcome in enumerate(answers(book)) if outcome is Outcome.PERMITTED}


@settings(max_examples=EXAMPLES)
@given(conditions, conditions, st.randoms(use_true_random=False), st.booleans())
def test_a_verdict_is_borne_out(old: list[str], new: list[str], dice: object, kin: bool) -> None:
    """`kin`: the new conditions are the old ones with some more or some fewer, in other words."""
    if kin:
        new = reworded([*old, *new[:1]] if dice.random() < 0.7 else old, dice)  # type: ignore[attr-defined]
    before, after = edition(old), edition(new)
    changes = compare(before, after).changes
    was, now = permitted(before), permitted(after)
    verdict = changes[0].change if changes else "same"
    if verdict == "same":
        assert answers(before) == answers(after)
    elif verdict == "narrowed":
        assert now <= was
    elif verdict == "widened":
        assert was <= now
    else:
        assert verdict == "changed"


@settings(max_examples=EXAMPLES)
@given(conditions, st.randoms(use_true_random=False))
def test_the_same_in_other_words_is_no_change(items: list[str], dice: object) -> None:
    assert compare(edition(items), edition(reworded(items, dice))).same
