"""What a Dutch law or a treaty points to: the works that its links name, with the article that their words name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from writ.formats.legislation.model import Document, Link, Mark, Runs
from writ.formats.legislation.text import normalised, plain

_WORDS = "eerste tweede derde vierde vijfde zesde zevende achtste negende tiende elfde twaalfde dertiende veertiende"
_ORDINALS = _WORDS.split()
_ARTICLE = re.compile(
    r"\b(?:artikel(?:en)?|articles?|artt?\.)\s+(\d+[a-z]*(?:[.:]\d+[a-z]*)*|[IVX]+\b)"
    rf"(?:,?\s+(?:({'|'.join(_ORDINALS)})\s+lid\b|paragraph\s+(\d+)))?",
    re.I,
)
_UNDER = re.compile(r"Gelet op\b", re.I)
_LONGEST = 160


def links(document: Document) -> Iterator[Link]:
    """The references of every provision in order; of a regulation, those of its recitals are its authority."""
    for provision in document.walk():
        recital = provision.kind == "introduction" and document.kind == "regulation"
        for block in provision.blocks():
            words = plain(block.runs)
            enabling = recital and _UNDER.match(words) is not None
            named = False
            for mark in _references(block.runs):
                named = True
                said = plain(mark.runs)
                kind = "enabling" if enabling else "reference"
                at = "" if enabling else provision.id
                yield Link(kind, at, mark.target, label_in(said), said)
            if enabling and not named:
                said = normalised(words)[:_LONGEST]
                yield Link("enabling", "", said, label_in(said), said)


def label_in(words: str) -> str:
    """The provision that words name: `artikel 34, vierde lid` is `34(4)`."""
    found = _ARTICLE.search(words)
    if found is None:
        return ""
    number, ordinal, figures = found.groups()
    inner = _ORDINALS.index(ordinal.lower()) + 1 if ordinal else figures
    return f"{number.replace(':', '.')}({inner})" if inner else number.replace(":", ".")


def _references(runs: Runs) -> Iterator[Mark]:
    for run in runs:
        if isinstance(run, Mark):
            if run.kind == "reference" and run.target.startswith("BWB"):
                yield run
            else:
                yield from _references(run.runs)
