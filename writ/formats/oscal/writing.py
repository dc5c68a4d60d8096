"""A catalogue or profile as JSON, XML or YAML."""

from __future__ import annotations

from typing import Any

import msgspec
import yaml

from writ.formats.oscal.markup import from_line, from_prose
from writ.formats.oscal.reading import Document
from writ.formats.oscal.shapes import BY_JSON, PLAIN, SHAPES, Member
from writ.formats.oscal.xml import SPACE, Element, Node, parse


def write(document: Document, form: str) -> str:
    """The text of a document in a form of `FORMS`.

    What only the XML had (attributes of the root for schemas) goes into XML alone, and what only the JSON had
    (`$schema`) into JSON and YAML alone.
    """
    if form == "xml":
        beside = {name: str(value) for name, value in document.beside if name[0] == "{"}
        root = _element(document.kind, document.data, document.kind)
        root.attributes = beside | root.attributes
        _indent(root, 0)
        return f'<?xml version="1.0" encoding="UTF-8"?>\n{root.written(root=True)}\n'
    whole = {name: value for name, value in document.beside if name[0] != "{"}
    whole[document.kind] = document.data
    if form == "json":
        return msgspec.json.format(msgspec.json.encode(whole), indent=2).decode("utf-8") + "\n"
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    settings: dict[str, Any] = {"sort_keys": False, "allow_unicode": True, "width": 120}
    text: str = yaml.dump(whole, Dumper=dumper, **settings)
    return text


def _element(name: str, data: dict[str, Any], shape: str) -> Element:
    element = Element(name)
    for member in SHAPES[shape]:
        value = data.get(member.json)
        if value is None:
            continue
        if member.attribute:
            element.attributes[member.xml] = str(value)
        elif member.xml == "=":
            element.children.append(str(value))
        elif member.xml == "~":
            element.children += from_prose(value)
        else:
            made = [_child(member, one) for one in (value if member.many else [value])]
            element.children += [Element(member.holder, {}, made)] if member.holder else made
    for key, value in data.items():
        if key not in BY_JSON[shape]:
            _unknown(element, key, value)
    return element


def _child(member: Member, value: Any) -> Element:
    if member.type not in PLAIN:
        return _element(member.xml, value, member.type)
    content: list[Node] = []
    if member.type == "line":
        content = from_line(value)
    elif member.type == "prose":
        content = from_prose(value)
    elif member.type == "truth":
        content = ["true" if value else "false"]
    elif member.type == "text":
        content = [value]
    return Element(member.xml, {}, content)


def _unknown(element: Element, key: str, value: Any) -> None:
    """What came out of XML goes back as it was; what came out of JSON and has no element there is left to JSON."""
    if key.startswith("{@") and key.endswith("}"):
        element.attributes[key[2:-1]] = str(value)
    elif key.startswith("{") and isinstance(value, list):
        element.children += [parse("", _spaced(str(one)).encode("utf-8")) for one in value]


def _spaced(text: str) -> str:
    """An element without a namespace of its own is one of OSCAL's."""
    head, _, rest = text.partition(">")
    if " xmlns" in head or ":" in head.split(" ", 1)[0]:
        return text
    stop = "/" if head.endswith("/") else ""
    return f'{head.removesuffix("/")} xmlns="{SPACE}"{stop}>{rest}'


def _indent(element: Element, depth: int) -> None:
    """Put elements that hold no text of their own on lines of their own."""
    if not element.children or element.name == "pre":
        return
    if any(isinstance(one, str) for one in element.children) or element.name in _INLINE:
        return
    spaced: list[Node] = []
    for child in element.children:
        assert isinstance(child, Element)
        _indent(child, depth + 1)
        spaced += ["\n" + "  " * (depth + 1), child]
    element.children = [*spaced, "\n" + "  " * depth]


_INLINE = frozenset(
    (
        *("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "title", "label", "text", "choice"),
        *("a", "em", "strong", "q", "sub", "sup", "code", "insert"),
    )
)
