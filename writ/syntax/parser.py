"""Text -> tree: the entry points of the package.

None of them raises for what a file holds: they return what could be read, and the diagnostics.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from writ.diagnostics import Diagnostic, Severity, Source, Span, ordered, pack
from writ.syntax.codes import CODES
from writ.syntax.conditions import condition
from writ.syntax.cursor import Cursor, Mistake, Wrong, shown
from writ.syntax.front import extent, front_matter
from writ.syntax.lexer import lex
from writ.syntax.limits import (
    MAX_BLOCK,
    MAX_BYTES,
    MAX_DIAGNOSTICS,
    MAX_LONG,
    MAX_LONG_LINES,
    MAX_MISTAKES,
    MAX_WORDS,
    too_large,
)
from writ.syntax.markdown import headings_and_blocks
from writ.syntax.statements import lexical, statements
from writ.syntax.tree import Condition, File, FrontMatter, Statement

LONE_RETURN = re.compile(r"\r(?!\n)")
"""Markdown counts a line there, and editors do not."""


def parse_file(path: Path, shown_as: str = "") -> tuple[File, list[Diagnostic]]:
    """The tree of the file at `path`; diagnostics name it `shown_as`."""
    name = shown_as or str(path)
    try:
        with path.open("rb") as file:
            data = file.read(MAX_LONG + 1)
    except OSError as error:
        reason = (error.strerror or "unknown error").lower()
        return _refused(name, "S103", f"the file cannot be read: {reason}")
    return parse_bytes(name, data)


def parse_bytes(path: str, data: bytes) -> tuple[File, list[Diagnostic]]:
    """The tree of a file's bytes, which must be UTF-8."""
    if len(data) > MAX_BYTES and too_large(len(data), data.count(b"\n")):
        return _too_large(path)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        start = data.rfind(b"\n", 0, error.start) + 1
        column = len(data[start : error.start].decode("utf-8", "replace")) + 1
        message = f"the file is not UTF-8: byte 0x{data[error.start]:02x} on line {line}"
        return _refused(path, "S102", message, "save it as UTF-8", line, column)
    return parse_text(path, text)


def parse_text(path: str, text: str) -> tuple[File, list[Diagnostic]]:
    """The tree of a file's text, and its diagnostics in the order of their places."""
    if len(text) > MAX_BYTES and too_large(len(text), text.count("\n")):
        return _too_large(path)
    mistakes: list[Mistake] = []
    returned = LONE_RETURN.search(text)
    if returned is not None:
        lone = returned.start()
        line = text.count("\n", 0, lone) + 1
        column = lone - text.rfind("\n", 0, lone)
        message = "a carriage return without a line feed"
        return _refused(path, "S104", message, "end lines with a line feed", line, column)
    front: FrontMatter | None = None
    body = 0
    place = extent(text)
    if place is not None:
        start, end, body = place
        if end < 0:
            help = "end it with a line of `---`"
            mistakes.append(
                Mistake("S113", start, start + 3, "the front matter is not closed", help)
            )
        else:
            front = front_matter(text, start, end, mistakes)
    headings, blocks = headings_and_blocks(text, body, mistakes)
    found: list[Statement] = []
    words = 0
    for block in blocks:
        if block.end - block.start > MAX_BLOCK or words > MAX_WORDS:
            message = f"the block is longer than {MAX_BLOCK // 1024} KiB"
            if words > MAX_WORDS:
                message = f"the blocks of the file have more than {MAX_WORDS:,} words"
            mistakes.append(Mistake("S125", block.start, block.start, message, "divide it"))
            break
        if len(mistakes) > MAX_MISTAKES:
            break
        c = Cursor(lex(text, block.start, block.end, block.margin), mistakes)
        found += statements(c, block.provision)
        words += len(c.words)
    ranges = tuple(pack(block.start, block.end) for block in blocks)
    file = File(path, front, headings, tuple(found), ranges)
    return file, diagnostics(path, text, mistakes) if mistakes else []


def parse_condition(text: str) -> tuple[Condition | None, list[Diagnostic]]:
    """A condition alone, for tools and tests."""
    mistakes: list[Mistake] = []
    if len(text) > MAX_BLOCK:
        mistakes.append(Mistake("S125", 0, 0, f"a condition of {len(text):,} characters"))
        return None, diagnostics("", text, mistakes)
    c = Cursor(lex(text, 0, len(text)), mistakes)
    lexical(c)
    node: Condition | None = None
    if not mistakes:
        try:
            node = condition(c)
            if c.words[c.at]:
                c.wrong("S141", c.at, f"expected nothing more, found `{shown(c.words[c.at])}`")
        except Wrong as wrong:
            node = None
            mistakes.append(wrong.mistake)
    return node, diagnostics("", text, mistakes)


def diagnostics(path: str, text: str, mistakes: Iterable[Mistake]) -> list[Diagnostic]:
    """Mistakes with their places in lines and columns, in order; a hopeless file gets the first few."""
    source = Source.of(path, text)
    found = ordered(
        Diagnostic(
            mistake.code,
            CODES[mistake.code].severity,
            mistake.message,
            source.span(pack(mistake.start, mistake.end)),
            mistake.help,
        )
        for mistake in mistakes
    )
    if len(found) > MAX_DIAGNOSTICS:
        span = found[MAX_DIAGNOSTICS].span
        del found[MAX_DIAGNOSTICS:]
        message = f"more than {MAX_DIAGNOSTICS} mistakes in this file"
        found.append(
            Diagnostic("S106", Severity.ERROR, message, span, "mend those, and check again")
        )
    return found


def _too_large(path: str) -> tuple[File, list[Diagnostic]]:
    message = (
        f"the file is larger than {MAX_BYTES // 1024**2} MiB and has more than {MAX_LONG_LINES:,} lines,"
        f" or is larger than {MAX_LONG // 1024**2} MiB"
    )
    return _refused(path, "S101", message, "split it into several instruments")


def _refused(
    path: str, code: str, message: str, help: str = "", line: int = 1, column: int = 1
) -> tuple[File, list[Diagnostic]]:
    span = Span(path, line, column, line, column + 1)
    return File(path, None, (), ()), [Diagnostic(code, Severity.ERROR, message, span, help)]
