"""A picture of what hangs from what: authority in layers by rank, an organisation by its chain of command.

Siblings from which nothing hangs are one box with a row for each, so that a hundred regulations under one section are
a list and no fan of lines. Trees stand side by side as far as the sheet is wide, then below one another.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from writ.corpus.graph.boxes import WIDTH, Band, Box, Line, Picture, fitted, many, of_node, rows_of
from writ.corpus.graph.model import Edge, Graph

GAP_X, GAP_Y, SHELF = 26.0, 58.0, 46.0
SHEET = 1560.0
"""How wide a shelf of trees may be, unless one tree is wider."""
_GROUPS = 6
"""Boxes of single leaves below one box."""
_NUMBERED = re.compile(r"^under (?:(?:sub)?(?:section|paragraph)s? )?", re.I)
ROWS = 30
"""Of one box; more are counted."""


@dataclass
class _Branch:
    box: Box
    level: int
    edge: Edge | None = None
    below: list[_Branch] = field(default_factory=list)
    width: float = 0.0


def tree_picture(
    graph: Graph,
    parents: Mapping[str, Edge],
    level_of: Callable[[str, int], int],
    names: Mapping[int, str],
    words: Callable[[Edge], str],
    rows: int = ROWS,
    dress: Callable[[Box], None] | None = None,
) -> Picture:
    """The picture of a forest: `parents` gives each node the edge by which it hangs.

    `level_of` is the layer of a node, given that of what it hangs from (-1 for a root); `names` the names of layers,
    `words` the heading of those who hang by edges with the same words. With `dress` every node has a box of its own, to
    which that may add rows.
    """
    below: dict[str, list[str]] = defaultdict(list)
    for id in graph.nodes:
        if id in parents:
            below[parents[id].target].append(id)
    roots = [id for id in graph.nodes if id not in parents]
    alone = [] if dress else [id for id in roots if id not in below]
    trees = [
        _branch(graph, id, None, -1, below, parents, level_of, words, rows, dress)
        for id in roots
        if id in below or dress
    ]
    trees.sort(key=lambda each: (each.box.node is None or each.box.node.rank < 0, -_size(each)))
    trees = [part for tree in trees for part in _apart(graph, tree, rows)]
    for tree in trees if not names else ():
        start = tree.level
        for each in _all(tree):
            each.level -= start  # depth alone: what was cut off begins anew
    levels: dict[int, list[str]] = defaultdict(list)
    for id in alone:
        levels[level_of(id, -1)].append(id)
    for level, ids in sorted(levels.items()):
        for branch in _stacks(
            graph, ids, level, None, "Nothing hangs from these" if trees else "", rows
        ):
            trees.append(branch)
    notes = []
    hidden = sum(each.box.more for tree in trees for each in _all(tree))
    if hidden:
        notes.append(f"{hidden:,} are counted in their boxes and not listed")
    return _placed(trees, names, notes)


def _branch(
    graph: Graph,
    id: str,
    edge: Edge | None,
    above: int,
    below: Mapping[str, list[str]],
    parents: Mapping[str, Edge],
    level_of: Callable[[str, int], int],
    words: Callable[[Edge], str],
    rows: int,
    dress: Callable[[Box], None] | None,
) -> _Branch:
    level = level_of(id, above)
    made = _Branch(of_node(graph.nodes[id]), level, edge)
    if dress:
        dress(made.box)
        made.box.spread()
    made.box.warning = edge is not None and bool(edge.unresolved)
    groups: dict[tuple[str, bool], list[str]] = defaultdict(list)
    for each in below.get(id, ()):
        if each in below or dress:
            made.below.append(
                _branch(
                    graph, each, parents[each], level, below, parents, level_of, words, rows, dress
                )
            )
        else:
            by = parents[each]
            groups[words(by), bool(by.unresolved)].append(each)
    single = [key for key, ids in groups.items() if len(ids) == 1]
    if len(groups) > _GROUPS and len(single) > 2:
        # A box for each would be a fan: they share one, and each row begins with what the box would have said.
        for unresolved in sorted({wrong for _, wrong in single}):
            heads = [head for head, wrong in single if wrong is unresolved]
            several = [groups.pop((head, unresolved))[0] for head in heads]
            lower = max(level_of(each, level) for each in several)
            shared = _Branch(_shared(graph, several, heads, unresolved), lower, parents[several[0]])
            made.below.append(shared)
    for (head, unresolved), ids in groups.items():
        deep: dict[int, list[str]] = defaultdict(list)
        for each in ids:
            deep[level_of(each, level)].append(each)
        for at, several in deep.items():
            made.below += _stacks(graph, several, at, parents[several[0]], head, rows, unresolved)
    return made


def _stacks(
    graph: Graph,
    ids: Sequence[str],
    level: int,
    edge: Edge | None,
    head: str,
    rows: int,
    warning: bool = False,
) -> list[_Branch]:
    """One box for nodes from which nothing hangs."""
    if len(ids) == 1 and edge is not None:
        branch = _Branch(of_node(graph.nodes[ids[0]]), level, edge)
        branch.box.warning = warning
        if head:
            branch.box.sort = f"{head} · {branch.box.sort}"
        return [branch]
    nodes = [graph.nodes[id] for id in ids]
    shown = nodes if len(nodes) <= rows else nodes[: rows - 1]
    sorts = {each.sort or each.kind for each in nodes}
    sort = f"{len(nodes):,} {many(next(iter(sorts)))}" if len(sorts) == 1 else f"{len(nodes):,}"
    box = Box(ids[0], fitted(head, 2) if head else [], sort)
    box.rows = rows_of(shown)
    box.more = len(nodes) - len(shown)
    box.warning = warning
    box.spread()
    return [_Branch(box, level, edge)]


def _shared(graph: Graph, ids: Sequence[str], heads: Sequence[str], warning: bool) -> Box:
    """One box for nodes that hang each in its own way."""
    nodes = [graph.nodes[id] for id in ids]
    sorts = {each.sort or each.kind for each in nodes}
    box = Box(ids[0], ["each under its own provision"], f"{len(nodes)} {many(next(iter(sorts)))}")
    box.rows = rows_of(nodes, [_NUMBERED.sub("", head) for head in heads])
    box.warning = warning
    box.spread()
    return box


def _apart(graph: Graph, tree: _Branch, rows: int) -> list[_Branch]:
    """A tree; where it is wider than the sheet, the larger branches apart, listed where they hung."""
    if _measured(tree) <= SHEET:
        return [tree]
    whole = tree.box.node
    cut = [each for each in tree.below if each.below and each.box.node is not None]
    if not cut or whole is None or len(cut) < 2:
        parts = [_apart(graph, each, rows) for each in tree.below]
        tree.below = [each[0] for each in parts]
        return [tree, *(part for each in parts for part in each[1:])]
    tree.below = [each for each in tree.below if each not in cut]
    ids = [each.box.node.id for each in cut if each.box.node is not None]
    listed = _stacks(graph, ids, cut[0].level, cut[0].edge, "with parts of their own, below", rows)
    tree.below += listed
    found = [tree]
    for each in cut:
        each.box.sort = f"{each.box.sort} · of {whole.label}"
        each.edge = None
        found += _apart(graph, each, rows)
    return found


def _size(branch: _Branch) -> int:
    return 1 + sum(map(_size, branch.below))


def _all(branch: _Branch) -> list[_Branch]:
    return [branch, *(each for one in branch.below for each in _all(one))]


def _measured(branch: _Branch) -> float:
    inner = sum(_measured(each) for each in branch.below) + GAP_X * max(0, len(branch.below) - 1)
    branch.width = max(WIDTH, inner)
    return branch.width


def _placed(trees: Sequence[_Branch], names: Mapping[int, str], notes: list[str]) -> Picture:
    shelves: list[list[_Branch]] = []
    room = 0.0
    widest = max([SHEET, *(_measured(each) for each in trees)])
    for tree in trees:
        if not shelves or room + tree.width > widest or shelves[-1][0].level != tree.level:
            shelves.append([])
            room = 0.0
        shelves[-1].append(tree)
        room += tree.width + 2 * GAP_X
    boxes: list[Box] = []
    lines: list[Line] = []
    bands: list[Band] = []
    y = width = 0.0
    for shelf in shelves:
        tall: dict[int, float] = defaultdict(float)
        for tree in shelf:
            for each in _all(tree):
                tall[each.level] = max(tall[each.level], each.box.h)
        tops: dict[int, float] = {}
        for level in sorted(tall):
            tops[level] = y
            if names.get(level):
                bands.append(Band(names[level], y - 16, tall[level] + 32))
            y += tall[level] + GAP_Y
        y += SHELF - GAP_Y
        x = 0.0
        for tree in shelf:
            _place(tree, x, tops, boxes, lines)
            x += tree.width + 2 * GAP_X
        width = max(width, x - 2 * GAP_X)
    return Picture(boxes, lines, bands, width, y - SHELF, notes)


def _place(
    branch: _Branch, x: float, tops: Mapping[int, float], boxes: list[Box], lines: list[Line]
) -> None:
    box = branch.box
    box.x, box.y = x + (branch.width - box.w) / 2, tops[branch.level]
    boxes.append(box)
    inner = sum(each.width for each in branch.below) + GAP_X * max(0, len(branch.below) - 1)
    at = x + (branch.width - inner) / 2
    for each in branch.below:
        _place(each, at, tops, boxes, lines)
        at += each.width + GAP_X
        edge = each.edge
        lines.append(
            Line(
                edge.kind if edge is not None else "part-of",
                each.box.x + each.box.w / 2,
                each.box.y,
                box.x + box.w / 2,
                box.y + box.h,
                "",
                each.box.warning,
            )
        )


def extra_lines(picture: Picture, edges: Sequence[Edge], drawn: Mapping[str, Edge]) -> None:
    """Add a curve for each edge that is no branch of the trees, between the boxes or rows of its ends."""
    at: dict[str, tuple[Box, float]] = {}
    for box in picture.boxes:
        if box.node is not None:
            at[box.node.id] = (box, box.h / 2)
        for row in box.rows:
            at[row.node.id] = (box, row.y)
    for edge in edges:
        if edge.source not in at or edge.target not in at:
            continue
        hung = (drawn.get(edge.source), drawn.get(edge.target))
        if any(
            each is not None and {each.source, each.target} == {edge.source, edge.target}
            for each in hung
        ):
            continue  # a line is there
        (one, y1), (other, y2) = at[edge.source], at[edge.target]
        right = one is other or other.x >= one.x
        picture.lines.append(
            Line(
                edge.kind,
                one.x + (one.w if right else 0),
                one.y + y1,
                other.x + (other.w if one is other or not right else 0),
                other.y + y2,
                "",
                bool(edge.unresolved),
                True,
            )
        )
