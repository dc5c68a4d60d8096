"""`writ audit`: what was done with what warrant, what is in effect, what is owed."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from writ.cli.entry import refuse
from writ.cli.opening import sound
from writ.cli.parser import FILE, book_argument, completed, json_option, time

if TYPE_CHECKING:
    from writ.book.model import Book
    from writ.diagnostics import Diagnostic
    from writ.journal.difference import Since
    from writ.journal.entry import Entry, Journal
    from writ.journal.record import Audit

FORMATS = ("text", "json", "html")
SHOWN = 20
LOG = ".jsonl"
"""A journal with one canonical entry a line."""
"""Mistakes of a journal that are shown."""


def configure(parser: argparse.ArgumentParser) -> None:
    book_argument(parser)
    journal = parser.add_argument("journal", metavar="JOURNAL", help="the journal; - for the input")
    completed(journal, FILE)
    add = parser.add_argument
    add("--as-of", type=time, metavar="T", help="as of the end of a day, or of a moment")
    add("--known-at", type=time, metavar="K", help="as the record and the law were known then")
    add("--since", type=time, metavar="T", help="what changed since a report as of then")
    add("--since-known", type=time, metavar="K", help="what changed since a report as known then")
    add("--premise", action="append", default=[], metavar="NAME", help="count what stands under it")
    add(
        "--given",
        action="append",
        default=[],
        metavar="'DATE FACT, FACT'",
        help="suppose facts from a day on",
    )
    add("--keep-going", action="store_true", help="report on what can be read of the journal")
    rows = parser.add_mutually_exclusive_group()
    rows.add_argument("--all", action="store_true", help="list every row of the text")
    brief = "of the text, only what is wrong, owed and in effect"
    rows.add_argument("--brief", action="store_true", help=brief)
    forms = parser.add_mutually_exclusive_group()
    forms.add_argument("--format", choices=FORMATS, help="default: text, or as FILE is named")
    json_option(forms, "the report")  # type: ignore[arg-type]
    output = add("-o", "--output", metavar="FILE", help="write a file, whole or not at all")
    completed(output, FILE)


def run(args: argparse.Namespace) -> int:
    from writ.formats.audit_words import count

    form = _form(args)
    book = sound(args.book)
    report, journal = _report(book, args)
    changed = _since(book, report, journal, args)
    if args.output in (None, "-"):
        for piece in _pieces(report, changed, form, args):
            sys.stdout.write(piece.decode("utf-8"))
    else:
        from writ.cli.replacing import replace

        replace(args.output, _pieces(report, changed, form, args))
    from writ.diagnostics import failed

    return 1 if count(report).wrong or failed(report.diagnostics) else 0


def _form(args: argparse.Namespace) -> str:
    """The form of the report: as asked, or as the name of the file says."""
    if args.json:
        return "json"
    suffix = Path(args.output or "").suffix.lower().lstrip(".").replace("htm", "html")[:4]
    form: str = args.format or (suffix if suffix in FORMATS else "text")
    if form == "html" and args.output is None and sys.stdout.isatty():
        refuse("a page is not for the terminal", "-o FILE writes it")
    return form


def _pieces(
    report: Audit, since: Since | None, form: str, args: argparse.Namespace
) -> Iterator[bytes]:
    """The report as bytes, to be written one after the other."""
    if form == "json":
        from writ.formats.audit_json import pieces

        yield from pieces(report, since)
    elif form == "html":
        from writ.formats.audit_html import page

        yield page(report, since).encode("utf-8")
    else:
        from writ.cli.printing import WIDTH, width
        from writ.formats.audit_text import lines
        from writ.formats.paint import PLAIN, paint_for

        here = args.output in (None, "-")
        paint = paint_for(sys.stdout) if here else PLAIN
        columns = width() if here else WIDTH
        for line in lines(report, paint, columns, args.all, args.brief, since):
            yield f"{line}\n".encode()


def _report(book: Book, args: argparse.Namespace) -> tuple[Audit, Journal]:
    """The audit of what was asked, with what is wrong and what is odd in the journal; and what was judged."""
    import msgspec

    from writ.diagnostics import failed, ordered
    from writ.journal.audit import audit
    from writ.journal.check import check_journal

    journal, read = _read(book, args.journal)
    found = list(read)
    if not failed(found):
        found += check_journal(book, journal)
    _complain(found, args.journal)
    if failed(found) and not args.keep_going:
        refuse(
            "the journal has mistakes, so it is not judged",
            "mend them, or --keep-going to judge the rest",
        )
    _known_premises(journal, args.premise)
    given = [one for at, text in enumerate(args.given) for one in _given(book, journal, text, at)]
    # What is supposed of a day holds for the acts of that day.
    journal = msgspec.structs.replace(journal, entries=(*given, *journal.entries), lines=())
    as_of = args.as_of or (None if journal.entries else dt.date.today())
    report = audit(book, journal, as_of, args.known_at, args.premise)
    report = msgspec.structs.replace(
        report,
        journal=report.journal or Path(args.journal).name,
        premises=(*report.premises, *(f"given {' '.join(text.split())}" for text in args.given)),
        diagnostics=tuple(ordered([*found, *report.diagnostics])),
    )
    return report, journal


def _since(book: Book, report: Audit, journal: Journal, args: argparse.Namespace) -> Since | None:
    """What the report concludes otherwise than an earlier one, where that is asked."""
    if args.since is None and args.since_known is None:
        return None
    from writ.journal.difference import since

    try:
        return since(book, journal, report, args.premise, args.since, args.since_known)
    except ValueError:
        refuse(
            "what is compared is later than the report itself",
            "`--since` is at most `--as-of`, and `--since-known` at most `--known-at`",
        )


def _read(book: Book, path: str) -> tuple[Journal, tuple[Diagnostic, ...]]:
    from writ.journal.read import MAX_BYTES, load_journal, read_journal

    if path == "-":
        return read_journal(sys.stdin.buffer.read(MAX_BYTES + 1), book, "<input>")
    file = Path(path)
    if not file.exists():
        refuse(f"there is no file `{path}`")
    if file.is_dir():
        refuse(f"`{path}` is a folder; a journal is a file")
    if file.suffix == LOG:
        from writ.journal.lines import read_log

        return read_log(file, book, path)
    return load_journal(file, book, path)


def _complain(found: Iterable[Diagnostic], path: str) -> None:
    """What is wrong in the journal, on the error output."""
    from writ.diagnostics import Source, ordered
    from writ.formats.paint import paint_for
    from writ.formats.text import render, width_of

    shown = ordered(found)
    if not shown:
        return
    source = None
    if path != "-":
        source = Source.of(path, Path(path).read_text("utf-8", errors="replace"))
    text = render(
        shown[:SHOWN], lambda _: source, paint_for(sys.stderr), width=width_of(sys.stderr)
    )
    more = f"\n\nand {len(shown) - SHOWN:,} more" if len(shown) > SHOWN else ""
    print(f"{text}{more}", end="\n\n", file=sys.stderr)


def _known_premises(journal: Journal, asked: list[str]) -> None:
    known = [premise.name for premise in journal.premises]
    for name in asked:
        if name not in known:
            from writ.book.suggest import did_you_mean

            help = did_you_mean(name, known) or f"it has: {', '.join(known) or 'none'}"
            refuse(f"the journal has no premise `{name}`", help)


def _given(book: Book, journal: Journal, text: str, at: int) -> tuple[Entry, ...]:
    """What `--given` supposes, as an entry of facts."""
    import msgspec

    from writ.journal.entry import Kind
    from writ.journal.read import read_journal

    day, _, facts = text.strip().partition(" ")
    read, found = read_journal(f"{day} given {' '.join(facts.split())}\n", book, "<given>")
    if found:
        refuse(f"`--given {text}`: {found[0].message}", found[0].help)
    if [one.kind for one in read.entries] != [Kind.FACT]:
        refuse(f"`--given {text}` supposes no fact", "write it as '2011-03-19 hostilities'")
    taken = {one.id for one in journal.entries}
    name = f"given-{at + 1}"
    while name in taken:
        name += "-"
    return tuple(msgspec.structs.replace(one, id=name) for one in read.entries)
