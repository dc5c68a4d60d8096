"""Editions compiled one after another: of the next one, only the files that differ from the last are read again.

Editions of one ministry differ in a few provisions. What `book_of` gives is what compiling afresh would give; that is
the invariant of `writ.book.workspace.Workspace`.
"""

from __future__ import annotations

from collections.abc import Mapping
from threading import Lock

from ministry.editions.content import NotABook
from writ.book.model import Book
from writ.book.workspace import Workspace
from writ.diagnostics import Severity

MOST_FILES = 40
"""Where more files differ than this, compiling all of them is about as fast."""

_lock = Lock()
_last: Workspace | None = None
_texts: dict[str, str] = {}


def book_of(files: Mapping[str, str]) -> Book:
    """The book of these texts.

    Raises:
        NotABook: it has errors.
    """
    global _last, _texts
    wanted = dict(sorted(files.items()))
    with _lock:
        workspace, texts = _last, _texts
        _last, _texts = None, {}  # whatever goes wrong on the way, nothing half changed is left
        differing = [name for name, text in wanted.items() if texts.get(name) != text]
        gone = texts.keys() - wanted.keys()
        if workspace is None or len(differing) + len(gone) > MOST_FILES:
            workspace = Workspace.of_texts(wanted, still=False)
        else:
            for name in gone:
                workspace.remove(name)
            for name in differing:
                workspace.update(name, wanted[name])
        _last, _texts = workspace, wanted
        book, found = workspace.book, workspace.diagnostics
    errors = [one for one in found if one.severity is Severity.ERROR]
    if errors:
        raise NotABook(f"the book has {len(errors)} errors", errors)
    return book


def forget() -> None:
    """Compile the next edition from its first file to its last."""
    global _last, _texts
    with _lock:
        _last, _texts = None, {}
