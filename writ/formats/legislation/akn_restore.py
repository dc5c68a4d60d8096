"""A document out of the Akoma Ntoso that `akn_write` has made of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from writ.formats.legislation.akn_tables import put_together
from writ.formats.legislation.akn_words import ATTRIBUTE, HIERARCHY, WRIT
from writ.formats.legislation.building import day
from writ.formats.legislation.model import (
    Attributes,
    Block,
    Document,
    Mark,
    Provision,
    Runs,
)
from writ.formats.xml import Node

_LIMS = "http://justice.gc.ca/lims"
_BLANKS = re.compile(r"[ \t\r\n]+")
_WRAPPERS = frozenset({"content", "intro", "wrapUp"})
_HEADS = frozenset({"num", "heading", "subheading"})


def restored(main: Node, about: Node, proprietary: Node) -> Document:
    """The document that was exported.

    Raises:
        ValueError: what it says of itself is not what an export says.
    """
    items: list[tuple[int, Block | Provision]] = []
    for part in main.children():
        if part.name in ("preface", "preamble", "body", "conclusions"):
            for node in part.children():
                if not _is_filler(node):
                    at = node.attributes.get(f"{WRIT} at", "0")
                    items.append((int(at) if at.isdigit() else 0, _part(node)))
    items.sort(key=lambda item: item[0])
    plain: dict[str, Any] = {
        key: value for key, value in about.attributes.items() if " " not in key
    }
    found = {
        name: [each.attributes for each in proprietary.children() if each.name == name]
        for name in ("link", "unusual")
    }
    try:
        read = msgspec.convert(
            {
                **plain,
                "body": (),
                "attributes": (),
                "links": [dict(each) for each in found["link"]],
                "unusual": [dict(each) for each in found["unusual"]],
            },
            Document,
            strict=False,
        )
    except msgspec.ValidationError as error:
        raise ValueError(str(error)) from None
    return msgspec.structs.replace(
        read, body=tuple(each for _, each in items), attributes=_attributes(about)
    )


def _is_filler(node: Node) -> bool:
    return f"{WRIT} between" in node.attributes


def _part(node: Node) -> Block | Provision:
    return _provision(node) if node.name in HIERARCHY or node.name == "container" else _block(node)


def _provision(node: Node) -> Provision:
    get = node.attributes.get
    head: list[Block] = []
    body: list[Block | Provision] = []
    for child, in_head in _children(node):
        if in_head:
            head.append(_block(child))
        else:
            body.append(_part(child))
    return Provision(
        get("eId", ""),
        get("name") or node.name,
        tuple(head),
        tuple(body),
        get(f"{WRIT} name", ""),
        day(get(f"{WRIT} in-force")),
        day(get(f"{WRIT} enacted")),
        day(get(f"{WRIT} amended")),
        _attributes(node),
    )


def _children(node: Node) -> Iterator[tuple[Node, bool]]:
    """What is in a provision without the wrappers, and whether it is of its head."""
    for child in node.children():
        if child.name in _WRAPPERS:
            for each in child.children():
                yield each, f"{WRIT} head" in each.attributes
        elif _is_filler(child):
            if child.name != "p":
                yield from _children(child)
        else:
            yield child, child.name in _HEADS or f"{WRIT} head" in child.attributes


def _block(node: Node) -> Block:
    kind = node.attributes.get(f"{WRIT} kind", "text")
    name = node.attributes.get(f"{WRIT} name", "")
    frame = node.attributes.get(f"{WRIT} frame")
    if node.name == "table" and frame is not None:
        rows = [_row(each) for each in node.children() if each.name == "tr"]
        return Block(kind, put_together(frame, rows), name, _attributes(node))
    return Block(kind, _runs(node), name, _attributes(node))


def _row(node: Node) -> Mark:
    cells = tuple(
        msgspec.structs.replace(_mark(cell), runs=_runs(next(cell.children(), cell)))
        for cell in node.children()
    )
    return msgspec.structs.replace(_mark(node), runs=cells)


def _runs(node: Node) -> Runs:
    return tuple(
        _BLANKS.sub(" ", part) if isinstance(part, str) else _mark(part) for part in node.parts
    )


def _mark(node: Node) -> Mark:
    get = node.attributes.get
    return Mark(
        get(f"{WRIT} kind", ""),
        _runs(node),
        get(f"{WRIT} name", ""),
        get(f"{WRIT} target", ""),
        _attributes(node),
    )


def _attributes(node: Node) -> Attributes:
    found = []
    for key, value in node.attributes.items():
        namespace, _, name = key.rpartition(" ")
        if namespace == _LIMS:
            found.append((f"lims:{name}", value))
        elif namespace == ATTRIBUTE:
            found.append((name.replace("..", ":"), value))
    return tuple(found)
