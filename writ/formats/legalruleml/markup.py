"""Elements of LegalRuleML and RuleML, and the text of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

import msgspec

from writ.formats.reader.characters import clean

LRML = "http://docs.oasis-open.org/legalruleml/ns/v1.0/"
RULEML = "http://ruleml.org/spec"
TERMS = "urn:writ:terms:"
"""Relations and functions of the language itself (`writ:in-effect`); `docs/legalruleml.md` lists them."""
NOTE = "urn:writ:book"
"""The namespace of what stands in comments: what LegalRuleML has no element for."""
_SPACES = {
    "lrml": LRML,
    "ruleml": RULEML,
    "note": NOTE,
    "xs": "http://www.w3.org/2001/XMLSchema",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}
_WIDE = 2
"""Blanks of indentation for each element around."""


class Node(msgspec.Struct, frozen=True):
    """An element; `content` is text or elements, never both."""

    tag: str
    attributes: tuple[tuple[str, str], ...] = ()
    content: str | tuple[Node, ...] = ()

    @property
    def parts(self) -> tuple[Node, ...]:
        return () if isinstance(self.content, str) else self.content


Attributes = dict[str, str]


def node(tag: str, attributes: Attributes | None = None, *content: Node | None) -> Node:
    """An element of the elements that are given; None stands for nothing."""
    kept = tuple((name, value) for name, value in (attributes or {}).items() if value)
    return Node(tag, kept, tuple(each for each in content if each is not None))


def words(tag: str, text: str, attributes: Attributes | None = None) -> Node:
    """An element of text."""
    return Node(tag, tuple((attributes or {}).items()), text)


def lrml(name: str, attributes: Attributes | None = None, *content: Node | None) -> Node:
    return node(f"lrml:{name}", attributes, *content)


def atom(relation: str, *arguments: Node, **slots: Node | None) -> Node:
    """A relation of the language applied to terms; a slot `by` is `writ:by`."""
    return applied("writ", relation, *arguments, **slots)


def applied(prefix: str, relation: str, *arguments: Node, **slots: Node | None) -> Node:
    """A relation applied to terms."""
    rel = words("ruleml:Rel", relation, {"iri": f"{prefix}:{relation}"})
    given = [_slot(name, filler) for name, filler in slots.items() if filler is not None]
    return node("ruleml:Atom", {}, rel, *arguments, *given)


def function(prefix: str, name: str, *arguments: Node) -> Node:
    """A function applied to terms."""
    fun = words("ruleml:Fun", name, {"iri": f"{prefix}:{name}"})
    return node("ruleml:Expr", {}, fun, *arguments)


def _slot(name: str, filler: Node) -> Node:
    plain = name.rstrip("_").replace("_", "-")
    key = words("ruleml:Ind", plain, {"iri": f"writ:{plain}"})
    return node("ruleml:slot", {}, key, filler)


def individual(name: str) -> Node:
    """A thing that the book names."""
    return words("ruleml:Ind", name, {"iri": f"book:{name}"})


def variable(name: str, type: str = "") -> Node:
    return words("ruleml:Var", name, {"type": f"book:{type}"} if type else {})


def data(text: str, type: str = "string") -> Node:
    return words("ruleml:Data", text, {"xsi:type": f"xs:{type}"})


def day_or_moment(text: str) -> Node:
    """A day, or a moment; XML Schema wants the seconds that the language leaves out."""
    if "T" not in text:
        return data(text, "date")
    at = dt.datetime.fromisoformat(text)
    return data(at.isoformat(), "dateTime")


def conjunction(items: Iterable[Node]) -> Node:
    """All of them: one by itself, none as the empty conjunction, which is true."""
    found = tuple(items)
    return found[0] if len(found) == 1 else Node("ruleml:And", (), found)


def shielded(item: Node) -> Node:
    """The formula for a place where the schema allows no negation as failure by itself."""
    return Node("ruleml:And", (), (item,)) if item.tag == "ruleml:Naf" else item


def comment(*notes: Node | None) -> Node | None:
    kept = [each for each in notes if each is not None]
    return lrml("Comment", {}, *kept) if kept else None


def note(name: str, attributes: Attributes | None = None, text: str = "") -> Node:
    """An element of our own; it stands in comments only."""
    kept = {key: value for key, value in (attributes or {}).items() if value}
    return words(f"note:{name}", text, kept)


def document(root: Node) -> str:
    """The text of a document. It is the same for the same book: it carries no time of its making."""
    spaces = tuple((f"xmlns:{prefix}", space) for prefix, space in _SPACES.items())
    whole = Node(root.tag, (*spaces, *root.attributes), root.content)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', *_lines(whole, 0)]
    return "\n".join(lines) + "\n"


def _lines(item: Node, depth: int) -> Iterator[str]:
    pad = " " * (_WIDE * depth)
    named = "".join(f" {name}={quoteattr(clean(value))}" for name, value in item.attributes)
    if isinstance(item.content, str):
        text = escape(clean(item.content))
        yield (
            f"{pad}<{item.tag}{named}>{text}</{item.tag}>" if text else f"{pad}<{item.tag}{named}/>"
        )
    elif not item.content:
        yield f"{pad}<{item.tag}{named}/>"
    else:
        yield f"{pad}<{item.tag}{named}>"
        for each in item.content:
            yield from _lines(each, depth + 1)
        yield f"{pad}</{item.tag}>"
