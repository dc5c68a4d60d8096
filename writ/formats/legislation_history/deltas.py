"""What tells one version of a document from the next: enough to make it again exactly, and no more.

A document is taken apart into its provisions, each with the names of those in it in place of them. A version is then
told from the one after it by the few that differ.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import msgspec

from writ.formats.legislation.model import Attributes, Block, Document, Link, Provision


class Ref(msgspec.Struct, frozen=True, tag="ref", tag_field="is"):
    """Where a provision stands in another."""

    key: str


Body = tuple[Block | Ref, ...]


class Shell(msgspec.Struct, frozen=True, omit_defaults=True):
    """A provision alone: the provisions in it are named, and stand apart."""

    kind: str
    head: tuple[Block, ...] = ()
    body: Body = ()
    name: str = ""
    in_force: dt.date | None = None
    enacted: dt.date | None = None
    amended: dt.date | None = None
    attributes: Attributes = ()
    id: str = ""
    """Where it is not its key: of the second of two provisions with one identifier."""


class Apart(NamedTuple):
    """A document taken apart."""

    about: Document
    """Without body and links."""
    body: Body
    shells: dict[str, Shell]
    """By key, in the order of the document."""
    links: tuple[Link, ...]


class Delta(msgspec.Struct, frozen=True, omit_defaults=True):
    """How to make a version out of the next one."""

    about: Document
    body: Body | None = None
    """Of the document, where it differs."""
    shells: dict[str, Shell] = {}
    """Those that differ, and those that the next version lacks."""
    gone: tuple[str, ...] = ()
    """Those that only the next version has."""
    links: tuple[tuple[int, int, tuple[Link, ...]], ...] = ()
    """Stretches of its links, from and to, with what stands in their place; in order."""


def apart(document: Document) -> Apart:
    """The document taken apart."""
    shells: dict[str, Shell] = {}
    body = tuple(_taken(each, shells) for each in document.body)
    about = msgspec.structs.replace(document, body=(), links=())
    return Apart(about, body, shells, document.links)


def _taken(part: Block | Provision, shells: dict[str, Shell]) -> Block | Ref:
    if isinstance(part, Block):
        return part
    key, at = part.id, 1
    while key in shells:
        at += 1
        key = f"{part.id}~{at}"
    # Its place among the keys is that in the document; what it holds comes after it.
    shells[key] = _EMPTY
    shells[key] = Shell(
        part.kind,
        part.head,
        tuple([_taken(each, shells) for each in part.body]),
        part.name,
        part.in_force,
        part.enacted,
        part.amended,
        part.attributes,
        "" if key == part.id else part.id,
    )
    return Ref(key)


_EMPTY = Shell("")


def together(parts: Apart) -> Document:
    """The document put together again.

    Raises:
        ValueError: a provision is missing, or stands in two places.
    """
    left = dict(parts.shells)
    body = tuple([_put(each, left) for each in parts.body])
    if left:
        raise ValueError(f"`{next(iter(left))}` stands nowhere")
    return msgspec.structs.replace(parts.about, body=body, links=parts.links)


def _put(part: Block | Ref, left: dict[str, Shell]) -> Block | Provision:
    if isinstance(part, Block):
        return part
    shell = left.pop(part.key, None)
    if shell is None:
        raise ValueError(f"`{part.key}` is missing, or stands in two places")
    return Provision(
        shell.id or part.key,
        shell.kind,
        shell.head,
        tuple([_put(each, left) for each in shell.body]),
        shell.name,
        shell.in_force,
        shell.enacted,
        shell.amended,
        shell.attributes,
    )


def delta(newer: Apart, older: Apart) -> Delta:
    """What leads from the newer version back to the older."""
    return Delta(
        older.about,
        None if older.body == newer.body else older.body,
        {key: one for key, one in older.shells.items() if newer.shells.get(key) != one},
        tuple(key for key in newer.shells if key not in older.shells),
        tuple(_edits(newer.links, older.links)),
    )


def before(newer: Apart, step: Delta) -> Apart:
    """The version that a delta leads back to.

    Raises:
        ValueError: the delta is not one of this version.
    """
    shells = {**newer.shells, **step.shells}
    for key in step.gone:
        if shells.pop(key, None) is None:
            raise ValueError(f"there is no `{key}` to take out")
    links = list(newer.links)
    for start, end, put in reversed(step.links):
        if not 0 <= start <= end <= len(links):
            raise ValueError("the links do not fit")
        links[start:end] = put
    body = newer.body if step.body is None else step.body
    return Apart(step.about, body, shells, tuple(links))


def _edits(
    old: tuple[Link, ...], new: tuple[Link, ...]
) -> Iterable[tuple[int, int, tuple[Link, ...]]]:
    """The stretches in which two lists differ, between what they begin and end with alike."""
    from difflib import SequenceMatcher

    first = 0
    while first < min(len(old), len(new)) and old[first] == new[first]:
        first += 1
    last = 0
    while last < min(len(old), len(new)) - first and old[-1 - last] == new[-1 - last]:
        last += 1
    a, b = old[first : len(old) - last], new[first : len(new) - last]
    for what, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if what != "equal":
            yield first + i, first + j, b[k:m]


def fingerprint(document: Document) -> str:
    """SHA-256 of a document, by which a version is known to be restored exactly."""
    return hashlib.sha256(msgspec.json.encode(document)).hexdigest()


def restored(newest: Document, steps: Iterable[Delta], prints: Mapping[int, str]) -> list[Document]:
    """All versions, the oldest first; `steps` lead from the newest back.

    `prints` are the fingerprints by place, counted back from the newest, which is 0.

    Raises:
        ValueError: a version is not what it was.
    """
    found = [newest]
    parts = apart(newest)
    for at, step in enumerate(steps, 1):
        parts = before(parts, step)
        document = together(parts)
        if prints.get(at) != fingerprint(document):
            raise ValueError(f"the version of {document.version or 'no day'} is not what it was")
        found.append(document)
    return found[::-1]
