"""What of a text is counted: words, sentences, syllables, and whether it says that somebody must or may.

Syllables are groups of vowels without a silent final `e`: no dictionary of them is at hand, and over thousands of words
the errors cancel out. They are cached by word: a body of law has few different ones.
"""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_END = re.compile(r"[.!?;](?=\s|$)|\n\s*\n")
_VOWELS = re.compile(r"[aeiouyàâäéèêëîïôöùûüœæ]+")
_MODAL = re.compile(
    r"\b(?:shall|must|may|is required to|are required to|is entitled to|doit|doivent|peut|peuvent)\b"
)


class Measure(msgspec.Struct, frozen=True):
    """`modal`: it has `shall`, `must`, `may` or the like."""

    words: int = 0
    sentences: int = 0
    syllables: int = 0
    modal: bool = False


NOTHING = Measure()


def measure(text: str) -> Measure:
    """The counts of one provision. A sentence ends with a stop, a semicolon or the paragraph."""
    if not text:
        return NOTHING
    low = text.lower()
    words = _WORD.findall(low)
    if not words:
        return NOTHING
    return Measure(
        len(words),
        max(1, len(_END.findall(low.rstrip())) + (low.rstrip()[-1:] not in ".!?;")),
        sum(map(syllables, words)),
        _MODAL.search(low) is not None,
    )


@lru_cache(maxsize=200_000)
def syllables(word: str) -> int:
    """The syllables of a word, one at least."""
    count = len(_VOWELS.findall(word))
    if count > 1 and word.endswith("e") and not word.endswith("le"):
        count -= 1
    return max(count, 1)


def ease(words: int, sentences: int, syllables: int, language: str) -> float | None:
    """Reading ease, 0 (very hard) to 100 (very easy): Flesch (1948) for English, Kandel and Moles (1958) for French.

    None for other languages and for fewer than 100 words, the least that Flesch took for a sample.
    """
    if words < 100 or not sentences:
        return None
    length, weight = words / sentences, syllables / words
    if language == "en":
        return round(206.835 - 1.015 * length - 84.6 * weight, 1)
    if language == "fr":
        return round(207.0 - 1.015 * length - 73.6 * weight, 1)
    return None
