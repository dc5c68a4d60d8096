"""Three texts made one: what either side changed of the base, and where both changed the same words, both.

Sequences of tokens (lines, then words within lines that both changed) are held against the base. A run of tokens that
one side changed is taken from that side; one that both changed alike, once; one that both changed otherwise is a clash.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

import msgspec

_WORD = re.compile(r"\s+|[\w-]+|[^\w\s]")


class Run(msgspec.Struct, frozen=True):
    """A part of the three: what each has there. `same` where neither side changed it."""

    base: tuple[str, ...]
    one: tuple[str, ...]
    other: tuple[str, ...]
    same: bool

    @property
    def clashes(self) -> bool:
        return self.one != self.other and self.base not in (self.one, self.other)

    @property
    def taken(self) -> tuple[str, ...]:
        """What is taken where nothing clashes."""
        return self.other if self.one == self.base else self.one


def lines_of(text: str) -> list[str]:
    """The lines of a text with their ends; put together they are the text."""
    return text.splitlines(keepends=True) if "\r" in text else _lines(text)


def _lines(text: str) -> list[str]:
    parts = text.split("\n")
    found = [f"{one}\n" for one in parts[:-1]]
    return [*found, parts[-1]] if parts[-1] else found


def words_of(text: str) -> list[str]:
    """Words, signs and spaces of a text; put together they are the text."""
    return _WORD.findall(text)


def runs(base: Sequence[str], one: Sequence[str], other: Sequence[str]) -> Iterator[Run]:
    """The three texts side by side, cut where all three are the same. Nothing of any of them is left out."""
    ours, theirs = matched(base, one), matched(base, other)
    at, here, there = 0, 0, 0
    while True:
        # Up to the next token of the base that both sides kept, and that lies behind what was passed already.
        stop = at
        while stop < len(base) and not (stop in ours and stop in theirs):
            stop += 1
        to_one = ours[stop] if stop < len(base) else len(one)
        to_other = theirs[stop] if stop < len(base) else len(other)
        if at < stop or here < to_one or there < to_other:
            yield Run(
                tuple(base[at:stop]), tuple(one[here:to_one]), tuple(other[there:to_other]), False
            )
        if stop >= len(base):
            return
        at, here, there = stop, to_one, to_other
        while (
            at < len(base)
            and ours.get(at) == here + (at - stop)
            and theirs.get(at) == there + (at - stop)
        ):
            at += 1
        kept = tuple(base[stop:at])
        yield Run(kept, kept, kept, True)
        here, there = here + len(kept), there + len(kept)


def matched(base: Sequence[str], side: Sequence[str]) -> dict[int, int]:
    """Where each token of the base that a side kept stands in that side; in both in order."""
    start = 0
    most = min(len(base), len(side))
    while start < most and base[start] == side[start]:
        start += 1
    end = 0
    while end < most - start and base[-1 - end] == side[-1 - end]:
        end += 1
    found = {at: at for at in range(start)}
    inner = SequenceMatcher(
        None, base[start : len(base) - end], side[start : len(side) - end], autojunk=False
    )
    for block in inner.get_matching_blocks():
        for step in range(block.size):
            found[start + block.a + step] = start + block.b + step
    found |= {len(base) - 1 - at: len(side) - 1 - at for at in range(end)}
    return found


def blended(run: Run) -> str | None:
    """The words of both in lines that both changed; None where they changed the same words, or wrote new lines."""
    if not (run.base and run.one and run.other):
        return None
    base, one, other = ("".join(side) for side in (run.base, run.one, run.other))
    found = []
    for part in runs(words_of(base), words_of(one), words_of(other)):
        if part.clashes:
            return None
        found.append("".join(part.base if part.same else part.taken))
    return "".join(found)
