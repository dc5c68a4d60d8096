"""A law as a Word document, with the styles that Word knows, and the same bytes each time."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from writ.formats.paper.pdf import levels
from writ.formats.paper.sheet import Sheet
from writ.formats.paper.styles import prepare
from writ.formats.paper.words import words
from writ.formats.reader.characters import clean
from writ.formats.reader.content import Cell, Piece, Rows, Runs

_DEEPEST = 9
_STEP = 0.9
"""Centimetres that a paragraph is set in for each step."""
_LANGUAGES = {"en": "en-GB", "fr": "fr-CA", "de": "de-DE", "nl": "nl-NL"}


def docx(sheet: Sheet) -> bytes:
    """The Word document of a sheet."""
    from docx import Document

    document = Document()
    said = words(sheet.language)
    prepare(document, sheet, said, _LANGUAGES.get(sheet.language, sheet.language))
    paper = _Paper(document)
    paper.title(sheet, said)
    paper.contents(said["contents"])
    for piece, depth in zip(sheet.pieces, levels(sheet.pieces), strict=True):
        paper.piece(piece, depth)
    paper.annex(sheet, said)
    paper.signatures(sheet, said)
    made = io.BytesIO()
    document.save(made)
    return _settled(made.getvalue())


def _settled(data: bytes) -> bytes:
    """The same archive whatever the clock says: its files have one day."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            target.writestr(info, source.read(name))
    return made.getvalue()


class _Paper:
    def __init__(self, document: Any) -> None:
        self._document = document
        self._styles: dict[str, str] = {}

    def title(self, sheet: Sheet, said: Any) -> None:
        document = self._document
        document.add_paragraph(clean(sheet.book), style="Subtitle")
        document.add_paragraph(clean(sheet.title), style="Title")
        for each in (sheet.long_title, sheet.part):
            if each:
                document.add_paragraph(clean(each), style="Subtitle")
        rows = [*sheet.rows, (said["edition"], sheet.digest)]
        table = document.add_table(rows=0, cols=2)
        for name, value in rows:
            cells = table.add_row().cells
            cells[0].text, cells[1].text = clean(name), clean(value)
        _wide(table, (4.0, 11.5))
        document.add_page_break()

    def contents(self, title: str) -> None:
        """A field that Word fills in: the headings with their pages."""
        from writ.formats.paper.styles import field

        self._document.add_paragraph(title, style="TOC Heading")
        field(self._document.add_paragraph(), 'TOC \\o "1-3" \\h \\z \\u', "…")
        self._document.add_page_break()

    def piece(self, piece: Piece, depth: int) -> None:
        if piece.kind == "heading":
            self._paragraph(piece, f"Heading {min(depth, _DEEPEST)}", 0)
        elif piece.kind == "table":
            self._table(piece.rows)
        else:
            style = {
                "code": "Law Code",
                "marginal": "Law Marginal",
                "history": "Law History",
                "footnote": "Law History",
                "title": "Subtitle",
            }.get(piece.kind, "Law Text")
            self._paragraph(piece, style, depth)

    def _paragraph(self, piece: Piece, style: str, depth: int) -> None:
        from docx.shared import Cm

        made = self._plain(style)
        if depth > 0:
            made.paragraph_format.left_indent = Cm(_STEP * min(depth, _DEEPEST))
        if piece.number:
            made.add_run(clean(piece.number)).bold = True
            if piece.runs:
                made.add_run(" ")
        _runs(made, piece.runs)

    def _plain(self, style: str) -> Any:
        """An empty paragraph. The id of its style is looked up once: the library would for each paragraph."""
        from docx.text.paragraph import Paragraph

        if style not in self._styles:
            self._styles[style] = self._document.styles[style].style_id
        made = self._document.element.body.add_p()
        made.get_or_add_pPr().style = self._styles[style]
        return Paragraph(made, self._document._body)

    def _table(self, rows: Rows) -> None:
        wide = max((sum(cell.wide for cell in row) for row in rows), default=0)
        if not wide:
            return
        table = self._document.add_table(rows=len(rows), cols=wide, style="Table Grid")
        taken: set[tuple[int, int]] = set()
        heads = True
        for at, row in enumerate(rows):
            heads = heads and all(cell.head for cell in row)
            if heads:
                _repeat(table.rows[at])
            column = 0
            for cell in row:
                while (at, column) in taken:
                    column += 1
                if column >= wide:
                    # More cells than columns: what a row has too many of stands in its last.
                    self._fill(table.cell(at, wide - 1), cell, more=True)
                    continue
                right = min(column + cell.wide, wide) - 1
                below = min(at + cell.high, len(rows)) - 1
                place = table.cell(at, column)
                if (below, right) != (at, column):
                    place = place.merge(table.cell(below, right))
                taken |= {(y, x) for y in range(at, below + 1) for x in range(column, right + 1)}
                self._fill(place, cell)
                column = right + 1
        self._document.add_paragraph(style="Law Text")

    def _fill(self, place: Any, cell: Cell, more: bool = False) -> None:
        paragraph = place.add_paragraph() if more else place.paragraphs[0]
        paragraph.style = "Law Cell"
        _runs(paragraph, cell.runs, strong=cell.head)

    def annex(self, sheet: Sheet, said: Any) -> None:
        if not sheet.annex:
            return
        document = self._document
        document.add_page_break()
        document.add_paragraph(said["annex"], style="Heading 1")
        document.add_paragraph(said["annexed"], style="Law Text")
        for each in sheet.annex:
            head = f"{clean(each.cite)} · {each.kind} · {each.days}"
            self._plain("Law Marginal").add_run(head)
            self._plain("Law Text").add_run(clean(each.said))
            for clause in each.clauses:
                self._plain("List Bullet").add_run(clean(clause))

    def signatures(self, sheet: Sheet, said: Any) -> None:
        if not sheet.signatories:
            return
        document = self._document
        document.add_paragraph(said["signature"], style="Heading 1")
        document.add_paragraph(said["signed"], style="Law Text")
        for each in sheet.signatories:
            table = document.add_table(rows=4, cols=2)
            date = sheet.date.isoformat() if sheet.date else ""
            rows = (
                ("", clean(each.shown)),
                (said["name"], ""),
                (said["place"], clean(sheet.place)),
                (said["date"], date),
            )
            for row, (name, value) in zip(table.rows, rows, strict=True):
                row.cells[0].text, row.cells[1].text = name, value
                for cell in row.cells:
                    cell.paragraphs[0].style = "Law Signature"
            table.rows[0].cells[1].paragraphs[0].runs[0].bold = True
            _wide(table, (3.0, 10.0))
            document.add_paragraph(style="Law Text")


def _runs(paragraph: Any, runs: Runs, strong: bool = False) -> None:
    for run in runs:
        made = paragraph.add_run(clean(run.text))
        styles = run.style.split()
        if strong or "strong" in styles or "term" in styles:
            made.bold = True
        if "emphasis" in styles:
            made.italic = True
        if "sup" in styles:
            made.font.superscript = True
        if "sub" in styles:
            made.font.subscript = True
        if "code" in styles:
            made.font.name = "Consolas"


def _repeat(row: Any) -> None:
    """A row that stands again at the head of each page."""
    from docx.oxml import OxmlElement

    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:tblHeader"))


def _wide(table: Any, centimetres: tuple[float, ...]) -> None:
    from docx.shared import Cm

    table.autofit = False
    for row in table.rows:
        for cell, wide in zip(row.cells, centimetres, strict=True):
            cell.width = Cm(wide)
