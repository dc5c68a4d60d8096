"""The mentions in a file of cases, and the cases themselves with their places."""

from __future__ import annotations

from functools import lru_cache

import msgspec
import yaml

from writ.book.lexicon import Lexicon
from writ.book.model import AttributeDef, Vocabulary
from writ.engine.yaml_text import compose
from writ.lsp.analysis import symbols
from writ.lsp.analysis.symbols import Mention, Sort, Symbol


class Asked(msgspec.Struct, frozen=True):
    """A case as it is written. `cites` are citations with their places; `request` those of the whole request."""

    id: str
    ask: str
    outcome: str
    start: int
    end: int
    request: tuple[int, int]
    act: str
    cites: tuple[tuple[str, int], ...]


@lru_cache(maxsize=8)
def _root(text: str) -> yaml.Node | None:
    return compose(text, "")[0]


@lru_cache(maxsize=64)
def cases(text: str) -> tuple[Asked, ...]:
    """The cases of a file, as far as it can be read."""
    found = []
    for node in _listed(text):
        fields = _fields(node)
        request = _fields(fields["request"]) if "request" in fields else {}
        start, end = _extent(fields["request"]) if "request" in fields else (0, 0)
        at = fields.get("id", node)
        found.append(
            Asked(
                _plain(fields.get("id")),
                _plain(fields.get("ask")),
                _plain(fields.get("outcome")),
                at.start_mark.index,
                at.end_mark.index,
                (start, end),
                _plain(request.get("act")),
                tuple((one.value, at) for one, at in _scalars(text, fields.get("cites"))),
            )
        )
    return tuple(found)


def mentions(
    text: str, path: str, lexicon: Lexicon, cited: dict[str, Symbol]
) -> tuple[Mention, ...]:
    """Every place of a file of cases where the book is spoken of. `cited` are the provisions by their citations."""
    finder = _Finder(text, path, lexicon, cited)
    for node in _listed(text):
        finder.case(_fields(node))
    return tuple(sorted(set(finder.found)))


class _Finder:
    def __init__(self, text: str, path: str, lexicon: Lexicon, cited: dict[str, Symbol]) -> None:
        self.text = text
        self.path = path
        self.lexicon = lexicon
        self.vocabulary: Vocabulary = lexicon.vocabulary
        self.cited = cited
        self.found: list[Mention] = []

    def case(self, fields: dict[str, yaml.Node]) -> None:
        if "id" in fields:
            self.scalar(fields["id"], Symbol(Sort.CASE, _plain(fields["id"])), True)
        for node, _ in _scalars(self.text, fields.get("cites")):
            symbol = self.cited.get(node.value)
            if symbol is not None:
                self.scalar(node, symbol)
        if "request" in fields:
            self.request(_fields(fields["request"]))

    def request(self, fields: dict[str, yaml.Node]) -> None:
        for key in ("actor", "against", "act", "thing"):
            node = fields.get(key)
            if isinstance(node, yaml.MappingNode):
                for one in ("office", "body", "kind"):
                    self.name(_fields(node).get(one))
            else:
                self.name(node)
        act = _plain(fields.get("act"))
        item = self.vocabulary.acts.get(act)
        thing = _plain(fields.get("thing")) or (item.thing if item is not None else "")
        self.facts(fields.get("facts"), act, thing)
        for node in _items(fields.get("done")):
            self.entry(node, ("act", "event"))
        for node in _items(fields.get("states")):
            self.entry(node, ("state",))
        for node in _items(fields.get("delegations")):
            self.entry(node, ("act",))

    def entry(self, node: yaml.Node, keys: tuple[str, ...]) -> None:
        if isinstance(node, yaml.ScalarNode):
            self.name(node)
            return
        fields = _fields(node)
        owner = next((_plain(fields[key]) for key in keys if key in fields), "")
        for key in (*keys, "by", "to"):
            self.name(fields.get(key))
        item = self.vocabulary.acts.get(owner)
        self.facts(fields.get("facts"), owner, item.thing if item is not None else "")

    def facts(self, node: yaml.Node | None, owner: str, thing: str) -> None:
        if not isinstance(node, yaml.MappingNode):
            return
        for key, given in node.value:
            if not isinstance(key, yaml.ScalarNode):
                continue
            found = attribute_of(self.vocabulary, str(key.value), owner, thing)
            if found is None:
                continue
            self.key(key, found)
            self.values(given, found)

    def key(self, node: yaml.ScalarNode, found: AttributeDef) -> None:
        at = _start(self.text, node)
        first, dot, rest = str(node.value).partition(".")
        if dot:
            if first != "actor":
                self.note(at, first, symbols.name(first))
            self.note(at + len(first) + 1, rest, symbols.attribute(found.slot))
        else:
            self.note(at, first, symbols.attribute(found.slot))

    def values(self, node: yaml.Node, found: AttributeDef) -> None:
        kind = found.type
        if kind.base in ("kind", "levels", "set"):
            for scalar, at in _scalars(self.text, node):
                known = self.vocabulary.kinds.get(kind.of)
                if known is not None and scalar.value in known.order:
                    self.note(at, scalar.value, symbols.value(kind.of, scalar.value))
        elif kind.base == "list":
            for each in _items(node):
                self.facts(each, kind.of, "")

    def name(self, node: yaml.Node | None) -> None:
        if isinstance(node, yaml.ScalarNode) and node.value in self.lexicon.names.sorts:
            self.scalar(node, symbols.name(str(node.value)))

    def scalar(self, node: yaml.Node, symbol: Symbol, declares: bool = False) -> None:
        if isinstance(node, yaml.ScalarNode):
            self.note(_start(self.text, node), str(node.value), symbol, declares)

    def note(self, at: int, text: str, symbol: Symbol, declares: bool = False) -> None:
        if self.text.startswith(text, at) and text:
            self.found.append(Mention(at, at + len(text), symbol, declares))


