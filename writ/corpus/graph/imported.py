"""What the sidecars of imported law add: references, and what became of each enabling link."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from writ.corpus.graph.building import Builder
from writ.corpus.graph.model import INSTRUMENT, OUTSIDE, PROVISION, Edge, Node, key
from writ.formats.legislation.enabling import Basis
from writ.formats.legislation.entries import UNRESOLVED
from writ.formats.legislation.model import Link
from writ.formats.legislation.sidecar import SUFFIX, Resolved


class _Document(msgspec.Struct):
    key: str = ""
    links: tuple[Link, ...] = ()


class _Sidecar(msgspec.Struct):
    """Of a sidecar what the graph needs; the text of the law is passed over."""

    document: _Document
    labels: dict[str, str] = {}
    resolved: tuple[Resolved, ...] = ()
    enabling: tuple[Basis, ...] = ()


def add(made: Builder) -> None:
    """Read the sidecar of each instrument that has one, and put its links in the place of what stood for them."""
    found: dict[str, _Sidecar] = {}
    root = made.book.root
    for one in made.book.instruments.values():
        sidecar = read(root, one.place.file) if root else None
        if sidecar is not None:
            found[one.id] = sidecar
    works = {sidecar.document.key: id for id, sidecar in found.items()}
    for id, sidecar in found.items():
        _links(made, id, sidecar, works)
    _founded(made)
    for id, sidecar in found.items():
        under = made.book.instruments[id].under
        corrected = under is not None and under[0] != UNRESOLVED
        if corrected and not any(basis.found for basis in sidecar.enabling):
            continue  # a person has written under what it was made
        for basis in sidecar.enabling:
            _basis(made, id, basis)


def read(root: str, file: str) -> _Sidecar | None:
    """The sidecar of a Markdown file; None where there is none that can be read."""
    path = Path(root) / file
    if not path.is_absolute() and not path.exists():
        path = Path(file)
    beside = path.with_name(path.name.removesuffix(".md") + SUFFIX)
    try:
        return msgspec.json.decode(beside.read_bytes(), type=_Sidecar)
    except (OSError, msgspec.DecodeError, RecursionError):
        return None


def _links(made: Builder, id: str, sidecar: _Sidecar, works: Mapping[str, str]) -> None:
    """References within the book as they were resolved, and those that lead out of it, each target once."""
    file = made.book.instruments[id].place.file
    for one in sidecar.resolved:
        if one.kind == "reference" and one.instrument in made.book.instruments:
            source = _place(made, id, one.provision, sidecar.labels)
            target = _existing(made, one.instrument, one.label)
            if source != target:
                made.edges.append(
                    Edge(source, target, "cites", one.label, "", file, made.nodes[source].line)
                )
    for link in sidecar.document.links:
        work = link.target.partition("#")[0]
        if link.kind != "reference" or not work or work in works:
            continue
        name = " ".join(link.text.split())
        known = work if not work.endswith(":") else name
        target = outside(made, known, name)
        source = _place(made, id, link.provision, sidecar.labels)
        why = "it is not among what was imported"
        made.edges.append(
            Edge(source, target, "cites", link.label, why, file, made.nodes[source].line)
        )


def _place(made: Builder, id: str, provision: str, labels: Mapping[str, str]) -> str:
    """The node of the provision with an id, or of the nearest one around it."""
    while provision:
        label = labels.get(provision)
        if label and key(PROVISION, f"{id}/{label}") in made.nodes:
            return key(PROVISION, f"{id}/{label}")
        provision = provision.rpartition("__")[0]
    return key(INSTRUMENT, id)


def _existing(made: Builder, instrument: str, label: str) -> str:
    """The node of a provision, or of the nearest heading above it: a paragraph is text of its section."""
    while label and key(PROVISION, f"{instrument}/{label}") not in made.nodes:
        label = label.rpartition("(")[0]
    return key(PROVISION, f"{instrument}/{label}") if label else key(INSTRUMENT, instrument)


def outside(made: Builder, name: str, title: str) -> str:
    """The node of a work that is named and not in the book."""
    id = key(OUTSIDE, name)
    if id not in made.nodes:
        shown = title.title() if title.isupper() else title
        made.nodes[id] = Node(id, OUTSIDE, shown or name, name, status="outside")
    return id


def _founded(made: Builder) -> None:
    """Take out the instrument that stands for what is outside, where the sidecars say what that is."""
    gone = {id for id, node in made.nodes.items() if node.instrument == UNRESOLVED}
    for id in gone:
        del made.nodes[id]
    made.edges = [
        each for each in made.edges if each.source not in gone and each.target not in gone
    ]


def _basis(made: Builder, id: str, basis: Basis) -> None:
    under = made.book.instruments[id].under
    said = key(PROVISION, "/".join(under)) if under else ""
    own, file = key(INSTRUMENT, id), made.book.instruments[id].place.file
    if not basis.instrument or basis.instrument not in made.book.instruments:
        name = basis.target or f"authority of {id}"
        target = outside(made, name, basis.act or "An authority that the file does not name")
        made.edges.append(Edge(own, target, "under", basis.words, basis.reason, file, 1))
        return
    for label in basis.found or ("",):
        target = _existing(made, basis.instrument, label)
        words = basis.words if basis.found else ", ".join(basis.labels)
        if target == said:
            continue
        made.edges.append(Edge(own, target, "under", words, basis.reason, file, 1))
