"""Where an instrument leads: what it is made under, what it refers to and what refers to it, with a picture."""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec
from django.utils.safestring import SafeString
from django.utils.translation import gettext_noop

from ministry.console.places import Head, href_to, page_of
from ministry.console.provisions import made_here
from ministry.console.reading import Reading
from ministry.console.said import anchor
from ministry.editions.indexed import searching
from ministry.editions.queries import law_of
from writ.book.model import Book
from writ.corpus.graph.model import INSTRUMENT, Edge, Graph, Node, key
from writ.corpus.graph.pictures import picture
from writ.corpus.graph.selection import around
from writ.formats.reader.about import chain

MOST = 12
"""Provisions that refer to one, shown with it."""
NEAR = 16
"""Instruments of a picture."""
_STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)
_WIDTH = re.compile(r' style="stroke-width:([\d.]+)"')
_LINE = re.compile(r'(<a href="[^"#]*)#L\d+"')
_NAMED = {
    'role="img"': 'role="group"',
    'id="t"': 'id="refs-t"',
    'id="d"': 'id="refs-d"',
    '"t d"': '"refs-t refs-d"',
}
WORDS = {
    "under": gettext_noop("is made under"),
    "cites": gettext_noop("refers to"),
    "overrides": gettext_noop("prevails over"),
}


class Step(msgspec.Struct, frozen=True):
    """One provision of the authority that an instrument rests on."""

    title: str
    citation: str
    href: str
    rank: str


class Lead(msgspec.Struct, frozen=True):
    """One relation between two instruments."""

    how: str
    title: str
    href: str
    count: int
    inward: bool


def authority(read: Reading, instrument: str) -> list[Step]:
    """What it is made under, the highest first."""
    book = read.law.book
    steps = []
    for above, name, label in chain(book, book.instruments[instrument]):
        if above is None:
            steps.append(Step(name, label, "", gettext_noop("not in the book")))
            continue
        href = href_to(read.law, above.id, label, edition=read.edition)
        steps.append(
            Step(above.title, above.cite(label) if label else "", href, book.ranks[above.rank])
        )
    return steps[::-1]


def cited_by(
    read: Reading, instrument: str, heads: tuple[Head, ...]
) -> dict[str, list[tuple[str, str]]]:
    """By the anchor of each heading, the citations and addresses of what refers to it or to a part of it."""
    labels = [one.label for one in heads if one.label]
    if not labels:
        return {}
    low, high = min(labels), max(labels)
    sql = (
        'SELECT DISTINCT c.label, r.label, r.citation, f.instrument, r.line FROM cite c JOIN row r ON r.id = c."row"'
        " JOIN file f ON f.id = r.file WHERE c.instrument = ? AND c.label <> ''"
    )
    whole = len(labels) > 400
    marks = (
        "" if whole else " OR ".join("c.label = ? OR c.label LIKE ? ESCAPE '\\'" for _ in labels)
    )
    values = [
        value for one in labels for value in (one, f"{one.replace('%', '').replace('_', '')}(%")
    ]
    if whole:
        found_rows = _asked(read, f"{sql} AND c.label BETWEEN ? AND ?", [instrument, low, high])
    else:
        found_rows = _asked(read, f"{sql} AND ({marks}) LIMIT 2000", [instrument, *values])
    by_anchor = {one.anchor for one in heads if one.anchor}
    found: dict[str, list[tuple[str, str]]] = {}
    for label, own, citation, other, line in found_rows:
        place = anchor(label)
        while place and place not in by_anchor:
            place = place.rpartition("-")[0]
        if not place or (other == instrument and anchor(own) == place):
            continue
        rows = found.setdefault(place, [])
        href = href_to(read.law, other, own, line, read.edition)
        if (citation or own, href) not in rows:
            rows.append((citation or own, href))
    return found


def _asked(read: Reading, sql: str, values: list[str]) -> list[tuple[str, str, str, str, int]]:
    with searching(read.law.digest, wait=False) as index:
        return index.connection.execute(sql, values).fetchall()


