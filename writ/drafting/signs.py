"""The signs by which the model tells a duty sentence: its words, how it opens, and where its modal verb stands."""

from __future__ import annotations

import re
from itertools import pairwise

_WORD = re.compile(r"[A-Za-z][A-Za-z'’&-]*|[0-9]+")
_LABEL = re.compile(r"\(?(?:[a-z]{1,3}|[A-Z]|[0-9]{1,2})[.)]\s+")
_HEADER = re.compile(r"Department of Defense[DI] [0-9.]+[A-Z]?, \w+ [0-9]+, [0-9]{4}")
_MODALS = frozenset(("shall", "will", "must", "may", "should"))
_PLACES = (4, 9, 16)
_LENGTHS = (4, 8, 15, 30, 60)
_LONGEST = 4000
"""Characters of a sentence that are looked at: what is longer is not a sentence."""


def signs(sentence: str) -> frozenset[str]:
    """The signs of one sentence, each `KIND:WHAT`; two sentences with the same signs are the same to the model.

    `word`, `pair`: a word, two words in a row. `opens`, `opens-pair`, `second`, `stem`, `ending`, `form`: the first
    words. `modal`, `modal-next`, `modal-before`: the first modal verb. `length`, `stop`, `label`: the shape.
    """
    text = sentence.strip()[:_LONGEST]
    label = _LABEL.match(text)
    found = {f"label:{'yes' if label else 'header' if _HEADER.match(text) else 'no'}"}
    body = text[label.end() :] if label else text
    written = _WORD.findall(body)
    words = ["0" if each.isdigit() else each.lower() for each in written]
    found.update(f"word:{each}" for each in words)
    found.update(f"pair:{first} {second}" for first, second in pairwise(words))
    if words:
        found.update(_opening(written, words, bool(label)))
    found.update(_modal(words))
    found.add(f"length:{_band(len(words), _LENGTHS)}")
    found.add(f"stop:{text[-1:]}")
    return frozenset(found)


def _opening(written: list[str], words: list[str], labelled: bool) -> list[str]:
    first = words[0]
    mark = "label " if labelled else ""
    case = "".join("A" if each[0].isupper() else "a" for each in written[:2])
    return [
        f"opens:{first}",
        f"opens:{mark}{first}",
        f"opens-pair:{' '.join(words[:2])}",
        f"second:{words[1] if len(words) > 1 else ''}",
        f"stem:{stem(first)}",
        f"ending:{first[-2:]}",
        f"ending:{mark}{first[-2:]}",
        f"ending:{first[-3:]}",
        f"ending:{first[-4:]}",
        f"form:{case}{'s' if first.endswith('s') else ''}",
    ]


def _modal(words: list[str]) -> list[str]:
    for place, word in enumerate(words):
        if word in _MODALS:
            following = words[place + 1] if place + 1 < len(words) else ""
            before = words[place - 1] if place else ""
            return [
                f"modal:{word} {_band(place, _PLACES)}",
                f"modal-next:{word} {following}",
                f"modal-before:{before}",
            ]
    return ["modal:none"]


def _band(number: int, bounds: tuple[int, ...]) -> int:
    return sum(number >= bound for bound in bounds)


def stem(verb: str) -> str:
    """A verb without the ending of its third person: `ensures` and `ensure` are one sign."""
    if verb.endswith("ies") and len(verb) > 4:
        return verb[:-3] + "y"
    if verb.endswith(("sses", "shes", "ches", "xes", "zes")):
        return verb[:-2]
    if verb.endswith("s") and not verb.endswith("ss"):
        return verb[:-1]
    return verb
