"""A law cut into what is read together: a heading, its text, and the norms that stand there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from writ.book.model import Book, Norm
from writ.formats.reader.content import Law, Piece, Run, Runs

_LABEL = r"\d+[A-Za-z]?(?:\.\d+)*(?:\(\w{1,5}\))*"
_CITED = re.compile(
    rf"\b(?:sections?|subsections?|paragraphs?|articles?|ss?\.|[Aa]rt\.)\s(?>({_LABEL}"
    rf"(?:(?:,\s|\s(?:and|or|to)\s|,\s(?:and|or)\s){_LABEL})*+))(?!\s?\(?\w?\s?of\s(?!this\b))",
    re.IGNORECASE,
)
"""Provisions of the same law, as text cites them; `section 4 of the Locks Act` is another's."""
_ONE = re.compile(_LABEL)


class Group(msgspec.Struct):
    """A heading with what stands under it, up to the next."""

    anchor: str
    level: int
    """1 for the highest; no level is passed over on the way down."""
    heading: Piece | None
    pieces: list[Piece]
    norms: list[Norm]
    referred: dict[str, str]
    """Groups whose text refers to this one: their anchor, and how they are cited."""
    bare: bool = False
    """Whether nothing stands under it: its blocks, if any, only declare words."""

    @property
    def label(self) -> str:
        return self.heading.label if self.heading else ""


def groups(book: Book, law: Law) -> list[Group]:
    """The groups of a law in order, with its norms and the references between them."""
    found = [Group("start", 1, None, [], [], {})]
    open_: list[int] = []
    for piece in law.pieces:
        if piece.kind == "heading":
            while open_ and open_[-1] >= piece.depth:
                open_.pop()
            open_.append(piece.depth)
            found.append(Group(piece.anchor, len(open_), piece, [], [], {}))
        else:
            found[-1].pieces.append(piece)
    _place(book, law, found)
    _refer(found)
    for group, after in zip(found, [*found[1:], None], strict=True):
        inner = after is not None and after.level > group.level
        group.bare = not (law.imported or inner or group.pieces or group.norms)
    if not found[0].pieces and not found[0].norms:
        del found[0]
    return found


def _place(book: Book, law: Law, found: Sequence[Group]) -> None:
    """Each norm under the heading that it is written under, or for imported law, that has its label."""
    lines = [group.heading.line if group.heading else 0 for group in found]
    labelled = {label: group for group in found for label in _labels(group)}
    for norm in book.norms:
        if norm.instrument != law.id:
            continue
        if law.imported:
            _nearest(labelled, norm.label, found[0]).norms.append(norm)
            continue
        line = book.span(norm.place).line
        at = max((n for n, start in enumerate(lines) if start <= line), default=0)
        found[at].norms.append(norm)


def _labels(group: Group) -> Iterator[str]:
    if group.label:
        yield group.label
    yield from (piece.label for piece in group.pieces if piece.label)


def _nearest(labelled: Mapping[str, Group], label: str, otherwise: Group) -> Group:
    """The group of a provision, or of the nearest that it stands in: of `17(1)(a)`, `17(1)`, `17`."""
    while label:
        if label in labelled:
            return labelled[label]
        label = label.rpartition("(")[0]
    return otherwise


# --- references


def targets(found: Sequence[Group]) -> dict[str, str]:
    """The anchor of each provision by its label."""
    known: dict[str, str] = {}
    for group in found:
        for piece in (group.heading, *group.pieces):
            if piece is not None and piece.label and piece.anchor:
                known.setdefault(piece.label, piece.anchor)
    for label, anchor in list(known.items()):
        # Who cites section 25 where only its subsections have headings means the first of them.
        while label := label.rpartition("(")[0]:
            known.setdefault(label, anchor)
    return known


def _refer(found: Sequence[Group]) -> None:
    labelled: dict[str, Group] = {}
    for group in found:
        for label in _labels(group):
            labelled.setdefault(label, group)
    for label, group in list(labelled.items()):
        while label := label.rpartition("(")[0]:
            labelled.setdefault(label, group)
    for group in found:
        if not group.label:
            continue
        for piece in group.pieces:
            if piece.kind == "history":
                continue  # it cites the acts that made the changes
            for label, _, _ in cited("".join(run.text for run in piece.runs)):
                other = labelled.get(label) or _nearest(labelled, label, group)
                if other is not group:
                    other.referred.setdefault(group.anchor, group.label)


def cited(text: str) -> Iterator[tuple[str, int, int]]:
    """The labels that a text cites, with where each stands in it."""
    for phrase in _CITED.finditer(text):
        for one in _ONE.finditer(text, phrase.start(1), phrase.end(1)):
            yield one[0], one.start(), one.end()


def linked(runs: Runs, known: Mapping[str, str]) -> Iterator[tuple[Run, str]]:
    """The runs, cut where they cite a provision that is there; with its anchor."""
    whole = "".join(run.text for run in runs)
    spots = [
        (start, end, anchor)
        for label, start, end in cited(whole)
        if (anchor := _anchor(known, label))
    ]
    at = 0
    for run in runs:
        begin, stop = at, at + len(run.text)
        here = begin
        for start, end, anchor in spots:
            if start < here or end > stop:
                continue  # a citation across two styles stays as it is
            if start > here:
                yield run._replace(text=whole[here:start]), ""
            yield run._replace(text=whole[start:end]), anchor
            here = end
        if here < stop:
            yield run._replace(text=whole[here:stop]), ""
        at = stop


def _anchor(known: Mapping[str, str], label: str) -> str:
    while label:
        if label in known:
            return known[label]
        label = label.rpartition("(")[0]
    return ""
