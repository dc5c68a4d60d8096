"""The text of a Book as bytes: what its digest is of, and what is kept in the database.

JSON in UTF-8 on one line, an object of the texts by the path of their file, keys in order; compressed for keeping only.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Mapping

import msgspec

from writ.book.load import load_texts
from writ.book.model import Book
from writ.diagnostics import Diagnostic, Severity

MOST_BYTES = 64 * 1024 * 1024
"""Of all the files of a book together."""

_encode = msgspec.json.Encoder(order="sorted").encode
_decode = msgspec.json.Decoder(dict[str, str]).decode


class NotABook(ValueError):
    """Texts that make no book, or one with errors; `found` says which."""

    def __init__(self, message: str, found: list[Diagnostic] | None = None) -> None:
        super().__init__(message)
        self.found = found or []


def canonical(files: Mapping[str, str]) -> bytes:
    return _encode(dict(files))


def digest(files: Mapping[str, str]) -> str:
    """SHA-256 of the canonical bytes, in hexadecimal figures."""
    return hashlib.sha256(canonical(files)).hexdigest()


def packed(files: Mapping[str, str]) -> bytes:
    return zlib.compress(canonical(files), 9)


def unpacked(data: bytes) -> dict[str, str]:
    """The files of what `packed` made.

    Raises:
        NotABook: the bytes are damaged, or there are too many of them.
    """
    try:
        reader = zlib.decompressobj()
        plain = reader.decompress(data, MOST_BYTES)
        if reader.unconsumed_tail or not reader.eof:
            raise NotABook(f"the edition has more than {MOST_BYTES:,} bytes, or is cut off")
        return _decode(plain)
    except (zlib.error, msgspec.MsgspecError) as error:
        raise NotABook(f"the edition is damaged: {error}") from error


def compiled(files: Mapping[str, str]) -> Book:
    """The book of these texts.

    Raises:
        NotABook: it has errors.
    """
    book, found = load_texts(files)
    errors = [one for one in found if one.severity is Severity.ERROR]
    if errors:
        raise NotABook(f"the book has {len(errors)} errors", errors)
    return book
