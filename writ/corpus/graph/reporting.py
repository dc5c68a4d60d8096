"""A graph in words and as data: what there is, what is not resolved, and what its shape tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from writ.corpus.graph.analysis import Analysis
from writ.corpus.graph.model import EDGES, Edge, Graph

SHOWN = 40
"""Sorts of links that are not resolved, in the text; the JSON has all."""


def text(graph: Graph, analysis: Analysis | None, every: bool = False) -> str:
    """The report; `every` lists all that is not resolved."""
    return "\n".join(_lines(graph, analysis, every)) + "\n"


def data(graph: Graph, analysis: Analysis | None) -> dict[str, Any]:
    """The graph as JSON: nodes and edges with all that they hold, and the analysis where there is one."""
    import msgspec

    found: dict[str, Any] = {
        "title": graph.title,
        "notes": graph.notes,
        "nodes": [msgspec.to_builtins(each) for each in graph.nodes.values()],
        "edges": [msgspec.to_builtins(each) for each in graph.edges],
    }
    if analysis is not None:
        found["analysis"] = {
            "parts": list(analysis.parts),
            "circles": [list(each) for each in analysis.circles],
            "chain": list(analysis.chain),
            "points": [each._asdict() for each in analysis.points],
        }
    return found


def _lines(graph: Graph, analysis: Analysis | None, every: bool) -> Iterator[str]:
    yield graph.title
    kinds = Counter(node.kind for node in graph.nodes.values())
    yield f"\n{len(graph.nodes):,} nodes: {_counted(kinds)}"
    edges = Counter(edge.kind for edge in graph.edges)
    yield f"{len(graph.edges):,} edges"
    width = max(map(len, edges), default=0)
    for kind, times in edges.most_common():
        yield f"  {kind:<{width}}  {times:>7,}  {EDGES.get(kind, '')}"
    if analysis is not None:
        yield from _shape(graph, analysis)
    lost = graph.unresolved
    yield f"\nNot resolved ({len(lost):,})"
    groups: dict[tuple[str, str, str], list[Edge]] = {}
    for edge in lost:
        groups.setdefault((edge.kind, edge.target, edge.unresolved), []).append(edge)
    order = sorted(groups, key=lambda each: (each[0] != "under", -len(groups[each])))
    for kind, target, why in order if every else order[:SHOWN]:
        several = groups[kind, target, why]
        yield f"  {kind} {_name(graph, target)}, {why} ({len(several):,})"
        for edge in several if every or kind == "under" else several[:3]:
            yield f"    {_place(edge)}{_name(graph, edge.source)}{f': {edge.words}' if edge.words else ''}"
        if not every and kind != "under" and len(several) > 3:
            yield f"    and {len(several) - 3:,} more"
    if not every and len(order) > SHOWN:
        left = sum(len(groups[each]) for each in order[SHOWN:])
        yield f"  and {left:,} more, of {len(order) - SHOWN:,} sorts; --all lists them"
    if graph.notes:
        yield ""
        yield from graph.notes


def _shape(graph: Graph, analysis: Analysis) -> Iterator[str]:
    parts = analysis.parts
    some = ", ".join(f"{each:,}" for each in parts[:6])
    yield f"\nParts that nothing joins ({len(parts):,}): {some}{' …' if len(parts) > 6 else ''} nodes"
    yield f"\nCircles of authority ({len(analysis.circles)})"
    for circle in analysis.circles:
        yield f"  {' → '.join(_name(graph, id) for id in (*circle, circle[0]))}"
    if analysis.chain:
        # A norm and the provision in which it stands have one name.
        chain = list(dict.fromkeys(_name(graph, id) for id in analysis.chain))
        yield f"\nLongest chain of authority ({len(chain)} steps)"
        yield f"  {' → '.join(chain)}"
    yield f"\nSingle points of authority ({len(analysis.points)}): what has no way to the highest law without it"
    for point in analysis.points:
        made = f"{point.instruments:,} instrument{'' if point.instruments == 1 else 's'}"
        norms = "power or duty" if point.powers == 1 else "powers and duties"
        powers = f", {point.powers:,} {norms}" if point.powers else ""
        yield f"  {_name(graph, point.node)}: {made}{powers}"


def _name(graph: Graph, id: str) -> str:
    node = graph.nodes[id]
    if node.kind in ("provision", "norm"):
        return id.partition(":")[2].replace("/", " ", 1)
    if node.kind == "instrument":
        return node.instrument
    return node.label if node.kind == "outside" else node.title or node.label


def _place(edge: Edge) -> str:
    return f"{edge.file}:{edge.line or 1}  " if edge.file else ""


def _counted(kinds: Counter[str]) -> str:
    many = {"outside": "outside the book"}
    return ", ".join(
        f"{times:,} {many.get(kind, kind if times == 1 else kind + 's')}"
        for kind, times in kinds.most_common()
    )
