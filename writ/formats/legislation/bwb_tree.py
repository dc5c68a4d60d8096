"""A Dutch law in Markdown as a tree: which heading stands in which, and which paragraph is an item of which list."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from writ.formats.legislation.bwb_inline import inline
from writ.formats.legislation.bwb_lines import ARTICLE, CLOSING, Item, Line, item_of
from writ.formats.legislation.ids import ALONE, CLEAR, SCOPES, Ids
from writ.formats.legislation.model import Block, Mark, Provision

_GROUPS = (
    (re.compile(r"(?:boek|book|livre)\b", re.I), "book"),
    (re.compile(r"(?:deel|part|partie|teil)\b", re.I), "part"),
    (re.compile(r"(?:titel|title|titre)\b", re.I), "title"),
    (re.compile(r"(?:hoofdstuk|chapter|chapitre|kapitel)\b", re.I), "chapter"),
    (re.compile(r"(?:afdeling|section|abschnitt)\b", re.I), "division"),
    (re.compile(r"onderafdeling\b", re.I), "subdivision"),
    (re.compile(r"(?:sub)?(?:paragraaf|paragraph|paragraphe)\b|§", re.I), "subchapter"),
    (re.compile(r"(?:bijlage|aanhangsel|annex|appendix|anlage|anhang)", re.I), "schedule"),
    (re.compile(r"(?:slot)?protocol|slotakte|final act|acte final", re.I), "schedule"),
)
_HIGH = frozenset({"book", "part", "title", "chapter"})
_LOW = frozenset({"division", "subdivision", "subchapter", "heading"})
_NUMBER = re.compile(
    r"\w+\s+(?:\d[\w.:]*|[IVXLCDM]+\b|[A-Z]\b|(?:eerste|tweede|derde|vierde|vijfde|zesde|zevende|achtste)\b)\.?"
    r"|§\s*\d[\w.:]*|(?:eerste|tweede|derde|vierde|vijfde|zesde|zevende|achtste|negende|tiende)\s+\w+",
    re.I,
)
_BELOW = ("paragraph", "subparagraph", "clause", "subclause", "subsubclause", "item", "subitem")
"""Items by depth, where the first are no numbered paragraphs of an article."""
_FIRST = 3
"""A list may begin with its third item: the others were repealed."""


@dataclass
class _Open:
    kind: str
    head: list[Block] = field(default_factory=list)
    body: list[Block | _Open] = field(default_factory=list)
    number: str = ""
    item: Item | None = None
    name: str = ""


class Tree:
    """Takes the lines of one document in their order."""

    def __init__(self, treaty: bool) -> None:
        self.treaty = treaty
        self.titles: list[str] = []
        self.articles = False
        self.root = _Open("document")
        self.about = _Open("identification")
        self.stack = [self.root]

    def add(self, line: Line) -> None:
        """The next line."""
        if line.kind == "file-title":
            self._title(line, "h2")
        elif line.kind == "part":
            self._part(line.text)
        elif line.kind == "heading" and self.stack[-1] is not self.root:
            self.stack[-1].head.append(Block("heading", inline(line.text), "h4"))
        elif line.kind in ("title", "heading"):
            self._titled(line)
        elif line.kind == "row":
            self._row(line.text)
        elif line.kind == CLOSING:
            if not any(each.kind == "closing" for each in self.stack):
                self._close_to(("schedule",))
                self._open(_Open("closing"))
            self._block(line.text)
        else:
            self._text(line.text)

    def made(self) -> tuple[Block | Provision, ...]:
        """The body of the document."""
        ids = Ids()
        if self.about.body:
            self.root.body.insert(0, self.about)
        return tuple(_made(each, ids) for each in self.root.body)

    # --- headings

    def _title(self, line: Line, name: str) -> None:
        runs = inline(line.text)
        self.titles.append(_words(runs))
        self.about.body.append(Block("title", runs, name))

    def _titled(self, line: Line) -> None:
        """A title on its own: of the document, of what is annexed to a treaty, or of some paragraphs."""
        if len(self.stack) == 1 and not self.root.body and (self.treaty or not self.titles):
            self._title(line, "h4")
            return
        kind = "heading"
        if self.treaty and self.articles:
            self._close_to(())
            kind = "schedule"
        else:
            self._close_to(("schedule", *_HIGH, *(_LOW - {"heading"})))
        self._open(_Open(kind, [Block("heading", inline(line.text), "h4")], name="h4"))

    def _part(self, text: str) -> None:
        found = ARTICLE.match(text)
        if found is not None and any(each.isdigit() or each.isupper() for each in found[0][1:]):
            number, rest = found[0].strip(), text[found.end() :].strip()
            self._close_to(("schedule", "heading", *_HIGH, *_LOW), ("closing", "introduction"))
            self.articles = True
            self._headed("article", number, rest)
            return
        kind = next((kind for pattern, kind in _GROUPS if pattern.match(text)), "heading")
        if kind == "schedule":
            self._close_to(())
        elif kind == "heading":
            self._close_to(("schedule", *_HIGH, *(_LOW - {"heading"})), ("closing",))
        else:
            self._close_to(("schedule", *_HIGH, *_LOW), ("closing", "introduction"))
            kinds = [each.kind for each in self.stack]
            if kind in kinds:
                del self.stack[kinds.index(kind) :]
            elif kind in _HIGH:
                while self.stack[-1].kind in _LOW:
                    self.stack.pop()
        found = _NUMBER.match(text)
        at = found.end() if found is not None and kind != "heading" else 0
        self._headed(kind, text[:at].strip(), text[at:].strip())

    def _headed(self, kind: str, number: str, rest: str) -> None:
        made = _Open(kind, number=_words(inline(number)), name="h3")
        if number:
            made.head.append(Block("number", inline(number), ""))
        if rest:
            made.head.append(Block("heading", inline(rest), ""))
        self._open(made)

    # --- paragraphs

    def _text(self, text: str) -> None:
        if len(self.stack) == 1:
            self._open(_Open("introduction"))
        listed = self.stack[-1].kind == "closing" or self.stack[-1].kind == "introduction"
        item = None if listed else item_of(text)
        if item is None or not self._listed(item):
            while self.stack[-1].item is not None:
                self.stack.pop()
            self._block(text)

    def _listed(self, item: Item) -> bool:
        """Put an item where it belongs; False where it cannot be one."""
        for at in range(len(self.stack) - 1, 0, -1):
            last = self.stack[at].item
            if last is None:
                break
            if item.style != last.style:
                continue
            if item.roman == 1 and item.at != last.at + 1:
                break  # `(i)` after `(h)` is the ninth letter; after `(a)` it begins a list of its own
            roman = last.roman and item.roman == last.roman + 1
            if roman or item.at > last.at or not item.at:
                del self.stack[at:]
                self._item(item)
                return True
        begins = not item.at or item.at <= _FIRST or 0 < item.roman <= _FIRST
        if not begins:
            return False
        self._item(item)
        return True

    def _item(self, item: Item) -> None:
        depth = sum(each.item is not None for each in self.stack)
        above = self.stack[-depth - 1].kind if depth else self.stack[-1].kind
        first = self.stack[-depth].kind if depth else ""
        plain = item.style.startswith("dot:") and item.at > 0 and item.number[:1].isdigit()
        if item.style == "dash":
            kind = "indent"
        elif not depth and plain and above == "article":
            kind = "subsection"
        else:
            kind = _BELOW[min(depth - (first == "subsection"), len(_BELOW) - 1)]
        made = _Open(kind, [Block("number", (item.number,), "")], number=item.number, item=item)
        self._open(made)
        self._block(item.rest)

    def _block(self, text: str) -> None:
        if text:
            self.stack[-1].body.append(Block("text", inline(text), "p"))

    def _row(self, text: str) -> None:
        if len(self.stack) == 1:
            self._open(_Open("introduction"))
        body = self.stack[-1].body
        last = body[-1] if body else None
        rows = last.runs if isinstance(last, Block) and last.kind == "table" else ()
        cells = [each.strip() for each in text[1:-1].split("|")]
        if all(re.fullmatch(r":?-{2,}:?", each) for each in cells):
            return  # the line under the first row
        row = Mark("row", tuple(Mark("cell", inline(each), "td") for each in cells), "tr")
        if rows:
            body.pop()
        body.append(Block("table", (*rows, row), "table"))

    # --- what is open

    def _open(self, made: _Open) -> None:
        self.stack[-1].body.append(made)
        self.stack.append(made)

    def _close_to(self, kinds: tuple[str, ...], never: tuple[str, ...] = ()) -> None:
        """Close what is open up to the innermost of these kinds."""
        while len(self.stack) > 1 and (
            self.stack[-1].kind not in kinds or self.stack[-1].kind in never
        ):
            self.stack.pop()


def _words(runs: tuple[str | Mark, ...]) -> str:
    from writ.formats.legislation.text import plain

    return plain(runs)


def _made(part: Block | _Open, ids: Ids, above: str = "", scope: str = "") -> Block | Provision:
    if isinstance(part, Block):
        return part
    id = ids.make(part.kind, part.number, scope if part.kind in ALONE else above)
    inner = "" if part.kind in CLEAR else id
    inside = id if part.kind in SCOPES else scope
    body = tuple(_made(each, ids, inner, inside) for each in part.body)
    return Provision(id, part.kind, tuple(part.head), body, part.name)
