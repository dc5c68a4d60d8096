"""Where in a text a place is: front matter, prose, or a `writ` block, and there the words before it.

This looks at the text alone, which may be in the middle of being written and need not parse.
"""

from __future__ import annotations

import re

import msgspec

from writ.syntax.clauses import ASSURANCE, WITH_CLAUSES, clause_word
from writ.syntax.declarations import KINDS as DECLARATIONS
from writ.syntax.front import extent
from writ.syntax.lexer import lex

_FENCE = re.compile(r"^[ ]{0,3}(`{3,}|~{3,})[ \t]*(\S*)", re.MULTILINE)
_FAR = 20_000
"""Characters that one statement is looked for before a place."""


class Here(msgspec.Struct, frozen=True):
    """A place. `zone`: front, prose, block. In a block `head` is the first word of the statement; `line` tells what
    the place is in: head, line (of deontic text, or of a declaration), clause. `clause` is its canonical word, and
    `words` are those before the place: of the head, of the line, or of the clause without its own words."""

    zone: str
    prefix: str = ""
    """What of a word stands just before the place."""
    start: int = 0
    """Where that begins."""
    head: str = ""
    label: str = ""
    line: str = ""
    clause: str = ""
    words: tuple[str, ...] = ()
    begins: bool = False
    """Whether the line holds nothing before the prefix."""
    statement: str = ""
    """The text of the statement before the place."""
    after: str = ""
    """The text of the statement behind the line of the place."""
    key: str = ""
    """In front matter, the key of the line."""


_PREFIX = re.compile(r"[A-Za-z0-9][A-Za-z0-9.()-]*$|[a-z][a-z0-9-]*\.$")


def here(text: str, offset: int) -> Here:
    """What is known of a place from the text before it."""
    place = extent(text)
    line_start = text.rfind("\n", 0, offset) + 1
    before = text[line_start:offset]
    prefix = (found[0] if (found := _PREFIX.search(before)) else "").lstrip("(")
    start = offset - len(prefix)
    if place is not None and place[0] <= offset and (offset < place[1] or place[1] < 0):
        key, colon, _ = before.partition(":")
        return Here("front", prefix, start, key=key.strip() if colon else "")
    block = _block(text, offset, place[2] if place is not None and place[1] >= 0 else 0)
    if block is None:
        return Here("prose", prefix, start)
    return _in_block(text, offset, block, line_start, prefix, start)


def _block(text: str, offset: int, first: int) -> tuple[int, int] | None:
    """The text of the writ block that holds an offset, from its first line to its last."""
    opened: tuple[str, bool, int] | None = None
    for match in _FENCE.finditer(text, first):
        end = text.find("\n", match.end())
        end = len(text) if end < 0 else end + 1
        if opened is None:
            if match.start() >= offset:
                return None
            opened = (match[1], match[2] == "writ", end)
        elif match[1][0] == opened[0][0] and len(match[1]) >= len(opened[0]) and not match[2]:
            if opened[2] <= offset <= match.start() and opened[1]:
                return opened[2], match.start()
            if match.start() >= offset:
                return None
            opened = None
    if opened is not None and opened[1] and opened[2] <= offset:
        return opened[2], len(text)
    return None


def _in_block(
    text: str, offset: int, block: tuple[int, int], line_start: int, prefix: str, start: int
) -> Here:
    begins = not text[line_start:start].strip()
    top = max(block[0], line_start - _FAR)
    at = line_start
    if begins and start == line_start:
        return Here("block", prefix, start, line="statement", begins=True)
    while at > top and (text[at : at + 1].isspace() or text[at : at + 1] in ("", "-")):
        at = text.rfind("\n", 0, at - 1) + 1
    tokens = lex(text, at, start)
    words = tokens.words[:-3]
    while words and not words[-1]:
        words.pop()
    if not words:
        return Here("block", prefix, start, line="statement", begins=begins)
    head = words[0]
    lines = [i for i in tokens.lines if i < len(words)]
    label = (
        words[1] if len(words) > 1 and words[1][:1].isalnum() and not words[1][:1].islower() else ""
    )
    behind = text.find("\n", offset)
    after = _rest(text, behind, block[1]) if behind >= 0 else ""
    statement = text[at:offset]
    current = [*words]
    if head in WITH_CLAUSES and len(lines) + begins > 1:
        # The last line that begins a clause; before any, the line of the norm.
        begun = [i for i in lines[1:] if clause_word([*words, "", ""], i)]
        body = lines[1] if len(lines) > 1 else len(words)
        if head == ASSURANCE:
            begun = [i for i in begun if i != body]  # its line may start with `every`
        if begun:
            i = begun[-1]
            word = clause_word([*words, "", ""], i)
            width = len(word.split()) + (
                1 if word in ("in force", "known") and len(words) > i + 1 else 0
            )
            if word == "known":
                width = 2
            return Here(
                "block", prefix, start, head, label, "clause", word,
                tuple(current[i + width :]), begins, statement, after,
            )  # fmt: skip
        return Here(
            "block", prefix, start, head, label, "line", "",
            tuple(current[body:]), begins, statement, after,
        )  # fmt: skip
    if head in DECLARATIONS and len(lines) + begins > 1:
        line = lines[-1] if not begins else len(words)
        return Here(
            "block", prefix, start, head, label, "line", "",
            tuple(current[line:]), begins, statement, after,
        )  # fmt: skip
    return Here(
        "block",
        prefix,
        start,
        head,
        label,
        "head",
        "",
        tuple(current[1:]),
        begins,
        statement,
        after,
    )


def _rest(text: str, at: int, end: int) -> str:
    """The lines of the statement behind a line."""
    stop = at + 1
    while stop < end and text[stop : stop + 1] in (" ", "\t"):
        following = text.find("\n", stop)
        stop = end if following < 0 else following + 1
    return text[at:stop]
