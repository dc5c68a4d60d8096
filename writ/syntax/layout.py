"""One item on one line -> lines of at most 100 columns.

A line is broken only where the parser will take what follows for a continuation: never before a word that could start
a clause, an attribute or a line of a declaration.
"""

from __future__ import annotations

import re

from writ.syntax.clauses import WITH_CLAUSES, clause_word
from writ.syntax.declarations import line_word

WIDTH = 100
INDENT = 2
CONTINUATION = 4

_WORD = re.compile(r'(?:"[^"]*"|[^\s"])+')


def lay_out(text: str, item: bool, kind: str) -> list[str]:
    """The lines of an item (or of the header) of a statement of that kind."""
    indent = " " * INDENT if item else ""
    if len(indent) + len(text) <= WIDTH:
        return [indent + text]
    words = _WORD.findall(text)
    ranks = _ranks(words, kind, item)
    lines: list[str] = []
    at = 0
    while at < len(words):
        room = WIDTH - len(indent)
        stop = _break(words, ranks, at, room)
        lines.append(indent + " ".join(words[at:stop]))
        at = stop
        indent = " " * CONTINUATION
    return lines


def _break(words: list[str], ranks: list[int], at: int, room: int) -> int:
    """Where the line that starts at word `at` ends: at the best place that fits, or the first that is allowed."""
    used = -1
    best = 0
    for i in range(at, len(words)):
        if i > at and ranks[i] and (used <= room or not best):
            # A good break early in the line is worth less than a poor one at its end.
            good = not best or ranks[i] >= ranks[best] or _width(words, at, best) < room // 2
            best = i if good else best
        used += 1 + len(words[i])
        if used > room and best:
            return best
    return len(words) if used <= room or not best else best


def _width(words: list[str], at: int, stop: int) -> int:
    """How wide the words would be on one line."""
    return sum(map(len, words[at:stop])) + stop - at - 1


def _ranks(words: list[str], kind: str, item: bool) -> list[int]:
    """For each word how well a line may begin with it: 0 not at all, 3 an `and` or `or` outside of parentheses."""
    ranks: list[int] = []
    depth = 0
    padded = [*words, "", "", ""]
    for i, word in enumerate(words):
        if kind in WITH_CLAUSES:
            allowed = item and not clause_word(padded, i)
        elif kind in ("kind", "levels"):
            allowed = False
        else:
            allowed = kind == "fact" or (
                item and not word.endswith(":") and not line_word(padded, i)
            )
        joins = word in ("and", "or") and (i == 0 or words[i - 1] != "on")
        if word[0] == '"' and (not item or kind not in WITH_CLAUSES):
            # What is too long for any line may as well stay on this one.
            ranks.append(3 if len(word) <= WIDTH - CONTINUATION else 0)
        elif not allowed or (i and words[i - 1].endswith(":")):
            ranks.append(0)
        elif joins:
            ranks.append(1 if depth else 3)
        else:
            ranks.append(2 if not depth and words[i - 1].endswith(",") else 1)
        bare = re.sub(r'"[^"]*"', "", word)
        depth += bare.count("(") + bare.count("{") - bare.count(")") - bare.count("}")
    return ranks
