"""Which picture a graph gets: trees, cards or layers, and never more than can be read."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Mapping, Sequence

from writ.corpus.graph.boxes import Box, Picture, Row, clipped
from writ.corpus.graph.layers import layered_picture
from writ.corpus.graph.model import ACT, ACTOR, INSTRUMENT, NORM, OUTSIDE, PROVISION, Edge, Graph
from writ.corpus.graph.selection import by_instrument, counted
from writ.corpus.graph.svg import svg
from writ.corpus.graph.trees import extra_lines, tree_picture

MOST_NODES, MOST_EDGES = 30, 48
"""Of a picture in layers; a picture of more is a tangle."""
MOST_CARDS = 60
MOST_ROWS = 400
"""Of a picture of trees; beyond it the boxes list fewer."""
_HANGS = ("reports-to", "part-of", "is-a")
_SAID = {"reports-to": "reports to it", "part-of": "part of it", "is-a": "a kind of it"}


def picture(graph: Graph, of: str, ranks: Sequence[str], focus: str = "", level: str = "") -> str:
    """The SVG of a graph that `view` chose; `ranks` are the ranks of the book, highest first."""
    about = {
        "authority": "Authority: each instrument under the provision by which it was made",
        "organisation": "Organisation: who reports to whom, and who belongs where",
        "responsibility": "Responsibility: who may, must and must not, and by which instrument",
        "references": "References: which instrument refers to, overrides or amends which",
        "all": "All relations",
    }[of]
    if focus:
        drawn = _layered(graph, ranks, focus, level)
        said = f"What is joined to {graph.nodes[focus].label}: above it on what it rests, below what rests on it."
    elif of == "authority":
        drawn = _authority(by_instrument(graph), ranks)
        said = f"{about}."
    elif of == "organisation":
        drawn = _organisation(graph)
        said = f"{about}."
    elif of == "responsibility" and level != "provision":
        drawn = _responsibility(graph)
        said = f"{about}."
    else:
        drawn = _layered(graph, ranks, "", level)
        said = f"{about}."
    drawn.notes[:0] = graph.notes
    broken = len(graph.unresolved)
    if broken:
        drawn.notes.append(f"{broken:,} {'links are' if broken > 1 else 'link is'} not resolved")
    return svg(drawn, graph.title, said)


def _authority(graph: Graph, ranks: Sequence[str]) -> Picture:
    parents: dict[str, Edge] = {}
    for edge in graph.edges:
        if edge.kind == "under" and (edge.source not in parents or parents[edge.source].unresolved):
            parents[edge.source] = edge
    hung = {each.target for each in parents.values()}
    kept = [id for id, node in graph.nodes.items() if node.kind == INSTRUMENT or id in hung]
    shown = graph.with_(kept, graph.edges)
    parents = {id: edge for id, edge in parents.items() if not _circular(id, parents)}
    names, level_of = _by_rank(shown, parents, ranks)
    made = tree_picture(shown, parents, level_of, names, _founded, _fewer(shown))
    extra_lines(made, [each for each in shown.edges if each.kind == "under"], parents)
    return made


def _founded(edge: Edge) -> str:
    if edge.unresolved and not edge.target.startswith(f"{OUTSIDE}:"):
        return f"under {edge.words}, which is not there" if edge.words else "provision not known"
    return f"under {edge.words}" if edge.words else ""


def _by_rank(
    graph: Graph, parents: Mapping[str, Edge], ranks: Sequence[str]
) -> tuple[dict[int, str], Callable[[str, int], int]]:
    """The layers: one for each rank, and more where law of a rank is made under law of the same one."""
    deep: dict[str, tuple[int, int]] = {}

    def place(id: str) -> tuple[int, int]:
        if id not in deep:
            node, edge = graph.nodes[id], parents.get(id)
            rank = node.rank if node.rank >= 0 else -1
            above = place(edge.target) if edge is not None else (-2, 0)
            deep[id] = (rank, 0) if rank > above[0] else (above[0], above[1] + 1)
        return deep[id]

    for id in graph.nodes:
        place(id)
    places = sorted(set(deep.values()))
    names = {
        at: (ranks[rank] if 0 <= rank < len(ranks) else "elsewhere") if not number else ""
        for at, (rank, number) in enumerate(places)
    }
    index = {each: at for at, each in enumerate(places)}
    return names, lambda id, above: index[deep[id]]


def _responsibility(graph: Graph) -> Picture:
    """A card for each who bears something, in the chain of command, with what they bear by each instrument."""
    held: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for edge in graph.edges:
        if edge.kind == "bears":
            held[edge.source][graph.nodes[edge.target].instrument][edge.words] += 1
    weight = {id: sum(sum(each.values()) for each in held[id].values()) for id in held}
    shown = sorted(held, key=lambda id: -weight[id])[:MOST_CARDS]
    titles = {node.instrument: node for node in graph.nodes.values() if node.kind == INSTRUMENT}

    def dress(box: Box) -> None:
        for instrument, kinds in held.get(box.id, {}).items():
            said = ", ".join(counted(times, kind) for kind, times in kinds.most_common(3))
            node = titles.get(instrument)
            if node is not None and len(box.rows) < 8:
                box.rows.append(Row(node, clipped(said)))
                if len(titles) > 1:
                    box.rows.append(Row(node, clipped(f"by {node.label}"), faint=True))

    cards = graph.with_(shown, graph.edges)
    parents = _chain(cards)
    made = tree_picture(cards, parents, lambda id, above: above + 1, {}, _hung, 30, dress)
    if len(shown) < len(held):
        made.notes.append(
            f"{len(held) - len(shown):,} of {len(held):,} who bear less are not shown"
        )
    return made


def _organisation(graph: Graph) -> Picture:
    parents = _chain(graph)
    made = tree_picture(graph, parents, lambda id, above: above + 1, {}, _hung, _fewer(graph))
    rest = [each for each in graph.edges if each.kind in ("reports-to", "succession", "member-of")]
    if len(rest) - len(parents) < MOST_EDGES:
        extra_lines(made, rest, parents)
    else:
        made.notes.append("Further superiors and successions are not drawn")
    return made


def _chain(graph: Graph) -> dict[str, Edge]:
    """The edge by which each actor hangs: whom it reports to, else what it is in, else what it is."""
    parents: dict[str, Edge] = {}
    for kind in _HANGS:
        for edge in graph.edges:
            if edge.kind == kind and edge.source not in parents and edge.source != edge.target:
                parents[edge.source] = edge
                if _circular(edge.source, parents):
                    del parents[edge.source]
    return parents


def _hung(edge: Edge) -> str:
    return _SAID[edge.kind]


def _fewer(graph: Graph) -> int:
    """Rows of a box: fewer in a large picture."""
    return 30 if len(graph.nodes) <= MOST_ROWS else 8


def _circular(id: str, parents: Mapping[str, Edge]) -> bool:
    at, seen = id, set()
    while at in parents:
        if at in seen:
            return True
        seen.add(at)
        at = parents[at].target
    return at in seen


def _layered(graph: Graph, ranks: Sequence[str], focus: str, level: str) -> Picture:
    notes = []
    if (
        level != "provision"
        and (len(graph.nodes) > MOST_NODES or level == "instrument")
        and not focus
    ):
        before = len(graph.notes)
        graph = by_instrument(graph)
        notes = graph.notes[before:]
        graph.notes = graph.notes[:before]
    graph, said = _readable(graph, focus)
    layers, names = _distances(graph, focus) if focus else _layers(graph, ranks)
    made = layered_picture(graph, layers, names, focus)
    made.notes += [*notes, *said]
    return made


def _readable(graph: Graph, focus: str) -> tuple[Graph, list[str]]:
    """The most joined nodes and the strongest edges, where there are more than can be read."""
    said = []
    edges = [each for each in graph.edges if each.source != each.target]
    degree = Counter(end for each in edges for end in (each.source, each.target))
    joined = [id for id in graph.nodes if degree[id] or id == focus] or list(graph.nodes)
    if len(joined) < len(graph.nodes):
        said.append(f"{len(graph.nodes) - len(joined):,} that are joined to nothing are not shown")
    if len(joined) > MOST_NODES:
        weight: Counter[str] = Counter()
        for each in edges:
            weight[each.source] += each.count
            weight[each.target] += each.count
        if focus:
            near = _steps(edges, focus)
            joined.sort(key=lambda id: (near.get(id, 99), -weight[id]))
        else:
            joined.sort(key=lambda id: -weight[id])
        left = len(joined) - MOST_NODES
        joined = joined[:MOST_NODES]
        said.append(
            f"{left:,} with the fewest links are not shown; GraphML and JSON have all of them"
        )
    kept = set(joined)
    edges = [each for each in edges if each.source in kept and each.target in kept]
    if len(edges) > MOST_EDGES:
        strongest = sorted(edges, key=lambda each: -each.count)[:MOST_EDGES]
        said.append(
            f"{len(edges) - MOST_EDGES:,} of {len(edges):,} links are not shown, the weakest"
        )
        edges = strongest
    return Graph(
        graph.title, {id: graph.nodes[id] for id in graph.nodes if id in kept}, edges
    ), said


def _steps(edges: Sequence[Edge], start: str) -> dict[str, int]:
    near: dict[str, list[str]] = defaultdict(list)
    for each in edges:
        near[each.source].append(each.target)
        near[each.target].append(each.source)
    found = {start: 0}
    ahead = deque([start])
    while ahead:
        id = ahead.popleft()
        for other in near[id]:
            if other not in found:
                found[other] = found[id] + 1
                ahead.append(other)
    return found


def _distances(graph: Graph, focus: str) -> tuple[dict[str, int], dict[int, str]]:
    """Above the focus that on which it rests, step by step; below it the rest."""
    up: dict[str, list[str]] = defaultdict(list)
    for each in graph.edges:
        up[each.source].append(each.target)
    above = {focus: 0}
    ahead = deque([focus])
    while ahead:
        id = ahead.popleft()
        for other in up[id]:
            if other not in above:
                above[other] = above[id] - 1
                ahead.append(other)
    steps = _steps(graph.edges, focus)
    place = {id: above.get(id, max(1, steps.get(id, 1))) for id in graph.nodes}
    order = {each: at for at, each in enumerate(sorted(set(place.values())))}
    return {id: order[at] for id, at in place.items()}, {}


def _layers(graph: Graph, ranks: Sequence[str]) -> tuple[dict[str, int], dict[int, str]]:
    """Offices, then law by rank, then acts and states, then what is outside."""
    place = {}
    for id, node in graph.nodes.items():
        if node.kind == ACTOR:
            place[id] = -1
        elif node.kind in (INSTRUMENT, PROVISION, NORM):
            place[id] = max(node.rank, 0)
        else:
            place[id] = 1000 + (node.kind != ACT) + (node.kind == OUTSIDE)
    order = {each: at for at, each in enumerate(sorted(set(place.values())))}
    names = {
        at: "who"
        if each == -1
        else ranks[each]
        if each < len(ranks)
        else "acts"
        if each == 1000
        else "states"
        if each == 1001
        else "elsewhere"
        for each, at in order.items()
    }
    return {id: order[at] for id, at in place.items()}, names
