"""Is a sentence a duty? A linear model over its signs, read from a file of the package; it needs nothing else.

What it was trained on, and what it must not be used for, is in docs/suggest.md; `training/duties.py` makes the file.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from writ.drafting.signs import signs

WEIGHTS = Path(__file__).with_name("duties.tsv")
"""A sign and its weight in hundredths to a line; the sign `bias` is that of every sentence."""

_UNIT = 100


@dataclass(frozen=True, slots=True)
class Model:
    """The weight of each sign, and the weight that every sentence has; above nothing it is a duty."""

    weights: Mapping[str, float]
    bias: float

    def margin(self, found: Iterable[str]) -> float:
        """The logarithm of the odds that a sentence with these signs is a duty."""
        known = [self.weights[each] for each in found if each in self.weights]
        return self.bias + (sum(known) / math.sqrt(len(known)) if known else 0.0)

    def telling(self, found: Iterable[str], count: int = 3) -> tuple[str, ...]:
        """The signs that speak most for a duty, the strongest first."""
        speaking = [(-self.weights[each], each) for each in found if self.weights.get(each, 0) > 0]
        return tuple(sign for _, sign in sorted(speaking)[:count])


def written(model: Model) -> str:
    """The model as the text of its file: weights in hundredths, and none that is nothing."""
    lines = [f"bias\t{round(model.bias * _UNIT)}"]
    for sign, weight in sorted(model.weights.items()):
        # a sign without weight still counts in the length of a sentence, so that it stays
        lines.append(f"{sign}\t{round(weight * _UNIT)}")
    return "\n".join(lines) + "\n"


@cache
def load() -> Model:
    """The model of the package."""
    weights: dict[str, float] = {}
    for line in WEIGHTS.read_text(encoding="utf-8").splitlines():
        sign, _, weight = line.rpartition("\t")
        weights[sign] = int(weight) / _UNIT
    return Model(weights, weights.pop("bias"))


def likelihood(sentence: str) -> float:
    """The probability (0 to 1) that the labellers would have called this sentence a duty of an office or a body."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, load().margin(signs(sentence))))))
