"""What Markdown cannot say of a law: a file beside its instrument, which the compiler does not read.

`emergencies-act.law.json` belongs to `emergencies-act.md`. It holds the document as it was imported, where its links
lead in the Book, and a hash of the text, by which an export sees that the text has not been edited since.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from writ.formats.legislation.enabling import Basis
from writ.formats.legislation.model import Document

SUFFIX = ".law.json"
VERSION = 1


class Resolved(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where a link leads in the Book."""

    kind: str
    provision: str
    """The id of the provision with the link; empty for the document."""
    instrument: str
    label: str = ""


class Sidecar(msgspec.Struct, frozen=True, omit_defaults=True):
    """The file."""

    law: int
    """The version of this form."""
    text: str
    """SHA-256 of the text of the instrument."""
    document: Document
    labels: dict[str, str] = {}
    """The label of each provision that has one, by its id."""
    resolved: tuple[Resolved, ...] = ()
    enabling: tuple[Basis, ...] = ()
    """What became of each enabling link."""


def encoded(
    text: str,
    document: bytes,
    labels: Mapping[str, str],
    resolved: Iterable[Resolved],
    enabling: Iterable[Basis] = (),
) -> bytes:
    """The bytes of the file for an instrument of this text; the document is given as JSON."""
    fields = {
        "law": VERSION,
        "text": hashed(text),
        "document": msgspec.Raw(document),
        "labels": labels,
        "resolved": list(resolved),
        "enabling": list(enabling),
    }
    return msgspec.json.encode(fields) + b"\n"


def decoded(data: bytes) -> Sidecar:
    """The file read.

    Raises:
        ValueError: it is not in this form, or of another version.
    """
    try:
        found = msgspec.json.decode(data, type=Sidecar)
    except (msgspec.DecodeError, RecursionError) as error:
        raise ValueError(str(error)) from None
    if found.law != VERSION:
        raise ValueError(f"it is of version {found.law}, and {VERSION} is read")
    return found


_FENCE = re.compile(r"(`{3,}|~{3,})[ \t]*writ(?:[ \t].*)?$")


def lines_of(text: str) -> Iterator[tuple[int, str]]:
    """The lines of an instrument that are law for people, with their numbers: no front matter, no `writ` blocks."""
    lines = text.splitlines()
    at = 0
    if lines and lines[0].strip() == "---":
        at = next((n + 1 for n in range(1, len(lines)) if lines[n].strip() == "---"), len(lines))
    closing = ""
    for number, line in enumerate(lines[at:], at + 1):
        bare = line.strip()
        if closing:
            closing = "" if bare.startswith(closing) and not bare.strip(closing[0]) else closing
        elif found := _FENCE.match(line):
            closing = found[1]
        elif bare:
            yield number, bare


def hashed(text: str) -> str:
    """The hash of the text of an instrument, whatever its blocks and front matter."""
    return hashlib.sha256("\n".join(line for _, line in lines_of(text)).encode()).hexdigest()
