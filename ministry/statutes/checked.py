"""What the compiler's checks find in editions: each looked at once in a process, and then only what differs."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

from writ.book.model import Book
from writ.checks.run import Runner
from writ.diagnostics import Diagnostic

KEPT = 8
"""The findings of so many editions are kept: those asked for last."""

_lock = Lock()
_runner = Runner()
_found: OrderedDict[str, tuple[Diagnostic, ...]] = OrderedDict()


def checked(digest: str, book: Book) -> tuple[Diagnostic, ...]:
    """What the checks find in an edition, in the order of its files; dated checks take the day of its last change."""
    with _lock:
        found = _found.get(digest)
        if found is None:
            found = _found[digest] = tuple(_runner.run(book))
            while len(_found) > KEPT:
                _found.popitem(last=False)
        _found.move_to_end(digest)
        return found
