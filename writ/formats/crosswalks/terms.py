"""The words of texts about controls: without identifiers, without endings, and weighed by how rare they are."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence

_WORD = re.compile(r"[a-z]+")
_IDENTIFIER = re.compile(
    r"\b[A-Z]{2,5}(?:[._-][A-Z]{2,5})*(?:[._-]\d+|\(\d+\))+\b|\b[A-Z]{2}\.[A-Z]{2}\b"
    r"|\b\d+(?:\.\d+)+\b|\b(?:CSF|NIST|ISO|IEC|SP|COBIT|CIS|ISA|CCS|CSC)\b(?:[ /-]?[\d.-]+)*"
    r"|\{\{[^}]*\}\}|\]\([^)]*\)|\bEx\d+\b|\b\d(?:st|nd|rd)\b(?:: \d\w+ Party Risk)?"
)
"""Identifiers of frameworks and of their controls: they would give away what is to be found by meaning."""
_SMALL = """
a an and are as at be been by can each eg etc for from g has have how if in including into is it its may must not of
on or other such that the their them these this those to was when where whether which who will with
"""
_STOP = frozenset(_SMALL.split())
_ENDINGS = (
    ("izations", "iz"), ("ization", "iz"), ("isation", "iz"), ("ational", "at"), ("ations", "at"), ("ation", "at"),
    ("ements", ""), ("ement", ""), ("ments", ""), ("ment", ""), ("ities", ""), ("ity", ""), ("ances", ""),
    ("ance", ""), ("ences", ""), ("ence", ""), ("ies", "i"), ("ings", ""), ("ing", ""), ("ions", ""), ("ion", ""),
    ("ives", ""), ("ive", ""), ("ally", ""), ("al", ""), ("ly", ""), ("ers", ""), ("er", ""), ("ed", ""), ("es", ""),
    ("s", ""), ("e", ""), ("y", "i"),
)  # fmt: skip
_ROOT = 4
"""Letters that an ending must leave."""
K1, B = 1.2, 0.75
"""The usual constants of BM25 (Robertson and Zaragoza 2009): how soon repetition, and length, cease to count."""

COMMON, FEW = 0.15, 50
"""What more than this part of the documents hold, and more than so many, tells them apart no more."""

Weights = dict[Hashable, float]


def roots(text: str) -> list[tuple[str, str]]:
    """The words that mean something, each with its form without the ending."""
    found = _WORD.findall(masked(text).lower())
    return [(word, stem(word)) for word in found if word not in _STOP]


def masked(text: str) -> str:
    """The text without identifiers."""
    return _IDENTIFIER.sub(" ", text)


def words(text: str) -> list[str]:
    """The words that mean something, each without its ending."""
    return [root for _, root in roots(text)]


def stem(word: str) -> str:
    """The word without its ending, as far as comparing asks for it."""
    for ending, rest in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _ROOT:
            return word[: -len(ending)] + rest
    return word


def weighed(documents: Sequence[Mapping[Hashable, float]]) -> list[Weights]:
    """The weights of the terms of documents by BM25 over all of them, each document of length 1."""
    count = len(documents)
    held = Counter(term for document in documents for term in document)
    lengths = [sum(document.values()) for document in documents]
    mean = sum(lengths) / max(count, 1) or 1.0
    made = []
    for document, length in zip(documents, lengths, strict=True):
        norm = K1 * (1 - B + B * length / mean)
        weights = {
            term: math.log(1 + (count - held[term] + 0.5) / (held[term] + 0.5))
            * times
            * (K1 + 1)
            / (times + norm)
            for term, times in document.items()
        }
        made.append(_unit(weights))
    return made


def plain(documents: Iterable[str]) -> list[Weights]:
    """The plain TF-IDF of whole words, without stemming or stop words, against which suggestions are measured."""
    counted = [Counter(_WORD.findall(masked(text).lower())) for text in documents]
    held = Counter(term for document in counted for term in document)
    size = len(counted)
    return [
        _unit(
            {
                term: times * (math.log((1 + size) / (1 + held[term])) + 1)
                for term, times in one.items()
            }
        )
        for one in counted
    ]


def _unit(weights: Mapping[Hashable, float]) -> Weights:
    length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {term: weight / length for term, weight in weights.items()}


def grams(words: Iterable[str], shortest: int = 3, longest: int = 5) -> Counter[Hashable]:
    """How often each run of letters stands in the words, their ends marked by blanks."""
    found: Counter[Hashable] = Counter()
    for word in words:
        padded = f" {word} "
        for size in range(shortest, longest + 1):
            found.update(padded[at : at + size] for at in range(len(padded) - size + 1))
    return found


class Index:
    """Documents by their terms, so that one is compared only with those with which it shares some.

    Args:
        common: terms that a greater part of the documents hold are left out of account.
    """

    def __init__(self, documents: Sequence[Weights], common: float = 1.0) -> None:
        self.size = len(documents)
        self.holding: dict[Hashable, list[tuple[int, float]]] = {}
        for number, document in enumerate(documents):
            for term, weight in document.items():
                self.holding.setdefault(term, []).append((number, weight))
        most = max(FEW, self.size * common)
        self.holding = {term: held for term, held in self.holding.items() if len(held) <= most}

    def likeness(self, document: Weights) -> list[float]:
        """The cosine with each document."""
        found = [0.0] * self.size
        for term, weight in document.items():
            for number, other in self.holding.get(term, ()):
                found[number] += weight * other
        return found
