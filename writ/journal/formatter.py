"""One style for journals: spaces, indentation, one clause to a line; comments stay beside what they stood by.

The text is laid out from its words, so that nothing of it is lost and no book is needed. Clauses keep their order, and
blank lines stay, one at most. A statement with a mistake is left as it stands.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from writ.diagnostics import Diagnostic
from writ.journal.clauses import clause_word
from writ.journal.heads import Written
from writ.journal.phrases import words_of
from writ.journal.read import BOM, diagnostics
from writ.journal.statements import Dated, Found, of_part, parts
from writ.syntax.cursor import Cursor, Mistake
from writ.syntax.expressions import DAYS_OF_WORK, UNITS
from writ.syntax.layout import CONTINUATION, INDENT, WIDTH
from writ.syntax.limits import MAX_MISTAKES
from writ.syntax.parser import LONE_RETURN

ON_THE_HEAD = frozenset({"about", "to", "of", "against"})
"""Clauses that go on with the line of the head, where they come first and there is room."""


class _Line(NamedTuple):
    text: str
    comment: str = ""


def format_journal(text: str) -> str:
    """The text in the one style; formatted again it does not change."""
    return styled("", text)[0]


def styled(file: str, text: str) -> tuple[str, list[Diagnostic]]:
    """The text in the one style, and the diagnostics of its syntax; what a book would say of it is not asked."""
    lone = LONE_RETURN.search(text)
    if lone is not None:
        message = "a carriage return without a line feed"
        at = lone.start()
        mistake = Mistake("S104", at, at, message, "end lines with a line feed")
        return text, diagnostics(file, text, [mistake])
    mark = BOM if text.startswith(BOM) else ""
    mistakes: list[Mistake] = []
    writer = _Writer(text)
    for begin, end in parts(text, len(mark), mistakes):
        if mistakes and mistakes[-1].code == "S125" and mistakes[-1].start < begin:
            break
        own: list[Mistake] = []
        found = list(of_part(text, begin, end, own))
        writer.part(begin, end, found, own)
        mistakes += own
        if len(mistakes) > MAX_MISTAKES:
            break
    said = diagnostics(file, text, mistakes) if mistakes else []
    if len(mistakes) > MAX_MISTAKES or any(one.code == "S125" for one in mistakes):
        return text, said
    end_of_line = "\r\n" if "\r\n" in text else "\n"
    lines = writer.aligned()
    return mark + "".join(line + end_of_line for line in lines), said


class _Writer:
    """Puts the lines of a journal together."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.out: list[_Line] = []

    def part(self, begin: int, end: int, found: list[Found], mistakes: list[Mistake]) -> None:
        if not found:
            self._between(words_of(self.text, begin, end).trivia[0], first=True)
            return
        wrong = sorted(mistake.start for mistake in mistakes)
        c = found[0].cursor
        lines = c.tokens.lines
        last = c.words.index("", lines[-1])
        bounds = [*(lines[each.lines[0]] for each in found), last]
        for each, (start, stop) in zip(found, pairwise(bounds), strict=True):
            self._between(c.tokens.trivia[start], first=start == 0)
            begins, ends = c.start(start), c.ends[stop - 1]
            if each.node is None or any(begins <= at <= ends for at in wrong):
                line = self.text.rfind("\n", 0, begins) + 1
                raw = self.text[max(line, begin) : ends].lstrip("\ufeff").split("\n")
                self.out += (_Line(one.rstrip("\r")) for one in raw)
            else:
                self._statement(each, start, stop)
        self._between(c.tokens.trivia[last], first=False)

    # --- statements

    def _statement(self, found: Found, start: int, stop: int) -> None:
        c, node = found.cursor, found.node
        starts = c.starts[found.items[0] : found.items[1]]
        if isinstance(node, Written):
            starts = [start, *node.items]
        trivia = c.tokens.trivia
        status_at = node.status_at if isinstance(node, Written) else 0
        joins = ON_THE_HEAD | ({"due", "until"} if status_at else frozenset())
        if isinstance(node, Written) and node.facts:
            joins = frozenset()  # after a list of facts it would read as one of them
        inline = True
        for at, (i, j) in enumerate(pairwise([*starts, stop])):
            commented = any("--" in trivia[k] for k in range(i + 1, j))
            pieces = _pieces(c, i, j, isinstance(node, Dated))
            if at:
                trailing, own = comments(trivia[i], first=False)
                last = self.out[-1].text
                room = len(last) + 1 + _width(pieces) <= WIDTH
                bare = not commented and "--" not in trivia[i]
                inline = inline and bare and room and c.words[i] in joins
                if inline or (i < status_at and not commented):
                    self.out[-1] = _Line(f"{last} {' '.join(pieces)}")
                    continue
                self._trail(trailing)
                self.out += (_Line(" " * INDENT + one) for one in own if one)
            if commented:
                self._as_written(c, i, j, bool(at), isinstance(node, Dated))
                inline = False
            else:
                self.out += map(_Line, _laid_out(pieces, c, at > 0))
                inline = inline and len(self.out[-1].text) <= WIDTH

    def _as_written(self, c: Cursor, start: int, stop: int, item: bool, dated: bool) -> None:
        """An item with comments inside: its own lines, in canonical spacing."""
        indent = INDENT if item else 0
        at = start
        for i in range(start + 1, stop + 1):
            if i < stop and "\n" not in c.tokens.trivia[i]:
                continue
            self.out.append(_Line(" " * indent + " ".join(_pieces(c, at, i, dated))))
            indent = CONTINUATION
            if i < stop:
                trailing, own = comments(c.tokens.trivia[i], first=False)
                self._trail(trailing)
                self.out += (_Line(" " * CONTINUATION + one) for one in own if one)
            at = i

    # --- comments

    def _between(self, blank: str, first: bool) -> None:
        """Comments and blank lines between statements; one blank line at most."""
        trailing, own = comments(blank, first)
        self._trail(trailing)
        for comment in own:
            if comment or (self.out and self.out[-1].text):
                self.out.append(_Line(comment))

    def _trail(self, comment: str) -> None:
        if comment and self.out:
            self.out[-1] = _Line(self.out[-1].text, comment)

    def aligned(self) -> Iterable[str]:
        """The lines with their trailing comments; comments on adjacent lines start in one column where all fit."""
        lines = self.out
        while lines and not lines[-1].text:
            lines.pop()
        found = [line.text for line in lines]
        run: list[int] = []
        for i in range(len(lines) + 1):
            if i < len(lines) and lines[i].comment:
                run.append(i)
            elif run:
                column = max(len(found[j]) for j in run)
                fits = all(column + 2 + len(lines[j].comment) <= WIDTH for j in run)
                for j in run:
                    text = found[j].ljust(column) if fits else found[j]
                    found[j] = f"{text}  {lines[j].comment}"
                run = []
        return found


