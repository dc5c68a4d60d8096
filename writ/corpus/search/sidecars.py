"""What the sidecar of imported law says that the Markdown does not: language, days and links of provisions."""

from __future__ import annotations

from pathlib import Path

import msgspec

from writ.formats.legislation.sidecar import SUFFIX


class Kept(msgspec.Struct, frozen=True):
    """By the label of the provision: the first day of the text as it stands, and what it refers to."""

    language: str = ""
    starts: dict[str, str] = {}
    cites: dict[str, frozenset[tuple[str, str]]] = {}
    links: int = 0
    resolved: int = 0


class _Provision(msgspec.Struct):
    """Of a provision only what is asked for: the rest of the document is not decoded."""

    id: str = ""
    in_force: str = ""
    body: tuple[_Provision, ...] = ()


class _Link(msgspec.Struct):
    provision: str = ""
    target: str = ""
    label: str = ""


class _Document(msgspec.Struct):
    language: str = ""
    body: tuple[_Provision, ...] = ()
    links: tuple[_Link, ...] = ()


class _Resolved(msgspec.Struct):
    provision: str
    instrument: str
    label: str = ""


class _Sidecar(msgspec.Struct):
    document: _Document
    labels: dict[str, str] = {}
    resolved: tuple[_Resolved, ...] = ()


NOTHING = Kept()
_DECODER = msgspec.json.Decoder(_Sidecar)


def sidecar_of(folder: Path, file: str) -> Path:
    """The place of the sidecar of an instrument's file."""
    return folder / (file.removesuffix(".md") + SUFFIX)


def kept(path: Path) -> Kept:
    """What the sidecar at `path` says; nothing where there is none or it cannot be read."""
    try:
        found = _DECODER.decode(path.read_bytes())
    except (OSError, msgspec.DecodeError, RecursionError):
        return NOTHING
    starts: dict[str, str] = {}
    todo = list(found.document.body)
    while todo:
        each = todo.pop()
        todo += each.body
        label = found.labels.get(each.id, "")
        if label and each.in_force:
            starts[label] = each.in_force
    cites: dict[str, set[tuple[str, str]]] = {}
    for one in found.resolved:
        id = one.provision
        while id not in found.labels and "__" in id:  # a definition has no label of its own
            id = id.rpartition("__")[0]
        label = found.labels.get(id, "")
        for above in _upwards(label):
            cites.setdefault(above, set()).add((one.instrument, one.label))
    return Kept(
        found.document.language[:2].lower(),
        starts,
        {label: frozenset(each) for label, each in cites.items()},
        len(found.document.links),
        len(found.resolved),
    )


def _upwards(label: str) -> list[str]:
    """A label and the provisions that may bear its heading: `17(1)(a)`, `17(1)`, `17`."""
    found = [label]
    while label.endswith(")") and "(" in label:
        label = label[: label.rindex("(")]
        found.append(label)
    return found
