"""Whether a text is English: the rules know no other language, and would make nonsense of one."""

from __future__ import annotations

import re
from itertools import islice

_WORD = re.compile(r"[^\W\d_]+")
_COMMON = frozenset(
    ("the", "of", "and", "to", "in", "shall", "by", "that", "or", "is", "for", "may", "with", "must", "will", "be")
)  # fmt: skip
_LOOKED_AT = 5000
_ENOUGH = 40
"""Words; of fewer nothing can be said."""
_SHARE = 0.1


def is_english(text: str) -> bool:
    """Whether its commonest words are English ones. A text of a few words is taken for English."""
    words = [each[0].lower() for each in islice(_WORD.finditer(text), _LOOKED_AT)]
    return len(words) < _ENOUGH or sum(each in _COMMON for each in words) >= _SHARE * len(words)
