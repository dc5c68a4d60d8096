"""A graph as GraphML, for yEd, Gephi, networkx and others; and as DOT, for Graphviz."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from writ.corpus.graph.model import Graph

_NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
_NODE = (
    ("label", "string"),
    ("kind", "string"),
    ("title", "string"),
    ("sort", "string"),
    ("rank", "int"),
    ("instrument", "string"),
    ("status", "string"),
    ("file", "string"),
    ("line", "int"),
    ("count", "int"),
)
_EDGE = (
    ("kind", "string"),
    ("words", "string"),
    ("unresolved", "string"),
    ("file", "string"),
    ("line", "int"),
    ("count", "int"),
)
_DROPPED = {each: " " for each in range(32) if each not in (9, 10, 13)} | {0xFFFE: " ", 0xFFFF: " "}
"""Characters that XML has no place for."""


def graphml(graph: Graph) -> str:
    """The text of the file, valid against the schema of GraphML 1.1; what is empty has no `data`."""
    return "".join(_graphml(graph))


def _graphml(graph: Graph) -> Iterator[str]:
    schema = f"{_NAMESPACE} {_NAMESPACE}/1.1/graphml.xsd"
    yield (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="{_NAMESPACE}"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
        f' xsi:schemaLocation="{schema}">\n'
    )
    yield '<key id="g_title" for="graph" attr.name="title" attr.type="string"/>\n'
    yield '<key id="g_notes" for="graph" attr.name="notes" attr.type="string"/>\n'
    for sort, names in (("node", _NODE), ("edge", _EDGE)):
        for name, type in names:
            yield f'<key id="{sort[0]}_{name}" for="{sort}" attr.name="{name}" attr.type="{type}"/>\n'
    yield '<graph id="G" edgedefault="directed">\n'
    yield f'<data key="g_title">{_text(graph.title)}</data>\n'
    if graph.notes:
        yield f'<data key="g_notes">{_text("; ".join(graph.notes))}</data>\n'
    for id, node in graph.nodes.items():
        yield f'<node id="{_text(id)}">'
        for name, _ in _NODE:
            value = getattr(node, name)
            if value != "" and not (
                name in ("line", "rank") and value in (0, -1) and name != "rank"
            ):
                yield f'<data key="n_{name}">{_text(value) if isinstance(value, str) else value}</data>'
        yield "</node>\n"
    for number, edge in enumerate(graph.edges):
        yield f'<edge id="e{number}" source="{_text(edge.source)}" target="{_text(edge.target)}">'
        for name, _ in _EDGE:
            value = getattr(edge, name)
            if value != "" and not (name == "line" and value == 0):
                yield f'<data key="e_{name}">{_text(value) if isinstance(value, str) else value}</data>'
        yield "</edge>\n"
    yield "</graph>\n</graphml>\n"


def dot(graph: Graph) -> str:
    """The text of a file for Graphviz."""
    lines = [f"digraph {_quoted(graph.title)} {{", "  rankdir=BT;", "  node [shape=box];"]
    for id, node in graph.nodes.items():
        style = ", style=dashed" if node.status else ""
        lines.append(f"  {_quoted(id)} [label={_quoted(node.label)}{style}];")
    for edge in graph.edges:
        style = ", style=dashed" if edge.unresolved else ""
        label = " ".join(filter(None, (edge.kind, edge.words)))
        lines.append(
            f"  {_quoted(edge.source)} -> {_quoted(edge.target)} [label={_quoted(label)}{style}];"
        )
    return "\n".join([*lines, "}", ""])


def _text(value: str) -> str:
    return escape(value.translate(_DROPPED))


def _quoted(text: str) -> str:
    plain = text.translate(_DROPPED).replace("\n", " ").replace("\\", "\\\\").replace('"', '\\"')
    return f'"{plain}"'
