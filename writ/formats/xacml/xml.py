"""XML as far as it is safe: elements, attributes and text. No document type, no entities, bounds in every direction."""

from __future__ import annotations

import xml.parsers.expat as expat
from collections.abc import Iterator

from writ.diagnostics import Diagnostic, Span
from writ.formats.xacml.codes import CODES

MAX_BYTES = 4 * 1024 * 1024
"""Of one file."""
MAX_DEPTH = 64
"""Of elements within one another."""
MAX_ELEMENTS = 100_000
MAX_ATTRIBUTES = 64
"""Of one element."""
MAX_TEXT = 64 * 1024
"""Characters of the text of one element."""


class Refused(Exception):
    """What cannot be imported, with the finding that says why. It never leaves this package."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


def refusal(code: str, file: str, line: int, message: str, help: str = "") -> Refused:
    """A refusal at a line of a file."""
    span = Span(file, line, 1, line, 1)
    return Refused(Diagnostic(code, CODES[code].severity, message, span, help))


class Element:
    """An element: its namespace and name, its attributes without a namespace, its children, its own text."""

    __slots__ = ("attributes", "children", "file", "line", "name", "namespace", "text")

    def __init__(
        self, file: str, line: int, namespace: str, name: str, attributes: dict[str, str]
    ) -> None:
        self.file = file
        self.line = line
        self.namespace = namespace
        self.name = name
        self.attributes = attributes
        self.children: list[Element] = []
        self.text = ""

    def refuse(self, code: str, message: str, help: str = "") -> Refused:
        """What is wrong here; to be raised."""
        return refusal(code, self.file, self.line, message, help)

    def attribute(self, name: str) -> str:
        """An attribute that must be there, without blanks at its ends."""
        value = self.attributes.get(name)
        if value is None or not value.strip():
            raise self.refuse("X303", f"`{self.name}` has no `{name}`")
        return value.strip()

    def truth(self, name: str, default: bool | None = None) -> bool:
        """A boolean attribute; without a default it must be there."""
        if default is not None and name not in self.attributes:
            return default
        value = self.attribute(name)
        if value not in ("true", "false", "1", "0"):
            raise self.refuse("X303", f"`{name}` is `{value}`, and not true or false")
        return value in ("true", "1")

    def all(self, *names: str) -> Iterator[Element]:
        """The children of these names."""
        return (child for child in self.children if child.name in names)

    def only(self, *names: str) -> None:
        """Refuse a child of any other name."""
        for child in self.children:
            if child.name not in names:
                raise child.refuse("X303", f"`{child.name}` has no place in `{self.name}`")

    def one(self, *names: str) -> Element | None:
        """The child of one of these names, of which there is at most one."""
        found = list(self.all(*names))
        if len(found) > 1:
            raise found[1].refuse("X303", f"a second `{found[1].name}` in `{self.name}`")
        return found[0] if found else None


def parse(file: str, data: bytes) -> Element:
    """The root element of an XML file.

    Raises:
        Refused: it is no XML, declares a document type or an entity, is not in UTF-8, or exceeds a limit.
    """
    if len(data) > MAX_BYTES:
        raise refusal("X302", file, 1, f"the file has more than {MAX_BYTES:,} bytes")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise refusal("X301", file, line, "the file is not in UTF-8", "save it as UTF-8") from None
    reader = _Reader(file)
    try:
        reader.parser.Parse(data, True)
    except expat.ExpatError as error:
        reason = expat.errors.messages.get(error.code, "not well-formed")
        raise refusal("X301", file, error.lineno, f"this is not XML: {reason}") from None
    assert reader.root is not None
    return reader.root


class _Reader:
    def __init__(self, file: str) -> None:
        self.file = file
        self.root: Element | None = None
        self.open: list[Element] = []
        self.count = 0
        # The encoding is given: what the file says of its encoding is not asked.
        parser = self.parser = expat.ParserCreate("utf-8", " ")
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.buffer_text = True
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.characters
        parser.StartDoctypeDeclHandler = self.doctype
        parser.EntityDeclHandler = self.entity
        parser.ExternalEntityRefHandler = self.external

    def refuse(self, code: str, message: str, help: str = "") -> Refused:
        return refusal(code, self.file, self.parser.CurrentLineNumber, message, help)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.count += 1
        if self.count > MAX_ELEMENTS:
            raise self.refuse("X302", f"the file has more than {MAX_ELEMENTS:,} elements")
        if len(self.open) >= MAX_DEPTH:
            raise self.refuse("X302", f"more than {MAX_DEPTH} elements stand in one another")
        if len(attributes) > MAX_ATTRIBUTES:
            raise self.refuse("X302", f"an element has more than {MAX_ATTRIBUTES} attributes")
        namespace, _, local = name.rpartition(" ")
        plain = {key: value for key, value in attributes.items() if " " not in key}
        element = Element(self.file, self.parser.CurrentLineNumber, namespace, local, plain)
        if self.open:
            self.open[-1].children.append(element)
        else:
            self.root = element
        self.open.append(element)

    def end(self, name: str) -> None:
        self.open.pop()

    def characters(self, text: str) -> None:
        element = self.open[-1]
        if len(element.text) + len(text) > MAX_TEXT:
            raise self.refuse("X302", f"an element has more than {MAX_TEXT:,} characters of text")
        element.text += text

    def doctype(self, *_: object) -> None:
        raise self.refuse("X301", "the file declares a document type", "take the line out")

    def entity(self, *_: object) -> None:
        raise self.refuse("X301", "the file declares an entity", "write its text out")

    def external(self, *_: object) -> int:
        raise self.refuse("X301", "the file refers to another file", "write its text out")
