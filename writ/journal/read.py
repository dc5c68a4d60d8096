"""Text -> journal: the entry points. None of them raises for what a file holds."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from writ.book.model import Book
from writ.diagnostics import Diagnostic, Severity, Source, Span, ordered, pack
from writ.journal.codes import severity_of
from writ.journal.entry import Entry, Expectation, Journal
from writ.journal.garbage import uncollected
from writ.journal.heads import Written
from writ.journal.resolve import Resolver
from writ.journal.statements import Dated, Found, Supposed, Titled, statements
from writ.syntax.cursor import Mistake
from writ.syntax.limits import MAX_DIAGNOSTICS
from writ.syntax.parser import LONE_RETURN

MAX_BYTES = 512 * 1024 * 1024
"""Of one journal."""

MAX_ENTRIES = 2_000_000
BOM = "\ufeff"

Read = tuple[Journal, tuple[Diagnostic, ...]]


def load_journal(path: Path, book: Book, shown_as: str = "") -> Read:
    """The journal in the file at `path`, with what is wrong in it; diagnostics name it `shown_as`."""
    name = shown_as or str(path)
    try:
        # A pipe or device might never end; without a writer it is opened all the same, and refused.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        with open(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise OSError(errno.EINVAL, "not a regular file")
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        return refused(name, "S103", f"the file cannot be read: {reason}")
    return read_journal(data, book, name)


def read_journal(text: str | bytes, book: Book, file: str = "") -> Read:
    """The journal that a text holds, its names and facts those of the book, and what is wrong in it by place.

    A mistake costs the clause that it is in, or the entry where it stands in its head; the entry keeps its number.
    """
    if len(text) > MAX_BYTES:
        message = f"the journal is larger than {MAX_BYTES // 1024**2} MiB"
        return refused(file, "J117", message, "divide it by years")
    if isinstance(text, bytes):
        data = text
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            return _not_utf_8(file, data, error)
    lone = LONE_RETURN.search(text)
    if lone is not None:
        line = text.count("\n", 0, lone.start()) + 1
        column = lone.start() - text.rfind("\n", 0, lone.start())
        message = "a carriage return without a line feed"
        return refused(file, "S104", message, "end lines with a line feed", line, column)
    mistakes: list[Mistake] = []
    journal = _Collected(text, book, file, mistakes)
    with uncollected():
        for found in statements(text, 1 if text.startswith(BOM) else 0, mistakes):
            journal.add(found)
            if len(journal.entries) >= MAX_ENTRIES:
                message = f"the journal has more than {MAX_ENTRIES:,} entries"
                mistakes.append(Mistake("J117", found.start, found.start, message, "divide it"))
                break
    return journal.whole(), tuple(diagnostics(file, text, mistakes)) if mistakes else ()


class _Collected:
    """The statements of a journal, put together."""

    def __init__(self, text: str, book: Book, file: str, mistakes: list[Mistake]) -> None:
        self.text = text
        self.file = file
        self.resolver = Resolver(book, mistakes)
        self.title: Titled | None = None
        self.entries: list[Entry] = []
        self.lines: list[int] = []
        self.expectations: list[Expectation] = []
        self.expected_lines: list[int] = []
        self.written = 0
        self.line = 1
        self.at = 0

    def add(self, found: Found) -> None:
        node = found.node
        if isinstance(node, Written) and node.kind == "expect":
            expectation = self.resolver.expectation(node)
            if expectation is not None:
                self.expectations.append(expectation)
                self.expected_lines.append(self._line(found.start))
        elif isinstance(node, Written):
            self.written += 1
            entry = self.resolver.entry(node, self.written)
            if entry is not None:
                self.entries.append(entry)
                self.lines.append(self._line(found.start))
        elif isinstance(node, Supposed):
            self.resolver.premise(node)
        elif isinstance(node, Dated):
            self.resolver.calendar(node)
        elif isinstance(node, Titled):
            self._titled(node)
        elif "0" <= self.text[found.start] <= "9":
            self.written += 1  # an entry with a wrong head keeps its number

    def _titled(self, node: Titled) -> None:
        resolver = self.resolver
        if self.title is not None:
            resolver.wrong("J108", node.span, "a second `journal`", "a file is one journal")
        elif self.written or self.expectations:
            resolver.wrong("J108", node.span, "`journal` stands first", "move it to the top")
        self.title = self.title or node
        resolver.about(node.book)

    def _line(self, start: int) -> int:
        self.line += self.text.count("\n", self.at, start)
        self.at = start
        return self.line

    def whole(self) -> Journal:
        self.resolver.finish()
        title = self.title
        return Journal(
            title.title if title is not None else "",
            title.book.text if title is not None and title.book is not None else "",
            tuple(self.entries),
            tuple(self.resolver.premises.values()),
            tuple(self.resolver.days),
            tuple(self.expectations),
            self.file,
            tuple(self.lines),
            tuple(self.expected_lines),
            "\n".join(title.notes) if title is not None else "",
        )


def diagnostics(file: str, text: str, mistakes: list[Mistake]) -> list[Diagnostic]:
    """Mistakes with their places in lines and columns, in order; a hopeless file gets the first few."""
    source = Source.of(file, text)
    first = sorted(mistakes, key=lambda mistake: mistake.start)[: MAX_DIAGNOSTICS + 1]
    found = ordered(
        Diagnostic(
            mistake.code,
            severity_of(mistake.code),
            mistake.message,
            source.span(pack(mistake.start, mistake.end)),
            mistake.help,
        )
        for mistake in first
    )
    if len(found) > MAX_DIAGNOSTICS:
        span = found.pop().span
        message = f"more than {MAX_DIAGNOSTICS} mistakes in this file"
        found.append(
            Diagnostic("S106", Severity.ERROR, message, span, "mend those, and check again")
        )
    return found


def refused(
    file: str, code: str, message: str, help: str = "", line: int = 1, column: int = 1
) -> Read:
    """An empty journal, and why it was not read."""
    span = Span(file, line, column, line, column + 1)
    return Journal(file=file), (Diagnostic(code, severity_of(code), message, span, help),)


def _not_utf_8(file: str, data: bytes, error: UnicodeDecodeError) -> Read:
    line = data.count(b"\n", 0, error.start) + 1
    start = data.rfind(b"\n", 0, error.start) + 1
    column = len(data[start : error.start].decode("utf-8", "replace")) + 1
    message = f"the file is not UTF-8: byte 0x{data[error.start]:02x} on line {line}"
    return refused(file, "S102", message, "save it as UTF-8", line, column)
