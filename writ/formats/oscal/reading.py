"""A catalogue or profile out of JSON, XML or YAML, as the data that OSCAL's JSON form has.

The data are plain: members that OSCAL does not know stay where they are and are listed. Elements and attributes of XML
that it does not know are kept under their name in braces, as XML.
"""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import yaml

from writ.diagnostics import Diagnostic, failed
from writ.engine import yaml_text
from writ.formats.oscal import xml
from writ.formats.oscal.checked import checked, too_deep
from writ.formats.oscal.codes import Refused, finding
from writ.formats.oscal.elements import data_of
from writ.formats.oscal.shapes import BY_JSON, ROOTS

FORMS = ("json", "xml", "yaml")


class Document(NamedTuple):
    """A catalogue or profile: which of them, its data without the root member, its file and the form that it had."""

    kind: str
    data: dict[str, Any]
    file: str = ""
    form: str = "json"
    beside: tuple[tuple[str, Any], ...] = ()
    """Members beside the root (`$schema`), and attributes of the root element that are none of OSCAL's."""


def read_file(path: str | Path) -> tuple[Document | None, list[Diagnostic]]:
    """The document in a file; None with what was wrong. The form is told by the text, not by the name."""
    try:
        data = read_bytes(path)
    except Refused as refused:
        return None, refused.found
    return read(data, str(path))


def read_bytes(path: str | Path) -> bytes:
    """The bytes of a file, one more than are accepted at most.

    Raises:
        Refused: it cannot be read, or is no regular file.
    """
    try:
        # Not to wait for a pipe that nobody writes to.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        with open(descriptor, "rb") as file:
            about = os.fstat(descriptor)
            if not stat.S_ISREG(about.st_mode):
                raise Refused(finding("X401", "this is no regular file", str(path)))
            # As long as the file is: a buffer of the limit would have to be cleared first.
            return file.read(min(about.st_size, xml.MAX_BYTES) + 1)
    except OSError as error:
        said = f"the file cannot be read: {(error.strerror or str(error)).lower()}"
        raise Refused(finding("X401", said, str(path))) from None


def plain_data(data: bytes, file: str) -> Any:
    """What JSON or YAML holds, whatever it is about.

    Raises:
        Refused: it is neither, or exceeds a limit.
    """
    _bounded(data, file)
    data = data.removeprefix(b"\xef\xbb\xbf")
    known = form_of(data) == "json"
    whole, _ = _json(data, file) if known else _yaml(_text(data, file), file)
    if isinstance(whole, dict | list) and too_deep(whole):
        raise Refused(finding("X402", "the data is too deeply nested", file))
    return whole


def read(data: bytes, file: str) -> tuple[Document | None, list[Diagnostic]]:
    """The document in the bytes of a file; None with what was wrong."""
    try:
        made, place = _plain(data, file)
        if too_deep({**dict(made.beside), made.kind: made.data}):
            raise Refused(finding("X402", "the data is too deeply nested", file))
        found = checked(made.kind, made.data, file, place)
    except Refused as refused:
        return None, refused.found
    return (None if failed(found) else made), found


def form_of(data: bytes) -> str:
    """`json`, `xml` or `yaml`, by the first letter."""
    head = data[:100].lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    return {b"{": "json", b"<": "xml"}.get(head, "yaml")


def _plain(data: bytes, file: str) -> tuple[Document, Place]:
    _bounded(data, file)
    data = data.removeprefix(b"\xef\xbb\xbf")
    form = form_of(data)
    if form == "xml":
        _text(data, file)
        root = xml.parse(file, data)
        kind = _root([root.name], file)
        beside = tuple((k, v) for k, v in root.attributes.items() if k[0] == "{")
        for name, _ in beside:
            del root.attributes[name]
        return Document(kind, data_of(root, kind), file, form, beside), Place()
    whole, place = _json(data, file) if form == "json" else _yaml(_text(data, file), file)
    if not isinstance(whole, dict):
        raise Refused(finding("X403", "the file has no member `catalog` or `profile`", file))
    kind = _root(list(whole), file)
    if not isinstance(whole[kind], dict):
        raise Refused(finding("X403", f"`{kind}` is not an object", file))
    beside = tuple((name, value) for name, value in whole.items() if name != kind)
    return Document(kind, whole[kind], file, form, beside), place


