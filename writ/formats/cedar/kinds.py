"""Of what kind a path is, told by what the policies do with it: `context.now < x` compares moments if elsewhere `now`
is shifted by a duration."""

from __future__ import annotations

from collections.abc import Iterable

from writ.formats.cedar import expressions as ex
from writ.formats.cedar.evaluate import constant
from writ.formats.cedar.expressions import Node
from writ.formats.cedar.extensions import METHODS, RESULTS, Erring

ORDERS = frozenset({"<", "<=", ">", ">="})


def learned(nodes: Iterable[Node]) -> dict[Node, str]:
    """The kind of each operand that is used as a value of one kind only, among moments, durations and numbers."""
    found: dict[Node, set[str]] = {}
    todo = list(nodes)
    while todo:
        node = todo.pop()
        todo.extend(ex.children(node))
        if not isinstance(node, ex.Call):
            continue
        if node.name in METHODS:
            for arg, kind in zip(node.args, METHODS[node.name][0], strict=False):
                found.setdefault(arg, set()).add(kind)
        elif node.name in ORDERS:
            left, right = node.args
            for one, other in ((left, right), (right, left)):
                kind = sure(other)
                if kind:
                    found.setdefault(one, set()).add(kind)
    return {node: min(kinds) for node, kinds in found.items() if len(kinds) == 1}


def sure(node: Node) -> str:
    """The kind of value that an expression has whatever the request, if that can be told."""
    if isinstance(node, ex.Call) and node.name in RESULTS:
        return RESULTS[node.name]
    try:
        value = constant(node)
    except Erring:
        return ""
    return value.kind if value is not None else ""