def _pieces(c: Cursor, start: int, stop: int, dated: bool) -> list[str]:
    """The words, those that belong together joined."""
    words, trivia = c.words, c.tokens.trivia
    found: list[str] = []
    for i in range(start, stop):
        word = _unit(words, i) if words[i] in UNITS else words[i]
        before = words[i - 1] if i > start else ""
        touches = i > start and (
            word in (",", ")", "}", "]", ":")
            or before in ("(", "{", "[")
            or (before == "-" and not dated and (words[i - 2] in ("is", ",") or not trivia[i]))
            or (not trivia[i] and not dated and word == "-" and before != ",")
            or (not trivia[i] and before[:1].isalnum() and word[:1].isalnum())
        )
        if touches:
            found[-1] += word
        else:
            found.append(word)
    return found


def _unit(words: list[str], i: int) -> str:
    """`1 day`, `30 days`."""
    word = words[i]
    at = i - 2 if words[i - 1] == "calendar" or words[i - 1] in DAYS_OF_WORK else i - 1
    if at < 0 or not words[at].isdigit():
        return word
    return _SINGULAR_OF[word] if int(words[at][:20]) == 1 else UNITS[word]


_SINGULAR_OF = {word: word.removesuffix("s") for word in UNITS}


def _laid_out(pieces: list[str], c: Cursor, item: bool) -> list[str]:
    """The words on lines of at most 100 columns, broken only after commas."""
    indent = INDENT if item else 0
    if indent + _width(pieces) <= WIDTH:
        return [" " * indent + " ".join(pieces)]
    runs: list[str] = []
    for piece, before in zip(pieces, ["", *pieces], strict=False):
        if before.endswith(",") and not clause_word([piece, '"', "as"], 0):
            runs.append(piece)
        elif runs:
            runs[-1] += f" {piece}"
        else:
            runs.append(piece)
    lines = [" " * indent + runs[0]]
    for run in runs[1:]:
        if len(lines[-1]) + 1 + len(run) <= WIDTH:
            lines[-1] += f" {run}"
        else:
            lines.append(" " * CONTINUATION + run)
    return lines


def _width(pieces: list[str]) -> int:
    return sum(map(len, pieces)) + len(pieces) - 1


def comments(blank: str, first: bool) -> tuple[str, list[str]]:
    """The trivia before a word: the comment that ends the line before it, and the lines between, each a comment or
    nothing. `first`: the trivia begins at the start of a line."""
    pieces = blank.split("\n")
    last = pieces.pop()
    trailing = "" if first or not pieces else _comment(pieces.pop(0))
    if not first and not pieces and not trailing and "\n" not in blank:
        trailing, last = _comment(last), ""
    own = [_comment(piece) for piece in pieces]
    if last.strip():
        own.append(_comment(last))
    return trailing, own


def _comment(piece: str) -> str:
    """A comment with one space after its `--`; nothing if there is none."""
    text = piece.strip()
    if len(text) > 2 and text[2] not in "- \t":
        return f"-- {text[2:]}"
    return text
