"""A text as its passages: the provisions and items of an instrument, or of a directive as plain text, in order.

A passage knows its label (`6.2.1`, `17(1)(a)`), the passage that it stands beneath, and where each of its characters is
in the file. Headers and page numbers that stand between its lines are left out.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field

from writ.drafting.numbering import Item, item_of, precedes
from writ.syntax.provisions import label_of

_HEADING = re.compile(r"(#{1,6})\s+(.*)")
_FENCE = re.compile(r"(`{3,}|~{3,})")
_SECTION = re.compile(r"(SECTION|ENCLOSURE|APPENDIX|ATTACHMENT|PART)\s+(E?[0-9]{1,2}|[IVX]{1,4})\b")
_ALONE = re.compile(
    r"(?:Section|Sec\.|Article|Art\.|§)\s*[0-9]+[A-Za-z]*(?:\.[0-9]+)*\.?", re.IGNORECASE
)
"""The number of a section on a line of its own."""
_BULLET = re.compile(r"[-*+•]\s+")
_PAGE = re.compile(r"(?:Page\s+)?[0-9]{1,4}")
_RUNNING = re.compile(r"Do[Dd][DI]\s+[0-9A-Z.-]+,\s+\w+\s+[0-9]{1,2},\s+[0-9]{4}.*")
_TURNED = "\f"
"""Stands for a line that belongs to the page."""
_REPEATED = 3
"""A line of capitals and figures that stands so often in a text is the header of its pages."""


@dataclass(slots=True)
class Passage:
    """One paragraph or item. `parent` is the place of the passage above it, -1 at the top."""

    label: str
    parent: int
    depth: int
    head: str = ""
    """The label of the heading or section that it stands under."""
    place_in: int = 0
    """Its own place among the passages."""
    item: bool = False
    """Whether it has a mark of its own."""
    text: str = ""
    """Its lines, with one blank between two; complete when the whole has been read."""
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    starts: list[int] = field(default_factory=list)
    """Where each piece begins in `text`."""
    places: list[int] = field(default_factory=list)
    """Where each piece begins in the file."""

    def add(self, piece: str, place: int) -> None:
        """Add a line; one blank stands between two."""
        self.starts.append(self.length + bool(self.pieces))
        self.places.append(place)
        self.pieces.append(piece)
        self.length = self.starts[-1] + len(piece)

    def place(self, offset: int) -> int:
        """Where the character at `offset` of the text is in the file."""
        piece = max(bisect_right(self.starts, offset) - 1, 0)
        return self.places[piece] + offset - self.starts[piece] if self.places else 0


def passages(text: str) -> list[Passage]:
    """The passages of a text, each after the one that it stands beneath."""
    return _Reader(text).read()


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.found: list[Passage] = []
        self.open: list[tuple[Item, int]] = []
        """The items that are open, the outermost first, each with its passage."""
        self.current: Passage | None = None
        self.heading = ""
        self.section = ""
        self.gap = False
        self.turned = False
        """Whether a page was turned since the last line."""

    def read(self) -> list[Passage]:
        fence = ""
        for place, line in _lines(self.text):
            bare = line.strip()
            mark = _FENCE.match(bare)
            if fence:
                fence = "" if bare.startswith(fence) else fence
            elif mark:
                fence, self.current = mark[1], None
            elif not bare:
                self.gap = True
                self.turned |= line == _TURNED
            else:
                self._line(bare, place + line.index(bare))
                self.gap = self.turned = False
        for each in self.found:
            each.text = " ".join(each.pieces)
        return [each for each in self.found if each.text]

    def _line(self, bare: str, place: int) -> None:
        heading = _HEADING.match(bare)
        if heading:
            self._headed(heading[2], label_of(heading[2]))
            return
        if _ALONE.fullmatch(bare):
            self._headed(bare, label_of(bare))
            return
        section = _SECTION.match(bare)
        if section and bare.isupper():
            mark = section[2] if section[2][0] in "EIVX" else f"{section[1][0]}{section[2]}"
            self._headed(bare, "", mark if section[1] != "SECTION" else "")
            return
        bullet = _BULLET.match(bare)
        if bullet:
            bare, place = bare[bullet.end() :], place + bullet.end()
        item = item_of(bare)
        if item is not None and self._item(item):
            assert self.current is not None
            rest = bare[item.length :]
            inner = item_of(rest) if item.form == "section" and rest[:1] == "(" else None
            if inner is not None and self._item(inner):
                rest, place = rest[inner.length :], place + inner.length
            if rest:
                self.current.add(rest, place + item.length)
            return
        if bullet:
            self._begin(self._above(), beneath=True)
        elif self.current is None or (self.gap and not self._runs_on(bare)):
            self._begin(self._above())
        assert self.current is not None
        self.current.add(bare, place)

    def _headed(self, title: str, label: str, section: str = "") -> None:
        self.open, self.current = [], None
        self.heading = label
        self.section = section

    def _item(self, item: Item) -> bool:
        """Open an item where it continues a list that is open, or begins one."""
        for depth in range(len(self.open) - 1, -1, -1):
            before = self.open[depth][0]
            if precedes(before, item):
                del self.open[depth:]
                break
        else:
            if not item.begins(bool(self.open), self.gap or not self.found):
                return False
        parent = self.open[-1][1] if self.open else self._above()
        above = self.found[parent].label if parent >= 0 else self.heading or self.section
        if item.decimal:
            label = f"{self.section}.{item.mark}" if self.section else item.mark
            parent = self._decimal_parent(item)
        elif above and (self.open or self.heading):
            label = f"{above}({item.mark})"
        else:
            label = f"{self.section}.{item.mark}" if self.section else item.mark
        self._begin(parent, label)
        self.open.append((item, len(self.found) - 1))
        return True

    def _decimal_parent(self, item: Item) -> int:
        """The open item whose number begins this one: `6.2` of `6.2.1`."""
        while self.open:
            outer, place = self.open[-1]
            if item.mark.startswith(outer.mark + "."):
                return place
            self.open.pop()
        return -1

    def _above(self) -> int:
        return self.open[-1][1] if self.open else -1

    def _begin(self, parent: int, label: str = "", beneath: bool = False) -> None:
        marked = bool(label) or beneath
        if not label:
            label = self.found[parent].label if parent >= 0 else self.heading or self.section
        if beneath and parent < 0 and self.found and self._said().endswith((":", "—")):
            parent = len(self.found) - 1
        depth = self.found[parent].depth + 1 if parent >= 0 else 0
        head = self.heading or self.section
        self.current = Passage(label, parent, depth, head, len(self.found), marked)
        self.found.append(self.current)

    def _runs_on(self, bare: str) -> bool:
        """A page break stood within a sentence."""
        assert self.current is not None
        said = self._said()
        if not said or said[-1] in ".:;!?—":
            return False
        return bare[0].islower() or (
            self.turned and not said.isupper() and self.current.length > 60
        )

    def _said(self) -> str:
        """The last line so far."""
        pieces = self.found[-1].pieces
        return pieces[-1].rstrip() if pieces else ""


def _lines(text: str) -> list[tuple[int, str]]:
    """The lines that are text, with their places, without front matter; what belongs to the page is marked."""
    lines: list[tuple[int, str]] = []
    place = 0
    for line in text.splitlines(keepends=True):
        lines.append((place, line))
        place += len(line)
    first = 0
    if lines and lines[0][1].strip() == "---":
        first = next((n + 1 for n in range(1, len(lines)) if lines[n][1].strip() == "---"), 0)
    bare = [line.strip() for _, line in lines]
    often = Counter(each for each in bare if each.isupper() and len(each) > 3)
    return [
        (place, _TURNED if _of_the_page(each, often) else line)
        for (place, line), each in zip(lines[first:], bare[first:], strict=True)
    ]


def _of_the_page(bare: str, often: Counter[str]) -> bool:
    return bool(_PAGE.fullmatch(bare) or _RUNNING.fullmatch(bare) or often[bare] >= _REPEATED)
