"""One instrument of an imported Book: its front matter, and the authority that lies outside."""

from __future__ import annotations

import datetime as dt
import json
import re
import unicodedata

import msgspec

from writ.formats.legislation.enabling import Basis
from writ.formats.legislation.markdown import escaped, heading
from writ.formats.legislation.model import Link
from writ.formats.legislation.text import normalised

UNRESOLVED = "unresolved-authority"
"""The instrument that stands for authority outside what was imported."""
_RANKS = {"regulation": "regulation", "treaty": "treaty"}


class Entry(msgspec.Struct):
    """What is kept of a document while the others are read."""

    id: str
    file: str
    key: str
    title: str
    kind: str
    language: str
    citation: str
    start: dt.date
    enacted: dt.date | None
    repealed: dt.date | None
    labels: dict[str, str]
    ids: frozenset[str]
    """The ids of its provisions, where references are by id: in Akoma Ntoso."""
    cited: frozenset[str]
    """The labels of its provisions."""
    headed: frozenset[str]
    """The labels that are headings of the instrument."""
    links: tuple[Link, ...]
    bases: tuple[Basis, ...]
    """What its words say of each of its enabling links, in their order."""
    gone: dict[str, str]
    """The labels of sections that stand under one number, `26 to 29`, with the words there."""
    terms: list[tuple[str, str, str]]
    text: str
    document: bytes
    """As JSON."""
    pending: bool = False
    """Whether it waits for a day that nobody knows yet."""


class Outside:
    """Authority that lies outside what was imported."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, str], tuple[str, str, dt.date]] = {}

    def label(self, link: Link, start: dt.date) -> str:
        """The label of the provision that stands for what a link names, for an instrument in force from a day."""
        key = (link.target, link.label)
        words = normalised(link.text) or link.target
        label, words, first = self.known.get(key, (f"A{len(self.known) + 1}", words, start))
        self.known[key] = (label, words, min(first, start))
        return label

    def text(self) -> str:
        start = min(first for _, _, first in self.known.values())
        lines = ["---", f"id: {UNRESOLVED}", "title: Authority outside this Book", "kind: statute"]
        lines += ["top: true", f"in-force: {start}", "---", "", "# Authority outside this Book", ""]
        lines += ["Each stands for a provision that was not imported; it gives no power here.", ""]
        for (target, at), (label, words, _) in self.known.items():
            said = f"{words}, {at}" if at else f"{words}, provision not stated" if target else words
            lines += [heading(2, said, label), ""]
            if target:
                lines += [f"In the source: {escaped(normalised(target))}.", ""]
        return "\n".join(lines)


def front(entry: Entry, under: str) -> str:
    rank = _RANKS.get(entry.kind, "statute")
    lines = ["---", f"id: {entry.id}", f"title: {json.dumps(entry.title, ensure_ascii=False)}"]
    lines.append(f"kind: {rank}")
    if entry.citation:
        lines.append(f"citation: {json.dumps(entry.citation, ensure_ascii=False)}")
    lines.append(f"under: {under}" if under else "top: true")
    start, end = entry.start, entry.repealed
    if end is not None and end <= start and entry.enacted is not None:
        start = entry.enacted
    if entry.enacted is not None and entry.enacted < start:
        lines.append(f"enacted: {entry.enacted}")
    lines.append("in-force: on commencement" if entry.pending else f"in-force: {start}")
    if end is not None and end > start:
        lines.append(f"repealed: {end}")
    return "\n".join([*lines, "---", ""])


def slug(text: str) -> str:
    """A name of the language out of a title; empty where nothing of it is left."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain.lower())
    name = "-".join(words)[:60].strip("-")
    return name if not name or name[0].isalpha() else f"law-{name}"