def attribute_of(vocabulary: Vocabulary, key: str, owner: str, thing: str) -> AttributeDef | None:
    """The attribute that a fact of a request states, as `writ.engine.ask` finds it."""
    attributes = vocabulary.attributes
    if "." in key:
        first, name = key.split(".", 1)
        return attributes.get(key) or _inherited(vocabulary, first, name)
    return (
        _inherited(vocabulary, owner, key)
        or _inherited(vocabulary, thing, key)
        or attributes.get(key)
        or attributes.get(f"actor.{key}")
        or _only(vocabulary, key)
    )


def _inherited(vocabulary: Vocabulary, owner: str, name: str) -> AttributeDef | None:
    ups = vocabulary.act_up.get(owner) or vocabulary.thing_up.get(owner) or {owner}
    for above in (owner, *sorted(ups)):
        found = vocabulary.attributes.get(f"{above}.{name}")
        if found is not None:
            return found
    return None


def _only(vocabulary: Vocabulary, name: str) -> AttributeDef | None:
    found = [
        item
        for item in vocabulary.attributes.values()
        if item.name == name and item.owner not in vocabulary.states
    ]
    return found[0] if len(found) == 1 else None


def _listed(text: str) -> list[yaml.Node]:
    root = _root(text)
    return _items(_fields(root).get("cases")) if root is not None else []


def _fields(node: yaml.Node) -> dict[str, yaml.Node]:
    if not isinstance(node, yaml.MappingNode):
        return {}
    return {str(key.value): value for key, value in node.value if isinstance(key, yaml.ScalarNode)}


def _items(node: yaml.Node | None) -> list[yaml.Node]:
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []


def _plain(node: yaml.Node | None) -> str:
    return str(node.value) if isinstance(node, yaml.ScalarNode) else ""


def _scalars(text: str, node: yaml.Node | None) -> list[tuple[yaml.ScalarNode, int]]:
    """A scalar, or those of a list, with where each is written."""
    listed = _items(node) if isinstance(node, yaml.SequenceNode) else [node]
    return [(each, _start(text, each)) for each in listed if isinstance(each, yaml.ScalarNode)]


def _start(text: str, node: yaml.Node) -> int:
    """Where the text of a scalar starts: behind its quote."""
    at = int(node.start_mark.index)
    return at + 1 if text[at : at + 1] in ("'", '"') else at


def _extent(node: yaml.Node) -> tuple[int, int]:
    return int(node.start_mark.index), int(node.end_mark.index)
