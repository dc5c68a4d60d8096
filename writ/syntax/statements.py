"""A block -> its statements. The kinds of statement are one registry, which later kinds join."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable

from writ.syntax.assurances import assurance
from writ.syntax.clauses import ASSURANCE, KINDS, WITH_CLAUSES, WRITTEN, clause_word
from writ.syntax.cursor import Cursor, shown, suggestion
from writ.syntax.declarations import KINDS as DECLARATIONS
from writ.syntax.declarations import declaration, declaration_line
from writ.syntax.lexer import LABEL, NAME
from writ.syntax.limits import MAX_MISTAKES
from writ.syntax.norms import norm
from writ.syntax.tree import Statement

Parse = Callable[[Cursor, int, int, str], Statement | None]
"""Reads the lines from one up to another, beneath a provision."""

STATEMENTS: dict[str, Parse] = {
    **dict.fromkeys(DECLARATIONS, declaration),
    **dict.fromkeys(KINDS, norm),
    ASSURANCE: assurance,
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
            if indents[i] <= margin:
                if not _misplaced(c, i, word, line == first + 1):
                    break
            elif _starts_statement(c, i):
                c.report("S146", i, _FIRST, "move it to the left")
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
        c.report("S146", lines[0], _FIRST, "move it to the left")
    return margin


_FIRST = "a statement starts in the first column"


def _starts_statement(c: Cursor, i: int) -> bool:
    """Whether the indented line is plainly the head of a statement: `power 3(1)`, `office minister "the Minister"`."""
    word, after = c.words[i], c.words[i + 1]
    if word in WITH_CLAUSES:
        return LABEL.fullmatch(after) is not None and i + 2 in c.indents
    if word not in DECLARATIONS or NAME.fullmatch(after) is None or i + 1 in c.indents:
        return False
    return c.words[i + 2][:1] == '"' and i + 2 not in c.indents


def _misplaced(c: Cursor, i: int, statement: str, second: bool) -> bool:
    """Whether the line belongs to the statement above it, and someone forgot to indent it."""
    word = c.words[i]
    if statement not in STATEMENTS or (word in STATEMENTS and c.words[i + 1] != ":"):
        return False
    what = ""
    if statement not in WITH_CLAUSES:
        what = declaration_line(c.words, i, statement)
    elif (found := clause_word(c.words, i)) and not (second and statement == ASSURANCE):
        what = f"the clause `{WRITTEN.get(found, found)}`"
    elif second and word[:1].islower() and not suggestion(word, STATEMENTS):
        what = f"the line of the {statement}"
    if what:
        c.report("S131", i, f"{what} starts in the first column", "indent it")
    return bool(what)


def _unknown(c: Cursor, i: int) -> None:
    word = c.words[i]
    if c.is_bad(i):
        return
    help = suggestion(word, STATEMENTS) or "a line that goes on with the one above it is indented"
    c.report("S130", i, f"unknown statement `{shown(word)}`", help)


def lexical(c: Cursor) -> None:
    """Report the words that are none."""
    quoted = -1
    for i in c.tokens.bad[:MAX_MISTAKES]:
        word = c.words[i]
        if word in _QUOTES:
            # The second of a pair is the same mistake.
            line = bisect_right(c.tokens.lines, i)
            if line == quoted:
                continue
            quoted = line
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
            help = next((help for signs, help in _SIGNS.items() if word in signs), "")
            c.report("S120", i, f"`{shown(word)}` is not part of the language", help)


_QUOTES = "“”„«»‘’'"
_SIGNS = {
    _QUOTES: "texts stand in straight double quotes",
    "–—−‐‑": "a hyphen is written `-`",
    ".;": "a clause ends with its line, without a stop",
    "=<>≤≥≠": "comparisons are written in words: `is`, `at least`, `below`",
    "#/*": "a comment starts with `--`",
    "[]": "a list of values stands in braces: `{a, b}`",
    "§": "a label stands alone: `17(1)`",
    "&|!": "conditions are joined by `and`, `or` and `not`",
}
"""What is written instead of a sign that other texts use."""
