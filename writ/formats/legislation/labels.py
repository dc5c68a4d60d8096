"""The labels by which people cite provisions: `17(1)(a)`."""

from __future__ import annotations

import re
from collections.abc import Iterable

from writ.formats.legislation.ids import SCOPES
from writ.formats.legislation.model import Block, Document, Provision
from writ.formats.legislation.text import number_of
from writ.syntax.provisions import label_of

WHOLE = frozenset({"section", "article", "rule", "regulation"})
"""Provisions with a number of their own."""
PARTS = frozenset(
    [
        "subsection",
        "paragraph",
        "subparagraph",
        "clause",
        "subclause",
        "subsubclause",
        "item",
        "subitem",
        "subsubitem",
        "point",
        "indent",
        "alinea",
        "subrule",
        "subarticle",
    ]
)
"""Provisions whose number is read after that of the one that they stand in."""
_WORD = re.compile(
    r"^(?:section|sec\.|s\.|article|articulo|artículo|articolo|artigo|artikel|art\.|rule|règle|regulation|§)\s*",
    re.I,
)
_NUMBER = re.compile(r"\d+[A-Za-z]*(?:[.-][A-Za-z0-9]+)*|[A-Z]\d+[A-Za-z]*|[IVXLCDM]+")
_AGAIN = re.compile(r"\s+(?=(?:bis|ter|quater|quinquies|sexies)$)", re.I)
_ORDINAL = re.compile(r"(?<=\d)(?:[°º˚]|er$)")
_PART = re.compile(r"[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*")


def labels_of(document: Document) -> dict[str, str]:
    """The label of each provision that has one, by identifier. No two have the same."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    _collect(document.body, "", found, taken)
    return found


def _collect(
    body: Iterable[Block | Provision], above: str, found: dict[str, str], taken: set[str]
) -> None:
    for each in body:
        if isinstance(each, Block) or each.kind in SCOPES:
            continue
        label = _label(each, above)
        if label in taken:
            label = ""
        if label:
            taken.add(label)
            found[each.id] = label
        inner = label if each.kind in WHOLE or each.kind in PARTS else above
        _collect(each.body, "" if each.kind == "definition" else inner, found, taken)


def _label(provision: Provision, above: str) -> str:
    number = number_of(provision)
    if provision.kind in WHOLE:
        bare = _AGAIN.sub("", _WORD.sub("", number).strip().rstrip(" .—–:*"))
        bare = _ORDINAL.sub("", bare).replace(":", ".")
        return bare if _NUMBER.fullmatch(bare) and label_of(bare) == bare else ""
    if provision.kind in PARTS and above:
        bare = number.strip("().,;—– °º˚")
        return f"{above}({bare})" if _PART.fullmatch(bare) else ""
    return ""
