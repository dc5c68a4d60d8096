"""New versions of laws that a book has: the text is renewed, and what people have written under it stays."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from writ.diagnostics import Diagnostic
from writ.formats.legislation.codes import finding
from writ.formats.legislation.exporting import instruments
from writ.formats.legislation.importing import read_laws, sources
from writ.formats.legislation.instruments import DEFINITIONS, Instruments
from writ.formats.legislation.labels import labels_of
from writ.formats.legislation.model import Document
from writ.formats.legislation.sidecar import SUFFIX as SIDECAR
from writ.formats.legislation.sidecar import decoded
from writ.formats.legislation.text import text_of
from writ.formats.legislation_history.deltas import fingerprint
from writ.formats.legislation_history.grouping import Work, bare, work_of
from writ.formats.legislation_history.pairing import Version
from writ.formats.legislation_history.records import as_of
from writ.formats.legislation_history.renewing import renewed_text
from writ.formats.legislation_history.store import SUFFIX, Law, encoded, opened


class Renewed(NamedTuple):
    """What comes of new versions."""

    files: dict[str, bytes]
    """Those that are otherwise now, by path; none if nothing is."""
    laws: list[str]
    """The instruments that have one version more."""
    found: list[Diagnostic]


class _Held(NamedTuple):
    """An instrument of the book with its versions, the oldest first."""

    file: Path
    law: Law
    documents: list[Document]
    names: list[str]


def into(book: Path, path: Path, format: str = "") -> Renewed:
    """Take the versions in a file or folder into a book that has the laws.

    What cannot be read, is of no law of the book, or would be lost is reported, and the rest is taken in.
    """
    found: list[Diagnostic] = []
    coming: list[tuple[str, Document]] = []
    for file in sources(path):
        shown = file.relative_to(path).as_posix() if path.is_dir() else file.name
        read, wrong = read_laws(file, shown, format)
        found += wrong
        coming += [(shown, each) for each in read]
    wanted = {work_of(each) for _, each in coming}
    newest: dict[Path, Document] = {}
    held: dict[Work, _Held | None] = {}
    for file in instruments(book):
        try:
            document = decoded(file.with_name(file.stem + SIDECAR).read_bytes()).document
        except (OSError, ValueError):
            continue  # what is not touched need not be whole
        newest[file] = document
        if work_of(document) in wanted:
            law, wrong = opened(file, file.relative_to(book).as_posix())
            found += wrong
            held[work_of(document)] = None if law is None or wrong else _held(file, law)
    touched: dict[Work, _Held] = {}
    for shown, document in coming:
        if work_of(document) not in held:
            message = f"`{document.key}`, {document.short_title or document.title}, is no law of this book"
            help = "`writ import law FILE -o FOLDER` makes a book"
            found.append(finding("X626", shown, 1, message, help))
            continue
        one = held[work_of(document)]
        if one is not None and _taken(one, document, shown, found):
            touched[work_of(document)] = one
    return _written(book, list(touched.values()), newest, found)


def _held(file: Path, law: Law) -> _Held:
    documents = [law.sidecar.document]
    if law.timeline is not None:
        documents = [each.document for each in law.timeline.versions]
    return _Held(file, law, documents, [each.file for each in law.versions])


def _written(
    book: Path, touched: list[_Held], newest: dict[Path, Document], found: list[Diagnostic]
) -> Renewed:
    """The files of the instruments that have versions more."""
    files: dict[str, bytes] = {}
    laws: list[str] = []
    renewed: list[_Held] = []
    for one in touched:
        name = one.file.relative_to(book).as_posix()
        anew = one.documents[-1] != one.law.sidecar.document
        if anew and one.law.edited:
            message = "the text has been edited since it was imported, and would be lost"
            help = "take the edit out, or import into a new book"
            found.append(finding("X604", name, 1, message, help))
            continue
        laws.append(one.law.id)
        files[_beside(book, one, SUFFIX)] = encoded(one.documents, one.names)
        if anew:
            renewed.append(one)
            newest[one.file] = one.documents[-1]
    if not renewed:
        return Renewed(files, laws, found)
    made = Instruments()
    for file, document in newest.items():  # links lead to the other laws of the book
        made.add(document, file.relative_to(book).as_posix())
        made.entries[-1].id = file.stem
    again = made.files(book.name)
    for one in renewed:
        name = one.file.relative_to(book).as_posix()
        new = one.documents[-1]
        text = one.file.read_text("utf-8")
        files[name] = renewed_text(text, one.law.sidecar, new, labels_of(new)).encode()
        files[_beside(book, one, SIDECAR)] = again[f"{one.law.id}{SIDECAR}"]
        found += [
            each for each in made.found if each.span.file == name and each.code in ("X613", "X614")
        ]
    if DEFINITIONS in again and (book / DEFINITIONS).exists():
        files[DEFINITIONS] = again[DEFINITIONS]
    found += _norms(book, files, renewed)
    return Renewed(files, laws, found)


def _beside(book: Path, one: _Held, suffix: str) -> str:
    return one.file.with_name(one.law.id + suffix).relative_to(book).as_posix()


def _taken(one: _Held, document: Document, shown: str, found: list[Diagnostic]) -> bool:
    """Put a version in its place among those of a law; false where it is none, or is there already."""
    day = as_of(document)
    if day is None or one.law.timeline is None:
        message = (
            "it has no day by which to put it in order"
            if day is None
            else "the one in the book has no day"
        )
        found.append(finding("X623", shown, 1, message, "leave it out"))
        return False
    days = [as_of(each) or day for each in one.documents]
    at = sum(each <= day for each in days)
    for earlier, name in zip(one.documents, one.names, strict=True):
        if as_of(earlier) == day:
            if fingerprint(bare(earlier)) == fingerprint(bare(document)):
                found.append(finding("X621", shown, 1, "the book has this version"))
                return False
            message = f"`{name}` is another text of {day}; this one is taken to be the later"
            help = "leave out the one that was superseded, if it is the other"
            found.append(finding("X622", shown, 1, message, help))
    # It goes by the name that the law has in the book, whatever its file is called.
    document = msgspec.structs.replace(document, key=one.law.sidecar.document.key)
    one.documents.insert(at, document)
    one.names.insert(at, shown)
    return True


def _norms(book: Path, files: dict[str, bytes], renewed: list[_Held]) -> Iterator[Diagnostic]:
    """Norms whose provision says something else now, or is gone."""
    from writ.book.load import load_texts

    texts = {
        each.relative_to(book).as_posix(): each.read_text("utf-8", errors="replace")
        for each in sorted(book.rglob("*.md"))
        if not any(part.startswith(".") for part in each.relative_to(book).parts)
    }
    before = {each.id for each in load_texts(texts)[0].norms}
    fresh = {name: data.decode() for name, data in files.items() if name.endswith(".md")}
    after = load_texts({**texts, **fresh})[0]
    said = {
        one.file.relative_to(book).as_posix(): (
            _said(one.law.sidecar.document),
            _said(one.documents[-1]),
        )
        for one in renewed
    }
    for norm in after.norms:
        if norm.place.file not in said:
            continue
        was, now = (each.get(norm.label) for each in said[norm.place.file])
        if norm.id not in before and now is not None:
            message = f"the norm is at `{norm.label}` now, for its provision has another number"
        elif now is None:
            message = f"`{norm.label}`, on which the norm rests, is not in the new version"
        elif was != now:
            message = f"the text of `{norm.label}`, on which the norm rests, is otherwise now"
        else:
            continue
        help = "`writ read --compare` shows the words; does the norm still say the law?"
        yield finding("X625", norm.place.file, after.span(norm.place).line, message, help)


def _said(document: Document) -> dict[str, str]:
    """The text on which a norm at a label rests: all of the provision, and the words that lead to it."""
    version = Version(document)
    labels = labels_of(document)
    found: dict[str, str] = {}
    for key, node in version.nodes.items():
        label = labels.get(node.provision.id, "")
        if label and not node.appended:
            inside = " ".join(filter(None, map(text_of, node.provision.walk())))
            lead = [
                text_of(each.provision)
                for each in version.chain(key)
                if labels.get(each.provision.id)
            ]
            found[label] = " ".join([*lead[1:], inside])
    return found
