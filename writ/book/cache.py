"""Loading a book with a cache: the linked model if nothing changed, else the trees of the files that did not.

Every file is read and hashed each time. Trusting times and sizes instead would save a few hundredths of a second in a
book of 20,000 norms, whose texts are needed anyway, and would be wrong after an edit within one tick of the clock.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import msgspec

from writ.book.image import decode, encode
from writ.book.link import link
from writ.book.load import Parsed, nothing_in, parse_all, read_folder, source_of
from writ.book.lost import troubles
from writ.book.model import Book
from writ.book.store import Store
from writ.diagnostics import Diagnostic, ordered
from writ.syntax.tree import File


class _Entry(msgspec.Struct, frozen=True, array_like=True):
    """The tree of one file, encoded, with the diagnostics of its syntax."""

    digest: bytes
    tree: msgspec.Raw
    diagnostics: list[Diagnostic]


def load_cached(path: Path, store: Store | None = None) -> tuple[Book, list[Diagnostic]]:
    """The same as `load_book`, from the cache as far as it holds; and the cache is brought up to date."""
    contents, unread = read_folder(path)
    store = store or (Store.of(path) if contents else None)
    digests = {name: digest_of(data) for name, data in contents.items()}
    whole = digest_of_all(digests)
    sources = {name: source_of(name, data) for name, data in contents.items()}
    data = store.get("book", whole) if store else None
    found = decode(data, sources, str(path)) if data is not None else None
    if found is None:
        parsed = _trees(store, contents, digests)
        book, diagnostics = link(parsed.files, sources, troubles(parsed.diagnostics), str(path))
        diagnostics += parsed.diagnostics
        if store is not None:
            store.put("book", whole, encode(book, diagnostics))
    else:
        book, diagnostics = found
    book.digest = whole.hex()
    return book, ordered([*diagnostics, *(unread or nothing_in(book, diagnostics))])


def digest_of(data: bytes) -> bytes:
    """The digest of one file's content."""
    return hashlib.blake2b(data, digest_size=32).digest()


def digest_of_all(digests: Mapping[str, bytes]) -> bytes:
    """The digest of a book: of the names and contents of its files."""
    whole = hashlib.blake2b(digest_size=32)
    for name, digest in sorted(digests.items()):
        encoded = name.encode("utf-8", "surrogateescape")
        whole.update(len(encoded).to_bytes(8, "big") + encoded + digest)
    return whole.digest()


def _trees(
    store: Store | None, contents: Mapping[str, bytes], digests: Mapping[str, bytes]
) -> Parsed:
    """The trees of all files, parsed only where the cache has none of that content."""
    known = _known(store)
    parsed = Parsed()
    entries: dict[str, _Entry] = {}
    fresh = False
    for name, data in contents.items():
        entry = known.get(name)
        if entry is not None and entry.digest == digests[name]:
            file = msgspec.msgpack.decode(entry.tree, type=File)
            parsed.add(file, entry.diagnostics)
            entries[name] = entry
            continue
        fresh = True
        start = len(parsed.diagnostics)
        parse_all({name: data}, parsed)
        tree = msgspec.Raw(msgspec.msgpack.encode(parsed.files[-1]))
        entries[name] = _Entry(digests[name], tree, parsed.diagnostics[start:])
    if store is not None and (fresh or len(entries) < len(known)):
        store.put("trees", b"", msgspec.msgpack.encode(entries))
    return parsed


def _known(store: Store | None) -> dict[str, _Entry]:
    data = store.get("trees", b"") if store else None
    if data is None:
        return {}
    try:
        return msgspec.msgpack.decode(data, type=dict[str, _Entry])
    except msgspec.DecodeError:
        return {}
