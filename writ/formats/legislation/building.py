"""From the elements of a file to the tree, by the words of a format."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import NamedTuple

from writ.formats.legislation.ids import ALONE, CLEAR, SCOPES, Ids
from writ.formats.legislation.model import Attributes, Block, Mark, Provision, Runs, Unusual
from writ.formats.legislation.text import joined, plain
from writ.formats.xml import Node

_SCHEMA = "http://www.w3.org/2001/XMLSchema-instance"
"""Where a file says which schema it follows: of the file, not of the law."""
_BLANKS = re.compile(r"[ \t\r\n]+")


class Words(NamedTuple):
    """What the elements of a format are, by their names."""

    provisions: Mapping[str, str]
    head: Mapping[str, str]
    blocks: Mapping[str, str]
    marks: Mapping[str, str]
    mixed: frozenset[str]
    """Elements between whose elements white space is text."""
    prefixes: Mapping[str, str]
    """Of the attributes of a namespace."""


class Builder:
    """Builds provisions. A format says in a subclass what its elements are, and where identifiers and dates stand."""

    words: Words
    namespace = ""
    """Of the format; the names of elements of others are kept with theirs: `{NAMESPACE}NAME`."""

    def __init__(self) -> None:
        self.ids = Ids()
        self.strange: dict[str, tuple[int, int]] = {}
        """How often an element without a meaning occurs, and the line of the first."""

    # --- what a format may say otherwise

    def kind(self, node: Node) -> str:
        """What sort of provision an element is; empty if it is none."""
        return self.words.provisions.get(node.name, "")

    def identify(self, node: Node, kind: str, number: str, above: str) -> str:
        """The identifier of a provision."""
        return self.ids.make(kind, number, above)

    def dates(self, node: Node) -> tuple[dt.date | None, dt.date | None, dt.date | None]:
        """The first day in force, the day of enactment, and the day of the last change."""
        return None, None, None

    def target(self, node: Node) -> str:
        """What an element refers to."""
        return ""

    # --- the tree

    def provision(self, node: Node, kind: str, above: str = "", scope: str = "") -> Provision:
        """A provision with all that is in it."""
        head: list[Block] = []
        children = list(node.parts)
        rest = 0
        for part in children:
            if isinstance(part, str):
                if part.strip():
                    break
            elif part.name in self.words.head:
                head.append(self.block(part, self.words.head[part.name]))
            else:
                break
            rest += 1
        number = joined(each for each in head if each.kind == "number")
        named = number or self.name(node, kind)
        id = self.identify(node, kind, named, scope if kind in ALONE else above)
        inner = "" if kind in CLEAR else id
        inside = id if kind in SCOPES else scope
        in_force, enacted, amended = self.dates(node)
        return Provision(
            id,
            kind,
            tuple(head),
            tuple(self.body(children[rest:], inner, inside)),
            self.full_name(node),
            in_force,
            enacted,
            amended,
            self.attributes(node),
        )

    def name(self, node: Node, kind: str) -> str:
        """What tells a provision without a number from others of its kind."""
        return ""

    def body(
        self, parts: list[Node | str], above: str = "", scope: str = ""
    ) -> list[Block | Provision]:
        """Blocks and provisions in their order."""
        found: list[Block | Provision] = []
        for part in parts:
            if isinstance(part, str):
                if part.strip():  # text where there should be none: kept
                    found.append(Block("text", (_BLANKS.sub(" ", part),)))
            elif kind := self.kind(part):
                found.append(self.provision(part, kind, above, scope))
            else:
                found.append(self.block(part, self.block_kind(part)))
        return found

    def block_kind(self, node: Node) -> str:
        """What a block is; one that the format does not know is listed."""
        words = self.words
        kind = words.blocks.get(node.name) or words.head.get(node.name)
        if kind is None:
            kind = words.marks.get(node.name)
            if kind is None:
                self.listed(node)
        return kind or "other"

    def block(self, node: Node, kind: str) -> Block:
        return Block(kind, self.runs(node), self.full_name(node), self.attributes(node))

    def full_name(self, node: Node) -> str:
        """The name of an element, with its namespace where that is not the format's."""
        if node.namespace == self.namespace:
            return node.name
        return f"{{{node.namespace}}}{node.name}"

    def runs(self, node: Node) -> Runs:
        """The text and the marks in an element."""
        parts = node.parts
        if len(parts) == 1 and isinstance(parts[0], str):
            return (_BLANKS.sub(" ", parts[0]),)
        spaced = node.name in self.words.mixed or any(
            isinstance(part, str) and part.strip() for part in parts
        )
        found: list[str | Mark] = []
        for part in parts:
            if not isinstance(part, str):
                found.append(self.mark(part))
            elif spaced or part.strip():
                found.append(_BLANKS.sub(" ", part))
        return tuple(found)

    def mark(self, node: Node) -> Mark:
        words = self.words
        kind = words.marks.get(node.name)
        if kind is None:
            kind = words.head.get(node.name)
            if kind is None and (node.name in words.provisions or node.name in words.blocks):
                kind = "block"
            if kind is None:
                self.listed(node)
                kind = "other"
        runs = self.runs(node)
        return Mark(kind, runs, self.full_name(node), self.target(node), self.attributes(node))

    def attributes(self, node: Node) -> Attributes:
        """The attributes by their usual names, in the order of the source."""
        if not node.attributes:
            return ()
        prefixes = self.words.prefixes
        found = []
        for key, value in node.attributes.items():
            namespace, _, name = key.rpartition(" ")
            if namespace == _SCHEMA:
                continue
            found.append(
                (f"{prefixes.get(namespace, namespace)}:{name}" if namespace else key, value)
            )
        return tuple(found)

    def listed(self, node: Node) -> None:
        """Remember an element without a meaning."""
        count, line = self.strange.get(node.name, (0, node.line))
        self.strange[node.name] = (count + 1, line)

    def unusual(self) -> tuple[Unusual, ...]:
        """The elements without a meaning, by name."""
        return tuple(Unusual(name, *self.strange[name]) for name in sorted(self.strange))


def day(text: str | None) -> dt.date | None:
    """A day of the source; None where it is none, or is not stated."""
    try:
        return dt.date.fromisoformat((text or "").strip()[:10])
    except ValueError:
        return None


def text_in(node: Node | None) -> str:
    """The normalised text of an element, and nothing where there is no element."""
    return "" if node is None else plain((node.text(),))
