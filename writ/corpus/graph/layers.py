"""A picture in layers with few crossings: each layer is ordered by the middle of its neighbours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import msgspec

from writ.corpus.graph.boxes import WIDTH, Band, Box, Line, Picture, many, of_node, rows_of
from writ.corpus.graph.model import Edge, Graph, Node

GAP_X, GAP_Y = 30.0, 74.0
ALIKE, MOST_ROWS = 3, 20
PER_ROW = 6
"""Boxes of one row; a wider layer has several."""
_SWEEPS = 12


def layered_picture(
    graph: Graph, layer_of: Mapping[str, int], names: Mapping[int, str], focus: str = ""
) -> Picture:
    """The picture of a graph whose nodes have layers, 0 on top.

    Several nodes of one layer that are joined to the same ones in the same way are one box, a row for each.
    """
    graph, alike = _gathered(graph, layer_of, focus)
    rows: list[list[str]] = []
    label: list[str] = []
    layers: dict[int, list[str]] = defaultdict(list)
    for id in graph.nodes:
        layers[layer_of[id]].append(id)
    near: dict[str, list[str]] = defaultdict(list)
    for edge in graph.edges:
        near[edge.source].append(edge.target)
        near[edge.target].append(edge.source)
    for level in sorted(layers):
        several = _split(layers[level], near)
        for number, row in enumerate(several):
            rows.append(row)
            label.append(names.get(level, "") if number == 0 else "")
    _ordered(rows, near)
    boxes = {
        id: _list(alike[id]) if id in alike else of_node(node) for id, node in graph.nodes.items()
    }
    if focus in boxes:
        boxes[focus].focus = True
    y = 0.0
    bands: list[Band] = []
    for row, name in zip(rows, label, strict=True):
        tall = max(boxes[id].h for id in row)
        for id in row:
            boxes[id].y = y + (tall - boxes[id].h) / 2
        if name or not bands:
            bands.append(Band(name, y - 16, tall + 32))
        else:
            bands[-1].h = y + tall + 16 - bands[-1].y
        y += tall + GAP_Y
    _abscissas(rows, near, boxes)
    left = min(box.x for box in boxes.values())
    for box in boxes.values():
        box.x -= left
    width = max(box.x + box.w for box in boxes.values())
    lines = [_line(edge, boxes, len(graph.edges) <= 45) for edge in graph.edges]
    for line in lines:
        across, deep = line.x1 + (line.x2 - line.x1) * 0.42, line.y1 + (line.y2 - line.y1) * 0.42
        half = 3.2 * min(len(line.words), 30)
        if any(
            box.x - half < across < box.x + box.w + half and box.y - 8 < deep < box.y + box.h + 8
            for box in boxes.values()
        ):
            line.words = ""  # it would hide a box; the line has its kind as a title
    return Picture(list(boxes.values()), lines, bands, width, y - GAP_Y, [])


def _gathered(
    graph: Graph, layer_of: Mapping[str, int], focus: str
) -> tuple[Graph, dict[str, list[Node]]]:
    """The graph with one edge between two nodes, and one node for those that are joined alike, with these."""
    between: dict[tuple[str, str], list[Edge]] = {}
    for edge in graph.edges:
        between.setdefault((edge.source, edge.target), []).append(edge)
    signs: dict[str, list[tuple[str, str, bool, str]]] = {id: [] for id in graph.nodes}
    for (source, target), several in between.items():
        kinds = " ".join(sorted({each.kind for each in several}))
        signs[source].append((target, "up", bool(several[0].unresolved), kinds))
        signs[target].append((source, "down", bool(several[0].unresolved), kinds))
    groups: dict[object, list[Node]] = {}
    for id, node in graph.nodes.items():
        groups.setdefault((layer_of[id], node.kind, tuple(sorted(signs[id]))), []).append(node)
    alike = {
        nodes[0].id: nodes
        for nodes in groups.values()
        if len(nodes) >= ALIKE and signs[nodes[0].id] and all(each.id != focus for each in nodes)
    }
    gone = {each.id for nodes in alike.values() for each in nodes[1:]}
    edges = [
        msgspec.structs.replace(
            several[0],
            kind=", ".join(dict.fromkeys(each.kind for each in several)),
            count=sum(each.count for each in several),
        )
        for (source, target), several in between.items()
        if source not in gone and target not in gone
    ]
    nodes = {id: node for id, node in graph.nodes.items() if id not in gone}
    return Graph(graph.title, nodes, edges, graph.notes), alike


def _list(nodes: Sequence[Node]) -> Box:
    shown = nodes if len(nodes) <= MOST_ROWS else nodes[: MOST_ROWS - 1]
    sorts = {each.sort or each.kind for each in nodes}
    box = Box(nodes[0].id, [], f"{len(nodes)} {'nodes' if len(sorts) > 1 else many(min(sorts))}")
    box.rows = rows_of(shown)
    box.more = len(nodes) - len(shown)
    box.spread()
    return box


def _split(ids: Sequence[str], near: Mapping[str, list[str]]) -> list[list[str]]:
    """A wide layer in rows of about the same length, the most joined in the middle ones."""
    count = -(-len(ids) // PER_ROW)
    size = -(-len(ids) // count)
    ranked = sorted(ids, key=lambda id: -len(near[id]))
    return [ranked[at : at + size] for at in range(0, len(ranked), size)]


def _ordered(rows: list[list[str]], near: Mapping[str, list[str]]) -> None:
    """Order each row by the mean place of its neighbours in other rows; the order with fewest crossings is kept."""
    best, fewest = [list(row) for row in rows], _crossings(rows, near)
    for sweep in range(_SWEEPS):
        place = {id: at / max(1, len(row) - 1) for row in rows for at, id in enumerate(row)}
        for row in rows if sweep % 2 == 0 else reversed(rows):
            inside = set(row)
            weight = {}
            for id in row:
                others = [place[each] for each in near[id] if each not in inside]
                weight[id] = sum(others) / len(others) if others else place[id]
            row.sort(key=weight.__getitem__)
            place.update((id, at / max(1, len(row) - 1)) for at, id in enumerate(row))
        crossed = _crossings(rows, near)
        if crossed < fewest:
            best, fewest = [list(row) for row in rows], crossed
    rows[:] = best


def _crossings(rows: Sequence[Sequence[str]], near: Mapping[str, list[str]]) -> int:
    """Pairs of edges between the same two rows that cross."""
    place = {id: (number, at) for number, row in enumerate(rows) for at, id in enumerate(row)}
    between: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for id, others in near.items():
        for other in others:
            (row, at), (row2, at2) = place[id], place[other]
            if row < row2:
                between[row, row2].append((at, at2))
    total = 0
    for pairs in between.values():
        pairs.sort()
        total += sum(
            one[1] > other[1] and one[0] < other[0]
            for number, one in enumerate(pairs)
            for other in pairs[number + 1 :]
        )
    return total


def _abscissas(
    rows: Sequence[Sequence[str]], near: Mapping[str, list[str]], boxes: Mapping[str, Box]
) -> None:
    """Each row in its order, drawn towards its neighbours, without overlap."""
    step = WIDTH + GAP_X
    for row in rows:
        for at, id in enumerate(row):
            boxes[id].x = (at - (len(row) - 1) / 2) * step
    for _ in range(8):
        for row in rows:
            inside = set(row)
            wish = []
            for id in row:
                others = [boxes[each].x for each in near[id] if each not in inside]
                wish.append(sum(others) / len(others) if others else boxes[id].x)
            placed = list(wish)
            for at in range(1, len(row)):
                placed[at] = max(placed[at], placed[at - 1] + step)
            over = sum(placed) / len(row) - sum(wish) / len(row)
            for at, id in enumerate(row):
                boxes[id].x = placed[at] - over


def _line(edge: Edge, boxes: Mapping[str, Box], labelled: bool) -> Line:
    one, other = boxes[edge.source], boxes[edge.target]
    words = edge.kind.replace("part-of", "in").replace("-", " ")
    if edge.count > 1:
        words = f"{words} ×{edge.count}"
    if edge.kind == "bears" and edge.words:
        words = edge.words
    sideways = abs(one.y + one.h / 2 - other.y - other.h / 2) < 40
    if sideways:
        right = other.x > one.x
        x1, x2 = (one.x + one.w, other.x) if right else (one.x, other.x + other.w)
        y1, y2 = one.y + one.h / 2, other.y + other.h / 2
    else:
        down = other.y > one.y
        x1, x2 = one.x + one.w / 2, other.x + other.w / 2
        y1, y2 = (one.y + one.h, other.y) if down else (one.y, other.y + other.h)
    return Line(
        edge.kind,
        x1,
        y1,
        x2,
        y2,
        words if labelled else "",
        bool(edge.unresolved),
        sideways,
        edge.count,
    )
