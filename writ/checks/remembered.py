"""Running the checks with a cache: what they found in the same book on the same day is read back."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

import msgspec

from writ.book.model import Book
from writ.book.store import Store
from writ.diagnostics import Diagnostic


def run_cached(book: Book, folder: Path, today: dt.date) -> list[Diagnostic]:
    """The same as `writ.checks.run.run`, from the cache if `load_cached` gave the book and it was checked today."""
    store = Store.of(folder) if book.digest else None
    digest = hashlib.blake2b(f"{book.digest} {today}".encode()).digest()
    data = store.get("checks", digest) if store else None
    if data is not None:
        try:
            return msgspec.msgpack.decode(data, type=list[Diagnostic])
        except msgspec.DecodeError:
            pass
    from writ.checks.run import run

    found = run(book, today=today)
    if store is not None:
        store.put("checks", digest, msgspec.msgpack.encode(found))
    return found
