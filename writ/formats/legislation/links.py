"""What the provisions of a document point to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from writ.formats.legislation.model import Document, Link, Mark, Provision, Runs
from writ.formats.legislation.text import normalised, plain

_NUMBER = r"(\d+[A-Za-z]?(?:\.\d+)*(?:\((?:[0-9.]+|[a-z]{1,5}|[a-z]\.\d+)\))*)"
_WORDS = r"(?:sub)?(?:section|paragraph)s?|articles?|rules?|paragraphes?|alinéas?|règles?"  # English, French
_PHRASE = (
    rf"\b(?:{_WORDS})\s+{_NUMBER}"
    # The rest of an enumeration: `subsections 4(1), (1.1) and (2)`.
    rf"(?>[\s,*\d.()]|\([a-z]{{1,5}}\)|(?:and|or|to|et|ou|à|{_WORDS})\b)*+"
    r"(?:of|de|du|des)\b\s*(?:the\b|la\b|l[’'])?\s*"
)
_BEFORE = re.compile(rf"{_PHRASE}$", re.I)
"""The provision before the name of an instrument: `subsections 4(1), (1.1) and (2) of the`."""
_NAMED = re.compile(
    rf"{_PHRASE}(?:\x02([^\x03]*)\x03|(?:that|the said)\s+act\b)|\x02([^\x03]*)\x03", re.I
)
"""The same in a text with its references between signs that no XML has; or a reference alone."""
_RECITED = re.compile(r"\b(?:therefore|now know you|à ces causes|sachez)\b", re.I)
"""What stands between the recitals of an order and its words of enactment."""
_TAIL = 400
"""Characters before a reference that may name the provision."""


def references(document: Document) -> Iterator[Link]:
    """The references in every provision, in order."""
    for provision in document.walk():
        if provision.kind != "identification":
            yield from of_provision(provision)


def of_provision(provision: Provision) -> Iterator[Link]:
    """The references in the text of one provision alone."""
    for block in provision.blocks():
        if block.kind in ("meta", "history"):
            continue
        before: list[str] = []
        yield from _of_runs(block.runs, before, provision.id)


def _of_runs(runs: Runs, before: list[str], id: str) -> Iterator[Link]:
    for run in runs:
        if isinstance(run, str):
            before.append(run)
        elif run.kind == "reference":
            words = plain(run.runs)
            if run.name == "XRefInternal":
                yield Link("reference", id, "", words, words)
            elif run.target:
                yield Link("reference", id, run.target, _label(before), words)
            before.append("\x03")  # an enumeration does not reach over it
        elif run.kind != "note-reference":
            yield from _of_runs(run.runs, before, id)


def _label(before: list[str]) -> str:
    found = _BEFORE.search("".join(before)[-_TAIL:])
    return found[1] if found is not None else ""


def enabling_label(document: Document, target: str) -> str:
    """The provision of an act under which the order that makes a document says that it makes it.

    It is the first one after the words that end the recitals, or else the last one that the order names.
    """
    pieces: list[str] = []
    for order in document.walk():
        if order.kind == "order":
            for provision in order.walk():
                for block in provision.blocks():
                    if block.kind not in ("meta", "history", "footnote"):
                        _signed(block.runs, pieces)
                        pieces.append(" ")
    text = "".join(pieces)
    recited = _RECITED.search(text)
    act = label = ""
    for found in _NAMED.finditer(text):
        number, named, alone = found.groups()
        act = named or alone or act
        if number and act == target:
            label = number
            if recited is not None and found.start() > recited.start():
                break
    return label


def _signed(runs: Runs, pieces: list[str]) -> None:
    for run in runs:
        if isinstance(run, str):
            pieces.append(run)
        elif run.kind == "reference" and run.target:
            pieces.append(f"\x02{run.target}\x03")
        elif run.kind != "note-reference":
            _signed(run.runs, pieces)


def terms(document: Document) -> Iterator[tuple[str, str, str]]:
    """Each defined term with the element that names it and the id of the provision that defines it."""
    for provision in document.walk():
        for block in provision.blocks():
            for mark in _marks(block.runs):
                if mark.kind == "term":
                    yield normalised(plain(mark.runs)), mark.name, provision.id


def _marks(runs: Runs) -> Iterator[Mark]:
    for run in runs:
        if isinstance(run, Mark):
            yield run
            yield from _marks(run.runs)
