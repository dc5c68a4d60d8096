"""Identifiers of provisions, as the naming convention of Akoma Ntoso makes them: `sec_17__subsec_1__para_a`.

They follow the numbers that people cite, and not the place in the file: a provision keeps its own from version to
version, and the groups that only headings make are no part of those of the sections in them.
"""

from __future__ import annotations

import re

SHORT = {
    "article": "art",
    "chapter": "chp",
    "clause": "cl",
    "division": "dvs",
    "section": "sec",
    "subsection": "subsec",
    "paragraph": "para",
    "subparagraph": "subpara",
    "subclause": "subcl",
    "subdivision": "subdvs",
    "subtitle": "subtitle",
    "definition": "def",
    "schedule": "sched",
    "heading": "hdg",
    "quotation": "quot",
    "provision": "prov",
}
ALONE = frozenset({"section", "article"})
"""Numbered through the whole document, or through what it quotes or appends."""
SCOPES = frozenset({"schedule", "form", "quotation", "related", "order"})
"""What has numbers of its own."""
CLEAR = frozenset({"body", "introduction", "act", "bill", "main"})
"""Not named in the identifiers of what they hold."""

_OUTSIDE = re.compile(r"^[^0-9A-Za-z]+|[^0-9A-Za-z]+$")
_STRANGE = re.compile(r"[^0-9A-Za-z.]+")
_WORD = re.compile(
    r"^(?:part|partie|division|section|sec\.|schedule|annexe|chapter|title|article|rule|regulation"
    r"|artikel|hoofdstuk|afdeling|paragraaf|deel|titel|boek|bijlage)(?:\s+|$)",
    re.I,
)


class Ids:
    """Makes identifiers, each unique in one document."""

    def __init__(self) -> None:
        self.used: set[str] = set()
        self.counts: dict[str, int] = {}

    def make(self, kind: str, number: str, above: str) -> str:
        """One for a provision with this number; without a number it is counted."""
        name = _STRANGE.sub("-", _OUTSIDE.sub("", _WORD.sub("", number)))
        stem = f"{above}__{SHORT.get(kind, kind)}" if above else SHORT.get(kind, kind)
        if not name:
            self.counts[stem] = count = self.counts.get(stem, 0) + 1
            name = str(count)
        return self.unique(f"{stem}_{name}")

    def unique(self, id: str) -> str:
        """The identifier, or one made from it if it is taken."""
        if id in self.used:
            at = self.counts.get(id, 1) + 1
            while f"{id}-{at}" in self.used:
                at += 1
            self.counts[id] = at
            id = f"{id}-{at}"
        self.used.add(id)
        return id
