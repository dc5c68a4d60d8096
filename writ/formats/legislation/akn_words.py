"""The elements of Akoma Ntoso 3.0, by what they mean here."""

from __future__ import annotations

from writ.formats.legislation.building import Words

FINAL = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
"""The namespace of the standard."""
AKN2 = "http://www.akomantoso.org/2.0"
NAMESPACES = (FINAL, f"{FINAL}/WD17", f"{FINAL}/CSD13", AKN2)
WRIT = "urn:writ:law"
"""Of what Akoma Ntoso has no words for."""
ATTRIBUTE = "urn:writ:attribute"
"""Of attributes of the source that Akoma Ntoso does not have."""
XML = "http://www.w3.org/XML/1998/namespace"
PREFIXES = {
    XML: "xml",
    WRIT: "writ",
    ATTRIBUTE: "at",
    "http://justice.gc.ca/lims": "lims",
}


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split())


HIERARCHY = _names(
    """alinea article book chapter clause division indent level list paragraph part point proviso rule section
    subchapter subclause subdivision sublist subparagraph subpart subrule subsection subtitle title tome transitional
    hcontainer"""
)
"""What nests in any order, with a number, a heading, an introduction and a wrap-up."""
STRUCTURE = _names(
    """akomaNtoso act bill doc statement documentCollection amendmentList officialGazette portion amendment debate
    debateReport judgment coverPage preface preamble body mainBody portionBody amendmentBody collectionBody conclusions
    attachments attachment components component container recitals recital citations citation formula debateBody
    judgmentBody introduction background arguments remedies motivation decision"""
)
DOCUMENTS = STRUCTURE[1:13]
_BLOCKS = {
    "content": "text",
    "intro": "text",
    "wrapUp": "continued",
    "p": "text",
    "block": "text",
    "longTitle": "title",
    "table": "table",
    "blockList": "list",
    "ul": "list",
    "ol": "list",
    "tblock": "text",
    "toc": "contents",
    "foreign": "foreign",
    "blockContainer": "text",
    "crossHeading": "heading",
    "meta": "meta",
    "signature": "signature",
    "documentRef": "reference",
    "componentRef": "reference",
    "header": "text",
    "interstitial": "text",
    "div": "text",
}
_META = _names(
    """identification FRBRWork FRBRExpression FRBRManifestation FRBRItem FRBRthis FRBRuri FRBRalias FRBRdate FRBRauthor
    FRBRcountry FRBRnumber FRBRname FRBRsubtype FRBRprescriptive FRBRauthoritative FRBRlanguage FRBRtranslation
    FRBRformat FRBRversionNumber FRBRmasterExpression FRBRportion preservation publication classification keyword
    lifecycle eventRef workflow step analysis activeModifications passiveModifications textualMod efficacyMod meaningMod
    scopeMod forceMod dynamicMod legalSystemMod source destination old new force efficacy application duration condition
    restrictions restriction judicial result supports parliamentary otherAnalysis otherReferences temporalData
    temporalGroup timeInterval references original passiveRef activeRef jurisprudence hasAttachment attachmentOf
    TLCPerson TLCOrganization TLCConcept TLCObject TLCEvent TLCLocation TLCProcess TLCRole TLCTerm TLCReference notes
    proprietary presentation componentInfo componentData mappings mapping date previous"""
)
_APART = {
    "note": "note",
    "authorialNote": "note",
    "tr": "row",
    "td": "cell",
    "th": "cell",
    "item": "item",
    "li": "item",
    "caption": "heading",
    "listIntroduction": "block",
    "listWrapUp": "block",
    "tocItem": "item",
    "quotedStructure": "quotation-block",
    "embeddedStructure": "quotation-block",
    "subFlow": "block",
    "docTitle": "title",
    "br": "break",
    "eol": "break",
    "eop": "break",
    "img": "image",
    "marker": "marker",
    "noteRef": "note-reference",
}
INLINE = {
    "ref": "reference",
    "rref": "reference",
    "mref": "references",
    "a": "reference",
    "term": "term",
    "def": "definition",
    "i": "emphasis",
    "b": "emphasis",
    "u": "emphasis",
    "em": "emphasis",
    "strong": "emphasis",
    "sup": "superscript",
    "sub": "subscript",
    "ins": "inserted",
    "del": "deleted",
    "quotedText": "quotation",
    "embeddedText": "quotation",
    "mod": "modification",
    "mmod": "modification",
    "rmod": "modification",
    "docDate": "date",
    "date": "date",
    "time": "date",
    "placeholder": "leader",
    "fillIn": "leader",
    **dict.fromkeys(
        _names(
            """abbr span inline remark shortTitle docNumber docType docProponent docStage docStatus docPurpose
            docCommittee docIntroducer docAuthority docJurisdiction docketNumber session legislature person organization
            concept object event location process role entity quantity affectedDocument relatedDocument change judge
            lawyer party witness vote outcome opinion argument signature tocItem decoration omissis"""
        ),
        "phrase",
    ),
}
_MIXED = frozenset(
    {"p", "num", "heading", "subheading", "crossHeading", "listIntroduction", "listWrapUp", "block"}
    | {"caption", "docTitle"}
    | set(INLINE)
)
WORDS = Words(
    {name: name for name in (*HIERARCHY, *STRUCTURE)},
    {"num": "number", "heading": "heading", "subheading": "subheading"},
    _BLOCKS,
    {**dict.fromkeys(_META, "meta"), **INLINE, **_APART},
    _MIXED,
    PREFIXES,
)
