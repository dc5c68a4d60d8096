"""Text of a law as HTML."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping

from writ.formats.reader.characters import clean
from writ.formats.reader.content import Cell, Piece, Rows, Run, Runs
from writ.formats.reader.groups import linked

_TAGS = (
    ("strong", "strong"),
    ("emphasis", "em"),
    ("term", "dfn"),
    ("code", "code"),
    ("sup", "sup"),
    ("sub", "sub"),
    ("reference", "cite"),
)
DEEPEST = 6


def text(said: str) -> str:
    """Escaped for an element or an attribute."""
    return html.escape(clean(said), quote=True)


class Prose:
    """Pieces of one law; anchors begin with `prefix`, so that several laws may stand on one page."""

    def __init__(self, prefix: str, known: Mapping[str, str]) -> None:
        self._prefix = prefix
        self._known = known

    def id(self, anchor: str) -> str:
        return f"{self._prefix}{anchor}"

    def link(self, anchor: str, shown: str) -> str:
        return f'<a href="#{text(self.id(anchor))}">{shown}</a>'

    def runs(self, runs: Runs) -> str:
        """Runs with their styles, and with links where they cite a provision of this law."""
        return "".join(
            self.link(anchor, styled(run)) if anchor else styled(run)
            for run, anchor in linked(runs, self._known)
        )

    def piece(self, piece: Piece) -> str:
        """A piece that is no heading."""
        named = f' id="{text(self.id(piece.anchor))}"' if piece.anchor else ""
        deep = f" in-{min(piece.depth, DEEPEST)}" if piece.depth > 0 else ""
        if piece.kind == "table":
            return self._table(piece.rows, named)
        if piece.kind == "code":
            said = "".join(run.text for run in piece.runs)
            return f'<pre tabindex="0"{named}>{text(said)}</pre>'
        number = f'<span class="no">{text(piece.number)}</span> ' if piece.number else ""
        history = piece.kind == "history"  # what it cites are the acts that made the changes
        said = "".join(map(styled, piece.runs)) if history else self.runs(piece.runs)
        return f'<p class="{piece.kind}{deep}"{named}>{number}{said}</p>'

    def pieces(self, pieces: Iterable[Piece]) -> str:
        return "\n".join(self.piece(each) for each in pieces)

    def _table(self, rows: Rows, named: str) -> str:
        """A table that scrolls in its own frame where the page is narrow."""
        heads = [row for row in rows if all(cell.head for cell in row)]
        lead = heads if rows[: len(heads)] == tuple(heads) else []
        body = rows[len(lead) :]
        drawn = "".join(self._row(row, "col") for row in lead)
        thead = f"<thead>{drawn}</thead>" if drawn else ""
        tbody = "".join(self._row(row, "row") for row in body)
        return (
            f'<div class="wide" tabindex="0" role="region" aria-label="Table"{named}>'
            f"<table>{thead}<tbody>{tbody}</tbody></table></div>"
        )

    def _row(self, row: Iterable[Cell], scope: str) -> str:
        drawn = []
        for cell in row:
            wide = f' colspan="{cell.wide}"' if cell.wide > 1 else ""
            high = f' rowspan="{cell.high}"' if cell.high > 1 else ""
            head = cell.head
            tag, more = ("th", f' scope="{scope}"') if head else ("td", "")
            said = self.runs(cell.runs)
            drawn.append(f"<{tag}{more}{wide}{high}>{said}</{tag}>")
        return f"<tr>{''.join(drawn)}</tr>"


def styled(run: Run) -> str:
    said = text(run.text).replace("\n", "<br>")
    styles = run.style.split()
    for style, tag in _TAGS:
        if style in styles:
            said = f"<{tag}>{said}</{tag}>"
    return said
