"""Whether one edition only says in other words what another says: what an error of writing may be."""

from __future__ import annotations

import re
from collections import Counter

from writ.book.model import Book
from writ.editions.provisions import fingerprints, provisions_of

_WORDS = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_BINDING = """
all and any anybody anyone before after both by cannot each either every everybody everyone except if least less may
might more most must need neither never no nobody none nor not nothing one only or other prohibited shall should some
those unless until when whenever where whether who whoever within without
"""
BINDING = frozenset(_BINDING.split())
"""Words of the prose that bind, free, join or bound: one more or less of them is no error of writing."""


def otherwise(old: Book, new: Book) -> list[str]:
    """The provisions by which the second does not mean what the first means, each with why; empty where it is the same.

    Norms and declarations are compared by their meaning. Of the text, whose prose the compiler does not read, every
    figure and every word that binds must stand as often as it did, in the same order.
    """
    before, after = fingerprints(old, words=False), fingerprints(new, words=False)
    found = []
    for key in [*before, *(key for key in after if key not in before)]:
        if key not in after:
            found.append(f"{key} is gone")
        elif key not in before:
            found.append(f"{key} is new")
        elif before[key] != after[key]:
            found.append(f"{key} means something else")
    texts = _texts(old), _texts(new)
    for key in sorted(texts[0].keys() & texts[1].keys()):
        was, now = (_weighty(one[key]) for one in texts)
        if was != now:
            gone, came = Counter(was) - Counter(now), Counter(now) - Counter(was)
            words = [f"no longer “{one}”" for one in gone] + [f"now “{one}”" for one in came]
            said = ", ".join(words) or "the order of its words"
            found.append(f"{key}: a figure or a word that binds is another ({said})")
    return found


def _texts(book: Book) -> dict[str, str]:
    found = {}
    called = {item.place.file: name for name, item in book.instruments.items()}
    for path, source in book.sources.items():
        for one in provisions_of(path, source.text, called.get(path, "")):
            if one.level:
                found[one.key] = source.text[one.start : one.end]
    return found


def _weighty(text: str) -> list[str]:
    words = (one.lower() for one in _WORDS.findall(text))
    return [one for one in words if one in BINDING or any(c.isdigit() for c in one)]
