"""The graph of a compiled book: instruments, provisions, norms, actors, acts and states."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Iterator

from writ.book.labels import beneath
from writ.book.model import Book, Instrument, Norm, Place
from writ.corpus.graph.model import (
    ACT,
    ACTOR,
    INSTRUMENT,
    NORM,
    OUTSIDE,
    PROVISION,
    STATE,
    Edge,
    Graph,
    Node,
    key,
)
from writ.diagnostics import Source
from writ.syntax.provisions import label_of

_LINE = re.compile(r"^(?:(?P<level>#{1,6})[ \t]+(?P<title>.*)|(?P<fence>`{3,}|~{3,}))", re.M)


class Builder:
    """Nodes and edges as they come; a node that is only named is made once."""

    def __init__(self, book: Book, at: dt.date) -> None:
        self.book = book
        self.at = at
        self.nodes: dict[str, Node] = {}
        self.edges: list[Edge] = []

    def graph(self) -> Graph:
        return Graph(self.book.title or self.book.name, self.nodes, self.edges)

    def line(self, place: Place) -> int:
        """The line of a place."""
        source = self.book.sources.get(place.file)
        return source.span(place.span).line if source is not None else 0

    def edge(
        self, source: str, target: str, kind: str, words: str = "", place: Place | None = None
    ) -> None:
        file, line = (place.file, self.line(place)) if place is not None else ("", 0)
        self.edges.append(Edge(source, target, kind, words, "", file, line))

    def provision(
        self, instrument: str, label: str, title: str = "", line: int = 0, above: str | None = None
    ) -> str:
        """The id of the node of a provision, which is made if need be; of the instrument where there is no label."""
        if not label or instrument not in self.book.instruments:
            return key(INSTRUMENT, instrument)
        id = key(PROVISION, f"{instrument}/{label}")
        if id not in self.nodes:
            one = self.book.instruments[instrument]
            self.nodes[id] = Node(
                id,
                PROVISION,
                one.cite(label),
                title,
                rank=one.rank,
                instrument=instrument,
                status=status(one.start, one.end, self.at),
                file=one.place.file,
                line=line,
            )
            if above is None:
                above = _above(label)
                while above and key(PROVISION, f"{instrument}/{above}") not in self.nodes:
                    above = _above(above)
            up = key(PROVISION, f"{instrument}/{above}") if above else key(INSTRUMENT, instrument)
            self.edges.append(Edge(id, up, "part-of", "", "", one.place.file, line))
        return id

    def outside(self, name: str, title: str = "") -> str:
        """The id of the node of something that the book names and does not hold."""
        id = key(OUTSIDE, name)
        if id not in self.nodes:
            self.nodes[id] = Node(
                id, OUTSIDE, title or name, name if title else "", status="outside"
            )
        return id

    def actor(self, name: str) -> str:
        return key(ACTOR, name)

    def act(self, name: str) -> str:
        return key(ACT, name)


def build(book: Book, at: dt.date) -> Graph:
    """The whole graph of a book, with what is not in force on a day marked so.

    Of imported law the sidecars are read: its references, and what became of each enabling link.
    """
    from writ.corpus.graph import imported, relations, statements

    made = Builder(book, at)
    for one in book.instruments.values():
        _instrument(made, one)
    for name, actor in book.vocabulary.actors.items():
        vacant = any(
            each.start <= at and (each.end is None or at <= each.end) for each in actor.vacancies
        )
        id = made.actor(name)
        place = actor.place
        made.nodes[id] = Node(
            id, ACTOR, actor.description or name, name, actor.kind,
            status="vacant" if vacant else "", file=place.file, line=made.line(place),
        )  # fmt: skip
    for name, act in book.vocabulary.acts.items():
        id = made.act(name)
        made.nodes[id] = Node(
            id, ACT, act.description or name, name, file=act.place.file, line=made.line(act.place)
        )
    for name, state in book.vocabulary.states.items():
        id = key(STATE, name)
        place = state.place
        made.nodes[id] = Node(
            id, STATE, state.description or name, name, file=place.file, line=made.line(place)
        )
    for norm in book.norms:
        _norm(made, norm)
    relations.add(made)
    statements.add(made)
    imported.add(made)
    return made.graph()


def _instrument(made: Builder, one: Instrument) -> None:
    id = key(INSTRUMENT, one.id)
    made.nodes[id] = Node(
        id,
        INSTRUMENT,
        one.title,
        one.citation,
        one.kind,
        one.rank,
        one.id,
        status(one.start, one.end, made.at),
        one.place.file,
        1,
    )
    source = made.book.sources.get(one.place.file)
    within: list[tuple[int, str]] = []
    for level, label, title, line in headings(source) if source is not None else ():
        # `29.26` is beneath `29` only where its heading is, too.
        while within and not (within[-1][0] < level and beneath(label, within[-1][1])):
            within.pop()
        made.provision(one.id, label, title, line, within[-1][1] if within else "")
        within.append((level, label))


def headings(source: Source) -> Iterator[tuple[int, str, str, int]]:
    """The headings of an instrument that are provisions: level, label, title and line."""
    fence = ""
    for match in _LINE.finditer(source.text):
        mark = match["fence"]
        if mark:
            if not fence:
                fence = mark
            elif mark[0] == fence[0] and len(mark) >= len(fence):
                fence = ""
            continue
        if fence:
            continue
        title = match["title"].strip()
        label = label_of(title)
        if label:
            words = title.partition(label)[2].strip(" .:—–-\t")
            yield len(match["level"]), label, words, bisect_right(source.starts, match.start())


def _norm(made: Builder, norm: Norm) -> None:
    id = key(NORM, norm.id)
    line = made.line(norm.label_place)
    above = made.provision(norm.instrument, norm.label, "", line)
    suspended = any(
        gap.start <= made.at and (gap.end is None or made.at <= gap.end) for gap in norm.gaps
    )
    made.nodes[id] = Node(
        id,
        NORM,
        norm.citation,
        norm.title,
        norm.kind,
        norm.rank,
        norm.instrument,
        "suspended" if suspended else status(norm.start, norm.end, made.at),
        norm.place.file,
        line,
    )
    made.edges.append(Edge(id, above, "part-of", "", "", norm.place.file, line))


def status(start: dt.date | None, end: dt.date | None, at: dt.date) -> str:
    """What a day says of something that is in force from `start` until the day before `end`."""
    if end is not None and end <= at:
        return "repealed"
    return "not in force" if start is None or start > at else ""


def _above(label: str) -> str:
    """The label of the provision that another stands in: `17` of `17(1)`, `17(1)` of `17(1)(a)`."""
    at = label.rfind("(")
    return label[:at] if at > 0 else ""
