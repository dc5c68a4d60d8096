"""A text as an editor sees it: lines, positions in the units that the editor counts, and edits.

Offsets count characters (code points). A position counts the units of an encoding within a line; one in the middle of a
character stands for the start of that character, and one beyond its line for the line's end, as the protocol asks.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import NamedTuple

UTF_8, UTF_16, UTF_32 = "utf-8", "utf-16", "utf-32"

_ENDS = re.compile(r"\r\n|\n|\r")
_LONE = re.compile("[\ud800-\udfff]")


class Position(NamedTuple):
    """A line and a place in it, both from 0."""

    line: int
    column: int


class Extent(NamedTuple):
    """A range of a text in offsets; the end is exclusive."""

    start: int
    end: int


class Edit(NamedTuple):
    """New text for a range."""

    start: int
    end: int
    text: str


class Text:
    """One state of a text. It never changes; an edit gives another."""

    __slots__ = ("__dict__", "text")

    def __init__(self, text: str) -> None:
        self.text = whole(text)

    @cached_property
    def starts(self) -> list[int]:
        """Where each line starts."""
        return [0, *(match.end() for match in _ENDS.finditer(self.text))]

    def line_of(self, offset: int) -> int:
        """The number of the line that holds an offset."""
        return bisect_right(self.starts, offset) - 1

    def line(self, number: int) -> str:
        """A line without its end; empty beyond the text."""
        start, end = self.bounds(number)
        return self.text[start:end]

    def bounds(self, number: int) -> Extent:
        """Where a line starts and where its end begins."""
        if not 0 <= number < len(self.starts):
            return Extent(len(self.text), len(self.text))
        start = self.starts[number]
        if number + 1 == len(self.starts):
            return Extent(start, len(self.text))
        end = self.starts[number + 1]
        while end > start and self.text[end - 1] in "\r\n":
            end -= 1
        return Extent(start, end)

    def offset(self, at: Position, encoding: str = UTF_16) -> int:
        """The offset of a position."""
        if at.line < 0:
            return 0
        start, end = self.bounds(at.line)
        line = self.text[start:end]
        if encoding == UTF_32 or line.isascii():
            return start + min(max(at.column, 0), len(line))
        units = 0
        for number, letter in enumerate(line):
            units += width(letter, encoding)
            if units > at.column:
                return start + number
        return end

    def position(self, offset: int, encoding: str = UTF_16) -> Position:
        """The position of an offset."""
        offset = min(max(offset, 0), len(self.text))
        number = self.line_of(offset)
        before = self.text[self.starts[number] : offset]
        if encoding == UTF_32 or before.isascii():
            return Position(number, len(before))
        return Position(number, sum(width(letter, encoding) for letter in before))

    def edited(self, edit: Edit) -> Text:
        """The text after one edit."""
        start = min(max(edit.start, 0), len(self.text))
        end = min(max(edit.end, start), len(self.text))
        return Text(self.text[:start] + edit.text + self.text[end:])


def width(letter: str, encoding: str) -> int:
    """How many units of an encoding a character takes."""
    code = ord(letter)
    if encoding == UTF_16:
        return 2 if code > 0xFFFF else 1
    if encoding == UTF_8:
        return 1 if code < 0x80 else 2 if code < 0x800 else 3 if code < 0x10000 else 4
    return 1


def whole(text: str) -> str:
    """The text without halves of characters, which no file can hold; a mark of as many units stands in their place."""
    return text if text.isascii() or not _LONE.search(text) else _LONE.sub("\ufffd", text)


def applied(text: str, edits: list[Edit]) -> str:
    """The text after edits that do not overlap, all of which speak of the text before."""
    for edit in sorted(edits, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text
