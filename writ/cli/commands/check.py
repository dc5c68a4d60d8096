"""`writ check`: compile a book, run the checks, say what is wrong."""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from writ.cli.opening import load, print_diagnostics
from writ.cli.parser import FILE, book_argument, completed, day, json_option

if TYPE_CHECKING:
    from writ.book.model import Book
    from writ.diagnostics import Diagnostic
    from writ.journal.folder import Checked


def configure(parser: argparse.ArgumentParser) -> None:
    book_argument(parser)
    forms = parser.add_mutually_exclusive_group()
    json_option(forms, "the findings")  # type: ignore[arg-type]
    sarif = forms.add_argument(
        "--sarif", metavar="FILE", help="write SARIF 2.1.0; - for the output"
    )
    completed(sarif, FILE)
    parser.add_argument("--today", type=day, metavar="DATE", help="check as on that day")
    parser.add_argument("--no-cache", action="store_true", help="read every file again")


def run(args: argparse.Namespace) -> int:
    from writ.diagnostics import failed, ordered

    book, found = load(args.book, cache=not args.no_cache)
    whole = not failed(found)
    journals: Checked | None = None
    if whole:
        from writ.checks.remembered import run_cached

        found += run_cached(book, Path(args.book), args.today or dt.date.today())
        journals = _journals(book, Path(args.book))
        found += journals.diagnostics if journals is not None else ()
    found = ordered(found)
    if args.json:
        _json(found)
    elif args.sarif:
        _sarif(book, found, args.sarif)
    else:
        _text(book, found, whole, args.book, journals)
    if any(one.code == "V240" for one in found):
        return 2
    return 1 if failed(found) else 0


def _journals(book: Book, folder: Path) -> Checked | None:
    """What the journals in the book's folder have wrong. They are read each time: the cache is for the book."""
    if next(folder.rglob("*.journal"), None) is None:
        return None
    from writ.journal.folder import check_folder

    checked = check_folder(book, folder)
    return checked if checked.journals else None


def _text(
    book: Book, found: list[Diagnostic], whole: bool, base: str, journals: Checked | None
) -> None:
    import sys

    from writ.cli.printing import number
    from writ.formats.paint import paint_for
    from writ.formats.text import count

    print_diagnostics(found, book, base)
    size = f"{number(len(book.norms), 'norm')} in {number(len(book.instruments), 'instrument')}"
    if journals is not None:
        entries = "1 entry" if journals.entries == 1 else f"{journals.entries} entries"
        size += f"; {entries} in {number(journals.journals, 'journal')}"
    paint = paint_for(sys.stdout)
    if whole:
        verdict = paint.good("clean") if not found else count(found)
        print(f"{verdict}: {size}")
    else:
        print(f"{count(found)}: {size}; the checks wait until it compiles")


def _json(found: list[Diagnostic]) -> None:
    from writ.cli.printing import print_json

    print_json(found)


def _sarif(book: Book, found: list[Diagnostic], target: str) -> None:
    from pathlib import Path

    from writ.checks.registry import documentation
    from writ.cli.entry import refuse
    from writ.cli.printing import json_text
    from writ.formats.sarif import log
    from writ.journal.codes import CODES

    base = Path(book.root or ".").resolve().as_uri() + "/"
    text = json_text(log(found, lambda code: documentation(code) or CODES.get(code), base))
    if target == "-":
        print(text)
        return
    try:
        Path(target).write_text(text + "\n", "utf-8")
    except OSError as error:
        refuse(f"`{target}` cannot be written: {error.strerror}")
