"""Diagnostics for people: the source line with the place underlined, the help, the related places."""

from __future__ import annotations

import posixpath
import unicodedata
from collections.abc import Callable, Iterable, Sequence

from writ.diagnostics import Diagnostic, Severity, Source, Span
from writ.formats.paint import PLAIN, Paint, visible

SourceOf = Callable[[str], Source | None]
"""Gives a file by the path that spans carry."""

WIDEST = 120
"""Columns of a source line that are shown; of a longer one, those around the place."""
TAB = "    "


def render(
    diagnostics: Iterable[Diagnostic], source_of: SourceOf, paint: Paint = PLAIN, base: str = ""
) -> str:
    """Every diagnostic as a paragraph, with a blank line between them; paths are shown beneath `base`."""
    writer = _Writer(source_of, paint, base)
    return "\n\n".join(writer.paragraph(found) for found in diagnostics)


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

    def __init__(self, source_of: SourceOf, paint: Paint, base: str) -> None:
        self.source_of = source_of
        self.paint = paint
        self.base = base

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
        head = colour(f"{found.severity}[{found.code}]")
        text = [head + paint.strong(f": {visible(found.message)}")]
        text += self.place(found.span, margin, "^", colour)
        for one in found.related:
            text.append(f"{indent} {paint.faint('=')} {visible(one.message)}")
            text += self.place(one.span, margin, "-", paint.strong)
        if found.help:
            text.append(f"{indent} {paint.faint('=')} help: {visible(found.help)}")
        return "\n".join(text)

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
        shown, start, width = _window(text, span.column - 1, max(end - 1, span.column))
        bar = paint.faint("|")
        return [
            *lines,
            f"{paint.faint(str(span.line).rjust(margin))} {bar} {shown}",
            f"{indent} {bar} {' ' * start}{colour(mark * width)}",
        ]


def _window(text: str, start: int, end: int) -> tuple[str, int, int]:
    """What is shown of a line, and where in it, in columns of a terminal, the mark begins and how wide it is."""
    first = 0
    if len(text) > WIDEST and end > WIDEST - 10:
        first = max(0, min(start - 30, len(text) - WIDEST))
    dots = "..." if first else ""
    piece = text[first : first + WIDEST]
    shown = visible(piece).replace("\t", TAB)
    if first + WIDEST < len(text):
        shown += "..."
    before = columns(text[first:start])
    width = columns(text[start : min(end, first + WIDEST)])
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
