"""The Markdown of an instrument as pieces: what stands in it for people, without its `writ` blocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from writ.formats.reader.content import Cell, Piece, Run, Runs
from writ.syntax.provisions import label_of

_PARSER = MarkdownIt("commonmark", {"html": False}).enable("table")
_STYLES = {"strong_open": "strong", "em_open": "emphasis", "link_open": "reference"}


def pieces(text: str, start: int) -> Iterator[Piece]:
    """The pieces of the Markdown below its front matter, which ends before line `start` (from 1)."""
    body = "\n" * (start - 1) + "\n".join(text.split("\n")[start - 1 :])
    yield from _Reading(_PARSER.parse(body)).pieces()


def front_matter_ends(text: str) -> int:
    """The line (from 1) after the front matter; 1 where there is none."""
    lines = text.split("\n")
    if not lines or lines[0].strip() != "---":
        return 1
    for number, line in enumerate(lines[1:], 2):
        if line.strip() == "---":
            return number + 1
    return 1


class _Reading:
    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.depth = 0
        self.number = ""
        self.orders: list[int] = []
        """The next number of each open list; 0 of one that has none."""

    def pieces(self) -> Iterator[Piece]:
        at = 0
        while at < len(self.tokens):
            token = self.tokens[at]
            line = token.map[0] + 1 if token.map else 0
            if token.type == "heading_open":
                yield self._heading(self.tokens[at + 1], int(token.tag[1:]), line)
                at += 2
            elif token.type == "table_open":
                rows, at = self._table(at)
                yield Piece("table", depth=self.depth, rows=rows, line=line)
            elif token.type == "inline":
                yield Piece("text", runs(token), self.depth, line=line, number=self.number)
                self.number = ""
            elif token.type in ("fence", "code_block"):
                if token.info.strip().split(" ")[0] != "writ":
                    yield Piece("code", (Run(token.content.rstrip("\n")),), self.depth, line=line)
            else:
                self._step(token)
            at += 1

    def _step(self, token: Token) -> None:
        if token.type in ("ordered_list_open", "bullet_list_open"):
            first = token.attrGet("start")
            begun = int(first) if first is not None else 1
            self.orders.append(begun if token.type.startswith("ordered") else 0)
            self.depth += 1
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            self.orders.pop()
            self.depth -= 1
        elif token.type == "list_item_open":
            order = self.orders[-1]
            self.number = f"{order}{token.markup}" if order or token.markup in ".)" else "•"
            if self.number != "•":
                self.orders[-1] += 1
        elif token.type == "blockquote_open":
            self.depth += 1
        elif token.type == "blockquote_close":
            self.depth -= 1

    def _heading(self, inline: Token, level: int, line: int) -> Piece:
        said = runs(inline)
        label = label_of(inline.content)
        number = ""
        if label and said and said[0].text.startswith(label):
            number = label
            rest = said[0]._replace(text=said[0].text[len(label) :].lstrip())
            said = (rest, *said[1:]) if rest.text else said[1:]
        return Piece("heading", said, level, label=label, line=line, number=number)

    def _table(self, at: int) -> tuple[tuple[tuple[Cell, ...], ...], int]:
        rows: list[tuple[Cell, ...]] = []
        row: list[Cell] = []
        head = False
        while self.tokens[at].type != "table_close":
            token = self.tokens[at]
            if token.type in ("th_open", "td_open"):
                head = token.type == "th_open"
            elif token.type == "inline":
                row.append(Cell(runs(token), head))
            elif token.type == "tr_close":
                rows.append(tuple(row))
                row = []
            at += 1
        return tuple(rows), at


def runs(inline: Token) -> Runs:
    """The runs of a line of Markdown; pictures are their words, and addresses lead nowhere."""
    found: list[Run] = []
    styles: list[str] = []
    for token in inline.children or ():
        if token.type in _STYLES:
            styles.append(_STYLES[token.type])
        elif token.type in ("strong_close", "em_close", "link_close"):
            styles.pop()
        elif token.type in ("softbreak", "hardbreak"):
            found.append(Run(" " if token.type == "softbreak" else "\n"))
        else:
            own = ["code"] if token.type == "code_inline" else []
            found.append(Run(token.content, " ".join(sorted({*styles, *own} - {"reference"}))))
    return tuple(run for run in found if run.text)
