"""XML as far as it is safe: no document type, no entities, nothing from elsewhere, bounds in every direction."""

from __future__ import annotations

import codecs
import os
import stat
import xml.parsers.expat as expat
from collections.abc import Iterator
from typing import NamedTuple

_CHUNK = 1024 * 1024


class Limits(NamedTuple):
    """How much one file may hold; a hostile one meets a limit before it costs time or memory."""

    bytes: int
    depth: int
    """Of elements within one another."""
    elements: int
    attributes: int
    """Of one element."""
    text: int
    """Characters of the text of one element, without that of the elements in it."""


class Unreadable(Exception):
    """A file that is not read, and why."""

    def __init__(self, line: int, message: str, help: str = "", large: bool = False) -> None:
        super().__init__(message)
        self.line = line
        self.message = message
        self.help = help
        self.large = large
        """Whether a limit was met, and not XML that is broken or unsafe."""


class Reader:
    """What a format makes of elements and text, as they come. Names are `NAMESPACE NAME`, or the name alone."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.depth = 0
        self.count = 0
        # The encoding is given: what the file says of its encoding is not asked.
        parser = self.parser = expat.ParserCreate("utf-8", " ")
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self.characters
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EntityDeclHandler = self._entity
        parser.ExternalEntityRefHandler = self._external

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        raise NotImplementedError

    def end(self) -> None:
        """The innermost open element ends."""
        raise NotImplementedError

    def characters(self, text: str) -> None:
        """Text of the innermost open element, perhaps not all of it."""
        raise NotImplementedError

    def read(self, data: bytes) -> None:
        """Read a whole file.

        Raises:
            Unreadable: it is no XML, declares a document type or an entity, is not in UTF-8, or exceeds a limit.
        """
        if len(data) > self.limits.bytes:
            raise too_large(self.limits)
        check_encoding(data)
        try:
            for at in range(0, len(data), _CHUNK):
                self.parser.Parse(data[at : at + _CHUNK], False)
            self.parser.Parse(b"", True)
        except expat.ExpatError as error:
            reason = expat.errors.messages.get(error.code, "not well-formed")
            raise Unreadable(error.lineno, f"this is not XML: {reason}") from None

    @property
    def line(self) -> int:
        """The line that is being read, from 1."""
        return self.parser.CurrentLineNumber

    def exceeded(self, message: str) -> Unreadable:
        """A limit that was met here; to be raised."""
        return Unreadable(self.line, message, large=True)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.count += 1
        self.depth += 1
        limits = self.limits
        if self.count > limits.elements:
            raise self.exceeded(f"the file has more than {limits.elements:,} elements")
        if self.depth > limits.depth:
            raise self.exceeded(f"more than {limits.depth} elements stand in one another")
        if len(attributes) > limits.attributes:
            raise self.exceeded(f"an element has more than {limits.attributes} attributes")
        self.start(name, attributes)

    def _end(self, name: str) -> None:
        self.depth -= 1
        self.end()

    def _doctype(self, *_: object) -> None:
        raise Unreadable(self.line, "the file declares a document type", "take the line out")

    def _entity(self, *_: object) -> None:
        raise Unreadable(self.line, "the file declares an entity", "write its text out")

    def _external(self, *_: object) -> int:
        raise Unreadable(self.line, "the file refers to another file", "write its text out")


class Node:
    """An element: its name, its attributes by `NAMESPACE NAME` or name, its text and elements in order."""

    __slots__ = ("attributes", "line", "name", "namespace", "parts")

    def __init__(self, namespace: str, name: str, attributes: dict[str, str], line: int) -> None:
        self.namespace = namespace
        self.name = name
        self.attributes = attributes
        self.line = line
        self.parts: list[Node | str] = []

    def children(self) -> Iterator[Node]:
        """The elements directly in it."""
        return (part for part in self.parts if not isinstance(part, str))

    def child(self, name: str) -> Node | None:
        """The first element of that name directly in it."""
        return next((each for each in self.children() if each.name == name), None)

    def text(self) -> str:
        """All its text, that of the elements in it included."""
        return "".join(part if isinstance(part, str) else part.text() for part in self.parts)


class _Tree(Reader):
    def __init__(self, limits: Limits) -> None:
        super().__init__(limits)
        self.root: Node | None = None
        self.open: list[Node] = []
        self.held = [0]

    def start(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, local = name.rpartition(" ")
        node = Node(namespace, local, attributes, self.parser.CurrentLineNumber)
        if self.open:
            self.open[-1].parts.append(node)
        else:
            self.root = node
        self.open.append(node)
        self.held.append(0)

    def end(self) -> None:
        self.open.pop()
        self.held.pop()

    def characters(self, text: str) -> None:
        self.held[-1] += len(text)
        if self.held[-1] > self.limits.text:
            raise self.exceeded(f"an element has more than {self.limits.text:,} characters of text")
        parts = self.open[-1].parts
        if parts and isinstance(parts[-1], str):
            parts[-1] += text
        else:
            parts.append(text)


def tree(data: bytes, limits: Limits) -> Node:
    """The root of an XML file, with text and elements in their order.

    Raises:
        Unreadable: it is no XML, declares a document type or an entity, is not in UTF-8, or exceeds a limit.
    """
    reader = _Tree(limits)
    reader.read(data)
    assert reader.root is not None
    return reader.root


def read_bytes(path: str, limits: Limits) -> bytes:
    """The bytes of a regular file; one that is too large is refused before it is read.

    Raises:
        Unreadable: it has more bytes than the limit.
        OSError: it cannot be read, or is a pipe or device, from which a read might never return.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    with open(descriptor, "rb") as file:
        about = os.fstat(descriptor)
        if not stat.S_ISREG(about.st_mode):
            raise OSError("not a regular file")
        if about.st_size > limits.bytes:
            raise too_large(limits)
        data = file.read(limits.bytes + 1)
    if len(data) > limits.bytes:
        raise too_large(limits)
    return data


def too_large(limits: Limits) -> Unreadable:
    """Too many bytes; to be raised."""
    return Unreadable(1, f"the file has more than {limits.bytes:,} bytes", large=True)


def check_encoding(data: bytes) -> None:
    """See that bytes are UTF-8.

    Raises:
        Unreadable: they are not; with the line.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    line = 1
    for at in range(0, len(data), _CHUNK):
        chunk = data[at : at + _CHUNK]
        try:
            decoder.decode(chunk, at + _CHUNK >= len(data))
        except UnicodeDecodeError as error:
            line += error.object[: error.start].count(b"\n")
            raise Unreadable(line, "the file is not in UTF-8", "save it as UTF-8") from None
        line += chunk.count(b"\n")


_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_VALUE = {**_TEXT, **str.maketrans({'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})}


def escaped(text: str) -> str:
    """A text as the text of an element."""
    return text.translate(_TEXT)


def quoted(text: str) -> str:
    """A text as the value of an attribute, in its quotes."""
    return f'"{text.translate(_VALUE)}"'
