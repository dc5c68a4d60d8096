"""The text of a journal -> its statements, part by part, so that a long journal is never held as words all at once.

A mistake costs the clause that it is in, or the entry where it is in its head; the rest is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from writ.diagnostics import LENGTH_BITS
from writ.journal.clauses import ALLOWED, PARSE, clause, clause_word, written
from writ.journal.heads import Written, entry_head, expectation_head, more
from writ.journal.phrases import quoted, words_of
from writ.syntax.calendars import holiday, sitting
from writ.syntax.cursor import RESERVED, Cursor, Mistake, shown, suggestion
from writ.syntax.items import Items
from writ.syntax.limits import MAX_BLOCK, MAX_MISTAKES
from writ.syntax.statements import lexical
from writ.syntax.tree import Line, Name

PART = 64 * 1024
"""Characters of a part, about; a single statement may take more, up to `MAX_BLOCK`."""

_CUT = re.compile(r"\n(?=\d{4}-|expect |premise |calendar |journal )")
_YEAR = re.compile(r"\d{4}-")
_OPENS = frozenset((",", "is", "{", "[", "(", "not", ":", "of", "as", "did", *PARSE))
"""A line goes on after these."""
_GOES_ON = frozenset(("did", "happened", "holds", "acts", "leaves", "is", "given", "not"))
"""A line that starts with one of these goes on with the head."""


class Titled(NamedTuple):
    """`journal "…"` with its book and notes."""

    title: str
    book: Name | None
    notes: tuple[str, ...]
    span: int


class Supposed(NamedTuple):
    """`premise NAME "…"`."""

    name: Name
    text: str


class Dated(NamedTuple):
    """`calendar NAME` and the days that it adds."""

    calendar: Name
    lines: tuple[Line, ...]


Statement = Written | Titled | Supposed | Dated


class Found(NamedTuple):
    """A statement with its place: the offset of its first character, its words, and the starts of its items."""

    start: int
    node: Statement | None
    cursor: Cursor
    items: tuple[int, int]
    """Which of the cursor's `starts` are its items."""
    lines: tuple[int, int]
    """Which of the lines of its part it covers."""


def parts(text: str, start: int, mistakes: list[Mistake]) -> Iterator[tuple[int, int]]:
    """Ranges of the text that hold whole statements, of a size that is quickly read."""
    size = len(text)
    while start < size:
        cut = _CUT.search(text, min(start + PART, size), min(start + MAX_BLOCK, size))
        if cut is not None:
            end = cut.start() + 1
        elif size - start <= MAX_BLOCK:
            end = size
        else:
            far = _CUT.search(text, start + MAX_BLOCK)
            end = far.start() + 1 if far is not None else size
            message = f"more than {MAX_BLOCK // 1024} KiB in which no entry starts"
            mistakes.append(Mistake("S125", start, start, message, "they were not read"))
            start = end
            continue
        yield start, end
        start = end


def statements(text: str, start: int, mistakes: list[Mistake]) -> Iterator[Found]:
    """The statements of a journal from an offset on; where the head of one is wrong, its `node` is None."""
    for begin, end in parts(text, start, mistakes):
        yield from of_part(text, begin, end, mistakes)
        if len(mistakes) > MAX_MISTAKES:
            return


def of_part(text: str, begin: int, end: int, mistakes: list[Mistake]) -> Iterator[Found]:
    """The statements of one part."""
    c = Cursor(words_of(text, begin, end), mistakes)
    lexical(c)
    lines, words, indents = c.tokens.lines, c.words, c.indents
    count = len(lines)
    line = 0
    while line < count and len(c.mistakes) <= MAX_MISTAKES:
        first = line
        i = lines[line]
        if indents[i]:
            c.report("S146", i, "a statement starts in the first column", "move it to the left")
        line += 1
        while line < count:
            j = lines[line]
            if not indents[j]:
                if _begins(words[j]) or not _misplaced(c, j, words[i]):
                    break
            elif _YEAR.match(words[j]) and words[j - 1] not in _OPENS:
                break
            line += 1
        parse = _STATEMENTS.get(words[i]) or (_entry if _YEAR.match(words[i]) else None)
        items = len(c.starts)
        if parse is None:
            _unknown(c, i)
            node = None
        else:
            node = parse(c, first, line)
        yield Found(c.start(i), node, c, (items, len(c.starts)), (first, line))


def _begins(word: str) -> bool:
    return word in _STATEMENTS or _YEAR.match(word) is not None


def _misplaced(c: Cursor, j: int, above: str) -> bool:
    """Whether the line is a clause of the statement above it, and someone forgot to indent it."""
    word = c.words[j]
    inner = _LINES.get(above)
    if word in inner if inner is not None else clause_word(c.words, j):
        message = f"the clause `{written(word)}` starts in the first column"
        c.report("S131", j, message, "indent it")
        return True
    return False


