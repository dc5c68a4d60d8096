"""Train the model of duty sentences, and say how good it is on directives that it has not seen.

    python -m training.duties LABELS.csv                 # cross-validated by directive, several seeds
    python -m training.duties LABELS.csv --write         # ... and the weights of the package, from all of them
    python -m training.duties LABELS.csv --test NEW.csv  # trained on the first, tried on the second

A row of the file is a directive, 1 or 0 (a duty or not), and a sentence; a first row that is not so is a heading.
Nothing but the standard library is used: logistic regression with an L2 penalty, by coordinate ascent in its dual (Yu,
Huang and Lin, "Dual coordinate descent methods for logistic regression and maximum entropy models", Machine Learning
85, 2011).
"""

from __future__ import annotations

import argparse
import csv
import math
import random
import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from writ.drafting.duties import WEIGHTS, Model, load, written
from writ.drafting.signs import signs

COST = 30.0
"""How much an error costs against the size of the weights."""
ROUNDS = 40
SEEDS = tuple(range(1, 11))
"""The seeds of the splits that are reported."""
RARE = 2
"""A sign seen in fewer sentences is left out."""


class Labelled(NamedTuple):
    """A sentence, whether it is a duty, and the directive that it is of."""

    directive: str
    duty: bool
    sentence: str


class Scores(NamedTuple):
    """Of the duties: the share of what is called one, of what is one, and their harmonic mean."""

    precision: float
    recall: float
    f1: float


def read(path: Path) -> list[Labelled]:
    """The labelled sentences of a file, in order."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Labelled(row[0], row[1] == "1", row[2])
            for row in csv.reader(file)
            if len(row) == 3 and row[1] in ("0", "1")
        ]


def held_out(rows: Sequence[Labelled], seed: int) -> frozenset[str]:
    """A third of the directives, drawn from them in the order of the alphabet."""
    directives = sorted({row.directive for row in rows})
    random.Random(seed).shuffle(directives)
    return frozenset(directives[: len(directives) // 3])


def train(rows: Iterable[tuple[bool, frozenset[str]]], cost: float = COST) -> Model:
    """The weights of the signs, and the weight that every sentence has."""
    examples = list(rows)
    seen = Counter(sign for _, found in examples for sign in found)
    common = sorted(sign for sign in seen if seen[sign] >= RARE)
    place = {sign: number for number, sign in enumerate(common)}
    points = [sorted(place[each] for each in found if each in place) for _, found in examples]
    weights = [0.0] * len(place)
    bias = 0.0
    duals = [min(0.001, cost / 1000)] * len(points)
    facing = [1.0 if duty else -1.0 for duty, _ in examples]
    for point, side, dual in zip(points, facing, duals, strict=True):
        step = side * dual * _scale(point)
        for each in point:
            weights[each] += step
        bias += side * dual
    order = list(range(len(points)))
    draw = random.Random(0)
    for _ in range(ROUNDS):
        draw.shuffle(order)
        for number in order:
            point, side, dual = points[number], facing[number], duals[number]
            scale = _scale(point)
            margin = side * (scale * sum([weights[each] for each in point]) + bias)
            better = _ascend(margin, dual, cost)
            step = side * (better - dual)
            duals[number] = better
            bias += step
            step *= scale
            for each in point:
                weights[each] += step
    return Model({sign: weights[number] for sign, number in place.items()}, bias)


def _scale(point: list[int]) -> float:
    return 1 / math.sqrt(len(point)) if point else 0.0


def _ascend(margin: float, dual: float, cost: float) -> float:
    """Where the derivative `margin + 2 (z - dual) + log(z / (cost - z))` is nothing; it only rises with z.

    The squared length of a sentence is 2: its signs are scaled to 1, and the bias is one more.
    """
    low, high = 1e-9 * cost, cost * (1 - 1e-9)
    for _ in range(28):
        middle = (low + high) / 2
        if margin + 2 * (middle - dual) + math.log(middle / (cost - middle)) > 0:
            high = middle
        else:
            low = middle
    return (low + high) / 2


def scores(model: Model, rows: Iterable[tuple[bool, frozenset[str]]]) -> Scores:
    """How the model does on sentences whose labels are known."""
    right = called = duties = 0
    for duty, found in rows:
        says = model.margin(found) > 0
        right += says and duty
        called += says
        duties += duty
    precision, recall = right / max(called, 1), right / max(duties, 1)
    return Scores(precision, recall, 2 * precision * recall / max(precision + recall, 1e-9))


def validate(rows: Sequence[Labelled], seed: int) -> Scores:
    """Trained without a third of the directives, tried on that third."""
    out = held_out(rows, seed)
    read_as = [(row.directive in out, (row.duty, signs(row.sentence))) for row in rows]
    model = train(example for away, example in read_as if not away)
    return scores(model, (example for away, example in read_as if away))


def by_directive(rows: Sequence[Labelled], folds: int = 3) -> dict[str, tuple[int, int, float]]:
    """Of each directive, tried by a model that has not seen it: its sentences, the wrong ones, and F1."""
    directives = sorted({row.directive for row in rows})
    random.Random(0).shuffle(directives)
    read_as = [(row.directive, (row.duty, signs(row.sentence))) for row in rows]
    found: dict[str, tuple[int, int, float]] = {}
    for fold in range(folds):
        out = set(directives[fold::folds])
        model = train(example for directive, example in read_as if directive not in out)
        for directive in out:
            own = [example for each, example in read_as if each == directive]
            wrong = sum((model.margin(each) > 0) != duty for duty, each in own)
            found[directive] = (len(own), wrong, scores(model, own).f1)
    return found


def main() -> None:
    """Report, and write where asked."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("labels", type=Path)
    parser.add_argument("--write", action="store_true", help="write the weights of the package")
    parser.add_argument("--test", type=Path, help="labelled sentences to try the model on")
    parser.add_argument(
        "--by-directive", action="store_true", help="list the directives, worst first"
    )
    asked = parser.parse_args()
    rows = read(asked.labels)
    examples = [(row.duty, signs(row.sentence)) for row in rows]
    if asked.test:
        tried = [(row.duty, signs(row.sentence)) for row in read(asked.test)]
        print("trained now: ", scores(train(examples), tried))
        print("the package's:", scores(load(), tried))
        return
    if asked.by_directive:
        listed = sorted(by_directive(rows).items(), key=lambda each: -each[1][1] / each[1][0])
        for directive, (count, wrong, f1) in listed:
            print(f"{directive:28} sentences {count:3}  wrong {wrong:3}  F1 {f1:.3f}")
        return
    found = [validate(rows, seed) for seed in SEEDS]
    for seed, each in zip(SEEDS, found, strict=True):
        print(
            f"seed {seed:2}  precision {each.precision:.3f}  recall {each.recall:.3f}  F1 {each.f1:.3f}"
        )
    reached = [each.f1 for each in found]
    print(
        f"F1 mean {statistics.mean(reached):.3f}, deviation {statistics.pstdev(reached):.3f}, least {min(reached):.3f}"
    )
    if asked.write:
        WEIGHTS.write_text(written(train(examples)), encoding="utf-8")
        kept = scores(load(), examples)
        print(
            f"{WEIGHTS}: {WEIGHTS.stat().st_size} bytes; F1 on what it was trained on {kept.f1:.3f}"
        )


if __name__ == "__main__":
    main()
