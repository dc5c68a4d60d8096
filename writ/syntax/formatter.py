"""One style for the inside of writ blocks; Markdown and front matter stay as they are.

Statements are printed from the tree. Comments are not in the tree: they stand in the trivia between words, and are put
back beside the item that they stood by. An item with a comment inside keeps its lines, since each has something said
of it.
"""

from __future__ import annotations

from itertools import pairwise

from writ.diagnostics import LENGTH_BITS, Diagnostic
from writ.syntax import tree as t
from writ.syntax.cursor import Cursor, Mistake
from writ.syntax.expressions import UNITS
from writ.syntax.front import extent
from writ.syntax.layout import CONTINUATION, INDENT, WIDTH, lay_out
from writ.syntax.lexer import lex
from writ.syntax.markdown import Block, headings_and_blocks
from writ.syntax.parser import parse_text
from writ.syntax.printed import lines_of
from writ.syntax.statements import statements


def format_text(path: str, text: str) -> tuple[str, list[Diagnostic]]:
    """The text in the one style, and the diagnostics of its syntax. A block with a mistake is left as it stands."""
    _, found = parse_text(path, text)
    place = extent(text)
    unread = place is not None and place[1] < 0
    if unread or any(diagnostic.code in _UNREAD for diagnostic in found):
        return text, found
    ignored: list[Mistake] = []
    _, blocks = headings_and_blocks(text, place[2] if place is not None else 0, ignored)
    end_of_line = "\r\n" if "\r\n" in text else "\n"
    pieces: list[str] = []
    done = 0
    for block in blocks:
        lines = _format(text, block)
        if lines is None:
            continue
        pieces.append(text[done : block.start])
        margin = " " * block.margin
        pieces += (f"{margin}{line}".rstrip(" ") + end_of_line for line in lines)
        done = block.end
    pieces.append(text[done:])
    return "".join(pieces), found


_UNREAD = ("S101", "S104", "S105", "S106", "S107", "S125")
"""Codes of files that were not read to their end."""


def _format(text: str, block: Block) -> list[str] | None:
    """The lines of a block in the one style; None if it has a mistake."""
    mistakes: list[Mistake] = []
    c = Cursor(lex(text, block.start, block.end, block.margin), mistakes)
    # A label that the heading gives is a label written, for a moment: the tree does not tell them apart.
    found = statements(c, block.provision or "0")
    if any(mistake.code != "S138" for mistake in mistakes):
        return None
    return _Writer(text, c, block.margin).block(found)


