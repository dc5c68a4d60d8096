"""A law as PDF: tagged, with its own fonts in it, and the same bytes each time.

The law goes to the typesetter as data; the template is ours. It sees an empty folder, no network and no fonts but those
that it brings.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from writ.formats.paper.sheet import Sheet
from writ.formats.paper.words import words
from writ.formats.reader.characters import clean
from writ.formats.reader.content import Piece, Rows, Runs

STANDARDS = {
    "ua-1": ("ua-1",),
    "a-2a": ("a-2a",),
    "a-2b": ("a-2b",),
    "a-3b": ("a-3b",),
    "a-2a+ua-1": ("a-2a", "ua-1"),
    "1.7": ("1.7",),
}
"""The profiles that may be asked for; the first is that of accessible PDF (ISO 14289-1)."""
_CONTENTS = 12
"""Headings from which a table of contents is worth its page."""
_NARROWEST, _WIDEST = 8, 48
"""Letters by which the columns of a table share its width."""
_TEMPLATE = Path(__file__).parent / "law.typ"


class NotSet(Exception):
    """The law could not be set."""


def pdf(sheet: Sheet, standard: str = "ua-1", paper: str = "a4") -> bytes:
    """The PDF of a sheet.

    Raises:
        NotSet: the profile refuses it; with what the typesetter said.
    """
    made: bytes = _compiled(sheet, paper, format="pdf", pdf_standards=list(STANDARDS[standard]))
    return made


def images(sheet: Sheet, paper: str = "a4", ppi: float = 60) -> list[bytes]:
    """The pages as PNG."""
    made = _compiled(sheet, paper, format="png", ppi=ppi)
    return made if isinstance(made, list) else [made]


def _compiled(sheet: Sheet, paper: str, **how: Any) -> Any:
    import typst

    with tempfile.TemporaryDirectory() as empty:
        compiler = typst.Compiler(
            _TEMPLATE.read_bytes(),
            root=empty,
            ignore_system_fonts=True,
            sys_inputs={"sheet": json.dumps(_data(sheet, paper))},
            package_path=empty,
            package_cache_path=empty,
        )
        try:
            return compiler.compile(timestamp=0, **how)
        except typst.TypstError as error:
            raise NotSet(_said(error)) from None


def _said(error: Any) -> str:
    return " ".join(str(getattr(error, "message", "") or error).split())[:300]


def _data(sheet: Sheet, paper: str) -> dict[str, Any]:
    headings = [piece for piece in sheet.pieces if piece.kind == "heading"]
    deep = levels(sheet.pieces)
    return {
        "title": clean(sheet.title),
        "long_title": clean(sheet.long_title),
        "book": clean(sheet.book),
        "language": sheet.language if sheet.language.isalpha() else "en",
        "rows": [[clean(name), clean(said)] for name, said in sheet.rows],
        "digest": sheet.digest,
        "date": sheet.date.isoformat() if sheet.date else "",
        "day": {"year": sheet.day.year, "month": sheet.day.month, "day": sheet.day.day},
        "place": clean(sheet.place),
        "part": clean(sheet.part),
        "paper": paper,
        "contents": len(headings) >= _CONTENTS,
        "pieces": [_piece(each, level) for each, level in zip(sheet.pieces, deep, strict=True)],
        "annex": [
            {
                "cite": clean(each.cite),
                "kind": each.kind,
                "said": clean(each.said),
                "clauses": [clean(one) for one in each.clauses],
                "days": each.days,
            }
            for each in sheet.annex
        ],
        "signatories": [{"shown": clean(each.shown)} for each in sheet.signatories],
        "words": dict(words(sheet.language)),
    }


def levels(pieces: tuple[Piece, ...]) -> list[int]:
    """The depth of each piece; of headings their level, none passed over on the way down."""
    open_: list[int] = []
    found = []
    for piece in pieces:
        if piece.kind == "heading":
            while open_ and open_[-1] >= piece.depth:
                open_.pop()
            open_.append(piece.depth)
            found.append(len(open_))
        else:
            found.append(piece.depth)
    return found


def _piece(piece: Piece, level: int) -> dict[str, Any]:
    return {
        "kind": piece.kind,
        "depth": level,
        "number": clean(piece.number),
        "runs": _runs(piece.runs),
        "widths": _widths(piece.rows),
        "rows": [
            [{"runs": _runs(c.runs), "head": c.head, "wide": c.wide, "high": c.high} for c in row]
            for row in piece.rows
        ],
    }


def _widths(rows: Rows) -> list[int]:
    """How wide each column is beside the others: by the longest of its cells, within bounds."""
    found = [0] * max((sum(cell.wide for cell in row) for row in rows), default=0)
    for row in rows:
        at = 0
        for cell in row:
            if cell.wide == 1:
                found[at] = max(found[at], sum(len(run.text) for run in cell.runs))
            at += cell.wide
    return [min(max(each, _NARROWEST), _WIDEST) for each in found]


def _runs(runs: Runs) -> list[list[str]]:
    return [[clean(run.text), run.style] for run in runs]
