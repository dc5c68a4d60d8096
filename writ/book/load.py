"""Reading a book from a folder, or from texts."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from pathlib import Path

from writ.book.codes import CODES
from writ.book.instruments import BOOK_FILE
from writ.book.link import link
from writ.book.lost import troubles
from writ.book.model import Book
from writ.diagnostics import Diagnostic, Source, Span, failed, ordered
from writ.syntax.limits import MAX_LONG
from writ.syntax.parser import parse_bytes, parse_text
from writ.syntax.tree import File


def load_book(path: Path) -> tuple[Book, list[Diagnostic]]:
    """The book in a folder: `book.md` and every other Markdown file beneath it.

    Hidden folders are skipped, links to folders are not followed, and a Markdown file without front matter and without
    `writ` blocks is no part of the book. Paths in the book are relative to the folder.
    """
    contents, unread = read_folder(path)
    parsed = parse_all(contents)
    sources = {name: source_of(name, data) for name, data in contents.items()}
    book, found = link(parsed.files, sources, troubles(parsed.diagnostics), str(path))
    found += parsed.diagnostics
    return book, ordered([*found, *(unread or nothing_in(book, found))])


def load_texts(files: Mapping[str, str]) -> tuple[Book, list[Diagnostic]]:
    """The book of these texts by path, for tests and tools. Without `book.md` it has no name and the usual ranks."""
    parsed = Parsed()
    for name, text in files.items():
        parsed.add(*parse_text(name, text))
    sources = {name: Source.of(name, text) for name, text in files.items()}
    book, found = link(parsed.files, sources, troubles(parsed.diagnostics))
    return book, ordered(found + parsed.diagnostics)


class Parsed:
    """Trees, and the diagnostics of their syntax."""

    def __init__(self) -> None:
        self.files: list[File] = []
        self.diagnostics: list[Diagnostic] = []

    def add(self, file: File, found: list[Diagnostic]) -> None:
        """Add one file as the parser returned it."""
        self.files.append(file)
        self.diagnostics += found


def parse_all(contents: Mapping[str, bytes], parsed: Parsed | None = None) -> Parsed:
    """The trees of the files of a book, added to those there are."""
    parsed = parsed or Parsed()
    for name, data in contents.items():
        parsed.add(*parse_bytes(name, data))
    return parsed


def source_of(name: str, data: bytes) -> Source:
    """The text of a file as far as it can be shown; the parser has refused what is not UTF-8."""
    return Source.of(name, data[:MAX_LONG].decode("utf-8", "replace"))


def read_folder(path: Path) -> tuple[dict[str, bytes], list[Diagnostic]]:
    """Every Markdown file of a book by its path in the folder, and what could not be read."""
    found: dict[str, bytes] = {}
    diagnostics: list[Diagnostic] = []
    if not path.is_dir():
        what = "is a file" if path.exists() else "does not exist"
        return {}, [_at(str(path), "V240", f"the folder `{path}` {what}", _GIVE)]

    def refused(error: OSError) -> None:
        name = os.path.relpath(error.filename or path, path)
        diagnostics.append(_at(Path(name).as_posix(), "V241", f"the folder {_why(error)}"))

    for folder, folders, names in os.walk(path, onerror=refused):
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        for each in names:
            if not each.endswith(".md") or each.startswith("."):
                continue
            file = os.path.join(folder, each)
            name = Path(os.path.relpath(file, path)).as_posix()
            try:
                found[name] = read_file(file)
            except OSError as error:
                diagnostics.append(_at(name, "V241", f"the file {_why(error)}"))
    if not found and not diagnostics:
        diagnostics.append(
            _at(BOOK_FILE, "V240", f"the folder `{path}` has no Markdown files", _NEW)
        )
    elif BOOK_FILE not in found and not any(each.span.file == BOOK_FILE for each in diagnostics):
        message = f"the folder `{path}` has no `book.md`"
        diagnostics.append(_at(BOOK_FILE, "V240", message, _GIVE))
    return dict(sorted(found.items())), diagnostics


def read_file(path: str) -> bytes:
    """The bytes of a regular file, one more than the parser accepts at most: it refuses what is larger.

    Raises:
        OSError: it cannot be read, or is a pipe or device, from which a read might never return.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    with open(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError("not a regular file")
        return file.read(MAX_LONG + 1)


def nothing_in(book: Book, found: list[Diagnostic]) -> list[Diagnostic]:
    """A diagnostic for a book without instruments, where no error explains it."""
    if book.instruments or failed(found):
        return []
    return [_at(BOOK_FILE, "V240", "the book has no instruments", _NEW)]


_GIVE = "give the folder that holds `book.md`"
_NEW = "`writ new` makes a book to begin with"


def _at(path: str, code: str, message: str, help: str = "") -> Diagnostic:
    return Diagnostic(code, CODES[code].severity, message, Span(path, 1, 1, 1, 1), help)


def _why(error: OSError) -> str:
    return f"cannot be read: {(error.strerror or str(error)).lower()}"
