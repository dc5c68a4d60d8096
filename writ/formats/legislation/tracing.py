"""Where the enabling provisions that a document names are in the Book, and why one is not there."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from writ.formats.legislation.enabling import Basis, labels_in
from writ.formats.legislation.entries import Entry
from writ.formats.legislation.model import Document
from writ.formats.legislation.text import number_of, text_of

_JOINED = re.compile(r"\d[\w.]*\s+(?:to|and|à|et)\s+\d[\w.]*$")


def traced(one: Basis, to: Entry | None) -> Basis:
    """What is said of an enabling act, with its place in the Book, or why it has none."""
    if to is None:
        return msgspec.structs.replace(one, reason="the act is not among what was imported")
    found = tuple(label for label in one.labels if label in to.cited)
    term, defined = _defined(one.term, to)
    if not one.labels and defined:
        words = f"{term} within the meaning of the act"
        return msgspec.structs.replace(
            one, words=words, instrument=to.id, found=(defined,), reason="", term=term
        )
    reason = one.reason
    if one.labels and not found:
        label = one.labels[0]
        reason = f"it has no provision {label}"
        if gone := to.gone.get(label):
            reason += f" as it stands: {gone}"
    return msgspec.structs.replace(one, instrument=to.id, found=found, reason=reason, term=term)


def _defined(words: str, to: Entry) -> tuple[str, str]:
    """The longest term of the act with which words end, and the provision that defines it."""
    terms = (
        (term, at)
        for term, _, at in to.terms
        if term and re.search(rf"\b{re.escape(term)}$", words, re.I)
    )
    term, at = max(terms, key=lambda each: len(each[0]), default=("", ""))
    while at and at not in to.labels:
        at = at.rpartition("__")[0]
    return (term, to.labels[at]) if at else ("", "")


def joined(document: Document) -> Iterator[tuple[str, str]]:
    """The sections that stand under one number, `26 to 29`, each with the words there: most were repealed."""
    for provision in document.walk():
        if provision.kind == "section" and _JOINED.match(number := number_of(provision)):
            words = " ".join(text_of(provision).split())[:200]
            yield from ((label, words) for label in labels_in(number.replace("and", "to")))
