"""What the provisions of a document point to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from writ.formats.legislation.enabling import LIST, OF, labels_in
from writ.formats.legislation.model import Document, Link, Mark, Provision, Runs
from writ.formats.legislation.text import normalised, plain

_BEFORE = re.compile(rf"\b({LIST}){OF}$", re.I)
"""The provision before the name of an instrument: `subsections 4(1), (1.1) and (2) of the`."""
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
    return labels_in(found[1])[0] if found is not None else ""


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
