"""A block -> its statements. The kinds of statement are one registry, which later kinds join."""

from __future__ import annotations

from collections.abc import Callable

from writ.syntax.clauses import KINDS as NORMS
from writ.syntax.clauses import WRITTEN, clause_word
from writ.syntax.cursor import Cursor, shown, suggestion
from writ.syntax.declarations import KINDS as DECLARATIONS
from writ.syntax.declarations import declaration
from writ.syntax.limits import MAX_MISTAKES
from writ.syntax.norms import norm
from writ.syntax.tree import Statement

Parse = Callable[[Cursor, int, int, str], Statement | None]
"""Reads the lines from one up to another, beneath a provision."""

STATEMENTS: dict[str, Parse] = {
    **dict.fromkeys(DECLARATIONS, declaration),
    **dict.fromkeys(NORMS, norm),
}


def statements(c: Cursor, provision: str) -> list[Statement]:
    """The statements of a block, which stands beneath `provision`; those with a wrong header are left out."""
    lexical(c)
    found: list[Statement] = []
    lines, indents, words = c.tokens.lines, c.indents, c.words
    count = len(lines)
    margin = _margin(c)
    line = 0
    while line < count and len(c.mistakes) <= MAX_MISTAKES:
        first = line
        word = words[lines[line]]
        line += 1
        while line < count:
            i = lines[line]
            if indents[i] <= margin and not _misplaced(c, i, word):
                break
            line += 1
        parse = STATEMENTS.get(word)
        if parse is None:
            _unknown(c, lines[first])
            continue
        statement = parse(c, first, line, provision)
        if statement is not None:
            found.append(statement)
    return found


def _margin(c: Cursor) -> int:
    """The column where statements start; it should be the first."""
    lines = c.tokens.lines
    if not lines:
        return 0
    margin = c.indents[lines[0]]
    if margin:
        c.report("S146", lines[0], "a statement starts in the first column")
    return margin


def _misplaced(c: Cursor, i: int, statement: str) -> bool:
    """Whether the line is a clause of the norm above it that someone forgot to indent."""
    if statement not in NORMS or c.words[i] in STATEMENTS:
        return False
    word = clause_word(c.words, i)
    if not word:
        return False
    c.report(
        "S131", i, f"the clause `{WRITTEN.get(word, word)}` starts in the first column", "indent it"
    )
    return True


def _unknown(c: Cursor, i: int) -> None:
    word = c.words[i]
    if c.is_bad(i):
        return
    help = suggestion(word, STATEMENTS) or "a line that goes on with the one above it is indented"
    c.report("S130", i, f"unknown statement `{shown(word)}`", help)


def lexical(c: Cursor) -> None:
    """Report the words that are none."""
    for i in c.tokens.bad[:MAX_MISTAKES]:
        word = c.words[i]
        if word[0] == '"' and (len(word) == 1 or word[-1] != '"'):
            c.report(
                "S121",
                i,
                "the text is not closed",
                'a text ends with `"` on the line where it starts',
            )
        elif len(word) > 1 and word.replace("_", "").isascii() and len(word) < 1000:
            help = "names are lower-case words joined by hyphens"
            c.report("S120", i, f"`{shown(word)}` is not a name", help)
        elif len(word) >= 1000:
            c.report("S125", i, f"a word of {len(word):,} characters")
        else:
            help = "texts stand in straight double quotes" if word in "“”„«»‘’'" else ""
            c.report("S120", i, f"`{shown(word)}` is not part of the language", help)
