"""What the compiler has to say: the one error type of every stage.

A stage returns values and diagnostics and never raises for what a user wrote. Wording: lower case, no full
stop, the user's text in backticks, what to do in `help`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from enum import StrEnum

import msgspec


class Severity(StrEnum):
    """How much a diagnostic weighs: an error fails the check, a warning and a note do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Span(msgspec.Struct, frozen=True, order=True):
    """A range of one file; lines and columns count from 1, the end column is exclusive."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Related(msgspec.Struct, frozen=True):
    """Another place that explains a diagnostic."""

    span: Span
    message: str


class Diagnostic(msgspec.Struct, frozen=True):
    """One finding, with a stable code, a place and, where we know one, a way out."""

    code: str
    severity: Severity
    message: str
    span: Span
    help: str = ""
    related: tuple[Related, ...] = ()


class CodeDoc(msgspec.Struct, frozen=True):
    """What `writ explain` prints of a code: what is wrong, why it matters, an example, the way out."""

    code: str
    name: str
    severity: Severity
    summary: str
    documentation: str


class Source(msgspec.Struct, frozen=True):
    """The text of one file, and where its lines start, to turn a packed position into a `Span`."""

    path: str
    text: str
    starts: tuple[int, ...]

    @classmethod
    def of(cls, path: str, text: str) -> Source:
        starts = [0]
        find = text.find
        at = find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = find("\n", at + 1)
        return cls(path, text, tuple(starts))

    def span(self, packed: int) -> Span:
        """The range that `pack` recorded."""
        start, length = packed >> LENGTH_BITS, packed & LENGTH_MASK
        line = bisect_right(self.starts, start)
        end = start + length
        end_line = bisect_right(self.starts, end)
        return Span(
            self.path,
            line,
            start - self.starts[line - 1] + 1,
            end_line,
            end - self.starts[end_line - 1] + 1,
        )

    def line(self, number: int) -> str:
        """Line `number` (from 1) without its end; empty beyond the file."""
        if not 1 <= number <= len(self.starts):
            return ""
        stop = self.starts[number] - 1 if number < len(self.starts) else len(self.text)
        return self.text[self.starts[number - 1] : stop].rstrip("\r")


LENGTH_BITS = 22
LENGTH_MASK = (1 << LENGTH_BITS) - 1


def pack(start: int, end: int) -> int:
    """A range of character offsets in one integer: trees hold hundreds of thousands of them."""
    return start << LENGTH_BITS | min(max(end - start, 0), LENGTH_MASK)


def ordered(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """By place, then code: the order in which every output lists them."""
    return sorted(diagnostics, key=lambda d: (d.span, d.code, d.message))


def failed(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any of them is an error."""
    return any(d.severity is Severity.ERROR for d in diagnostics)
