"""A tree without its places, to compare what was said and not where."""

from __future__ import annotations

from typing import Any

from writ.syntax.tree import Node

PLACES = frozenset(("span", "label_span", "name_span", "spans", "blocks"))


def bare(node: Any) -> Any:
    """The same nodes as plain tuples, places left out."""
    if isinstance(node, Node):
        fields = (name for name in node.__struct_fields__ if name not in PLACES)
        return (type(node).__name__, *(bare(getattr(node, name)) for name in fields))
    if isinstance(node, tuple):
        return tuple(map(bare, node))
    return node
