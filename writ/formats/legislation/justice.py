"""Justice Canada's consolidated acts and regulations (`Statute`, `Regulation`)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import msgspec

from writ.formats.legislation.building import Builder, day, text_in
from writ.formats.legislation.enabling import basis
from writ.formats.legislation.justice_words import GROUPS, LIMS, ROOTS, WORDS, XML
from writ.formats.legislation.links import references
from writ.formats.legislation.model import Block, Document, Link, Provision
from writ.formats.legislation.text import normalised
from writ.formats.xml import Node


class _Justice(Builder):
    words = WORDS

    def kind(self, node: Node) -> str:
        if node.name == "Heading":
            label = text_in(node.child("Label"))
            return next((kind for pattern, kind in GROUPS if pattern.match(label)), "heading")
        return super().kind(node)

    def provision(self, node: Node, kind: str, above: str = "", scope: str = "") -> Provision:
        _group(node)
        if kind in ("schedule", "form"):
            _hoist(node)
        return super().provision(node, kind, above, scope)

    def block(self, node: Node, kind: str) -> Block:
        inner = [part for part in node.parts if not isinstance(part, str)]
        if kind == "continued" and len(inner) == 1 and inner[0].name == "Text":
            text = inner[0]
            below = {f"Text.{key}": value for key, value in self.attributes(text)}
            return Block(kind, self.runs(text), node.name, (*self.attributes(node), *below.items()))
        return super().block(node, kind)

    def name(self, node: Node, kind: str) -> str:
        if kind != "definition":
            return ""
        text = node.child("Text")
        terms = [] if text is None else [each for each in text.children() if "Term" in each.name]
        return text_in(terms[0]).lower()[:60] if terms else ""

    def dates(self, node: Node) -> tuple[dt.date | None, dt.date | None, dt.date | None]:
        get = node.attributes.get
        return (
            day(get(f"{LIMS} inforce-start-date")),
            day(get(f"{LIMS} enacted-date")),
            day(get(f"{LIMS} lastAmendedDate")),
        )

    def target(self, node: Node) -> str:
        if node.name == "XRefExternal":
            return target(node)
        return f"#{node.attributes['idref']}" if "idref" in node.attributes else ""


def target(node: Node) -> str:
    """The work that an `XRefExternal` leads to: `act:N-5`; the sort alone where it names no file."""
    return f"{node.attributes.get('reference-type', '')}:{node.attributes.get('link', '')}"


def document(root: Node, key: str) -> Document:
    """The document of a file; `key` is the name of the file, by which other files refer to it: `N-5`."""
    kind = ROOTS[root.name]
    about = root.child("Identification") or Node("", "Identification", {}, root.line)
    builder = _Justice()
    _group(root)
    body = tuple(builder.body(root.parts))
    in_force, enacted, amended = builder.dates(root)
    repealed = root.child("Repealed")
    chapter = about.child("Chapter")
    made = about.child("RegulationMakerOrder")
    made_by = text_in(made.child("RegulationMaker")) if made is not None else ""
    registered = _date(about.child("RegistrationDate"))
    found = Document(
        "justice-canada",
        f"{kind}:{key}",
        kind,
        text_in(about.child("LongTitle")) or text_in(about.child("ShortTitle")) or key,
        root.attributes.get(f"{XML} lang", ""),
        text_in(about.child("ShortTitle")),
        text_in(about.child("InstrumentNumber")) or _chapter(chapter, key),
        made_by or text_in(about.child("RegulationMaker")),
        _assented(about) or registered or enacted,
        in_force,
        amended,
        day(root.attributes.get(f"{LIMS} pit-date")),
        builder.dates(repealed)[0] if repealed is not None else None,
        body,
        builder.attributes(root),
        (),
        builder.unusual(),
    )
    links = (*_enabling(about.child("EnablingAuthority"), found), *references(found))
    return msgspec.structs.replace(found, links=links)


def _enabling(node: Node | None, document: Document) -> Iterator[Link]:
    """The acts under which it was made; which provision of them, the words of the order say."""
    for each in node.children() if node is not None else ():
        if each.name == "XRefExternal":
            to = target(each)
            labels = basis(document, to, text_in(each)).labels
            yield Link("enabling", "", to, labels[0] if labels else "", text_in(each))


def _chapter(node: Node | None, key: str) -> str:
    """`R.S.C. 1985, c. O-5`, as the chapter is given."""
    if node is None:
        return key
    number = text_in(node.child("ConsolidatedNumber"))
    annual = node.child("AnnualStatuteId")
    if annual is None:
        return f"R.S.C. 1985, c. {number}"
    words = normalised(
        " ".join(part for part in (text_in(each) for each in annual.children()) if part)
    )
    statute = "R.S.C." if annual.attributes.get("revised-statute") == "yes" else "S.C."
    year = text_in(annual.child("YYYY"))
    chapter = text_in(annual.child("AnnualStatuteNumber"))
    return f"{statute} {year}, c. {chapter}" if year and chapter else words


def _assented(about: Node) -> dt.date | None:
    history = about.child("BillHistory")
    if history is None:
        return None
    for stage in history.children():
        if stage.attributes.get("stage") == "assented-to":
            return _date(stage)
    return None


def _date(node: Node | None) -> dt.date | None:
    date = node.child("Date") if node is not None else None
    if date is None:
        return None
    year, month, day_ = (text_in(date.child(name)) for name in ("YYYY", "MM", "DD"))
    try:
        return dt.date(int(year), int(month), int(day_))
    except ValueError:
        return None


def _group(node: Node) -> None:
    """Put what follows a heading into it, as far as the next heading of its level or a higher one."""
    if not any(each.name == "Heading" for each in node.children()):
        return
    parts: list[Node | str] = []
    open_: list[tuple[int, Node]] = []
    for part in node.parts:
        if isinstance(part, Node) and part.name == "Heading":
            level = _level(part)
            while open_ and open_[-1][0] >= level:
                open_.pop()
            (open_[-1][1].parts if open_ else parts).append(part)
            open_.append((level, part))
        elif isinstance(part, Node) and part.name in _ENDS:
            open_.clear()
            parts.append(part)
        elif open_:
            open_[-1][1].parts.append(part)
        else:
            parts.append(part)
    node.parts = parts


_ENDS = frozenset({"Schedule", "RecentAmendments", "Body"})


_DEEPEST = 9
"""Of headings: each is in the one before it, and how deep the tree is has a limit."""


def _level(node: Node) -> int:
    text = node.attributes.get("level", "1")
    return min(int(text), _DEEPEST) if text.isascii() and text.isdigit() and len(text) < 4 else 1


def _hoist(node: Node) -> None:
    """The heading of a schedule is its own head; its attributes are kept with those of the schedule."""
    first = next(iter(node.children()), None)
    if first is None or first.name != "ScheduleFormHeading":
        return
    for key, value in first.attributes.items():
        namespace, _, name = key.rpartition(" ")
        prefix = "lims." if namespace == LIMS else ""
        node.attributes[f"ScheduleFormHeading.{prefix}{name}"] = value
    at = node.parts.index(first)
    node.parts[at : at + 1] = first.parts
