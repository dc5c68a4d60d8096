"""A warden who opens and closes gates: the smallest law of which a test of what is kept can be told."""

from pathlib import Path

from writ.book.load import load_book
from writ.book.model import Book

LAW = """\
---
id: law
title: Law
kind: statute
citation: Law
cite-as: s. {}
top: true
in-force: 2000-01-01
---
```writ
office warden
thing gate
act open-gate
  on gate
act close-gate
  on gate
"""


def book_of(folder: Path, rules: str) -> Book:
    """The book with these rules, written to a folder."""
    (folder / "book.md").write_text("---\nbook: gates\ntitle: Gates\n---\n")
    (folder / "law.md").write_text(f"{LAW}{rules}```\n")
    book, found = load_book(folder)
    assert not [one for one in found if one.severity == "error"], found
    return book
