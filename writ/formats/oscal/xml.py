"""Elements of OSCAL's XML, with texts and elements in their order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from writ.formats.oscal.codes import Refused, finding
from writ.formats.xml import Limits, Reader, Unreadable

MAX_BYTES = 64 * 1024 * 1024
"""Of one file, in any form."""
LIMITS = Limits(MAX_BYTES, depth=64, elements=2_000_000, attributes=64, text=1_000_000)
SPACE = "http://csrc.nist.gov/ns/oscal/1.0"


class Element:
    """An element of OSCAL: its name, its attributes, its texts and elements in their order, the line where it stands.

    Names of another namespace have it in braces before them.
    """

    __slots__ = ("attributes", "children", "line", "name")

    def __init__(
        self,
        name: str,
        attributes: Mapping[str, str] | None = None,
        children: Sequence[Node] = (),
        line: int = 1,
    ) -> None:
        self.name = name
        self.attributes = dict(attributes or {})
        self.children: list[Node] = list(children)
        self.line = line

    @property
    def elements(self) -> Iterator[Element]:
        return (one for one in self.children if isinstance(one, Element))

    @property
    def text(self) -> str:
        """Its own text, without blanks at the ends."""
        return "".join(one for one in self.children if isinstance(one, str)).strip()

    def written(self, root: bool = False) -> str:
        """The element as XML; the root names the namespace."""
        found: list[str] = []
        self._write(found, {"xmlns": SPACE} if root else {})
        return "".join(found)

    def _write(self, found: list[str], more: Mapping[str, str]) -> None:
        tag, spaces = _qualified(self.name)
        listed = {**more, **spaces}
        for name, value in self.attributes.items():
            said, own = _qualified(name, attribute=True)
            listed |= {**own, said: value}
        words = "".join(f' {name}="{_quoted(value)}"' for name, value in listed.items())
        if not self.children:
            found.append(f"<{tag}{words}/>")
            return
        found.append(f"<{tag}{words}>")
        for child in self.children:
            if isinstance(child, str):
                found.append(_escaped(child))
            else:
                child._write(found, {})
        found.append(f"</{tag}>")


Node: TypeAlias = "str | Element"
"""A text, or an element within one."""


def _qualified(name: str, attribute: bool = False) -> tuple[str, dict[str, str]]:
    """The name with a prefix of its own, and what declares the prefix."""
    if name[0] != "{":
        return name, {}
    space, _, local = name[1:].partition("}")
    if space == "http://www.w3.org/XML/1998/namespace":
        return f"xml:{local}", {}
    prefix = "xsi" if space.endswith("XMLSchema-instance") else "a"
    return f"{prefix}:{local}", {f"xmlns:{prefix}": space}


def _escaped(text: str) -> str:
    return _plain(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _quoted(text: str) -> str:
    said = _escaped(text).replace('"', "&quot;")
    return said.replace("\n", "&#10;").replace("\t", "&#9;").replace("\r", "&#13;")


def _plain(text: str) -> str:
    """What XML cannot hold at all has a mark in its place."""
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "\ufffd", text)


def parse(file: str, data: bytes) -> Element:
    """The root element of an XML file.

    Raises:
        Refused: it is no XML in UTF-8, declares a document type or an entity, or exceeds a limit.
    """
    reader = _Reader(LIMITS)
    try:
        reader.read(data)
    except Unreadable as error:
        code = "X402" if error.large else "X401"
        raise Refused(finding(code, error.message, file, error.help, error.line)) from None
    assert reader.root is not None
    return reader.root


class _Reader(Reader):
    def __init__(self, limits: Limits) -> None:
        super().__init__(limits)
        self.root: Element | None = None
        self.open: list[Element] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        named = {_braced(key): value for key, value in attributes.items()}
        element = Element(_braced(name).removeprefix(f"{{{SPACE}}}"), named, (), self.line)
        if self.open:
            self.open[-1].children.append(element)
        else:
            self.root = element
        self.open.append(element)

    def end(self) -> None:
        self.open.pop()

    def characters(self, text: str) -> None:
        self.open[-1].children.append(text)


def _braced(name: str) -> str:
    space, _, local = name.rpartition(" ")
    return f"{{{space}}}{local}" if space else local
