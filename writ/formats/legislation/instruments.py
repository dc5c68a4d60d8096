"""Documents as instruments of a Book: Markdown with front matter, each with its sidecar.

No norm is made, and no organisation: who is bound by what, a person says. What a file says of its authority is put
into `under`; where that leads out of what was imported, to a provision of `unresolved-authority`.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from writ.diagnostics import Diagnostic
from writ.formats.legislation.codes import finding
from writ.formats.legislation.enabling import Basis, basis
from writ.formats.legislation.entries import UNRESOLVED, Entry, Outside, front, slug
from writ.formats.legislation.ids import SCOPES
from writ.formats.legislation.labels import WHOLE, labels_of
from writ.formats.legislation.links import terms
from writ.formats.legislation.markdown import escaped, heading, prose
from writ.formats.legislation.model import Block, Document, Link, Provision
from writ.formats.legislation.sidecar import SUFFIX, Resolved, encoded
from writ.formats.legislation.text import normalised, number_of
from writ.formats.legislation.tracing import joined, traced

DEFINITIONS = "definitions.md"
_LONGEST = 400
"""Characters of a title in the front matter."""


class Instruments:
    """The instruments of a Book, one document after the other."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.taken: set[str] = {UNRESOLVED, "book", "definitions"}
        self.found: list[Diagnostic] = []
        self.provisions = 0
        self.by_key: dict[tuple[str, str], Entry] = {}

    def add(self, document: Document, file: str) -> None:
        """Take in the document of a file."""
        labels = labels_of(document)
        title = document.short_title or document.title
        days = [each.in_force for each in document.walk() if each.in_force is not None]
        days += [document.in_force] if document.in_force else []
        start = min(days) if days else document.enacted or document.version or dt.date(1900, 1, 1)
        headed = []
        for each in document.walk():
            self.provisions += 1
            if each.id in labels and (each.kind in WHOLE or each.kind == "subsection"):
                headed.append(labels[each.id])
        self._listed(document, file, list(_lacking(document.body, labels)))
        self.entries.append(
            Entry(
                self._id(title, document),
                file,
                document.key,
                shown(title),
                document.kind,
                document.language,
                shown(document.citation),
                start,
                document.enacted,
                document.repealed,
                labels,
                frozenset(each.id for each in document.walk() if document.format == "akn"),
                frozenset(labels.values()),
                frozenset(headed),
                document.links,
                tuple(
                    basis(document, each.target, each.text)
                    for each in document.links
                    if each.kind == "enabling"
                ),
                dict(joined(document)),
                list(terms(document)),
                prose(document, labels),
                msgspec.json.encode(document),
                document.pending or document.kind == "bill",
            )
        )

    def _listed(self, document: Document, file: str, lacking: list[str]) -> None:
        for each in document.unusual:
            times = "" if each.count == 1 else f", {each.count} times"
            self.found.append(
                finding(
                    "X613", file, each.line, f"`{each.name}` has no meaning here{times}; it is kept"
                )
            )
        if lacking:
            some = ", ".join(f"`{each}`" for each in lacking[:5])
            more = f" and {len(lacking) - 5} more" if len(lacking) > 5 else ""
            self.found.append(finding("X614", file, 1, f"no label for {some}{more}"))

    def _id(self, title: str, document: Document) -> str:
        name = slug(title) or slug(document.key) or "law"
        language = slug(document.language)
        id, at = name, 1
        while id in self.taken:
            at += 1
            id = f"{name}-{language}" if at == 2 and language else f"{name}-{at}"
        self.taken.add(id)
        return id

    def files(self, name: str, title: str = "") -> dict[str, bytes]:
        """The files of the Book by path."""
        outside = Outside()
        found: dict[str, bytes] = {}
        for entry in self.entries:
            self.by_key.setdefault((entry.key, entry.language), entry)
            self.by_key.setdefault((entry.key, ""), entry)
        for entry in self.entries:
            resolved, enabling, under = self._resolved(entry, outside)
            found[f"{entry.id}.md"] = f"{front(entry, under)}\n{entry.text}".encode()
            found[f"{entry.id}{SUFFIX}"] = encoded(
                entry.text, entry.document, entry.labels, resolved, enabling
            )
        if outside.known:
            found[f"{UNRESOLVED}.md"] = outside.text().encode()
        if any(entry.terms for entry in self.entries):
            found[DEFINITIONS] = self._definitions().encode()
        shown = json.dumps(title or name, ensure_ascii=False)
        found["book.md"] = f"---\nbook: {name}\ntitle: {shown}\n---\n\n{_PREFACE}".encode()
        return found

    def _resolved(
        self, entry: Entry, outside: Outside
    ) -> tuple[tuple[Resolved, ...], tuple[Basis, ...], str]:
        """Where the links of a document lead, what became of its enabling links, and under what it was made."""
        enabling: list[Basis] = []
        said = iter(entry.bases)
        made: list[Resolved] = []
        lost: Counter[str] = Counter()
        bases: list[str] = []
        beyond: list[Link] = []
        for link in entry.links:
            work, _, fragment = link.target.partition("#")
            to = self._target(work, entry.language) if work else entry
            label = link.label if to is not None and link.label in to.cited else ""
            if to is not None and fragment:
                label = to.labels.get(fragment, "")
                if fragment not in to.ids:
                    lost[link.target] += 1
                    continue
            if link.kind == "enabling":
                enabling.append(traced(next(said), to))
                label = next(iter(enabling[-1].found), "")
                base = self._base(to, label)
                bases += [base] if base else []
                beyond += [] if base else [link]
                if not base:
                    self._unfounded(entry, enabling[-1])
            elif to is None:
                lost[link.text[:60] if link.target.endswith(":") else link.target] += 1
            elif link.label and not label:
                lost[f"{to.id} {link.label}"] += 1
            if to is not None and (label or link.target):
                made.append(Resolved(link.kind, link.provision, to.id, label))
        if lost:
            some = ", ".join(f"`{each}`" for each in sorted(lost)[:6])
            more = f" and {len(lost) - 6} more" if len(lost) > 6 else ""
            message = (
                f"references lead to what was not imported: {some}{more} ({lost.total()} in all)"
            )
            self.found.append(finding("X612", entry.file, 1, message))
        if not bases and not beyond and entry.kind == "regulation":
            beyond = [Link("enabling", "", "", "", "An authority that the file does not name")]
            enabling.append(Basis("", "", reason="the file does not say under what it was made"))
            self._unfounded(entry, enabling[-1])
        if not bases and beyond:
            under = f"{UNRESOLVED} {outside.label(beyond[0], entry.start)}"
            return tuple(made), tuple(enabling), under
        return tuple(made), tuple(enabling), bases[0] if bases else ""

    def _base(self, to: Entry | None, label: str) -> str:
        """The heading of an act under which a provision of it stands: a paragraph is text of its section."""
        while to is not None and label and label not in to.headed:
            label = label.rpartition("(")[0]
        return f"{to.id} {label}" if to is not None and label else ""

    def _unfounded(self, entry: Entry, one: Basis) -> None:
        named = f"`{one.target}`, {one.act or one.target}"
        if not one.target:
            message = one.reason
        elif not one.instrument:
            words = f", {one.words}" if one.words else ""
            message = f"{named}{words}, under which it was made, is not among what was imported"
        elif one.labels:
            message = f"it was made under `{one.instrument}` {', '.join(one.labels)}: {one.reason}"
        else:
            message = f"under which provision of `{one.instrument}` it was made is not known: {one.reason}"
        help = "import the act as well, or correct `under:` in the front matter"
        self.found.append(finding("X611", entry.file, 1, message, help))

    def _target(self, target: str, language: str) -> Entry | None:
        """The document that a link names: in the same language, where there are several."""
        return self.by_key.get((target, language)) or self.by_key.get((target, ""))

    def _definitions(self) -> str:
        lines = ["# Defined terms", "", "Made by `writ import law`; no part of the law.", ""]
        for entry in self.entries:
            if not entry.terms:
                continue
            lines += [heading(2, entry.title), ""]
            for term, element, provision in entry.terms:
                at = _nearest(provision, entry.labels)
                language = {"DefinedTermEn": ", English", "DefinedTermFr": ", French"}.get(
                    element, ""
                )
                lines += [f"**{escaped(term)}**{language}: `{entry.id}`{at}", ""]
        return "\n".join(lines)


def shown(text: str) -> str:
    """A text as the front matter can hold it: not too long, and no characters that cannot be seen."""
    return normalised("".join(each if each.isprintable() else " " for each in text))[:_LONGEST]


def _lacking(body: Iterable[Block | Provision], labels: Mapping[str, str]) -> Iterator[str]:
    """The numbers of sections without a label; what is quoted or appended has numbers of its own."""
    for each in body:
        if isinstance(each, Provision) and each.kind not in SCOPES:
            if each.kind in WHOLE and each.id not in labels:
                yield number_of(each) or each.id
            yield from _lacking(each.body, labels)


def _nearest(provision: str, labels: Mapping[str, str]) -> str:
    """The label of a provision, or of the nearest one that it stands in."""
    while provision:
        if provision in labels:
            return f" {labels[provision]}"
        provision = provision.rpartition("__")[0]
    return ""


_PREFACE = """Imported from legislation. Each instrument is the text of the law; no norm has been made of it yet.
A file `.law.json` beside an instrument keeps what Markdown cannot say, for `writ export akn`.
"""
