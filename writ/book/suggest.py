"""The nearest known name to one that is not known."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher

CLOSE = 0.7
"""Below this likeness (0 to 1) a suggestion misleads more than it helps."""


def nearest(name: str, candidates: Iterable[str]) -> str:
    """The candidate most like `name`, the first of equals in the alphabet; empty where none is close.

    The two cheap bounds of `difflib` come first: a book has thousands of names, and nearly all fail one.
    """
    candidates = list(candidates)
    spread = 1 + len(name) // 3
    shortest, longest = len(name) - spread, len(name) + spread
    letters = _bits(name)
    likely = [
        candidate
        for candidate in candidates
        if shortest <= len(candidate) <= longest
        and (letters ^ _bits(candidate)).bit_count() <= 6
        and candidate != name
    ]
    matcher = SequenceMatcher(None, "", name, autojunk=False)
    best, found = CLOSE, ""
    for candidate in sorted(likely):
        matcher.set_seq1(candidate)
        if matcher.quick_ratio() > best and (ratio := matcher.ratio()) > best:
            best, found = ratio, candidate
    return found or _contained(name, candidates)


def _bits(name: str) -> int:
    """The letters that occur in a name, as a set of bits."""
    bits = 0
    for letter in set(name):
        bits |= 1 << (ord(letter) & 63)
    return bits


def _contained(name: str, candidates: Iterable[str]) -> str:
    """The shortest candidate that adds whole words to `name`: `minister` for `public-safety-minister`."""
    words = set(name.split("-"))
    longer = [each for each in candidates if words < set(each.split("-"))]
    return min(longer, key=lambda each: (len(each), each), default="")


def did_you_mean(name: str, candidates: Iterable[str]) -> str:
    """The suggestion as a help text, or nothing."""
    found = nearest(name, candidates)
    return f"did you mean `{found}`?" if found else ""
