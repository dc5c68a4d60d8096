"""Parts of a graph: by what it is of, in an instrument, around a node; and instruments in the place of provisions."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Mapping

import msgspec

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

_AMENDING = ("replaces", "repeals", "suspends", "commences")
VIEWS: Mapping[str, frozenset[str]] = {
    "authority": frozenset({"part-of", "under", "enacted-by", "enables", "delegates", "delegates-to"}),
    "references": frozenset({"part-of", "cites", "overrides", *_AMENDING}),
    "responsibility": frozenset(
        {
            "part-of", "bears", "about", "owed-to", "waived-by", "escalates-to", "requires", "opens",
            "answers-for", "delegates", "delegates-to", "reports-to",
        }
    ),
    "organisation": frozenset({"part-of", "reports-to", "succession", "is-a", "member-of"}),
}  # fmt: skip
"""The kinds of edges that each view shows; `all` shows every one."""


def view(graph: Graph, of: str) -> Graph:
    """The graph of authority, references, responsibility or organisation; `all` is the whole."""
    if of == "all":
        return graph
    nodes = graph.nodes
    edges = [each for each in graph.edges if each.kind in VIEWS[of]]
    if of == "organisation":
        kept = {id for id, node in nodes.items() if node.kind == ACTOR}
        return graph.with_(kept, edges)
    joined = {end for each in edges if each.kind != "part-of" for end in (each.source, each.target)}
    if of == "responsibility":
        joined = {id for id in joined if nodes[id].kind in (ACTOR, ACT, NORM, INSTRUMENT)}
    else:
        joined |= {id for id, node in nodes.items() if node.kind == INSTRUMENT}
        if of == "authority":
            joined |= {
                id
                for id, node in nodes.items()
                if node.kind == NORM and node.sort in ("power", "delegation")
            }
    up = {each.source: each.target for each in edges if each.kind == "part-of"}
    for id in list(joined):
        # What is joined stands somewhere: its provision and instrument are shown.
        above = up.get(id, "") if nodes[id].kind in (NORM, PROVISION) else ""
        while above and above not in joined:
            joined.add(above)
            above = up.get(above, "")
    return graph.with_(joined, edges)


def within(graph: Graph, instrument: str) -> Graph:
    """What stands in an instrument, and what that is joined to."""
    own = {id for id, node in graph.nodes.items() if node.instrument == instrument}
    edges = [each for each in graph.edges if each.source in own or each.target in own]
    near = {end for each in edges for end in (each.source, each.target)}
    return graph.with_(own | near, edges)


def around(graph: Graph, start: str, depth: int = 2, direction: str = "both") -> Graph:
    """What a node rests on (`up`), what rests on it (`down`) or both, so many steps far."""
    ways: list[dict[str, list[str]]] = []
    for forward in {"up": (True,), "down": (False,)}.get(direction, (True, False)):
        way: dict[str, list[str]] = defaultdict(list)
        for each in graph.edges:
            if forward:
                way[each.source].append(each.target)
            else:
                way[each.target].append(each.source)
        ways.append(way)
    kept: set[str] = {start}
    for way in ways:
        seen = {start}
        ahead = deque([(start, 0)])
        while ahead:
            id, steps = ahead.popleft()
            if steps == depth:
                continue
            for next_ in way.get(id, ()):
                if next_ not in seen:
                    seen.add(next_)
                    ahead.append((next_, steps + 1))
        kept |= seen
    return graph.with_(kept, graph.edges)


def by_instrument(graph: Graph) -> Graph:
    """Instruments in the place of what stands in them; edges between the same two are one, with their number."""
    nodes = graph.nodes
    of: dict[str, str] = {}
    count: dict[str, int] = defaultdict(int)
    for id, node in nodes.items():
        whole = key(INSTRUMENT, node.instrument)
        inside = bool(node.instrument) and whole in nodes
        of[id] = whole if inside else id
        if inside and node.kind != INSTRUMENT:
            count[whole] += 1
    merged: dict[tuple[str, str, str, str], list[Edge]] = {}
    for each in graph.edges:
        source, target = of[each.source], of[each.target]
        if source != target:
            merged.setdefault((source, target, each.kind, each.unresolved), []).append(each)
    kept = {
        id: msgspec.structs.replace(node, count=count[id]) if count[id] else node
        for id, node in nodes.items()
        if of[id] == id
    }
    edges = []
    for (source, target, kind, _), several in merged.items():
        first = several[0]
        words = Counter(_said(nodes, each) for each in several if _said(nodes, each))
        if kind == "bears":
            said = ", ".join(counted(times, word) for word, times in words.most_common())
        else:
            said = ", ".join(words)
        total = sum(each.count for each in several)
        edges.append(
            msgspec.structs.replace(
                first, source=source, target=target, kind=kind, words=said[:200], count=total
            )
        )
    left = f"{sum(count.values()):,} provisions and norms"
    note = f"{left} are shown as their {sum(map(bool, count.values()))} instruments"
    return Graph(graph.title, kept, edges, [*graph.notes, note] if count else graph.notes)


def _said(nodes: Mapping[str, Node], edge: Edge) -> str:
    """The words of an edge; where it leads to a provision that is no longer shown, that provision."""
    if edge.kind == "under" and nodes[edge.target].kind == PROVISION:
        return nodes[edge.target].label
    return edge.words


def counted(times: int, kind: str) -> str:
    """`1 duty`, `2 duties`."""
    many = {"duty": "duties", "immunity": "immunities", "disability": "disabilities"}
    return f"{times} {kind if times == 1 or kind == 'need not' else many.get(kind, kind + 's')}"


def find(graph: Graph, name: str) -> list[str]:
    """The nodes that a name can mean: an id, an actor, act, state or instrument, `INSTRUMENT LABEL`, a citation."""
    if name in graph.nodes:
        return [name]
    spoken = "/".join(name.split()) if len(name.split()) == 2 else name
    for kind in (ACTOR, INSTRUMENT, ACT, STATE, PROVISION, OUTSIDE, NORM):
        if key(kind, spoken) in graph.nodes:
            return [key(kind, spoken)]
    return [
        id
        for id, node in graph.nodes.items()
        if name.lower() in (node.label.lower(), node.title.lower())
    ]
