"""The edition that a page or a paper shows: the digest of its Book, by which it can be found again."""

from __future__ import annotations

from writ.book.cache import digest_of, digest_of_all
from writ.book.model import Book

SHOWN = 16
"""Characters of a digest that are shown where there is little room."""


def edition(book: Book) -> str:
    """The digest of the names and contents of the files of a Book, in hexadecimal (BLAKE2b, 256 bits)."""
    if book.digest:
        return book.digest
    contents = {
        name: digest_of(each.text.encode("utf-8", "replace")) for name, each in book.sources.items()
    }
    return digest_of_all(contents).hex()