class _Writer:
    """Puts the lines of one block together."""

    def __init__(self, text: str, c: Cursor, margin: int) -> None:
        self.text = text
        self.tokens = c.tokens
        self.margin = margin
        self.starts = c.starts
        self.out: list[str] = []
        self.trailing: dict[int, str] = {}
        """By its index in `out`: the comment that ends a line."""
        self.single = False
        """Whether the statement before was one line."""

    def block(self, found: list[t.Statement]) -> list[str]:
        end = self.tokens.words.index("")
        bounds = [*self.starts, end]
        items = 0
        for statement in found:
            texts = lines_of(statement, self._is_listed, self._is_labelled(statement))
            ranges = list(pairwise(bounds[items : items + len(texts) + 1]))
            items += len(texts)
            self._statement(statement, texts, ranges)
        self._between(end, None)
        return self._aligned()

    def _statement(
        self, statement: t.Statement, texts: list[str], ranges: list[tuple[int, int]]
    ) -> None:
        single = True
        for i, (text, (start, stop)) in enumerate(zip(texts, ranges, strict=True)):
            if i:
                self._within(start)
            commented = any("--" in self.tokens.trivia[word] for word in range(start + 1, stop))
            lines = [] if commented else lay_out(text, bool(i), statement.kind)
            if not i:
                single = len(texts) == 1 and len(lines) == 1
                self._between(start, single)
            if commented:
                self._as_written(start, stop, bool(i))
            self.out += lines
        self.single = single

    # --- comments

    def _within(self, i: int) -> None:
        """Comments between two items of a statement; blank lines are dropped."""
        trailing, own = _comments(self.tokens.trivia[i], first=False)
        self._trail(trailing)
        self.out += (" " * INDENT + comment for _, comment in own if comment)

    def _between(self, i: int, single: bool | None) -> None:
        """Comments and blank lines before the statement at word `i`, or (`single` is None) before the end."""
        trailing, own = _comments(self.tokens.trivia[i], first=i == 0)
        self._trail(trailing)
        while self.out and own and own[0][1] and own[0][0] > self.margin:
            # An indented comment closes the statement above it.
            self.out.append(" " * INDENT + own.pop(0)[1])
            self.single = False
        lines = [comment for _, comment in own]
        if single is None:
            while lines and not lines[-1]:
                lines.pop()
        if self.out and (lines or single is not None):
            apart = not (single and self.single) or (bool(lines) and not lines[0])
            while lines and not lines[0]:
                lines.pop(0)
            if apart and (lines or single is not None):
                lines.insert(0, "")
        else:
            while lines and not lines[0]:
                lines.pop(0)
        for line in lines:
            if line or (self.out and self.out[-1]):
                self.out.append(line)

    def _trail(self, comment: str) -> None:
        if comment and self.out:
            self.trailing[len(self.out) - 1] = comment

    def _aligned(self) -> list[str]:
        """The lines with their trailing comments; comments on adjacent lines start in one column where all fit."""
        lines = self.out
        run: list[int] = []
        for i in range(len(lines) + 1):
            if i in self.trailing:
                run.append(i)
                continue
            column = max((len(lines[j]) for j in run), default=0)
            fits = all(column + 2 + len(self.trailing[j]) <= WIDTH for j in run)
            for j in run:
                lines[j] = f"{lines[j].ljust(column) if fits else lines[j]}  {self.trailing[j]}"
            run = []
        return lines

    # --- items

    def _as_written(self, start: int, stop: int, item: bool) -> None:
        """An item with comments inside: its own lines, in canonical spacing."""
        words, trivia = self.tokens.words, self.tokens.trivia
        lines = self.out
        lines.append((" " * INDENT if item else "") + words[start])
        for i in range(start + 1, stop):
            blank = trivia[i]
            word = words[i]
            if words[i - 1] == "1" and word in UNITS and word.endswith("s"):
                word = word[:-1]
            if "\n" in blank:
                trailing, own = _comments(blank, first=False)
                self._trail(trailing)
                lines += (" " * CONTINUATION + comment for _, comment in own if comment)
                lines.append(" " * CONTINUATION + word)
            elif word in ",:)}" or words[i - 1] in "({":
                lines[-1] += word
            else:
                lines[-1] += f" {word}"

    def _is_listed(self, node: t.Node) -> bool:
        """Whether the source writes `all of (…)` or `any of (…)`."""
        span: int = getattr(node, "span", 0)
        at = span >> LENGTH_BITS
        return self.text.startswith("all of" if isinstance(node, t.All) else "any of", at)

    def _is_labelled(self, statement: t.Statement) -> bool:
        if isinstance(statement, t.Declaration):
            return False
        at = statement.label_span >> LENGTH_BITS
        return at != statement.span >> LENGTH_BITS


def _comments(blank: str, first: bool) -> tuple[str, list[tuple[int, str]]]:
    """The trivia before a word as the comment that ends the line before it, and the lines between, each with its
    indentation: a comment, or nothing for a blank line. `first`: the trivia begins at the start of a line."""
    pieces = blank.split("\n")
    last = pieces.pop()
    trailing = "" if first or not pieces else _comment(pieces.pop(0))
    own = [(len(piece) - len(piece.lstrip()), _comment(piece)) for piece in pieces]
    if last.strip():  # the block ends in a comment without a line end
        own.append((len(last) - len(last.lstrip()), _comment(last)))
    return trailing, own


def _comment(piece: str) -> str:
    """A comment with one space after its `--`; nothing if there is none."""
    text = piece.strip()
    if len(text) > 2 and text[2] not in "- \t":
        return f"-- {text[2:]}"
    return text
