"""What a backup says of itself: the release, the database, where the log stood, and the digests of its files."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

import msgspec

FORMAT = 1
NAME = "manifest.json"


class Manifest(msgspec.Struct, frozen=True):
    format: int
    release: str
    vendor: str
    """sqlite or postgresql: a backup of one is restored into the same."""
    made: dt.datetime
    size: int
    """Of the tree of the log."""
    root: str
    """Of the tree, in hexadecimal figures."""
    records: int
    files: dict[str, str]
    """SHA-256 by name."""

    def encode(self) -> bytes:
        return msgspec.json.format(msgspec.json.encode(self), indent=2)


def decode(data: bytes) -> Manifest:
    """The manifest that the bytes are.

    Raises:
        msgspec.MsgspecError: they are none.
    """
    return msgspec.json.decode(data, type=Manifest)


def digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal figures."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
