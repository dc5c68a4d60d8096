"""The model of duty sentences: what it says, where its weights come from, and how good it is on unseen directives."""

import statistics
from pathlib import Path

import pytest

from training.duties import Labelled, held_out, read, scores, train, validate
from writ.drafting.duties import WEIGHTS, Model, likelihood, load, written
from writ.drafting.signs import signs, stem

LABELS = Path(__file__).parents[3] / "shared/data/law/us-dod-gamechanger/duty-sentence-labels.csv"
with_data = pytest.mark.skipif(
    not LABELS.exists(), reason=f"the labelled sentences are not at {LABELS}"
)


@pytest.mark.parametrize(
    "sentence",
    [
        "Develop and issue policy for the use of robots.",
        "Oversees the implementation of this directive.",
        "Ensure that contracts are audited.",
    ],
)
def test_an_item_of_a_list_of_responsibilities_is_a_duty(sentence: str) -> None:
    assert likelihood(sentence) > 0.7


@pytest.mark.parametrize(
    "sentence",
    [
        "This directive applies to OSD and the Military Departments.",
        "The term includes civilians.",
        "It is DoD policy that individual rights shall be protected.",
    ],
)
def test_what_sets_scope_policy_or_meaning_is_none(sentence: str) -> None:
    assert likelihood(sentence) < 0.3


def test_the_model_of_the_package_is_small_and_what_is_written_is_read() -> None:
    assert WEIGHTS.stat().st_size <= 500_000
    assert written(load()) == WEIGHTS.read_text("utf-8")


def test_a_model_is_the_sum_of_its_signs() -> None:
    model = Model({"word:shall": 2.0, "word:is": -1.0, "word:x": 0.5, "opens:x": 0.0}, 0.25)
    assert model.margin({"word:shall", "word:unknown"}) == 2.25
    assert model.margin({"word:shall", "word:is", "word:x", "opens:x"}) == 1.0
    assert model.margin({"word:unknown"}) == 0.25
    assert model.telling({"word:shall", "word:is", "word:x"}) == ("word:shall", "word:x")


def test_training_finds_what_tells_the_two_apart() -> None:
    examples = [(True, frozenset({"a", "c"})), (False, frozenset({"b", "c"}))] * 3
    model = train(examples)
    assert model.margin({"a", "c"}) > 2 > -2 > model.margin({"b", "c"})
    assert scores(model, examples).f1 == 1


def test_scores_are_of_the_duties() -> None:
    model = Model({"yes": 1.0, "no": -1.0}, 0.0)
    rows = [(True, "yes"), (True, "yes"), (True, "no"), (False, "yes"), (False, "no")]
    found = scores(model, ((duty, frozenset({sign})) for duty, sign in rows))
    assert (found.precision, found.recall) == (2 / 3, 2 / 3)


def test_the_third_that_is_held_out_is_whole_directives_and_follows_the_seed() -> None:
    rows = [Labelled(f"D{number // 4}", True, "x") for number in range(120)]
    assert len(held_out(rows, 1)) == 10
    assert held_out(rows, 1) == held_out(list(reversed(rows)), 1) != held_out(rows, 2)


def test_one_verb_in_two_forms_is_one_sign() -> None:
    forms = (
        ("ensures", "ensure"),
        ("identifies", "identify"),
        ("assesses", "assess"),
        ("publishes", "publish"),
    )
    assert [stem(third) for third, _ in forms] == [base for _, base in forms]
    assert "stem:ensure" in signs("Ensures it.") & signs("Ensure it.")


@with_data
def test_f1_on_directives_that_were_held_out() -> None:
    """Three of the ten seeds of docs/suggest.md; the least of them is what the issue asks for."""
    rows = read(LABELS)
    found = [validate(rows, seed).f1 for seed in (1, 2, 3)]
    assert min(found) >= 0.90
    assert statistics.mean(found) >= 0.92


@with_data
def test_the_weights_of_the_package_come_from_the_training_script() -> None:
    examples = [(row.duty, signs(row.sentence)) for row in read(LABELS)]
    assert written(train(examples)) == WEIGHTS.read_text("utf-8")
