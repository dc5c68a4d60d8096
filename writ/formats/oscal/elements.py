"""Elements of OSCAL's XML as the data that its JSON form has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from writ.formats.oscal import xml
from writ.formats.oscal.markup import to_line, to_prose
from writ.formats.oscal.shapes import BY_XML, PLAIN, Member


def data_of(element: xml.Element, shape: str) -> dict[str, Any]:
    """The data of an element of a shape."""
    known, made = BY_XML[shape], dict[str, Any]()
    for name, value in element.attributes.items():
        member = known.get(name)
        if member is not None and member.attribute:
            made[member.json] = value
        else:
            made[f"{{@{name}}}"] = value
    holders = {one.holder: one for one in known.values() if one.holder}
    prose: list[xml.Node] = []
    for child, member in _members(element, known, holders):
        if member is None:
            if "~" in known and child.name in _PROSE:
                prose.append(child)
            else:
                made.setdefault(f"{{{child.name}}}", []).append(child.written())
            continue
        value = _value(child, member.type)
        if member.many:
            made.setdefault(member.json, []).append(value)
        else:
            made[member.json] = value
    if "~" in known and (text := to_prose(prose)):
        made[known["~"].json] = text
    if "=" in known:
        made[known["="].json] = element.text
    return made


_PROSE = frozenset(
    ("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "pre", "table", "blockquote", "hr")
)


def _members(
    element: xml.Element, known: dict[str, Member], holders: dict[str, Member]
) -> Iterator[tuple[xml.Element, Member | None]]:
    for child in element.elements:
        if (held := holders.get(child.name)) is not None:
            yield from ((one, held) for one in child.elements)
        else:
            member = known.get(child.name)
            yield child, None if member is not None and member.attribute else member


def _value(element: xml.Element, type: str) -> Any:
    if type not in PLAIN:
        return data_of(element, type)
    if type == "line":
        return to_line(element.children)
    if type == "prose":
        return to_prose(element.children)
    if type == "empty":
        return {}
    if type == "truth":
        return {"true": True, "1": True, "false": False, "0": False}.get(element.text, element.text)
    return element.text
