"""Logs: a journal with one canonical entry a line (`NAME.jsonl`), read as a stream."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from writ.book.model import Book
from writ.diagnostics import Diagnostic, Span
from writ.journal.canonical import MOST_BYTES, NotCanonical, canonical, read_entry
from writ.journal.codes import severity_of
from writ.journal.conform import Conformity
from writ.journal.entry import Entry, Journal
from writ.journal.order import Order
from writ.journal.read import refused
from writ.syntax.limits import MAX_DIAGNOSTICS

Line = tuple[int, Entry | None, tuple[Diagnostic, ...]]
"""The number of a line, its entry, and what is wrong with it."""


def write_log(entries: Iterable[Entry]) -> Iterator[bytes]:
    """The lines of a log, each with its end.

    Raises:
        NotCanonical: an entry has no canonical bytes.
    """
    for entry in entries:
        yield canonical(entry) + b"\n"


def lines(file: BinaryIO, book: Book, name: str = "") -> Iterator[Line]:
    """The lines of a log, one at a time: what is held is the ids that there were, whatever the length of the log.

    A line that is no entry has a diagnostic and costs nothing but itself. Ids used twice, entries out of order and the
    like have theirs (J2xx), as in a journal's text.
    """
    conformity = Conformity(book)
    order = Order(book, name)
    number = 0
    while data := file.readline(MOST_BYTES + 2):
        number += 1
        span = Span(name, number, 1, number, 2)
        if len(data) > MOST_BYTES and not data.endswith(b"\n"):
            while data and not data.endswith(b"\n"):
                data = file.readline(MOST_BYTES)
            yield number, None, (_wrong("J130", f"more than {MOST_BYTES:,} bytes", span),)
            continue
        if not data.endswith(b"\n"):
            # Whoever wrote it may have been stopped in the middle, or within a moment will have gone on.
            message = "the last line has no end"
            help = "take the log from where it was copied; a line is whole when a line feed ends it"
            yield number, None, (_wrong("J131", message, span, help),)
            return
        try:
            entry = read_entry(data[:-1])
        except NotCanonical as error:
            yield number, None, (_wrong("J130", str(error), span),)
            continue
        found = [
            _wrong(code, message, span, help) for code, message, help in conformity.wrong(entry)
        ]
        entry = conformity.local(entry)
        found += order.add(entry, number)
        yield number, entry, tuple(found)


def read_log(
    source: Path | bytes, book: Book, name: str = ""
) -> tuple[Journal, tuple[Diagnostic, ...]]:
    """The journal that a log holds, and what is wrong in it by line; moments are those of the book's calendar."""
    name = name or (str(source) if isinstance(source, Path) else "")
    entries: list[Entry] = []
    numbers: list[int] = []
    found: list[Diagnostic] = []
    try:
        with source.open("rb") if isinstance(source, Path) else io.BytesIO(source) as file:
            for number, entry, wrong in lines(file, book, name):
                if entry is not None:
                    entries.append(entry)
                    numbers.append(number)
                if len(found) <= MAX_DIAGNOSTICS:
                    found += wrong
    except OSError as error:
        reason = (error.strerror or "unknown error").lower()
        return refused(name, "S103", f"the file cannot be read: {reason}")
    if len(found) > MAX_DIAGNOSTICS:
        message = f"more than {MAX_DIAGNOSTICS} mistakes in this file"
        found[MAX_DIAGNOSTICS:] = [_wrong("S106", message, found[MAX_DIAGNOSTICS].span)]
    return Journal(entries=tuple(entries), file=name, lines=tuple(numbers)), tuple(found)


def _wrong(code: str, message: str, span: Span, help: str = "") -> Diagnostic:
    return Diagnostic(code, severity_of(code), message, span, help)
