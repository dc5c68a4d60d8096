"""How many of all that was found there are by instrument, kind, what it is, modality and bearer."""

from __future__ import annotations

from collections import Counter

import msgspec

from writ.corpus.search import schema
from writ.corpus.search.index import Index
from writ.corpus.search.rows import SORTS

_FACETED = 25
"""Values of one facet that are given; the rest are counted together."""


class Facet(msgspec.Struct, frozen=True):
    """How many of all that was found have each value, the commonest first; `others` have values not listed."""

    values: tuple[tuple[str, int], ...]
    others: int = 0


def facets_of(index: Index, ids: list[int]) -> dict[str, Facet]:
    """How many of the rows are of each instrument, kind, sort, modality and bearer."""
    connection = index.connection
    heads = Counter([id >> schema.PLACE_BITS for id in ids])
    files = {
        id: (instrument, kind)
        for id, instrument, kind in connection.execute("SELECT id, instrument, kind FROM file")
    }
    counts: dict[str, Counter[str]] = {
        each: Counter() for each in ("instrument", "kind", "is", "modality", "bearer")
    }
    for head, number in heads.items():
        instrument, kind = files[head >> schema.SORT_BITS]
        counts["is"][SORTS[head & ((1 << schema.SORT_BITS) - 1)]] += number
        counts["kind"][kind] += number
        if instrument:
            counts["instrument"][instrument] += number
    if index.norms is None:
        index.norms = connection.execute(
            'SELECT n."row", n.modality, x.name FROM norm n LEFT JOIN norm_name x '
            "ON x.norm = n.id AND x.role = 'bearer'"
        ).fetchall()
    wanted = set(ids) if index.norms else set()
    pairs = {each for each in index.norms if each[0] in wanted}
    counts["modality"] = Counter(name for _, name in {(row, kind) for row, kind, _ in pairs})
    counts["bearer"] = Counter(name for _, name in {(row, who) for row, _, who in pairs if who})
    return {name: _facet(each) for name, each in counts.items()}


def _facet(counts: Counter[str]) -> Facet:
    ordered = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    rest = sum(number for _, number in ordered[_FACETED:])
    return Facet(tuple(ordered[:_FACETED]), rest)
