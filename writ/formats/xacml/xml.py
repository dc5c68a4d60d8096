"""The elements of a policy: attributes and text, read by `writ.formats.xml` within the bounds of policies."""

from __future__ import annotations

from collections.abc import Iterator

from writ.diagnostics import Diagnostic, Span
from writ.formats.xacml.codes import CODES
from writ.formats.xml import Limits, Reader, Unreadable

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
    reader = _Reader(file)
    try:
        reader.read(data)
    except Unreadable as error:
        code = "X302" if error.large else "X301"
        raise refusal(code, file, error.line, error.message, error.help) from None
    assert reader.root is not None
    return reader.root


class _Reader(Reader):
    def __init__(self, file: str) -> None:
        super().__init__(Limits(MAX_BYTES, MAX_DEPTH, MAX_ELEMENTS, MAX_ATTRIBUTES, MAX_TEXT))
        self.file = file
        self.root: Element | None = None
        self.open: list[Element] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, local = name.rpartition(" ")
        plain = {key: value for key, value in attributes.items() if " " not in key}
        element = Element(self.file, self.line, namespace, local, plain)
        if self.open:
            self.open[-1].children.append(element)
        else:
            self.root = element
        self.open.append(element)

    def end(self) -> None:
        self.open.pop()

    def characters(self, text: str) -> None:
        element = self.open[-1]
        if len(element.text) + len(text) > MAX_TEXT:
            raise self.exceeded(f"an element has more than {MAX_TEXT:,} characters of text")
        element.text += text
