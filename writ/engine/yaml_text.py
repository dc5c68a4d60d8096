"""YAML as plain data with places: no objects, no dates, and nothing that grows beyond what was written.

The dialect is YAML 1.1 without its surprises: `on` and `12:30` are text, and a date is text until a field asks for one.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar

import yaml

from writ.diagnostics import Diagnostic, Severity, Span

CODE = "Q902"
MAX_DEPTH = 40
MAX_NODES = 1_000_000
"""Values after aliases are expanded."""

_TAG = "tag:yaml.org,2002:"
_TRUE = frozenset({"yes", "Yes", "YES", "true", "True", "TRUE"})
_RESOLVERS = (
    ("bool", re.compile("^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE)$"), "yYnNtTfF"),
    ("int", re.compile(r"^[-+]?(?:0|[1-9][0-9]{0,17})$"), "-+0123456789"),
    ("float", re.compile(r"^[-+]?(?:0|[1-9][0-9]*)\.[0-9]+$"), "-+0123456789"),
    ("null", re.compile("^(?:~|null|)$"), ["~", "n", ""]),
    ("merge", re.compile("^(?:<<)$"), "<"),
)


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """The fast parser where it is built, with our resolvers alone."""

    yaml_implicit_resolvers: ClassVar[dict[str, object]] = {}


for _name, _pattern, _letters in _RESOLVERS:
    _Loader.add_implicit_resolver(_TAG + _name, _pattern, list(_letters))


def compose(text: str, path: str) -> tuple[yaml.Node | None, list[Diagnostic]]:
    """The nodes of a text with one document, or what is wrong with it."""
    try:
        return _Composer(path).compose(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        said = " ".join(filter(None, (error.context, error.problem)))
        help = "indent with spaces" if "tab" in said or "\\t" in said else ""
        return None, [wrong(_at(path, mark), f"this is not YAML: {said}", help)]
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, max(int(error.position), 0)) + 1
        return None, [wrong(Span(path, line, 1, line, 2), f"this is not YAML: {error.reason}")]
    except (yaml.YAMLError, ValueError):
        return None, [wrong(Span(path, 1, 1, 1, 2), "this is not YAML that can be read")]


class _Composer:
    """Builds nodes from events, with a stack of its own: the library's composer recurses as deep as the text says."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.root: yaml.Node | None = None
        self.open: list[yaml.CollectionNode] = []
        self.keys: list[yaml.Node | None] = []
        """For each open mapping the key that waits for its value."""
        self.anchors: dict[str, yaml.Node] = {}

    def compose(self, text: str) -> tuple[yaml.Node | None, list[Diagnostic]]:
        resolve = _Loader("").resolve
        documents = 0
        for event in yaml.parse(text, Loader=_Loader):
            match event:
                case yaml.DocumentStartEvent():
                    documents += 1
                    if documents > 1:
                        return self.refuse(event, "there is a second document; one is read")
                case yaml.AliasEvent():
                    if event.anchor not in self.anchors:
                        return self.refuse(event, f"the anchor `{event.anchor}` is not defined")
                    self.put(self.anchors[event.anchor])
                case yaml.ScalarEvent():
                    tag = event.tag or resolve(yaml.ScalarNode, event.value, event.implicit)
                    node = yaml.ScalarNode(tag, event.value, *_marks(event))
                    self.anchored(event, node)
                case yaml.SequenceStartEvent() | yaml.MappingStartEvent():
                    if len(self.open) >= MAX_DEPTH:
                        return self.refuse(event, "the data is too deeply nested")
                    self.begin(event)
                case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                    _, self.open.pop().end_mark = _marks(event)
                    self.keys.pop()
        return self.root, []

    def begin(self, event: yaml.SequenceStartEvent | yaml.MappingStartEvent) -> None:
        sort = yaml.SequenceNode if isinstance(event, yaml.SequenceStartEvent) else yaml.MappingNode
        node = sort(event.tag or "", [], *_marks(event))
        self.anchored(event, node)
        self.open.append(node)
        self.keys.append(None)

    def anchored(self, event: yaml.NodeEvent, node: yaml.Node) -> None:
        if event.anchor:
            self.anchors[event.anchor] = node
        self.put(node)

    def put(self, node: yaml.Node) -> None:
        """Let the node take its place in what is open."""
        if not self.open:
            self.root = node
        elif isinstance(self.open[-1], yaml.SequenceNode):
            self.open[-1].value.append(node)
        elif self.keys[-1] is None:
            self.keys[-1] = node
        else:
            self.open[-1].value.append((self.keys[-1], node))
            self.keys[-1] = None

    def refuse(self, event: yaml.Event, message: str) -> tuple[None, list[Diagnostic]]:
        return None, [wrong(_at(self.path, event.start_mark), message)]


def _marks(event: yaml.Event) -> tuple[Any, Any]:
    return event.start_mark, event.end_mark


def plain(node: yaml.Node, path: str) -> tuple[object, list[Diagnostic]]:
    """What a node says, as mappings, lists, text, numbers, truth values and None."""
    builder = _Builder(path)
    return builder.value(node, 0), builder.found


def span(node: yaml.Node, path: str) -> Span:
    """Where a node stands; of one over several lines, its first line."""
    start, end = node.start_mark, node.end_mark
    if end.line == start.line:
        return Span(path, start.line + 1, start.column + 1, end.line + 1, end.column + 1)
    return Span(path, start.line + 1, start.column + 1, start.line + 1, start.column + 2)


def wrong(at: Span, message: str, help: str = "") -> Diagnostic:
    return Diagnostic(CODE, Severity.ERROR, message, at, help)


def _at(path: str, mark: object) -> Span:
    line, column = getattr(mark, "line", 0) + 1, getattr(mark, "column", 0) + 1
    return Span(path, line, column, line, column + 1)


class _Builder:
    """Turns nodes into data, collecting what is wrong."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.found: list[Diagnostic] = []
        self.left = MAX_NODES

    def value(self, node: yaml.Node, depth: int) -> object:
        self.left -= 1
        if depth > MAX_DEPTH or self.left < 0:
            if not self.found:
                much = (
                    "deeply nested" if depth > MAX_DEPTH else "large once its aliases are expanded"
                )
                self.found.append(wrong(span(node, self.path), f"the data is too {much}"))
            return None
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, depth)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, depth + 1) for item in node.value if self.left >= 0]
        return self.scalar(node)

    def mapping(self, node: yaml.MappingNode, depth: int) -> dict[str, object]:
        merged: dict[str, object] = {}
        own: dict[str, object] = {}
        for key, item in node.value:
            if self.left < 0:
                break
            if key.tag == f"{_TAG}merge":
                given = self.value(item, depth + 1)
                for one in given if isinstance(given, list) else [given]:
                    if isinstance(one, dict):
                        merged = {**one, **merged}
                continue
            name = key.value if isinstance(key, yaml.ScalarNode) else ""
            if not name:
                self.found.append(wrong(span(key, self.path), "a field needs a name"))
            elif name in own:
                self.found.append(
                    wrong(span(key, self.path), f"`{name}` is given twice", "keep one of the two")
                )
            else:
                own[name] = self.value(item, depth + 1)
        return {**merged, **own}

    def scalar(self, node: yaml.Node) -> object:
        text = str(node.value)
        match node.tag.removeprefix(_TAG):
            case "null":
                return None
            case "bool":
                return text in _TRUE
            case "int":
                return int(text)
            case "float":
                return float(text)
            case "str":
                return text
        self.found.append(wrong(span(node, self.path), f"the tag `{node.tag}` is not read"))
        return None
