"""`writ import responsibilities`: a table of who must do what, into a book, and its gaps."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from writ.cli.entry import refuse
from writ.cli.parser import FILE, FOLDER, completed, day


def configure_import(formats: Any) -> None:
    """Add the format to those of `writ import`."""
    summary = "a table of responsibilities (CSV or JSON): bearer, responsibility, reference"
    parser = formats.add_parser("responsibilities", help=summary, description=summary)
    table = parser.add_argument("file", metavar="FILE", help="the table")
    organisations = parser.add_argument(
        "--organisations", metavar="FILE", help="a table of bodies: Name, Aliases, Parent, Head"
    )
    roles = parser.add_argument(
        "--roles", metavar="FILE", help="a table of offices: Name, Aliases, OrgParent, Parent"
    )
    references = parser.add_argument(
        "--references", metavar="FILE", help="a table of references, where the cancelled say so"
    )
    for argument in (table, organisations, roles, references):
        completed(argument, FILE)
    folder = parser.add_argument(
        "-o", "--output", metavar="FOLDER", required=True, help="a folder that is empty or new"
    )
    completed(folder, FOLDER)
    parser.add_argument("--title", metavar="TEXT", help="the title of the book")
    parser.add_argument(
        "--in-force", type=day, metavar="DATE", help="its first day (default: 2000-01-01)"
    )


def import_responsibilities(
    args: argparse.Namespace,
    name: str,
    text_of: Callable[[str], str],
    write: Callable[[Path, dict[str, str]], None],
) -> int:
    """Write the book and the two tables; the status is 1 where there are gaps."""
    from writ.cli.printing import json_text
    from writ.formats.responsibilities import book, gaps, organisation, rows, tables

    def given(path: str | None) -> str:
        return text_of(path) if path else ""

    where = args.file
    try:
        table = text_of(where)
        rows.check_columns(table)
        held, unread = rows.read_rows(table)
        where = args.organisations or args.roles
        known = organisation.read_organisation(given(args.organisations), given(args.roles))
        where = args.references
        found = gaps.gaps(held, known, given(args.references))
    except rows.NotATable as error:
        refuse(f"`{where}` cannot be read: {error}")
    report = tables.text(held, unread, known, found)
    told = tables.data(held, unread, known, found)
    files = book.book(held, known, name, args.title or "", args.in_force or book.START)
    told["kept"] = tables.kept(held, known, found, book.instruments(held))
    files["responsibilities.txt"] = report
    files[tables.NAME] = json_text(told) + "\n"
    folder = Path(args.output)
    write(folder, files)
    offices = len(told["offices"])
    resting = sum(bool(one.rows) for one in found.cancelled)
    print(
        f"\n{len(held)} responsibilities of {offices} bearers; {len(unread)} rows say nothing\n"
        f"{len(found.cancelled)} cancelled references, {resting} of them still relied on\n"
        f"{len(found.unknown)} bearers that the organisation does not know\n"
        f"{len(found.unnamed)} rows that name nobody\n"
        f"{len(found.twice)} duties held twice\n\nNow: writ check {folder}"
    )
    gap = resting or found.unknown or found.unnamed or found.twice or unread
    return 1 if gap else 0
