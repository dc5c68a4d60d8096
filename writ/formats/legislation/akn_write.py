"""Akoma Ntoso 3.0 out of a document, whatever format it came in.

What came as Akoma Ntoso is written as it was. Everything else is put into the elements of the standard; what they have
no place for (the day on which a provision came into force, the attributes of the source) stands in attributes of
namespaces of ours, which the schema allows everywhere, so that reading the file again gives the same document.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

import msgspec

from writ.formats.legislation.akn_native import NAMESPACES, Native, checked
from writ.formats.legislation.akn_tables import Table, spans_of, taken_apart
from writ.formats.legislation.akn_words import FINAL, HIERARCHY
from writ.formats.legislation.labels import labels_of
from writ.formats.legislation.model import Attributes, Block, Document, Mark, Provision, Runs
from writ.formats.legislation.text import plain
from writ.formats.xml import escaped, quoted

FRONT = {
    "identification": "preface",
    "preface": "preface",
    "introduction": "preamble",
    "order": "preamble",
}
"""Provisions that stand before the body, and where."""
_HEAD = {"number": "num", "heading": "heading", "marginal": "heading", "reference": "subheading"}
_LANGUAGES = {"en": "eng", "fr": "fra", "nl": "nld", "de": "deu", "es": "spa"}
_INLINE = {"superscript": "sup", "subscript": "sub"}


def akoma_ntoso(document: Document) -> str:
    """The document as a file of Akoma Ntoso 3.0."""
    writer = Native(document) if document.format == "akn" else _Derived(document)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + "".join(writer.file()) + "\n"


class _Derived:
    """Writes what came in another format."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.out: list[str] = []
        self.terms: dict[str, str] = {}
        self.at = {label: id for id, label in labels_of(document).items()}
        """The provision of each label: where a reference within the document leads."""

    def file(self) -> list[str]:
        document = self.document
        front: dict[str, list[str]] = {"preface": [], "preamble": []}
        body: list[str] = []
        after: list[str] = []
        for at, part in enumerate(document.body):
            self.out = []
            if isinstance(part, Block):
                self.block(part, at=at)
                after += self.out
            elif part.kind in FRONT:
                self.container(part, at=at)
                front[FRONT[part.kind]] += self.out
            else:
                self.provision(part, at=at)
                body += self.out
        self.out = []
        names = {"": FINAL, **{each: NAMESPACES[each] for each in ("writ", "at", "lims")}}
        said = "".join(f" xmlns{':' if each else ''}{each}={quoted(names[each])}" for each in names)
        self.out.append(f"<akomaNtoso{said}>")
        self.out.append(f'<act name={quoted(document.kind)} contains="singleVersion">')
        self.meta()
        for name, written in front.items():
            if written:
                self.out += [f"<{name}>", *written, f"</{name}>"]
        empty = '<hcontainer name="empty" writ:between="yes"/>'
        self.out += ["<body>", *(body or [empty]), "</body>"]
        if after:
            self.out += ["<conclusions>", *after, "</conclusions>"]
        self.out += ["</act>", "</akomaNtoso>"]
        return self.out

    def meta(self) -> None:
        document, out = self.document, self.out
        sort = "regulation" if document.kind == "regulation" else "act"
        country = {"justice-canada": "ca", "uslm": "us", "bwb": "nl"}.get(document.format, "un")
        name = quote(document.key.partition(":")[2] or document.key, safe="")
        day = document.enacted or document.in_force or document.version
        date = day.isoformat() if day else "1000-01-01"
        version = document.version.isoformat() if document.version else date
        language = _LANGUAGES.get(document.language, document.language or "und")
        work = f"/akn/{country}/{sort}/{date}/{name}"
        expression = f"{work}/{language}@{version}"
        by = '<FRBRauthor href="#source"/>'
        out.append('<meta><identification source="#writ"><FRBRWork>')
        out.append(f"<FRBRthis value={quoted(f'{work}/!main')}/><FRBRuri value={quoted(work)}/>")
        out.append(f'<FRBRdate date="{date}" name="enacted"/>{by}<FRBRcountry value="{country}"/>')
        if document.citation:
            out.append(f"<FRBRname value={quoted(document.citation)}/>")
        out.append("</FRBRWork><FRBRExpression>")
        out.append(f"<FRBRthis value={quoted(f'{expression}/!main')}/>")
        out.append(f"<FRBRuri value={quoted(expression)}/>")
        out.append(f'<FRBRdate date="{version}" name="version"/>{by}')
        out.append(f'<FRBRlanguage language="{language}"/></FRBRExpression><FRBRManifestation>')
        out.append(f"<FRBRthis value={quoted(f'{expression}/!main.xml')}/>")
        out.append(f"<FRBRuri value={quoted(f'{expression}.xml')}/>")
        out.append(f'<FRBRdate date="{version}" name="version"/>{by}</FRBRManifestation>')
        out.append('</identification><references source="#writ">')
        source = document.enacted_by or document.format
        out.append(
            f'<TLCOrganization eId="source" href="/ontology/source" showAs={quoted(source)}/>'
        )
        out.append('<TLCOrganization eId="writ" href="/ontology/writ" showAs="Writ"/>')
        for term, id in self.terms.items():
            out.append(
                f"<TLCTerm eId={quoted(id)} href={quoted(f'/ontology/term/{id}')} showAs={quoted(term)}/>"
            )
        out.append('</references><proprietary source="#writ">')
        fields = {name: getattr(document, name) for name in PLAIN}
        said = "".join(f" {name}={quoted(str(value))}" for name, value in fields.items() if value)
        out.append(f"<writ:document{said}{_said(document.attributes)}/>")
        for each, items in (("link", document.links), ("unusual", document.unusual)):
            for item in items:
                pairs = msgspec.to_builtins(item).items()
                said = "".join(f" {key}={quoted(str(value))}" for key, value in pairs)
                out.append(f"<writ:{each}{said}/>")
        out.append("</proprietary></meta>")

    def provision(self, part: Provision, at: int = -1) -> None:
        """A provision as an element of the hierarchy."""
        known = part.kind in HIERARCHY and part.kind != "hcontainer"
        element = part.kind if known else "hcontainer"
        name = "" if known else f" name={quoted(part.kind)}"
        self.out.append(f"<{element}{name} eId={quoted(part.id)}{_about(part, at)}>")
        free = ["num", "heading", "subheading"]
        rest: list[Block] = []
        for block in part.head:
            place = _HEAD.get(block.kind, "")
            if place == "heading" and place not in free:
                place = "subheading"
            if rest or place not in free:
                rest.append(block)
                continue
            free.remove(place)
            self.paragraph(block, place)
        self.hierarchy(part.body, rest)
        self.out.append(f"</{element}>")

    def hierarchy(self, body: tuple[Block | Provision, ...], rest: list[Block]) -> None:
        places = [at for at, each in enumerate(body) if isinstance(each, Provision)]
        if not places:
            if body or rest:
                self.wrapped("content", rest, body)
            return
        first, last = places[0], places[-1]
        if rest or first:
            self.wrapped("intro", rest, body[:first])
        waiting: list[Block | Provision] = []
        for each in body[first : last + 1]:
            if isinstance(each, Block):
                waiting.append(each)
                continue
            if waiting:
                self.out.append('<hcontainer name="between" writ:between="yes">')
                self.wrapped("content", [], waiting)
                self.out.append("</hcontainer>")
                waiting = []
            self.provision(each)
        if last + 1 < len(body):
            self.wrapped("wrapUp", [], body[last + 1 :])

    def wrapped(self, name: str, head: list[Block], body: Iterable[Block | Provision]) -> None:
        self.out.append(f"<{name}>")
        for block in head:
            self.block(block, head=True)
        for each in body:
            if isinstance(each, Block):
                self.block(each)
        self.out.append(f"</{name}>")

    def container(self, part: Provision, at: int = -1) -> None:
        """A provision before the body, where the hierarchy has no place."""
        self.out.append(
            f"<container name={quoted(part.kind)} eId={quoted(part.id)}{_about(part, at)}>"
        )
        for block in part.head:
            self.block(block, head=True)
        for each in part.body:
            if isinstance(each, Block):
                self.block(each)
            else:
                self.container(each)
        if not part.head and not part.body:
            self.out.append('<p writ:between="yes"/>')
        self.out.append("</container>")

    def block(self, block: Block, head: bool = False, at: int = -1) -> None:
        table = taken_apart(block.runs) if block.kind == "table" else None
        if table is not None and not head:
            self.table(block, table, at)
            return
        self.paragraph(block, "p", (' writ:head="yes"' if head else "") + _place(at))

    def table(self, block: Block, table: Table, at: int) -> None:
        """A table with its rows; what else there is of it in an attribute."""
        name = f" writ:name={quoted(block.name)}" if block.name else ""
        frame = f" writ:frame={quoted(table.frame)}"
        self.out.append(
            f'<table writ:kind="table"{name}{frame}{_place(at)}{_said(block.attributes)}>'
        )
        if table.caption:
            self.out.append(f'<caption writ:between="yes">{escaped(table.caption)}</caption>')
        for head, row, columns in table.rows:
            self.out.append(f"<tr{_named(row)}>")
            for cell in row.runs:
                if isinstance(cell, Mark):
                    element = "th" if head else "td"
                    wide, high = spans_of(cell, columns)
                    span = f' colspan="{wide}"' if wide > 1 else ""
                    span += f' rowspan="{high}"' if high > 1 else ""
                    self.out.append(f"<{element}{span}{_named(cell)}><p>")
                    self.runs(cell.runs)
                    self.out.append(f"</p></{element}>")
            self.out.append("</tr>")
        self.out.append("</table>")

    def paragraph(self, block: Block, element: str, more: str = "") -> None:
        kind = f" writ:kind={quoted(block.kind)}"
        if element == "p":
            kind = "" if block.kind == "text" else f" class={quoted(block.kind)}{kind}"
        name = f" writ:name={quoted(block.name)}" if block.name else ""
        self.out.append(f"<{element}{kind}{name}{more}{_said(block.attributes)}>")
        self.runs(block.runs)
        self.out.append(f"</{element}>")

    def runs(self, runs: Runs) -> None:
        for run in runs:
            if isinstance(run, str):
                self.out.append(escaped(run))
            else:
                self.mark(run)

    def mark(self, mark: Mark) -> None:
        element, given = self.inline(mark)
        opened = f"<{element}{given}{_named(mark)}"
        if not mark.runs:
            self.out.append(f"{opened}/>")
            return
        self.out.append(f"{opened}>")
        self.runs(mark.runs)
        self.out.append(f"</{element}>")

    def inline(self, mark: Mark) -> tuple[str, str]:
        """The element of a mark, with the attributes that it must have."""
        if mark.kind == "reference":
            inside = self.at.get(plain(mark.runs), "")
            return "ref", f" href={quoted(quote(mark.target, safe=_URI) or f'#{inside}')}"
        if mark.kind == "term":
            term = plain(mark.runs)
            id = self.terms.setdefault(term, f"term-{len(self.terms) + 1}")
            return "term", f' refersTo="#{id}"'
        if mark.kind == "emphasis":
            style = dict(mark.attributes).get("style", mark.name)
            return {"italic": "i", "i": "i", "bold": "b", "b": "b"}.get(style, "span"), ""
        element = _INLINE.get(mark.kind, "inline")
        return element, f" name={quoted(mark.kind)}" if element == "inline" else ""


