"""`writ import law` and `writ export akn`: legislation in and out."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from writ.cli.entry import Stop, refuse
from writ.cli.parser import FILE, FOLDER, completed

if TYPE_CHECKING:
    from writ.diagnostics import Diagnostic

FORMATS = ("justice-canada", "akn", "uslm", "bwb")
UNREAD = frozenset({"X601", "X602", "X603"})


def configure_import(formats: Any) -> None:
    """The arguments of `writ import law`."""
    summary = (
        "legislation (Justice Canada, Akoma Ntoso, USLM, Dutch BWB): a file, or a folder of them"
    )
    law = formats.add_parser("law", help=summary, description=summary)
    path = law.add_argument("path", metavar="FILE|FOLDER", help="the file or folder")
    completed(path, FILE)
    where = law.add_mutually_exclusive_group(required=True)
    folder = where.add_argument(
        "-o", "--output", metavar="FOLDER", help="a folder that is empty or new"
    )
    there = where.add_argument(
        "--into", metavar="BOOK", help="a book that has the law: take in new versions of it"
    )
    completed(folder, FOLDER)
    completed(there, FOLDER)
    law.add_argument(
        "--format",
        dest="law_format",
        choices=FORMATS,
        help="the format that the files must have (default: as each tells)",
    )
    law.add_argument("--title", metavar="TEXT", help="the title of the book")
    law.add_argument(
        "--quiet", action="store_true", help="no notes of references that lead elsewhere"
    )


def configure_export(formats: Any) -> None:
    """The arguments of `writ export akn`."""
    summary = "imported legislation as Akoma Ntoso 3.0"
    akn = formats.add_parser("akn", help=summary, description=summary)
    path = akn.add_argument(
        "path", metavar="BOOK|INSTRUMENT", help="a folder, or the Markdown file of one instrument"
    )
    completed(path, FILE)
    output = akn.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        required=True,
        help="the file to write; for several instruments a folder that is empty or new",
    )
    completed(output, FILE)


def import_law(args: argparse.Namespace, folder: Path, name: str) -> int:
    """Run `writ import law`. Status 1 if a file was left out, 2 if all were."""
    from writ.cli.printing import number
    from writ.diagnostics import Severity
    from writ.formats.legislation.importing import import_law

    path = Path(args.path)
    if not path.exists():
        refuse(f"`{path}` does not exist")
    files, made = import_law(path, name, args.title or "", args.law_format or "")
    shown = [one for one in made.found if not args.quiet or one.severity is not Severity.NOTE]
    _report(shown)
    if not files:
        return 2
    _write(folder, files)
    earlier = sum(name.endswith(".history.json") for name in files)
    more = f", {earlier} with earlier versions," if earlier else ""
    print(
        f"{number(len(made.entries), 'instrument')} of {made.provisions:,} provisions{more} in {folder}"
    )
    print(f"\nNow: writ check {folder}")
    return 1 if any(one.code in UNREAD for one in made.found) else 0


def take_into(args: argparse.Namespace) -> int:
    """Run `writ import law --into`. Status 1 if something must be looked at, 2 if nothing was taken in."""
    from writ.cli.replacing import replace
    from writ.diagnostics import Severity
    from writ.formats.legislation_history.into import into

    path, book = Path(args.path), Path(args.into)
    if not path.exists():
        refuse(f"`{path}` does not exist")
    if not (book / "book.md").is_file():
        refuse(f"`{book}` is no book", "`-o` makes one")
    made = into(book, path, args.law_format or "")
    shown = [one for one in made.found if not args.quiet or one.severity is not Severity.NOTE]
    _report(shown)
    if not made.files:
        bad = any(one.severity is not Severity.NOTE for one in made.found)
        raise Stop("nothing was taken in", status=2 if bad else 0)
    for name, data in made.files.items():
        replace(str(book / name), [data])
        print(book / name)
    print(f"\nNow: writ history {book} {made.laws[0]}; writ check {book}")
    return 1 if any(one.severity is not Severity.NOTE for one in made.found) else 0


def export_akn(args: argparse.Namespace) -> int:
    """Run `writ export akn`. Status 1 if an instrument was left out."""
    from writ.formats.legislation.exporting import export_akn, instruments

    path, output = Path(args.path), Path(args.output)
    if not path.exists():
        refuse(f"`{path}` does not exist")
    taken = instruments(path)
    if not taken:
        refuse(f"`{path}` holds no imported law", "`writ import law` makes such a book")
    one = len(taken) == 1
    if not one and (output.is_file() or (output.is_dir() and any(output.iterdir()))):
        refuse(f"`{output}` is not an empty folder", "there are several instruments to write")
    files: dict[str, bytes] = {}
    found: list[Diagnostic] = []
    for each in taken:
        text, wrong = export_akn(each)
        found += wrong
        if text:
            files[output.name if one else f"{each.stem}.xml"] = text.encode("utf-8")
    _report(found)
    if not files:
        raise Stop("nothing was written", status=1)
    _write(output.parent if one else output, files)
    for name in files:
        print((output.parent if one else output) / name)
    return 1 if found else 0


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            (folder / name).write_bytes(data)
    except OSError as error:
        refuse(f"`{folder}` cannot be written: {error.strerror or error}")


def _report(found: list[Diagnostic]) -> None:
    from writ.formats.paint import paint_for
    from writ.formats.text import render, width_of

    if found:
        text = render(found, lambda path: None, paint_for(sys.stderr), "", width_of(sys.stderr))
        print(text, end="\n\n", file=sys.stderr)
