"""United States Legislative Markup: compilations, bills and public laws of USLM 2."""

from __future__ import annotations

import datetime as dt
import re
from contextlib import suppress

import msgspec

from writ.formats.legislation.building import Builder, Words, day, text_in
from writ.formats.legislation.links import references
from writ.formats.legislation.model import Document
from writ.formats.xml import Node

NAMESPACES = ("http://schemas.gpo.gov/xml/uslm", "http://xml.house.gov/schemas/uslm/1.0")
ROOTS = frozenset(
    [
        "statuteCompilation",
        "bill",
        "resolution",
        "amendment",
        "pLaw",
        "lawDoc",
        "uscDoc",
        "cfrDoc",
        "statutesAtLarge",
        "engrossedAmendment",
    ]
)
_PROPOSED = frozenset({"bill", "resolution", "amendment", "engrossedAmendment"})
"""Not in force, and nobody knows whether ever, until it is approved."""
_KINDS = {"cfrDoc": "regulation"}
_DC = "http://purl.org/dc/elements/1.1/"
_LEVELS = [
    "title",
    "subtitle",
    "chapter",
    "subchapter",
    "part",
    "subpart",
    "division",
    "subdivision",
    "article",
    "subarticle",
    "section",
    "subsection",
    "paragraph",
    "subparagraph",
    "clause",
    "subclause",
    "item",
    "subitem",
    "subsubitem",
    "level",
    "courtRule",
    "compiledAct",
    "reorganizationPlan",
]
_BLOCKS = {
    "content": "text",
    "chapeau": "text",
    "text": "text",
    "continuation": "continued",
    "p": "text",
    "block": "text",
    "longTitle": "title",
    "enactingFormula": "enacting",
    "table": "table",
    "toc": "contents",
    "sourceCredit": "history",
    "elided": "text",
    "resolvingClause": "enacting",
    "legislativeHistory": "note",
    "endorsement": "note",
    "slugLine": "note",
    **dict.fromkeys(("action", "enrolledDateline", "endMarker", "page"), "note"),
    **dict.fromkeys(("signatures", "signature", "attestation"), "signature"),
    **dict.fromkeys(("editorialNote", "explanationNote", "note", "notes", "statutoryNote"), "note"),
    **dict.fromkeys(("citationNote", "editionNote", "property", "docNumber", "citableAs"), "note"),
    **dict.fromkeys(
        (
            *("containsShortTitle", "citableAsShortTitle", "currentThroughPublicLaw", "congress"),
            *(
                "processedBy",
                "processedDate",
                "approvedDate",
                "creator",
                "format",
                "language",
                "rights",
                "type",
                "docStage",
                "distributionCode",
                "publicPrivate",
                "currentChamber",
                "session",
                "amendDegree",
            ),
        ),
        "meta",
    ),
}
_MARKS = {
    "ref": "reference",
    "term": "term",
    "b": "emphasis",
    "i": "emphasis",
    "sup": "superscript",
    "sub": "subscript",
    "inline": "phrase",
    "shortTitle": "phrase",
    "date": "date",
    "quotedText": "quotation",
    "quotedContent": "quotation-block",
    "footnote": "note",
    "br": "break",
    "headingText": "phrase",
    "groupItem": "item",
    "referenceItem": "item",
    "designator": "block",
    "label": "block",
    "docTitle": "block",
    "officialTitle": "block",
    "citableAs": "phrase",
    "currentThroughPublicLaw": "phrase",
    "elided": "block",
    "amendingAction": "phrase",
    "proviso": "phrase",
    "committee": "phrase",
    "sponsor": "phrase",
    "cosponsor": "phrase",
    "role": "phrase",
    "name": "phrase",
    "notation": "phrase",
    "actionDescription": "block",
    "list": "list",
    "listItem": "item",
    "listContent": "phrase",
    "relatedDocument": "phrase",
    "addedText": "inserted",
    "actionInstruction": "block",
    "caption": "heading",
    "tr": "row",
    "td": "cell",
    "th": "cell",
    "thead": "group",
    "tbody": "group",
    "tfoot": "group",
    "colgroup": "group",
    "col": "column",
}
_MIXED = frozenset(
    {*_MARKS, "content", "chapeau", "continuation", "p", "text", "heading", "subheading", "num"}
    - {"quotedContent", "groupItem", "referenceItem", "footnote", "tr", "thead", "tbody", "tfoot"}
)


class _Uslm(Builder):
    words = Words(
        {
            **{name: name for name in _LEVELS},
            "meta": "identification",
            "preface": "preface",
            "main": "main",
            "preamble": "preamble",
            "appendix": "schedule",
            "recital": "recital",
            "appropriations": "appropriations",
            "amendMeta": "identification",
            "amendPreface": "preface",
            "amendMain": "main",
            "amendmentInstruction": "instruction",
            "amendmentContent": "quotation",
            "schedule": "schedule",
        },
        {
            "num": "number",
            "heading": "heading",
            "subheading": "subheading",
            "sidenote": "reference",
        },
        _BLOCKS,
        _MARKS,
        _MIXED,
        {_DC: "dc", "http://www.w3.org/XML/1998/namespace": "xml"},
    )

    def kind(self, node: Node) -> str:
        return "" if node.namespace == _DC else super().kind(node)

    def block_kind(self, node: Node) -> str:
        return "meta" if node.namespace == _DC else super().block_kind(node)

    def target(self, node: Node) -> str:
        return node.attributes.get("href", "") if node.name == "ref" else ""


def document(root: Node, key: str) -> Document:
    """The document of a file."""
    builder = _Uslm()
    builder.namespace = root.namespace
    about = root.child("meta") or root.child("amendMeta") or Node("", "meta", {}, root.line)
    said = {each.name: text_in(each) for each in reversed(list(about.children()))}
    enacted = day(said.get("approvedDate")) or _approved(root)
    found = Document(
        "uslm",
        said.get("citableAs", "") or key,
        _KINDS.get(root.name, root.name),
        said.get("title", "") or key,
        said.get("language", "").lower() or "en",
        said.get("citableAsShortTitle", ""),
        said.get("citableAs", ""),
        said.get("creator", ""),
        enacted,
        None,
        None,
        day(said.get("processedDate")),
        None,
        tuple(builder.body(root.parts)),
        builder.attributes(root),
        (),
        builder.unusual(),
        root.name in _PROPOSED and enacted is None,
    )
    return msgspec.structs.replace(found, links=tuple(references(found)))


_APPROVED = re.compile(r"Approved ([A-Z][a-z]+ \d{1,2}, \d{4})")


def _approved(root: Node) -> dt.date | None:
    """The day on which a public law says that it was approved; it stands at its end."""
    main = root.child("main") or root
    for each in main.children():
        if each.name == "action" and (found := _APPROVED.search(text_in(each))) is not None:
            with suppress(ValueError):
                return dt.datetime.strptime(found[1], "%B %d, %Y").date()
    return None