_URI = "/:#?&=;,.()!@$'*+~%-_"
PLAIN = (
    "format",
    "key",
    "kind",
    "title",
    "language",
    "short_title",
    "citation",
    "enacted_by",
    "enacted",
    "in_force",
    "amended",
    "version",
    "pending",
    "repealed",
)
"""The fields of a document that are one text or day."""


def _named(mark: Mark) -> str:
    """What a mark has beyond the elements of Akoma Ntoso."""
    target = f" writ:target={quoted(mark.target)}" if mark.target else ""
    name = f" writ:name={quoted(mark.name)}" if mark.name else ""
    return f" writ:kind={quoted(mark.kind)}{name}{target}{_said(mark.attributes)}"


def _place(at: int) -> str:
    return f' writ:at="{at}"' if at >= 0 else ""


def _about(part: Provision, at: int) -> str:
    """What a provision has beyond the elements of Akoma Ntoso."""
    days = (("in-force", part.in_force), ("enacted", part.enacted), ("amended", part.amended))
    said = "".join(f' writ:{name}="{day}"' for name, day in days if day is not None)
    name = f" writ:name={quoted(part.name)}" if part.name else ""
    return f"{name}{said}{_place(at)}{_said(part.attributes)}"


def _said(attributes: Attributes) -> str:
    """Attributes of the source, under namespaces that the schema lets pass."""
    found = []
    for name, value in attributes:
        prefix, _, local = name.rpartition(":")
        if prefix == "lims":
            found.append(f" lims:{checked(local)}={quoted(value)}")
        else:  # a colon cannot stand in a name: two dots do
            found.append(f" at:{checked(name.replace(':', '..'))}={quoted(value)}")
    return "".join(found)