@lru_cache(maxsize=8)
def relations(digest: str) -> dict[str, tuple[Edge, ...]]:
    """The relations of each instrument of an edition to others, from both ends."""
    book = law_of(digest).book
    count: dict[tuple[str, str, str], int] = {}
    for item in book.instruments.values():
        if item.under is not None and item.under[0] in book.instruments:
            count[item.id, item.under[0], "under"] = 1
    by_id = book.by_id
    for one in book.overrides:
        winner, loser = by_id.get(one.winner), by_id.get(one.loser)
        if winner is not None and loser is not None and winner.instrument != loser.instrument:
            way = winner.instrument, loser.instrument, "overrides"
            count[way] = count.get(way, 0) + 1
    sql = (
        'SELECT f.instrument, c.instrument, count(*) FROM cite c JOIN row r ON r.id = c."row"'
        " JOIN file f ON f.id = r.file WHERE f.instrument <> c.instrument GROUP BY 1, 2"
    )
    with searching(digest, wait=False) as index:
        for source, target, number in index.connection.execute(sql):
            if source in book.instruments and target in book.instruments:
                count[source, target, "cites"] = number
    found: dict[str, list[Edge]] = {}
    for (source, target, kind), number in count.items():
        edge = Edge(key(INSTRUMENT, source), key(INSTRUMENT, target), kind, count=number)
        for end in {source, target}:
            found.setdefault(end, []).append(edge)
    return {name: tuple(edges) for name, edges in found.items()}


def leads(read: Reading, instrument: str) -> list[Lead]:
    """Each relation of an instrument, as a row of a table."""
    book, own = read.law.book, key(INSTRUMENT, instrument)
    found = []
    for edge in relations(read.law.digest).get(instrument, ()):
        inward = edge.target == own
        other = book.instruments[_id(edge.source if inward else edge.target)]
        href = page_of(other.id, read.edition)
        found.append(Lead(WORDS[edge.kind], other.title, href, edge.count, inward))
    return sorted(found, key=lambda one: (one.inward, one.how, one.title))


@lru_cache(maxsize=128)
def drawn(digest: str, instrument: str, edition: str) -> SafeString:
    """The relations of an instrument as a picture; empty where it has none."""
    book, known = law_of(digest).book, relations(digest)
    near = sorted(known.get(instrument, ()), key=lambda one: (one.kind != "under", -one.count))
    if not near:
        return SafeString()
    ids = list(dict.fromkeys(_id(end) for one in near for end in (one.source, one.target)))[:NEAR]
    edges = {one for name in ids for one in known.get(name, ()) if _both(one, ids)}
    nodes = {key(INSTRUMENT, name): _node(book, name, edition) for name in ids}
    own = key(INSTRUMENT, instrument)
    order = sorted(edges, key=lambda one: (one.source, one.target, one.kind))
    graph = around(Graph(book.instruments[instrument].title, nodes, order), own, 1)
    text = picture(graph, "references", book.ranks, own, "instrument")
    # The policy of the pages allows no style but that of the style sheet, which has these rules.
    text = _WIDTH.sub(r' stroke-width="\1"', _STYLE.sub("", text, count=1))
    text = _LINE.sub(r'\1"', text)
    for old, new in _NAMED.items():
        text = text.replace(old, new, 1)
    return made_here(text)


def _both(edge: Edge, ids: list[str]) -> bool:
    return _id(edge.source) in ids and _id(edge.target) in ids


def _id(end: str) -> str:
    return end.partition(":")[2]


def _node(book: Book, name: str, edition: str) -> Node:
    item = book.instruments[name]
    return Node(
        key(INSTRUMENT, name), INSTRUMENT, item.citation or item.title, item.title, item.kind,
        item.rank, name, file=page_of(name, edition),
    )  # fmt: skip


__all__ = ["authority", "cited_by", "drawn", "leads", "relations"]
