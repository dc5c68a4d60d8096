"""The graph of a large book: seconds of processor time to build it, and to write and draw it.

The book is made: 200 instruments of 500 provisions, each tenth of them with a norm, one under the other in four ranks.
The peer is networkx (`pip install networkx`), which writes the same graph as GraphML; without it its row is left out.
"""

from __future__ import annotations

import datetime as dt
import io
import time
from collections.abc import Callable
from importlib import import_module
from typing import Any

from writ.book.load import load_texts
from writ.corpus.duties.gaps import gaps
from writ.corpus.duties.holding import held
from writ.corpus.graph.analysis import analysed
from writ.corpus.graph.building import build
from writ.corpus.graph.graphml import graphml
from writ.corpus.graph.model import Graph
from writ.corpus.graph.pictures import picture
from writ.corpus.graph.selection import view

INSTRUMENTS, PROVISIONS, OFFICES = 200, 500, 50
RANKS = ("constitution", "statute", "regulation", "policy")
ROW = "{:<52} {:>12} {:>9}"
DAY = dt.date(2025, 1, 1)


def main() -> None:
    print(ROW.format("work", "size", "CPU s"))
    texts = made()
    (book, found) = timed("compile the book", lambda: load_texts(texts), lambda r: len(r[0].norms))
    assert not [each for each in found if each.severity == "error"], found[:3]
    graph = timed("build the graph", lambda: build(book, DAY), lambda r: len(r.nodes))
    timed("write GraphML", lambda: graphml(graph), len)
    _peer(graph)
    timed("circles, chains, single points", lambda: analysed(graph), lambda r: len(r.points))
    authority = view(graph, "authority")
    timed("draw authority", lambda: picture(authority, "authority", book.ranks), len)
    duties = view(graph, "responsibility")
    timed("draw responsibility", lambda: picture(duties, "responsibility", book.ranks), len)
    timed("who must do what", lambda: held(book, DAY), len)
    timed("gaps", lambda: gaps(book, DAY), len)


def timed(name: str, work: Callable[[], Any], size: Callable[[Any], int]) -> Any:
    """The result of the work, with a row of how long it took."""
    start = time.process_time()
    result = work()
    spent = time.process_time() - start
    print(ROW.format(name, f"{size(result):,}", f"{spent:.2f}"))
    return result


def _peer(graph: Graph) -> None:
    try:
        networkx = import_module("networkx")
    except ImportError:
        return
    peer = networkx.MultiDiGraph()
    for id, node in graph.nodes.items():
        peer.add_node(id, kind=node.kind, label=node.label, title=node.title, line=node.line)
    for edge in graph.edges:
        peer.add_edge(edge.source, edge.target, kind=edge.kind, words=edge.words, line=edge.line)

    def written() -> bytes:
        file = io.BytesIO()
        networkx.write_graphml(peer, file)
        return file.getvalue()

    timed("write GraphML: networkx", written, len)


def made() -> dict[str, str]:
    """The files of the book."""
    texts = {
        "book.md": "---\nbook: large\ntitle: A large book\nranks: [constitution, statute, regulation, policy]\n---\n"
    }
    lines = [
        "---",
        "id: law-0",
        'title: "Law 0"',
        "kind: constitution",
        "top: true",
        "in-force: 2000-01-01",
        "---",
        "",
    ]
    lines += ["# Law 0", "", "```writ"]
    for office in range(OFFICES):
        lines += [f'office office-{office} "Office {office}"']
        lines += [f"  reports to office-{(office - 1) // 3}"] if office else []
        lines += [""]
    lines += ['act regulate "make instruments"', "  reserved", ""]
    lines += [f'act act-{number} "act {number}"\n' for number in range(PROVISIONS // 10)]
    lines += ["```", ""]
    for instrument in range(INSTRUMENTS):
        if instrument:
            rank = RANKS[min(3, 1 + instrument // 50)]
            under = f"law-{(instrument - 1) // 4} 1"
            lines = [
                "---",
                f"id: law-{instrument}",
                f'title: "Law {instrument}"',
                f"kind: {rank}",
                f"under: {under}",
            ]
            lines += ["in-force: 2000-01-01", "---", "", f"# Law {instrument}", ""]
        for number in range(1, PROVISIONS + 1):
            lines += [
                f"## {number} Provision {number} of law {instrument}",
                "",
                "What the law says here.",
                "",
            ]
            if number == 1:
                lines += [
                    "```writ",
                    "power 1",
                    "  office-0 may regulate",
                    "  enabling regulate",
                    "```",
                    "",
                ]
            elif number % 10 == 0:
                who = (instrument * 7 + number) % OFFICES
                lines += [
                    "```writ",
                    f"duty {number}",
                    f"  office-{who} must act-{number // 10 - 1}",
                    "```",
                    "",
                ]
        texts[f"law-{instrument}.md"] = "\n".join(lines)
    return texts


if __name__ == "__main__":
    main()
