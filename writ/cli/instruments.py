"""What is named on a command line as `BOOK|INSTRUMENT`: a folder, or the Markdown file of one instrument in it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from writ.cli.entry import refuse
from writ.cli.opening import Sources, sound
from writ.cli.parser import FILE, completed

if TYPE_CHECKING:
    from writ.book.model import Book, Instrument
    from writ.diagnostics import Diagnostic


def source_argument(parser: argparse.ArgumentParser) -> None:
    path = parser.add_argument(
        "path", metavar="BOOK|INSTRUMENT", help="a folder, or the Markdown file of one instrument"
    )
    completed(path, FILE)


def opened(path: str) -> tuple[Book, list[Instrument]]:
    """The Book, and the instruments that are meant: all, or the one of a file."""
    place = Path(path)
    if not place.is_file():
        book = sound(path)
        if not book.instruments:
            refuse(f"the book `{path}` has no instruments", "`writ new` shows what one looks like")
        return book, list(book.instruments.values())
    root = next((up for up in place.resolve().parents if (up / "book.md").is_file()), None)
    if root is None:
        refuse(f"`{path}` is in no book: no `book.md` stands in its folder or above it")
    book = sound(str(root))
    inside = place.resolve().relative_to(root).as_posix()
    meant = [item for item in book.instruments.values() if item.place.file == inside]
    if not meant:
        known = ", ".join(f"`{item.place.file}`" for item in list(book.instruments.values())[:5])
        refuse(f"`{path}` is no instrument of the book `{root}`", f"its instruments: {known}")
    return book, meant


def written(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a folder, which is made, and name each."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            (folder / name).write_bytes(data)
    except OSError as error:
        refuse(f"`{folder}` cannot be written: {error.strerror or error}")
    for name in files:
        print(folder / name)


def empty_folder(path: Path, why: str) -> None:
    """Refuse a folder that holds something."""
    if path.is_file() or (path.is_dir() and any(path.iterdir())):
        refuse(f"`{path}` is not an empty folder", why)


def reported(found: list[Diagnostic], book: Book) -> None:
    """Findings on standard error."""
    from writ.formats.paint import paint_for
    from writ.formats.text import render, width_of

    if found:
        width = width_of(sys.stderr)
        text = render(found, Sources(book), paint_for(sys.stderr), book.root, width)
        print(text, end="\n\n", file=sys.stderr)
