"""The journals in the folder of a book, read and checked over it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from writ.book.model import Book
from writ.diagnostics import Diagnostic, failed
from writ.journal.check import check_journal
from writ.journal.read import load_journal

SUFFIX = ".journal"


class Checked(NamedTuple):
    """What was found in the journals of a folder."""

    journals: int
    entries: int
    diagnostics: tuple[Diagnostic, ...]


def journals_in(folder: Path) -> list[Path]:
    """Every journal beneath a folder, in order; hidden folders are skipped, links to folders not followed."""
    found: list[Path] = []
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        found += (
            Path(place, each)
            for each in names
            if each.endswith(SUFFIX) and not each.startswith(".")
        )
    return sorted(found)


def check_folder(book: Book, folder: Path) -> Checked:
    """Read the journals in the folder of a book; check those that can be read.

    Paths are relative to the folder, like those of the book's own files.
    """
    journals = entries = 0
    found: list[Diagnostic] = []
    for path in journals_in(folder):
        name = path.relative_to(folder).as_posix()
        journal, wrong = load_journal(path, book, name)
        found += wrong
        journals += 1
        entries += len(journal.entries)
        if not failed(wrong):
            found += check_journal(book, journal)
    return Checked(journals, entries, tuple(found))