def _bounded(data: bytes, file: str) -> None:
    if len(data) > xml.MAX_BYTES:
        raise Refused(finding("X402", f"the file has more than {xml.MAX_BYTES // 2**20} MiB", file))


def _text(data: bytes, file: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        help = "save it as UTF-8"
        raise Refused(finding("X401", "the file is not in UTF-8", file, help, line)) from None


def _root(names: list[str], file: str) -> str:
    for name in names:
        if name in ROOTS:
            return name
    shown = names[0] if names else "nothing"
    help = "catalogues and profiles are read; mappings by `writ map`"
    raise Refused(finding("X403", f"the root is `{shown}`, not a catalogue or profile", file, help))


class Place:
    """Where the value at a path stands, as far as the form tells."""

    def __init__(self, data: bytes = b"") -> None:
        self.data = data

    def __call__(self, path: tuple[str | int, ...]) -> tuple[int, int]:
        """Line and column. Found only when something is wrong: it reads the file a second time."""
        text = self.data.decode("utf-8", "replace").replace("\t", " ")
        node = yaml_text.compose(text, "")[0] if text else None
        for step in path:
            if isinstance(node, yaml.MappingNode):
                node = next((v for k, v in node.value if k.value == step), node)
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
                node = node.value[step] if step < len(node.value) else node
        mark = node.start_mark if node is not None else None
        return (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)


def _json(data: bytes, file: str) -> tuple[Any, Place]:
    try:
        return msgspec.json.decode(data), Place(data)
    except UnicodeDecodeError:
        _text(data, file)
        raise
    except msgspec.DecodeError as error:
        at = int(found[1]) if (found := re.search(r"\(byte (\d+)\)", str(error))) else len(data)
        line = data.count(b"\n", 0, at) + 1
        column = at - (data.rfind(b"\n", 0, at) + 1) + 1
        said = re.sub(r"^JSON is malformed: | \(byte \d+\)$", "", str(error))
        said = f"this is not JSON: {said.replace('Input data was truncated', 'it is cut off')}"
        raise Refused(finding("X401", said, file, "", line, column)) from None
    except RecursionError:
        raise Refused(finding("X402", "the data is too deeply nested", file)) from None


def _yaml(text: str, file: str) -> tuple[Any, Place]:
    node, found = yaml_text.compose(text, file)
    if node is None:
        said = found or [finding("X401", "the file is empty", file)]
        first = said[0]
        place = first.span.line, first.span.column
        raise Refused(finding("X401", first.message, file, first.help, *place))
    budget = [yaml_text.MAX_NODES]
    return _of_node(node, "", file, budget, 0), Place(text.encode("utf-8"))


def _of_node(node: yaml.Node, shape: str, file: str, budget: list[int], depth: int) -> Any:
    """The value of a node; where OSCAL has text, what is written is text, be it `1.0` or `yes`."""
    budget[0] -= 1
    if budget[0] < 0 or depth > yaml_text.MAX_DEPTH:
        raise Refused(finding("X402", "the data is too large with its aliases written out", file))
    if isinstance(node, yaml.MappingNode):
        made = {}
        for key, value in node.value:
            name = str(key.value)
            member = BY_JSON.get(shape, {}).get(name)
            inner = member.type if member else name if not shape and name in ROOTS else "?"
            if name in made:
                said = f"`{name}` stands twice"
                place = key.start_mark.line + 1, key.start_mark.column + 1
                raise Refused(finding("X401", said, file, "", *place))
            made[name] = _of_node(value, inner, file, budget, depth + 1)
        return made
    if isinstance(node, yaml.SequenceNode):
        return [_of_node(one, shape, file, budget, depth + 1) for one in node.value]
    if shape in ("text", "line", "prose"):
        return node.value
    kind = node.tag.rpartition(":")[2]
    if kind == "bool":
        return node.value.lower() in ("yes", "true")
    if kind == "null":
        return None
    return {"int": int, "float": float}.get(kind, str)(node.value)
