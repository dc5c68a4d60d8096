"""Imported law as pieces, from the document beside its instrument."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from writ.formats.legislation.akn_tables import spans_of
from writ.formats.legislation.labels import WHOLE
from writ.formats.legislation.markdown import BLANK, GROUPS
from writ.formats.legislation.model import Block, Mark, Provision
from writ.formats.legislation.model import Runs as Marks
from writ.formats.legislation.sidecar import Sidecar
from writ.formats.legislation.text import APART, normalised
from writ.formats.reader.content import Cell, Law, Piece, Rows, Run, Runs, plain

_STYLES = {
    "term": "term",
    "emphasis": "emphasis",
    "superscript": "sup",
    "subscript": "sub",
    "reference": "reference",
    "note-reference": "sup",
}
_KINDS = {"history": "history", "footnote": "footnote", "signature": "signature", "title": "title"}
_TITLES = ("heading", "subheading", "marginal", "reference")
_SET_IN = frozenset(
    {"paragraph", "subparagraph", "clause", "subclause", "item", "definition", "list"}
)
"""Provisions that stand further in than the one around them."""


def imported(sidecar: Sidecar, name: str) -> Law:
    """The law that a sidecar holds."""
    document = sidecar.document
    return Law(
        name,
        normalised(document.short_title or document.title),
        normalised(document.title) if document.short_title else "",
        document.language or "en",
        tuple(_Walk(sidecar.labels).body(document.body, 1, 0)),
        True,
        tuple(
            (each.kind, each.provision, each.instrument, each.label) for each in sidecar.resolved
        ),
    )


class _Walk:
    def __init__(self, labels: Mapping[str, str]) -> None:
        self.labels = labels

    def body(self, body: Iterable[Block | Provision], level: int, depth: int) -> Iterator[Piece]:
        for each in body:
            if isinstance(each, Block):
                yield from block_pieces(each, depth)
            else:
                yield from self.provision(each, level, depth)

    def provision(self, part: Provision, level: int, depth: int) -> Iterator[Piece]:
        label = self.labels.get(part.id, "")
        headed = (part.kind in WHOLE and label) or (part.kind in GROUPS and part.head)
        if headed:
            number, titles = _head(part, "number"), _head(part, *_TITLES)
            yield Piece("heading", titles, level, part.id, label, number=plain(number))
            yield from self.body(part.body, level + 1, 0)
            return
        yield from self._numbered(part, level, depth + (part.kind in _SET_IN), label)

    def _numbered(self, part: Provision, level: int, depth: int, label: str) -> Iterator[Piece]:
        """A provision without a heading: its number before its first words."""
        number, titles = plain(_head(part, "number")), _head(part, *_TITLES)
        others = [b for b in part.head if b.kind not in ("number", *_TITLES)]
        if titles:
            yield Piece("marginal", titles, depth, part.id, label)
        pieces = list(self.body([*others, *part.body], level, depth))
        own = bool(part.body) and isinstance(part.body[0], Block)
        if not number:
            at = 0 if pieces and own and not titles else -1
            for place, piece in enumerate(pieces):
                yield piece._replace(anchor=part.id, label=label) if place == at else piece
            return
        anchor = "" if titles else part.id
        first = pieces[0] if pieces else None
        if own and first is not None and first.kind == "text" and not first.number:
            yield first._replace(number=number, anchor=anchor, label=label)
            yield from pieces[1:]
        else:
            yield Piece("text", (), depth, anchor, label, number=number)
            yield from pieces


def _head(part: Provision, *kinds: str) -> Runs:
    """The words of the head of these kinds, in the order of the kinds."""
    found: list[Run] = []
    for kind in kinds:
        for block in part.head:
            if block.kind == kind and (runs := inline(block.runs)):
                found += [Run(" "), *runs] if found else runs
    return tuple(found)


def block_pieces(block: Block, depth: int) -> Iterator[Piece]:
    """The pieces of a block: what stands apart in it is on a line of its own."""
    if block.kind == "meta":
        return
    if block.kind == "table" and (rows := table_rows(block.runs)):
        for runs in _beside_rows(block.runs):
            yield Piece("text", runs, depth)
        yield Piece("table", (), depth, rows=rows)
        return
    kind = _KINDS.get(block.kind, "text")
    if kind == "history":
        # Each note is one, however its source sets it.
        for run in block.runs:
            if said := inline((run,)):
                yield Piece(kind, said, depth)
        return
    yield from _paragraphs(block.runs, kind, depth)


def _paragraphs(runs: Marks, kind: str, depth: int) -> Iterator[Piece]:
    waiting: list[str | Mark] = []
    number = ""
    for run in runs:
        if isinstance(run, Mark) and run.kind == "number":
            yield from _piece(waiting, kind, depth, number)
            waiting, number = [], plain(inline(run.runs))
        elif isinstance(run, Mark) and run.kind in APART and run.kind != "heading":
            if inline(tuple(waiting)):
                yield from _piece(waiting, kind, depth, number)
                number = ""
            waiting = []
            inner = depth + (run.kind in ("item", "quotation-block"))
            for piece in _paragraphs(run.runs, kind, inner):
                if number and not piece.number:
                    piece = piece._replace(number=number)
                    number = ""
                yield piece
        else:
            waiting.append(run)
    yield from _piece(waiting, kind, depth, number)


def _piece(waiting: list[str | Mark], kind: str, depth: int, number: str) -> Iterator[Piece]:
    runs = inline(tuple(waiting))
    if runs or number:
        yield Piece(kind, runs, depth, number=number)


def inline(runs: Marks) -> Runs:
    """Marks as runs, without blanks at the ends; what stands apart has blanks around it."""
    found = list(_inline(runs, "", ""))
    joined: list[Run] = []
    for run in found:
        if joined and joined[-1][1:] == run[1:]:
            joined[-1] = joined[-1]._replace(text=joined[-1].text + run.text)
        else:
            joined.append(run)
    if joined:
        joined[0] = joined[0]._replace(text=joined[0].text.lstrip())
        joined[-1] = joined[-1]._replace(text=joined[-1].text.rstrip())
    return tuple(run for run in joined if run.text)


def _inline(runs: Marks, style: str, target: str) -> Iterator[Run]:
    for run in runs:
        if isinstance(run, str):
            yield Run(run, style, target)
            continue
        if run.kind == "leader" and not run.runs:
            yield Run(f" {BLANK} ", style, target)
            continue
        more = _style(run)
        both = " ".join(sorted({*style.split(), *more.split()}))
        apart = run.kind in APART
        if apart:
            yield Run(" ", style, target)
        yield from _inline(run.runs, both, run.target or target)
        if apart:
            yield Run(" ", style, target)


def _style(run: Mark) -> str:
    if run.kind == "emphasis":
        said = dict(run.attributes).get("style", "") or run.name
        return "strong" if said.lower() in ("bold", "b", "strong") else "emphasis"
    return _STYLES.get(run.kind, "")


def table_rows(runs: Marks) -> Rows:
    """The rows of a table, those of its head first marked as such."""
    found: list[tuple[Cell, ...]] = []

    def walk(runs: Marks, head: bool, columns: dict[str, int]) -> None:
        own = _columns(runs) or columns
        for run in runs:
            if isinstance(run, str):
                continue
            if run.kind == "row":
                cells = [each for each in run.runs if isinstance(each, Mark)]
                found.append(tuple(_cell(each, head, own) for each in cells))
            else:
                walk(run.runs, head or run.name == "thead", own)

    walk(runs, False, {})
    return tuple(row for row in found if row)


def _cell(cell: Mark, head: bool, columns: dict[str, int]) -> Cell:
    wide, high = spans_of(cell, columns)
    return Cell(inline(cell.runs), head or cell.name == "th", wide, high)


def _columns(runs: Marks) -> dict[str, int]:
    found: dict[str, int] = {}
    for run in runs:
        if isinstance(run, Mark) and run.kind == "column":
            found.setdefault(dict(run.attributes).get("colname", ""), len(found) + 1)
    found.pop("", None)
    return found


def _beside_rows(runs: Marks) -> Iterator[Runs]:
    """What a table has beside its rows: its title and its notes."""
    for run in runs:
        if isinstance(run, str):
            if run.strip():
                yield (Run(normalised(run)),)
        elif run.kind in ("table", "group"):
            yield from _beside_rows(run.runs)
        elif run.kind != "row" and (said := inline((run,))):
            yield said
