"""The items of a statement: its header and then one item for each line that starts one.

A mistake costs the item that it is in. Text that an item leaves unread is a mistake too; where it looks like the next
item misspelt, the item itself is kept.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from typing import TypeVar

from writ.syntax.cursor import Cursor, Wrong, shown
from writ.syntax.limits import MAX_MISTAKES

T = TypeVar("T")


class Items:
    """The lines `first` up to `last` of a block, read one item at a time.

    `stray(i)` is asked about unread text at word `i`: it reports what that is and returns True, or returns False if it
    does not know.
    """

    __slots__ = ("begin", "c", "end", "last", "line", "stray")

    def __init__(self, c: Cursor, first: int, last: int, stray: Callable[[int], bool]) -> None:
        self.c = c
        self.line = first
        self.begin = c.tokens.lines[first]
        self.last = last
        self.stray = stray
        lines = c.tokens.lines
        self.end = lines[last] if last < len(lines) else c.tokens.words.index("", lines[first])

    def more(self) -> bool:
        return self.line < self.last and len(self.c.mistakes) <= MAX_MISTAKES

    @property
    def next(self) -> int:
        """The first word of the next item."""
        return self.c.tokens.lines[self.line]

    def skip(self, starts: Callable[[int], bool]) -> int:
        """Leave an item out; returns the word where the one after it starts. `starts(i)` tells whether it is the line
        at word `i`."""
        lines = self.c.tokens.lines
        line, last = self.line + 1, self.last
        while line < last and not starts(lines[line]):
            line += 1
        self.line = line
        return lines[line] if line < last else self.end

    def read(self, parse: Callable[[], T], starts: Callable[[int], bool]) -> T | None:
        """What `parse` makes of the next item; None if it is wrong, which has then been reported."""
        c = self.c
        first = c.tokens.lines[self.line]
        stop = self.skip(starts)
        words, bad = c.words, c.tokens.bad
        c.enter(first)
        hidden = words[stop]
        words[stop] = ""
        try:
            node = parse()
            if words[c.at] and not self.stray(c.at):
                c.wrong("S141", c.at, f"expected nothing more, found `{shown(words[c.at])}`")
        except Wrong as wrong:
            # A word that is none has been reported by itself.
            if not (bad and bisect_left(bad, first) < bisect_left(bad, stop)):
                c.mistakes.append(wrong.mistake)
            return None
        finally:
            words[stop] = hidden
        return None if bad and bisect_left(bad, first) < bisect_left(bad, stop) else node
