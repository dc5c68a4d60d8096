"""Tables: rows and cells in the elements of Akoma Ntoso, and what else there is of a table as a frame around them.

The standard has a caption and rows. Columns, groups of rows and their attributes stand in one attribute of ours, as the
table without its rows, so that it can be put together again.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from writ.formats.legislation.model import Mark, Runs
from writ.formats.legislation.text import normalised, plain

_HEAD = "thead"
_DEEPEST = 16
"""Groups within one another in the frame of a table."""
_WIDEST = 1000
"""Columns or rows of one cell."""


class Table(msgspec.Struct, frozen=True):
    """A table taken apart."""

    frame: str
    """As JSON; in the place of each row its number."""
    caption: str
    rows: tuple[tuple[bool, Mark, dict[str, int]], ...]
    """With whether each is of the head, and the columns of its group by name."""


def taken_apart(runs: Runs) -> Table | None:
    """The rows and the frame of a table; None where it has other text than its rows and titles."""
    rows: list[tuple[bool, Mark, dict[str, int]]] = []
    titles: list[str] = []

    def framed(runs: Runs, head: bool, columns: dict[str, int]) -> Iterator[Mark]:
        columns = _columns(runs) or columns
        for run in runs:
            if isinstance(run, str):
                if run.strip():
                    raise ValueError
            elif run.kind == "row":
                if not run.runs or not all(
                    isinstance(cell, Mark) and cell.kind == "cell" for cell in run.runs
                ):
                    raise ValueError
                rows.append((head, run, columns))
                yield Mark("row", target=str(len(rows) - 1))
            elif run.kind == "heading":
                titles.append(plain(run.runs))
                yield run
            else:
                inner = tuple(framed(run.runs, head or run.name == _HEAD, columns))
                yield msgspec.structs.replace(run, runs=inner)

    try:
        frame = tuple(framed(runs, False, {}))
    except ValueError:
        return None
    if not rows:
        return None
    caption = normalised(" ".join(titles))
    return Table(msgspec.json.encode(frame).decode(), caption, tuple(rows))


def _columns(runs: Runs) -> dict[str, int]:
    """The place of each column that has a name, and the columns of each span that has one."""
    found: dict[str, int] = {}
    at = 0
    for run in runs:
        if isinstance(run, Mark) and run.kind == "column":
            about = dict(run.attributes)
            at = _figures(about.get("colnum", "")) or at + 1
            found.setdefault(about.get("colname", ""), at)
    found.pop("", None)
    return found


def spans_of(cell: Mark, columns: dict[str, int]) -> tuple[int, int]:
    """Over how many columns and rows a cell goes, as HTML says it (`colspan`) or CALS (`namest`, `morerows`)."""
    about = dict(cell.attributes)
    wide = _figures(about.get("colspan", ""))
    first, last = (columns.get(about.get(name, ""), 0) for name in ("namest", "nameend"))
    if not wide and first and last > first:
        wide = last - first + 1
    high = _figures(about.get("rowspan", "")) or _figures(about.get("morerows", "")) + 1
    return min(wide or 1, _WIDEST), min(high, _WIDEST)


def _figures(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 5 else 0


def put_together(frame: str, rows: list[Mark]) -> Runs:
    """The runs of a table out of its frame and its rows.

    Raises:
        ValueError: the frame is none, or names a row that is not there.
    """
    try:
        runs = msgspec.json.decode(frame, type=tuple[str | Mark, ...])
    except (msgspec.DecodeError, RecursionError) as error:
        raise ValueError(str(error)) from None

    def filled(runs: Runs, depth: int = 0) -> Iterator[str | Mark]:
        if depth > _DEEPEST:
            raise ValueError("the frame of a table is too deep")
        for run in runs:
            if isinstance(run, str):
                yield run
            elif run.kind == "row":
                if not run.target.isdecimal() or int(run.target[:9]) >= len(rows):
                    raise ValueError("a table has fewer rows than its frame")
                yield rows[int(run.target)]
            else:
                yield msgspec.structs.replace(run, runs=tuple(filled(run.runs, depth + 1)))

    return tuple(filled(runs))