def _unknown(c: Cursor, i: int) -> None:
    word = c.words[i]
    if c.is_bad(i):
        return
    help = suggestion(word, _STATEMENTS) or (
        "an entry starts with its date: `2022-02-14 OFFICE did ACT`"
    )
    c.report("J101", i, f"unknown statement `{shown(word)}`", help)


# --- entries and expectations


def _entry(c: Cursor, first: int, last: int) -> Written | None:
    return _clauses(c, first, last, entry_head)


def _expectation(c: Cursor, first: int, last: int) -> Written | None:
    return _clauses(c, first, last, expectation_head)


def _clauses(c: Cursor, first: int, last: int, head: Callable[[Cursor], Written]) -> Written | None:
    found: Written | None = None
    lines, indents, words = c.tokens.lines, c.indents, c.words
    margin = indents[lines[first + 1]] if first + 1 < last else 0

    def starts(i: int) -> bool:
        if words[i] in PARSE:
            return words[i - 1] not in ("did", "as")
        # The head may go on, and so may a clause; what does neither is a clause misspelt.
        return (
            indents[i] <= margin
            and words[i - 1] not in _OPENS
            and words[i] not in _GOES_ON
            and "a" <= words[i][:1] <= "z"
            and (found is not None or bool(suggestion(words[i], PARSE)) or said(i))
        )

    def said(i: int) -> bool:
        """Whether the head has come to what happened, and so hardly goes on."""
        return not _GOES_ON.isdisjoint(words[lines[first] : i])

    def stray(i: int) -> bool:
        word = words[i]
        known = ALLOWED[found.kind] if found is not None else PARSE
        help = suggestion(word, map(written, known))
        if word in RESERVED or (not help and not c.starts_line(i)):
            return False
        c.report("J106", i, f"unknown clause `{shown(word)}`", help)
        return True

    items = Items(c, first, last, stray)
    found = items.read(lambda: head(c), starts)
    if found is None:
        # What belongs to an entry that is not understood is not looked at.
        return None
    node = found
    while items.more():
        items.read(lambda: _clause_line(c, node), starts)
    return node


def _clause_line(c: Cursor, node: Written) -> None:
    i = c.at
    if c.words[i] not in PARSE:
        known = sorted(map(written, ALLOWED[node.kind]))
        help = suggestion(c.words[i], known) or f"one of: {', '.join(known)}"
        c.wrong("J106", i, f"unknown clause `{shown(c.words[i])}`", help)
    node.items.append(i)
    clause(c, node.kind, node.clauses)
    more(c, node)


# --- the other statements


def _journal(c: Cursor, first: int, last: int) -> Titled | None:
    book: list[Name] = []
    notes: list[str] = []

    def head() -> str:
        c.at += 1
        return quoted(c, "the title of the journal")

    def line() -> None:
        i = c.at
        if c.take("book"):
            book.append(c.name("the name of a book"))
            if len(book) > 1:
                c.wrong("J104", i, "a second `book`", "a journal is about one book")
        elif c.take("note"):
            notes.append(quoted(c, "a note"))
        else:
            c.unexpected("`book` or `note`", suggest=("book", "note"))

    start = c.start(c.tokens.lines[first])
    items = Items(c, first, last, lambda _: False)
    title = items.read(head, lambda i: not _goes_on(c, i))
    while items.more():
        items.read(line, lambda i: not _goes_on(c, i))
    if title is None:
        return None
    width = len("journal")
    return Titled(title, book[0] if book else None, tuple(notes), start << LENGTH_BITS | width)


def _goes_on(c: Cursor, i: int) -> bool:
    return c.words[i][:1] == '"'


def _premise(c: Cursor, first: int, last: int) -> Supposed | None:
    def head() -> Supposed:
        c.at += 1
        return Supposed(c.name("the name of a premise"), c.text())

    return Items(c, first, last, lambda _: False).read(head, lambda _: False)


_DAYS: dict[str, Callable[[Cursor, str], Line]] = {"sitting": sitting, "holiday": holiday}


def _calendar(c: Cursor, first: int, last: int) -> Dated | None:
    def head() -> Name:
        c.at += 1
        return c.name("a calendar of the book")

    def line() -> Line:
        word = c.words[c.at]
        if word not in _DAYS:
            c.unexpected("`sitting` or `holiday`", suggest=_DAYS)
        return _DAYS[word](c, word)

    def starts(i: int) -> bool:
        return c.words[i] in _DAYS or bool(suggestion(c.words[i], _DAYS))

    items = Items(c, first, last, lambda _: False)
    name = items.read(head, lambda i: "a" <= c.words[i][:1] <= "z")
    lines: list[Line] = []
    while items.more():
        found = items.read(line, starts)
        if found is not None:
            lines.append(found)
    return Dated(name, tuple(lines)) if name is not None else None


_STATEMENTS: dict[str, Callable[[Cursor, int, int], Statement | None]] = {
    "journal": _journal,
    "premise": _premise,
    "calendar": _calendar,
    "expect": _expectation,
}
_LINES = {"journal": ("book", "note"), "premise": (), "calendar": ("sitting", "holiday")}
