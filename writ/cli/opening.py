"""Opening a book for a command, and printing what the compiler has to say."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from writ.cli.entry import refuse

if TYPE_CHECKING:
    from writ.book.model import Book
    from writ.diagnostics import Diagnostic, Source


def load(path: str, cache: bool = True) -> tuple[Book, list[Diagnostic]]:
    """The book at `path`, with what is wrong in it."""
    folder = Path(path)
    if not folder.exists():
        refuse(f"there is no folder `{path}`", "`writ new` makes a book")
    if not folder.is_dir():
        refuse(f"`{path}` is a file; a book is a folder", f"perhaps `{folder.parent}`?")
    if not os.path.lexists(folder / "book.md"):
        # Nothing else is read then: the folder may be anything, and of any size.
        near = sorted(each.parent.as_posix() for each in folder.glob("*/book.md"))[:3]
        help = f"did you mean {' or '.join(f'`{one}`' for one in near)}?" if near else ""
        refuse(f"the folder `{path}` has no `book.md`", help or "`writ new` makes a book")
    try:
        if cache:
            from writ.book.cache import load_cached

            return load_cached(folder)
        from writ.book.load import load_book

        return load_book(folder)
    except OSError as error:
        refuse(f"`{path}` cannot be read: {error.strerror or error}")


def sound(path: str) -> Book:
    """The book, if it compiles; an answer drawn from half a book would be worth nothing."""
    from writ.diagnostics import failed, ordered
    from writ.formats.paint import paint_for
    from writ.formats.text import count, render, width_of

    book, found = load(path)
    if failed(found):
        width = width_of(sys.stderr)
        shown = render(ordered(found)[:3], Sources(book), paint_for(sys.stderr), path, width)
        print(shown, end="\n\n", file=sys.stderr)
        refuse(f"the book has {count(found)}, so it gives no answers", f"`writ check {path}`")
    return book


class Sources:
    """Gives the sources of a book by path; of a file that the book does not hold, from the disk."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._held: dict[str, Source] = {}

    def __call__(self, path: str) -> Source | None:
        return self._held.get(path) or self._book.sources.get(path) or self._on_disk(path)

    def _on_disk(self, path: str) -> Source | None:
        from writ.diagnostics import Source

        for place in (Path(self._book.root) / path, Path(path)):
            try:
                source = Source.of(path, place.read_text("utf-8", errors="replace"))
            except (OSError, ValueError):
                continue
            self._held[path] = source
            return source
        return None


def print_diagnostics(found: Sequence[Diagnostic], book: Book, base: str) -> None:
    """The findings on standard output, in order."""
    from writ.diagnostics import ordered
    from writ.formats.paint import paint_for
    from writ.formats.text import render, width_of

    if found:
        width = width_of(sys.stdout)
        text = render(ordered(found), Sources(book), paint_for(sys.stdout), base, width)
        print(text, end="\n\n")
