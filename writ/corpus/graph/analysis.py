"""What the shape of a graph of authority tells: circles, the longest chain, and single points of authority."""

from __future__ import annotations

from typing import Any, NamedTuple

from writ.corpus.graph.model import INSTRUMENT, NORM, OUTSIDE, PROVISION, Graph


class Point(NamedTuple):
    """A provision or instrument, and how many powers and duties have no other way up to the highest law."""

    node: str
    powers: int
    instruments: int


class Analysis(NamedTuple):
    """`parts`: the sizes of what is not joined, the largest first. `chain`: the longest, from the lowest law up."""

    parts: tuple[int, ...]
    circles: tuple[tuple[str, ...], ...]
    chain: tuple[str, ...]
    points: tuple[Point, ...]


_UP = frozenset({"part-of", "under"})
_MOST = 20
_CIRCLES = 100


def analysed(graph: Graph) -> Analysis:
    """The figures of a whole graph, by rustworkx.

    Raises:
        ModuleNotFoundError: rustworkx is not installed.
    """
    import rustworkx

    law = {id: at for at, id in enumerate(_law(graph))}
    names = list(law)
    down: Any = rustworkx.PyDiGraph()
    down.add_nodes_from(names)
    down.extend_from_edge_list(
        [
            (law[each.target], law[each.source])
            for each in graph.edges
            if each.kind in _UP and each.source in law and each.target in law
        ]
    )
    sizes = sorted(map(len, rustworkx.weakly_connected_components(down)), reverse=True)
    circles = _circles(rustworkx, down, names)
    chain: tuple[str, ...] = ()
    points: tuple[Point, ...] = ()
    if not circles:
        chain = tuple(names[at] for at in _longest(rustworkx, down))
        points = _points(rustworkx, graph, down, names)
    return Analysis(tuple(sizes), circles, chain, points)


def _law(graph: Graph) -> list[str]:
    kinds = {INSTRUMENT, PROVISION, NORM, OUTSIDE}
    outside = {each.target for each in graph.edges if each.kind == "under"}
    return [
        id
        for id, node in graph.nodes.items()
        if node.kind in kinds and (node.kind != OUTSIDE or id in outside)
    ]


def _longest(rustworkx: Any, down: Any) -> list[int]:
    """The longest chain from the bottom up; of several the one that begins and goes on first in the book."""
    deep: dict[int, tuple[int, int]] = {}
    for at in rustworkx.topological_sort(down):
        above = ((deep[each][0] + 1, -each) for each in down.predecessor_indices(at))
        deep[at] = max(above, default=(1, 1))
    at = max(deep, key=lambda each: (deep[each][0], -each), default=-1)
    found = []
    while at >= 0:
        found.append(at)
        at = -deep[at][1]
    return found


def _circles(rustworkx: Any, down: Any, names: list[str]) -> tuple[tuple[str, ...], ...]:
    """One circle of each knot of authority; each node in it rests on the next."""
    found: list[tuple[str, ...]] = []
    for knot in rustworkx.strongly_connected_components(down):
        if len(knot) > 1 and len(found) < _CIRCLES:
            edges = rustworkx.digraph_find_cycle(down.subgraph(sorted(knot)))
            inner = sorted(knot)
            found.append(tuple(names[inner[source]] for source, _ in edges)[::-1])
    return tuple(found)


def _points(rustworkx: Any, graph: Graph, down: Any, names: list[str]) -> tuple[Point, ...]:
    """By dominators: whatever of the highest law one comes from, the way to a power goes through these."""
    root = down.add_node("")
    for at in range(len(names)):
        if not down.in_degree(at):
            down.add_edge(root, at, None)
    over = rustworkx.immediate_dominators(down, root)
    powers, instruments = [0] * (root + 1), [0] * (root + 1)
    order = list(rustworkx.topological_sort(down))
    for at in reversed(order):
        if at == root:
            continue
        node = graph.nodes[names[at]]
        powers[at] += node.kind == NORM and node.sort in ("power", "delegation", "duty")
        instruments[at] += node.kind == INSTRUMENT
        powers[over[at]] += powers[at]
        instruments[over[at]] += instruments[at]
    found = [
        Point(names[at], powers[at], instruments[at] - (graph.nodes[names[at]].kind == INSTRUMENT))
        for at in range(len(names))
        if graph.nodes[names[at]].kind == PROVISION and instruments[at] > 0
    ]
    return tuple(
        sorted(found, key=lambda each: (-each.instruments, -each.powers, each.node))[:_MOST]
    )
