"""The versions of a law beside its instrument: `emergencies-act.history.json`.

The newest is in the sidecar, `emergencies-act.law.json`; this file leads from it back to each version before, by what
differs. Every version is restored exactly, which its fingerprint shows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from writ.diagnostics import Diagnostic
from writ.formats.legislation.codes import finding
from writ.formats.legislation.importing import LIMITS
from writ.formats.legislation.model import Document
from writ.formats.legislation.sidecar import SUFFIX as SIDECAR
from writ.formats.legislation.sidecar import Sidecar, hashed
from writ.formats.legislation.sidecar import decoded as sidecar_of
from writ.formats.legislation_history.deltas import Delta, apart, delta, fingerprint, restored
from writ.formats.legislation_history.records import as_of
from writ.formats.legislation_history.timeline import Timeline
from writ.formats.xml import Unreadable, read_bytes
from writ.syntax.limits import MAX_LONG

SUFFIX = ".history.json"
VERSION = 1
_LIMITS = LIMITS._replace(bytes=4 * LIMITS.bytes)
_MARKDOWN = LIMITS._replace(bytes=MAX_LONG)


class Taken(msgspec.Struct, frozen=True):
    """One version: where it came from."""

    as_of: dt.date
    """The day to which its text is current."""
    file: str
    fingerprint: str
    """SHA-256 of the document."""


class History(msgspec.Struct, frozen=True):
    """The file."""

    history: int
    """The version of this form."""
    versions: tuple[Taken, ...]
    """The oldest first."""
    steps: tuple[Delta, ...]
    """From the newest version back, one to each before it."""


class Law(NamedTuple):
    """An imported instrument with all of its versions."""

    id: str
    sidecar: Sidecar
    versions: tuple[Taken, ...]
    timeline: Timeline | None
    """None where the file does not say of which day its text is."""
    edited: bool
    """Whether the text in the book is no longer that of the newest version."""


def encoded(documents: Sequence[Document], files: Sequence[str]) -> bytes:
    """The bytes of the file for versions in their order, the oldest first, each with the name of its file."""
    parts = [apart(each) for each in documents]
    taken = []
    for document, file in zip(documents, files, strict=True):
        day = as_of(document)
        assert day is not None
        taken.append(Taken(day, file, fingerprint(document)))
    steps = [delta(parts[at], parts[at - 1]) for at in range(len(parts) - 1, 0, -1)]
    return msgspec.json.encode(History(VERSION, tuple(taken), tuple(steps))) + b"\n"


def decoded(data: bytes, newest: Document) -> tuple[History, list[Document]]:
    """The file read, and every version, the oldest first.

    Raises:
        ValueError: it is not in this form, or not the history of this document.
    """
    try:
        found = msgspec.json.decode(data, type=History)
        if found.history != VERSION:
            raise ValueError(f"it is of version {found.history}, and {VERSION} is read")
        if len(found.versions) != len(found.steps) + 1:
            raise ValueError("it is cut off")
        if found.versions[-1].fingerprint != fingerprint(newest):
            raise ValueError(f"its newest version is not the text in the `{SIDECAR}` file")
        prints = {at: each.fingerprint for at, each in enumerate(reversed(found.versions))}
        return found, restored(newest, found.steps, prints)
    except (msgspec.DecodeError, RecursionError) as error:
        raise ValueError(str(error)) from None


def opened(file: Path, shown: str = "") -> tuple[Law | None, list[Diagnostic]]:
    """The law of an instrument's Markdown file, with all its versions; None with what is wrong."""
    shown = shown or str(file)
    beside = file.with_name(file.stem + SIDECAR)
    try:
        text = read_bytes(str(file), _MARKDOWN).decode("utf-8", "replace")
        sidecar = sidecar_of(read_bytes(str(beside), _LIMITS))
    except (Unreadable, ValueError, OSError) as error:
        return None, [_unread("X605", str(Path(shown).with_name(beside.name)), error)]
    kept = file.with_name(file.stem + SUFFIX)
    documents = [sidecar.document]
    versions: tuple[Taken, ...] = ()
    found: list[Diagnostic] = []
    day = as_of(sidecar.document)
    if kept.exists():
        try:
            history, documents = decoded(read_bytes(str(kept), _LIMITS), sidecar.document)
            versions = history.versions
        except (Unreadable, ValueError, OSError) as error:
            found.append(_unread("X624", str(Path(shown).with_name(kept.name)), error))
    if not versions and day is not None:
        versions = (Taken(day, "", fingerprint(sidecar.document)),)
    timeline = Timeline(documents) if day is not None else None
    return Law(file.stem, sidecar, versions, timeline, hashed(text) != sidecar.text), found


def _unread(code: str, shown: str, error: Exception) -> Diagnostic:
    reason = error.message if isinstance(error, Unreadable) else str(error)
    if isinstance(error, OSError):
        reason = (error.strerror or reason).lower()
    return finding(
        code, shown, 1, f"`{shown}` cannot be used: {reason[:200]}", "import the law again"
    )
