"""Text of a block -> words, their places, and where lines start.

One compiled pattern covers every character, so that `findall` does the work in C: a word is a plain string whose
first character tells what it is (`a-z` name or keyword, digit or capital number, date or label, `"` text, else
punctuation), and what stands between words (blanks, line ends, comments) comes beside it. Keywords are not reserved
here: the grammar knows from its place what a word is.
"""

from __future__ import annotations

import re
from itertools import accumulate
from operator import add
from sys import intern
from typing import NamedTuple

from writ.syntax.limits import MAX_WORD

_NAME = r"[a-z][a-z0-9]*+(?:-[a-z0-9]++)*+"

# Quantifiers are possessive: the pattern never backtracks into a word, and is linear on any input.
_TOKEN = re.compile(
    rf"""
    ((?:\s++|--[^\n]*+)*+)                                    # blanks and comments before the word
    (
      {_NAME}(?:\.{_NAME})?+(?!\w|\.\w)                       # name, path or keyword
    | [(){{}},:+]|-
    | \d{{4}}-\d\d-\d\dT[\d:.]*+(?:Z|[+-][\d:]++)?+(?!\w)     # moment
    | [A-Z][A-Za-z_]*+(?:/[A-Za-z0-9_+-]++)++                 # time zone
    | [0-9A-Z][A-Za-z0-9]*+(?:[.-][A-Za-z0-9]++|\([A-Za-z0-9.-]++\))*+(?!\w)   # number, date or label
    | "[^"\n]*+"
    | ( "[^\n]*+ | \w[\w.]*+(?:-\w[\w.]*+)*+ | \S )           # nothing of the language
    | \Z
    )
    """,
    re.VERBOSE,
)

NAME = re.compile(_NAME)
LABEL = re.compile(r"[0-9A-Z][A-Za-z0-9]*+(?:[.-][A-Za-z0-9]++|\([A-Za-z0-9.-]++\))*+")


class Tokens(NamedTuple):
    """The words of a block. The last word is empty and stands for the end."""

    words: list[str]
    ends: list[int]
    """Where in the file each word ends; it starts its own length before."""
    lines: list[int]
    """The index of the first word of each line that has one."""
    indents: dict[int, int]
    """By that index: how far the line is indented."""
    trivia: tuple[str, ...]
    """Blanks and comments before each word."""
    bad: tuple[int, ...]
    """Indices, in order, of words that are none: stray characters, unclosed text, what is too long."""


def lex(text: str, start: int, end: int, margin: int = 0) -> Tokens:
    """The words of `text[start:end]`, which begins at the start of a line.

    `margin` is the indentation of the fence, which the lines of the block may share.
    """
    trivia, found, wrong = zip(*_TOKEN.findall(text, start, end), strict=True)
    words = list(map(intern, found))
    ends = list(accumulate(map(add, map(len, trivia), map(len, words)), initial=start))
    del ends[0]
    lines = [i for i, blank in enumerate(trivia) if "\n" in blank]
    if not lines or lines[0] != 0:
        lines.insert(0, 0)
    while lines and not words[lines[-1]]:
        lines.pop()
    indents = {i: len(trivia[i]) - 1 - trivia[i].rfind("\n") for i in lines}
    if margin:
        indents = {i: max(0, indent - margin) for i, indent in indents.items()}
    bad = [i for i, word in enumerate(wrong) if word] if any(wrong) else []
    if end - start > MAX_WORD:
        bad += [i for i, word in enumerate(words) if len(word) > MAX_WORD and not wrong[i]]
    # The grammar looks up to three words ahead without asking whether they are there.
    words += [""] * 3
    ends += [end] * 3
    return Tokens(words, ends, lines, indents, trivia, tuple(sorted(bad)))
