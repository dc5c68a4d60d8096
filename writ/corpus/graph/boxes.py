"""The boxes of a picture, how their words fit, and lines between them. Lengths are in pixels, y grows downwards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from writ.corpus.graph.model import Node

WIDTH = 252
LINE = 15
ROW = 19
PAD = 9
_LETTERS = 31
"""Of a line of a box."""


@dataclass
class Row:
    """One node in a box of several."""

    node: Node
    text: str
    y: float = 0.0
    """Of its middle, from the top of the box."""
    faint: bool = False


@dataclass
class Box:
    """One node with its words, or a heading (`head`) with several nodes under it, a row for each."""

    id: str
    head: list[str]
    sort: str
    """A line of small print over the words."""
    node: Node | None = None
    rows: list[Row] = field(default_factory=list)
    more: int = 0
    """Rows that are not shown."""
    warning: bool = False
    focus: bool = False
    x: float = 0.0
    y: float = 0.0
    w: float = WIDTH

    @property
    def h(self) -> float:
        words = (LINE - 2 if self.sort else 0) + LINE * len(self.head)
        rows = ROW * (len(self.rows) + bool(self.more))
        return 2 * PAD + words + rows - 2

    def spread(self) -> None:
        """Give each row its place."""
        for at, row in enumerate(self.rows):
            row.y = self.top + ROW * at + 10

    @property
    def top(self) -> float:
        """Where its rows begin."""
        return PAD + (LINE - 2 if self.sort else 0) + LINE * len(self.head)


@dataclass
class Line:
    """An edge of the picture: from a point to a point."""

    kind: str
    x1: float
    y1: float
    x2: float
    y2: float
    words: str = ""
    broken: bool = False
    """Drawn in the manner of what is not resolved."""
    sideways: bool = False
    weight: int = 1


@dataclass
class Band:
    """A layer with its name."""

    name: str
    y: float
    h: float


@dataclass
class Picture:
    """All that is drawn."""

    boxes: list[Box]
    lines: list[Line]
    bands: list[Band]
    width: float
    height: float
    notes: list[str]


def many(noun: str) -> str:
    """The plural of a sort of nodes."""
    irregular = {"body": "bodies", "policy": "policies", "outside": "that are not in the book"}
    irregular |= {"duty": "duties", "immunity": "immunities", "disability": "disabilities"}
    return irregular.get(noun, f"{noun}s")


def of_node(node: Node, lines: int = 3) -> Box:
    """A box for a node."""
    sort = node.sort or node.kind
    if node.kind == "outside":
        sort = "not in the book"
    elif node.status:
        sort = f"{sort}, {node.status}"
    return Box(node.id, fitted(shown(node), lines), sort, node)


def shown(node: Node) -> str:
    """How a node is called in a picture: a norm and a provision by citation and title."""
    if node.kind in ("norm", "provision") and node.title:
        return f"{node.label} {node.title}"
    return node.label


def rows_of(nodes: Sequence[Node], before: Sequence[str] = ()) -> list[Row]:
    """A row for each node; the words with which several begin alike are left out of them, `before` stands first."""
    titles = [shown(each).split() for each in nodes]
    heads = Counter(tuple(words[:at]) for words in titles for at in range(_ALIKE, len(words)))
    rows = []
    for number, (node, words) in enumerate(zip(nodes, titles, strict=True)):
        mark = {"repealed": " †", "not in force": " ◦", "vacant": " ◦"}.get(node.status, "")
        alike = max(
            (at for at in range(_ALIKE, len(words)) if heads[tuple(words[:at])] > 1), default=0
        )
        text = " ".join(words)
        if len(text) > _LETTERS - len(mark) and alike:
            text = f"… {' '.join(words[alike:])}"
        if before:
            text = f"{before[number]}  {text}"
        rows.append(Row(node, clipped(text, _LETTERS - len(mark)) + mark))
    return rows


_ALIKE = 2
"""Words."""


def clipped(text: str, letters: int = _LETTERS) -> str:
    """A text of at most so many letters, cut at a word where one ends late enough."""
    text = " ".join(text.split())
    if len(text) <= letters:
        return text
    cut = text[: letters - 1]
    at = cut.rfind(" ")
    return f"{cut[:at] if at > letters * 0.6 else cut}…"


def fitted(text: str, lines: int = 3, letters: int = _LETTERS) -> list[str]:
    """A text in at most so many lines, the last one cut where it does not fit."""
    words = " ".join(text.split()).split(" ")
    found: list[str] = [""]
    for at, word in enumerate(words):
        joined = f"{found[-1]} {word}".strip()
        if len(joined) <= letters:
            found[-1] = joined
        elif len(found) == lines:
            found[-1] = clipped(f"{found[-1]} {' '.join(words[at:])}".strip(), letters)
            break
        else:
            found += [clipped(word, letters)] if found[-1] else []
            found[-1] = found[-1] or clipped(word, letters)
    return found
