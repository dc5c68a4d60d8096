"""Weakening the law does not go unnoticed: a sample of the mutants of every book of real law is caught.

`make soak` asks for more than a thousand over the three; `docs/mutation.md` explains those that survive.
"""

from pathlib import Path

import pytest

from tests.mutation.measure import measure

BOOKS = Path(__file__).resolve().parents[2] / "books"
NAMES = ("eo-13526", "war-powers", "emergencies-act")


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_of_mutants_is_noticed(name):
    tally = measure(BOOKS / name, sample=40, seed=20260101)
    assert tally.score >= 0.87, [f"{m.place}: {m.describe}" for m in tally.survivors]


@pytest.mark.soak
def test_at_least_94_percent_of_a_thousand_mutants_are_noticed():
    tallies = [measure(BOOKS / name, sample=350, seed=1) for name in NAMES]
    killed = sum(tally.killed for tally in tallies)
    asked = killed + sum(len(tally.survivors) for tally in tallies)
    assert asked >= 1000
    assert killed / asked >= 0.94, [
        f"{tally.book}: {m.place}: {m.describe}" for tally in tallies for m in tally.survivors
    ]
    assert all(tally.score >= 0.92 for tally in tallies)
