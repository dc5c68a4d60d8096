"""The text of a law as pieces on a page: headings, paragraphs, tables and notes, in their order.

Two sources give the same pieces: the Markdown of an instrument, and for imported law the document kept beside it, which
has the tables, marginal notes and historical notes that Markdown has not.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Run(NamedTuple):
    """A stretch of text; `style` is words such as `strong emphasis term code sup sub reference`."""

    text: str
    style: str = ""
    target: str = ""
    """Of a reference, what it leads to, as the source says it."""


Runs = tuple[Run, ...]


class Cell(NamedTuple):
    """A cell of a table, over so many columns and rows."""

    runs: Runs
    head: bool = False
    wide: int = 1
    high: int = 1


Rows = tuple[tuple[Cell, ...], ...]


class Piece(NamedTuple):
    """What stands on lines of its own. `kind`: heading, text, table, code, history, footnote, signature, title."""

    kind: str
    runs: Runs = ()
    depth: int = 0
    """How far it is set in; of a heading, its level: 1 is the highest below the title."""
    anchor: str = ""
    """The id of the provision that begins with it; empty where none does."""
    label: str = ""
    """As the provision is cited: `17(1)`."""
    rows: Rows = ()
    line: int = 0
    """Where it begins in the Markdown; 0 where it has no line."""
    number: str = ""
    """The number of the provision as printed, where it stands before the words."""


class Law(NamedTuple):
    """An instrument to be shown."""

    id: str
    title: str
    long_title: str
    language: str
    pieces: tuple[Piece, ...]
    imported: bool = False
    links: tuple[tuple[str, str, str, str], ...] = ()
    """(kind, provision, instrument, label) of the links that lead somewhere in the Book."""


def plain(runs: Iterable[Run]) -> str:
    """The words of runs, every stretch of white space as one blank."""
    return " ".join("".join(run.text for run in runs).split())


def words(law: Law) -> list[str]:
    """The words of each piece, in order: what an export must hold, whatever its form."""
    found = []
    for piece in law.pieces:
        if piece.kind == "table":
            found += [plain(cell.runs) for row in piece.rows for cell in row]
        found.append(f"{piece.number} {plain(piece.runs)}".strip())
    return [each for each in found if each]


def between(text: str, style: str = "") -> Runs:
    return (Run(text, style),) if text else ()
