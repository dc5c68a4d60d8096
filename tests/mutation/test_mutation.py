"""Weakening the law does not go unnoticed: a sample of the mutants of every book of real law is caught.

`make soak` asks for at least a thousand in each; `docs/mutation.md` lists and explains those that survive.
"""

from pathlib import Path

import pytest

from tests.mutation.measure import measure

BOOKS = Path(__file__).resolve().parents[2] / "books"


@pytest.mark.parametrize("name", ["eo-13526", "war-powers", "emergencies-act"])
def test_a_sample_of_mutants_is_noticed(name):
    tally = measure(BOOKS / name, sample=40, seed=20260101)
    assert tally.score >= 0.85, [f"{m.place}: {m.describe}" for m in tally.survivors]


@pytest.mark.soak
@pytest.mark.parametrize("name", ["eo-13526", "war-powers", "emergencies-act"])
def test_at_least_95_percent_of_a_thousand_mutants_are_noticed(name):
    tally = measure(BOOKS / name, sample=1000, seed=1)
    assert tally.score >= 0.95, [f"{m.place}: {m.describe}" for m in tally.survivors]
