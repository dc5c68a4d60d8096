"""What holds of any two editions."""

from __future__ import annotations

import os
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.editions.drawn import Texts, editions, made
from writ.editions.change import Change, Comparison, Touch
from writ.editions.compare import compare

EXAMPLES = 2_000 if os.environ.get("SOAK") else 40

TURNED = {
    "gained": "lost",
    "narrowed": "widened",
    "narrower": "wider",
    "stricter": "looser",
    "sooner": "later",
    "shorter": "longer",
    "added": "removed",
}
TURNED |= {after: before for before, after in TURNED.items()}


def turned(word: str) -> str:
    return TURNED.get(word, word)


def seen(change: Change, back: bool) -> object:
    """A change, or what it is when one looks from the new edition back to the old one."""
    hows = sorted(
        (one.what, turned(one.how) if back else one.how)
        for one in change.details
        if one.what
        not in ("in force", "when", "after")  # they name causes, or are taken one by one
    )
    freer, bound = sorted(change.freer), sorted(change.bound)
    if back:
        return str(
            (turned(change.change), change.subject, change.new, change.old, bound, freer, hows)
        )
    return str((change.change, change.subject, change.old, change.new, freer, bound, hows))


def rows(touched: tuple[Touch, ...], back: bool) -> Counter[object]:
    days = {"repealed": "narrowed", "commenced": "widened"}
    return Counter(
        (row.actor, turned(word) if back else word, row.kind, row.act)
        for row in touched
        for word in [days.get(row.change, row.change)]
    )


@settings(max_examples=EXAMPLES)
@given(editions)
def test_nothing_changes_between_a_book_and_itself(texts: Texts) -> None:
    assert compare(made(texts), made(texts)) == Comparison((), ())


@settings(max_examples=EXAMPLES)
@given(editions, st.randoms(use_true_random=False))
def test_the_order_of_provisions_and_clauses_means_nothing(texts: Texts, dice: object) -> None:
    mixed = [(label, (line, tuple(reversed(clauses)))) for label, (line, clauses) in texts]
    dice.shuffle(mixed)  # type: ignore[attr-defined]
    assert compare(made(texts), made(mixed)) == Comparison((), ())


@settings(max_examples=3 * EXAMPLES)
@given(editions, editions)
def test_the_way_back_mirrors_the_way_there(old: Texts, new: Texts) -> None:
    one, other = made(old), made(new)
    there, back = compare(one, other), compare(other, one)
    assert Counter(seen(each, False) for each in there.changes) == Counter(
        seen(each, True) for each in back.changes
    )
    assert rows(there.touched, False) == rows(back.touched, True)


@settings(max_examples=EXAMPLES)
@given(editions)
def test_other_labels_move_norms_and_change_none(texts: Texts) -> None:
    there = compare(made(texts), made([(f"9{label}", norm) for label, norm in texts]))
    assert [each.change for each in there.changes] == ["moved"] * len(texts)
    assert there.touched == ()


@settings(max_examples=EXAMPLES)
@given(editions, editions)
def test_every_norm_is_accounted_for_once(old: Texts, new: Texts) -> None:
    found = compare(made(old), made(new)).changes
    gained = sum(each.change == "gained" for each in found)
    lost = sum(each.change == "lost" for each in found)
    assert len(new) - gained == len(old) - lost
    places = [str(each.new) for each in found if each.new]
    assert len(places) == len(set(places))
