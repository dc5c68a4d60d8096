"""Nodes and edges. An edge leads from what rests on something to that on which it rests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

INSTRUMENT, PROVISION, NORM, ACTOR, ACT, STATE, OUTSIDE = (
    "instrument",
    "provision",
    "norm",
    "actor",
    "act",
    "state",
    "outside",
)

EDGES: Mapping[str, str] = {
    "part-of": "stands in: a norm in its provision, a provision in its instrument, an office in its body",
    "under": "is made under: an instrument, and the power or provision that it is made under",
    "enacted-by": "is enacted by",
    "enables": "confers power to make instruments about",
    "cites": "refers to",
    "overrides": "prevails over",
    "replaces": "takes the place of",
    "repeals": "repeals",
    "suspends": "suspends",
    "commences": "brings into force",
    "bears": "an actor, and the norm by which it may, must or may not",
    "about": "a norm, and the act that it is about",
    "delegates": "a norm of delegation, and the act that may be delegated",
    "delegates-to": "a norm of delegation, and to whom",
    "owed-to": "a duty, and to whom",
    "waived-by": "a duty, and who may waive it",
    "escalates-to": "a duty, and to whom its breach goes",
    "requires": "a norm, and the act that must have been done before",
    "opens": "an act, and the duty that it opens",
    "begins": "a norm, and the state that the act begins",
    "continues": "the same: continues",
    "amends": "the same: amends",
    "resumes": "the same: resumes",
    "ends": "the same: ends, or lets lapse",
    "reports-to": "reports to",
    "succession": "is replaced, when vacant, by",
    "is-a": "is one of",
    "member-of": "a body, and the office of its members",
    "answers-for": "an instrument, and the office that owns it",
}
"""Every kind of edge, with its meaning."""


class Node(msgspec.Struct, frozen=True, omit_defaults=True):
    """Something in a book, or something outside that it names."""

    id: str
    """Its kind and name: `provision:flood-act/3(1)`."""
    kind: str
    label: str
    """As it is cited or called."""
    title: str = ""
    sort: str = ""
    """Of an instrument its kind, of a norm the kind of norm, of an actor office, body or person."""
    rank: int = -1
    """Of an instrument and all in it, 0 is the highest; -1 for the rest."""
    instrument: str = ""
    status: str = ""
    """`repealed`, `not in force` or `vacant` on the day; empty where all is well."""
    file: str = ""
    line: int = 0
    count: int = 1
    """Nodes that it stands for."""


class Edge(msgspec.Struct, frozen=True, omit_defaults=True):
    """`kind` is one of `EDGES`."""

    source: str
    target: str
    kind: str
    words: str = ""
    """What is said more exactly: the provision that a text names, the kind of norm, a period."""
    unresolved: str = ""
    """Why it does not lead to where the words say; empty where it does."""
    file: str = ""
    line: int = 0
    count: int = 1
    """Edges that it stands for."""


class Graph(msgspec.Struct):
    """Nodes by id, in the order of the book, and edges. `notes` say what was left out."""

    title: str
    nodes: dict[str, Node]
    edges: list[Edge]
    notes: list[str] = []

    def with_(self, nodes: Iterable[str], edges: Iterable[Edge], *notes: str) -> Graph:
        """The part of it that has these nodes, and those of these edges whose ends are there."""
        kept = set(nodes)
        return Graph(
            self.title,
            {id: node for id, node in self.nodes.items() if id in kept},
            [each for each in edges if each.source in kept and each.target in kept],
            [*self.notes, *notes],
        )

    @property
    def unresolved(self) -> list[Edge]:
        """The edges that lead to nothing in the book."""
        return [each for each in self.edges if each.unresolved]


def key(kind: str, name: str) -> str:
    """The id of a node."""
    return f"{kind}:{name}"
