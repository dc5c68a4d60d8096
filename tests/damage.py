"""Texts that nobody would write, and what every diagnostic of one must have."""

from __future__ import annotations

import random
from collections.abc import Container, Iterable, Sequence

from writ.diagnostics import Diagnostic


def whole(found: Iterable[Diagnostic], lines: int, codes: Container[str]) -> None:
    """Every diagnostic has a documented code, a message and a place in the file."""
    for one in found:
        assert one.code in codes
        assert one.message
        assert 1 <= one.span.line <= one.span.end_line <= lines
        assert one.span.column >= 1


def damaged(chance: random.Random, text: str, pieces: Sequence[str]) -> str:
    """The text after a few blows: parts cut out, pieces put in, characters exchanged, parts doubled, lines shuffled."""
    for _ in range(chance.randrange(1, 12)):
        at = chance.randrange(len(text))
        kind = chance.randrange(5)
        if kind == 0:
            text = text[:at] + text[at + chance.randrange(20) :]
        elif kind == 1:
            text = text[:at] + chance.choice(pieces) + text[at:]
        elif kind == 2:
            text = text[:at] + chr(chance.randrange(1, 0x3000)) + text[at + 1 :]
        elif kind == 3:
            other = chance.randrange(len(text))
            text = text[:at] + text[other : other + 30] + text[at:]
        else:
            lines = text.split("\n")
            text = "\n".join(chance.sample(lines, len(lines)))
    return text
