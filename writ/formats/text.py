"""Diagnostics for people: the source line with the place underlined, the help, the related places."""

from __future__ import annotations

import posixpath
import shutil
import textwrap
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import TextIO

from writ.diagnostics import Diagnostic, Severity, Source, Span
from writ.formats.paint import PLAIN, Paint, visible

SourceOf = Callable[[str], Source | None]
"""Gives a file by the path that spans carry."""

WIDEST = 120
"""Columns of a source line that are shown; of a longer one, those around the place."""
TAB = "    "


def render(
    diagnostics: Iterable[Diagnostic],
    source_of: SourceOf,
    paint: Paint = PLAIN,
    base: str = "",
    width: int = 0,
) -> str:
    """Every diagnostic as a paragraph, with a blank line between them; paths are shown beneath `base`.

    Messages are broken to the `width`, if one is given: other programs read them line by line.
    """
    writer = _Writer(source_of, paint, base, width)
    return "\n\n".join(writer.paragraph(found) for found in diagnostics)


def width_of(stream: TextIO) -> int:
    """The columns of the terminal that the stream leads to, or 0."""
    try:
        return max(40, shutil.get_terminal_size().columns) if stream.isatty() else 0
    except ValueError:  # closed
        return 0


def count(diagnostics: Sequence[Diagnostic]) -> str:
    """`2 errors, 1 warning`, or `no errors`."""
    parts = []
    for severity in Severity:
        number = sum(found.severity is severity for found in diagnostics)
        if number:
            parts.append(f"{number} {severity}{'s' if number > 1 else ''}")
    return ", ".join(parts) or "no errors"


class _Writer:
    """Writes diagnostics for one reader."""

    def __init__(self, source_of: SourceOf, paint: Paint, base: str, width: int) -> None:
        self.source_of = source_of
        self.paint = paint
        self.base = base
        self.width = width

    def paragraph(self, found: Diagnostic) -> str:
        paint = self.paint
        colour = {
            Severity.ERROR: paint.bad,
            Severity.WARNING: paint.wary,
            Severity.NOTE: paint.strong,
        }[found.severity]
        lines = [found.span.line, *(one.span.line for one in found.related)]
        margin = len(str(max(lines)))
        indent = " " * margin
        head = f"{found.severity}[{found.code}]"
        first, *more = self.broken(f"{head}: {visible(found.message)}", 2)
        text = [colour(head) + paint.strong(first[len(head) :]), *map(paint.strong, more)]
        text += self.place(found.span, margin, "^", colour)
        for one in found.related:
            first, *more = self.broken(f"{indent} = {visible(one.message)}", margin + 3)
            text += [f"{indent} {paint.faint('=')}{first[margin + 2 :]}", *more]
            text += self.place(one.span, margin, "-", paint.strong)
        if found.help:
            first, *more = self.broken(f"{indent} = help: {visible(found.help)}", margin + 9)
            text += [f"{indent} {paint.faint('=')}{first[margin + 2 :]}", *more]
        return "\n".join(text)

    def broken(self, text: str, indent: int) -> list[str]:
        """The text in lines that fit, with a margin under the first."""
        if not self.width or len(text) <= self.width or "\n" in text:
            return [text]
        lines = textwrap.wrap(
            text, self.width, subsequent_indent=" " * indent, break_on_hyphens=False
        )
        return lines or [text]

    def place(self, span: Span, margin: int, mark: str, colour: Callable[[str], str]) -> list[str]:
        """The place, its source line and what is underlined in it."""
        if span.file.startswith("<"):  # the words of a command line
            return []
        indent, paint = " " * margin, self.paint
        where = posixpath.join(self.base, span.file)
        at = visible(f"{where}:{span.line}:{span.column}")
        lines = [f"{indent}{paint.faint('-->')} {at}"]
        source = self.source_of(span.file)
        text = source.line(span.line) if source else ""
        if not text.strip():
            return lines
        end = span.end_column if span.end_line == span.line else len(text) + 1
        room = min(WIDEST, self.width - margin - 9) if self.width else WIDEST
        shown, start, width = _window(text, span.column - 1, max(end - 1, span.column), room)
        bar = paint.faint("|")
        return [
            *lines,
            f"{paint.faint(str(span.line).rjust(margin))} {bar} {shown}",
            f"{indent} {bar} {' ' * start}{colour(mark * width)}",
        ]


def _window(text: str, start: int, end: int, room: int = WIDEST) -> tuple[str, int, int]:
    """What is shown of a line, and where in it, in columns of a terminal, the mark begins and how wide it is."""
    first = 0
    if len(text) > room and end > room - 10:
        first = max(0, min(start - 30, len(text) - room))
    dots = "..." if first else ""
    piece = text[first : first + room]
    shown = visible(piece).replace("\t", TAB)
    if first + room < len(text):
        shown += "..."
    before = columns(text[first:start])
    width = columns(text[start : min(end, first + room)])
    return dots + shown, len(dots) + before, max(width, 1)


def columns(text: str) -> int:
    """How many columns of a terminal the text takes."""
    if text.isascii() and "\t" not in text:
        return len(text)
    return sum(
        len(TAB)
        if letter == "\t"
        else 0
        if unicodedata.combining(letter)
        else 2
        if unicodedata.east_asian_width(letter) in "WF"
        else 1
        for letter in text
    )
