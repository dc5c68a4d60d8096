"""`writ duties`: who must do what, by office, and where responsibility has gaps."""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from writ.cli.entry import refuse
from writ.cli.parser import FILE, book_argument, completed, day

if TYPE_CHECKING:
    from writ.book.model import Book
    from writ.corpus.duties.gaps import Gap
    from writ.corpus.duties.holding import Held

FORMATS = ("text", "json", "csv", "html")
KINDS = (
    "duty",
    "power",
    "prohibition",
    "permission",
    "right",
    "immunity",
    "disability",
    "delegation",
)


def configure(parser: argparse.ArgumentParser) -> None:
    book_argument(parser)
    parser.add_argument(
        "--by",
        choices=("office", "instrument", "act"),
        default="office",
        help="in which order (default: office)",
    )
    parser.add_argument("--office", metavar="NAME", help="of this office alone, and of what it is")
    parser.add_argument(
        "--kind",
        choices=(*KINDS, "all"),
        action="append",
        help="norms of this kind; may be repeated (default: duty)",
    )
    parser.add_argument(
        "--gaps", action="store_true", help="the gaps alone; the status is 1 where there are any"
    )
    parser.add_argument(
        "--gap",
        metavar="KIND",
        action="append",
        help="with --gaps: of this kind alone; may be repeated",
    )
    parser.add_argument("--at", type=day, metavar="DATE", help="as of this day (default: today)")
    parser.add_argument("--all", action="store_true", help="of the text: list every gap")
    parser.add_argument("--format", choices=FORMATS, help="default: as FILE is named, or text")
    parser.add_argument("--json", action="store_true", help="the same as --format json")
    output = parser.add_argument("-o", "--output", metavar="FILE", help="write a file")
    completed(output, FILE)


def run(args: argparse.Namespace) -> int:
    from writ.cli.opening import sound
    from writ.corpus.duties.gaps import KINDS as known
    from writ.corpus.duties.gaps import gaps
    from writ.corpus.duties.holding import held

    wanted = args.gap or list(known)
    if args.gap and not args.gaps:
        refuse("--gap goes with --gaps", "give --gaps")
    for kind in wanted:
        if kind not in known:
            from writ.book.suggest import did_you_mean

            refuse(
                f"`{kind}` is no kind of gap",
                did_you_mean(kind, known) or f"they are: {', '.join(known)}",
            )
    book = sound(args.book)
    at = args.at or dt.date.today()
    kinds = args.kind or ["duty"]
    rows = held(book, at, KINDS if "all" in kinds else kinds)
    found = gaps(book, at, wanted)
    if args.office:
        offices = _offices(book, args.office)
        rows = [row for row in rows if row.office in offices]
        found = [gap for gap in found if offices & set(gap.who)]
    text = _written(args, book, [] if args.gaps else rows, found, at)
    if args.output is None:
        print(text, end="")
    else:
        _write(Path(args.output), text)
    return 1 if args.gaps and found else 0


def _offices(book: Book, name: str) -> set[str]:
    """An office with all that it is: what a minister must, each minister must."""
    actors = book.vocabulary.actors
    if name not in actors:
        named = [
            each for each, actor in actors.items() if actor.description.lower() == name.lower()
        ]
        if len(named) != 1:
            from writ.book.suggest import did_you_mean

            refuse(
                f"there is no office `{name}`",
                did_you_mean(name, actors) or "`writ show BOOK` lists the names",
            )
        name = named[0]
    return set(book.vocabulary.actor_up.get(name, ())) | {name}


def _written(
    args: argparse.Namespace, book: Book, rows: list[Held], found: list[Gap], at: dt.date
) -> str:
    from writ.corpus.duties import tables

    title = book.title or book.name
    form = "json" if args.json else args.format or _named(args.output)
    if form == "csv":
        # A spreadsheet is written byte for byte.
        return tables.gaps_csv(found) if args.gaps else tables.as_csv(rows, found)
    if form == "html":
        from writ.corpus.duties.page import page

        return page(title, rows, found, args.by, at.isoformat())
    if form == "json":
        from writ.cli.printing import json_text

        return json_text({"at": at, **tables.data(title, rows, found, args.by)}) + "\n"
    from writ.cli.printing import width
    from writ.formats.paint import visible

    shown = tables.text(title, rows, found, args.by, width(), args.all)
    return "".join(f"{visible(line)}\n" for line in shown.splitlines())


def _named(output: str | None) -> str:
    ending = Path(output).suffix.lower().lstrip(".") if output else ""
    ending = {"htm": "html", "txt": "text"}.get(ending, ending)
    return ending if ending in FORMATS else "text"


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, "utf-8", newline="")
    except (OSError, UnicodeEncodeError) as error:
        refuse(f"`{path}` cannot be written: {error}")
