"""Akoma Ntoso documents: of the standard, of its drafts (WD17) and of version 2.0."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress

import msgspec

from writ.formats.legislation.akn_restore import restored
from writ.formats.legislation.akn_words import AKN2, DOCUMENTS, WORDS, WRIT
from writ.formats.legislation.building import Builder, day
from writ.formats.legislation.links import references
from writ.formats.legislation.model import Attributes, Document
from writ.formats.legislation.text import plain
from writ.formats.xml import Node


class Akn(Builder):
    """Akoma Ntoso names its provisions itself; kinds are the names of its elements."""

    words = WORDS

    def attributes(self, node: Node) -> Attributes:
        """Version 2.0 has `id` for `eId`, and need not name its documents."""
        found = super().attributes(node)
        if self.namespace != AKN2:
            return found
        found = tuple(("eId" if name == "id" else name, value) for name, value in found)
        if node.name in DOCUMENTS and "name" not in node.attributes:
            found = (("name", node.name), *found)
        return found

    def kind(self, node: Node) -> str:
        if node.name == "hcontainer":
            return node.attributes.get("name", "").strip() or "hcontainer"
        return super().kind(node)

    periods: Mapping[str, dt.date] = {}
    """The first day of each period that the file knows."""

    def dates(self, node: Node) -> tuple[dt.date | None, dt.date | None, dt.date | None]:
        return self.periods.get(node.attributes.get("period", "")), None, None

    def identify(self, node: Node, kind: str, number: str, above: str) -> str:
        given = node.attributes.get("eId") or node.attributes.get("id") or ""
        given = "".join(given.split())
        return self.ids.unique(given) if given else super().identify(node, kind, number, above)

    def target(self, node: Node) -> str:
        return node.attributes.get("href", "") if node.name in ("ref", "a") else ""


def document(root: Node, key: str) -> Document:
    """The document of a file. One that an export of ours has made is restored to what was exported."""
    main = next((each for each in root.children() if each.name in DOCUMENTS), None)
    meta = main.child("meta") if main is not None else None
    proprietary = meta.child("proprietary") if meta is not None else None
    ours = proprietary.child("document") if proprietary is not None else None
    if main is not None and ours is not None and ours.namespace == WRIT:
        assert proprietary is not None
        with suppress(ValueError):  # else it is read as anybody's
            return restored(main, ours, proprietary)
    builder = Akn()
    builder.namespace = root.namespace
    builder.periods = _periods(meta) if meta is not None else {}
    work = _path(meta, "identification", "FRBRWork")
    expression = _path(meta, "identification", "FRBRExpression")
    found = Document(
        "akn",
        _value(work, "FRBRuri") or key,
        _kind(main, _value(work, "FRBRsubtype")),
        _title(main) or _value(work, "FRBRname") or key,
        _attribute(expression, "FRBRlanguage", "language"),
        _short_title(main),
        _value(work, "FRBRname"),
        _attribute(work, "FRBRauthor", "href"),
        day(_attribute(work, "FRBRdate", "date")),
        None,
        None,
        day(_attribute(expression, "FRBRdate", "date")),
        None,
        tuple(builder.body(root.parts)),
        builder.attributes(root),
        (),
        builder.unusual(),
    )
    return msgspec.structs.replace(found, links=tuple(references(found)))


_SECONDARY = re.compile(r"instrument|regulation|order\b|rules\b", re.I)


def _kind(main: Node | None, subtype: str) -> str:
    """`regulation` for what its name says is made under an act; else the name of the element."""
    if main is None:
        return ""
    said = f"{main.attributes.get('name', '')} {subtype}"
    return "regulation" if main.name == "act" and _SECONDARY.search(said) else main.name


def _periods(meta: Node) -> dict[str, dt.date]:
    """The first day of each temporal group, by the reference to it: `#period-1`."""
    days = {
        f"#{each.attributes.get('eId', '')}": day(each.attributes.get("date"))
        for each in _all(meta, "eventRef")
    }
    found: dict[str, dt.date] = {}
    for group in _all(meta, "temporalGroup"):
        starts = [days.get(each.attributes.get("start", "")) for each in group.children()]
        known = [each for each in starts if each is not None]
        if known:
            found[f"#{group.attributes.get('eId', '')}"] = min(known)
    return found


def _all(node: Node, name: str) -> Iterator[Node]:
    for each in node.children():
        if each.name == name:
            yield each
        yield from _all(each, name)


def _path(node: Node | None, *names: str) -> Node | None:
    for name in names:
        node = node.child(name) if node is not None else None
    return node


def _value(node: Node | None, name: str) -> str:
    return _attribute(node, name, "value")


def _attribute(node: Node | None, name: str, attribute: str) -> str:
    child = node.child(name) if node is not None else None
    return "" if child is None else child.attributes.get(attribute, "").strip()


def _find(node: Node, name: str) -> Node | None:
    """The first element of the name beneath, in order."""
    for each in node.children():
        found = each if each.name == name else _find(each, name)
        if found is not None:
            return found
    return None


def _title(main: Node | None) -> str:
    for place in ("preface", "coverPage", "preamble"):
        part = main.child(place) if main is not None else None
        for name in ("shortTitle", "docTitle", "longTitle"):
            found = _find(part, name) if part is not None else None
            if found is not None and (text := _words(found)):
                return text
    return ""


def _short_title(main: Node | None) -> str:
    preface = main.child("preface") if main is not None else None
    found = _find(preface, "shortTitle") if preface is not None else None
    return _words(found) if found is not None else ""


def _words(node: Node) -> str:
    """The text of an element as a provision would have it: white space between elements is none."""
    return plain(Akn().runs(node))
