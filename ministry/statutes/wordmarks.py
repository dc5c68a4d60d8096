"""Two texts held against each other: by paragraph, and within a paragraph word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

import msgspec

SAME, GONE, CAME = "", "del", "ins"
_TOKEN = re.compile(r"\s+|\w+(?:[-'’]\w+)*|[^\w\s]")
_BLANK = re.compile(r"\n[ \t]*\n\s*")
MOST_WORDS = 4_000
"""A paragraph longer than this is marked as a whole: to hold all its words against all others would take long."""
ALIKE = 0.35
"""Paragraphs less alike than this are two: what one says is gone, and the other came."""


class Piece(msgspec.Struct, frozen=True, gc=False):
    """Words that stand in both texts, or in one alone: `how` is empty, `del` or `ins`."""

    how: str
    text: str


Pieces = tuple[Piece, ...]


class Pair(msgspec.Struct, frozen=True, gc=False):
    """A paragraph as it was and as it is; one of them is empty where it is gone, or new."""

    old: Pieces
    new: Pieces

    @property
    def same(self) -> bool:
        return self.old == self.new


def words(old: str, new: str) -> Pair:
    """Two paragraphs, with the words marked that only one of them has."""
    if old == new:
        whole = (Piece(SAME, old),) if old else ()
        return Pair(whole, whole)
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    if not old or not new or max(len(before), len(after)) > MOST_WORDS:
        return _apart(old, new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < ALIKE:
        return _apart(old, new)
    left: list[Piece] = []
    right: list[Piece] = []
    for verb, a, b, c, d in matcher.get_opcodes():
        was, now = "".join(before[a:b]), "".join(after[c:d])
        if verb == "equal":
            _put(left, SAME, was)
            _put(right, SAME, now)
        else:
            _put(left, GONE, was)
            _put(right, CAME, now)
    return Pair(tuple(left), tuple(right))


def paragraphs(old: str, new: str) -> tuple[Pair, ...]:
    """The paragraphs of two texts beside each other."""
    return tuple(_beside(_split(old, _BLANK), _split(new, _BLANK)))


def lines(old: str, new: str) -> tuple[Pair, ...]:
    """The lines of two texts beside each other."""
    return tuple(_beside(old.splitlines(), new.splitlines()))


def _split(text: str, at: re.Pattern[str]) -> list[str]:
    return [" ".join(one.split()) for one in at.split(text.strip()) if one.strip()]


def _beside(before: Sequence[str], after: Sequence[str]) -> Iterator[Pair]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for verb, a, b, c, d in matcher.get_opcodes():
        if verb == "equal":
            for text in before[a:b]:
                yield words(text, text)
            continue
        was, now = before[a:b], after[c:d]
        for at in range(max(len(was), len(now))):
            yield words(was[at] if at < len(was) else "", now[at] if at < len(now) else "")


def _apart(old: str, new: str) -> Pair:
    return Pair(
        (Piece(GONE, old),) if old else (),
        (Piece(CAME, new),) if new else (),
    )


def _put(found: list[Piece], how: str, text: str) -> None:
    if not text:
        return
    if found and found[-1].how == how:
        found[-1] = Piece(how, found[-1].text + text)
    else:
        found.append(Piece(how, text))
