"""`writ stats`: the counts of a book."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from writ.cli.entry import refuse
from writ.cli.opening import load
from writ.cli.parser import book_argument, day

if TYPE_CHECKING:
    from writ.book.model import Book
    from writ.corpus.stats import Group, Stats
    from writ.diagnostics import Diagnostic
    from writ.formats.paint import Paint

FORMATS = ("text", "json")
SCHEMA = "writ-stats/1"
_BAR = 30
"""Columns of the longest bar."""
_SHOWN = 20


def configure(parser: argparse.ArgumentParser) -> None:
    book_argument(parser)
    parser.add_argument(
        "--by",
        choices=("instrument", "kind", "office", "year"),
        help="a table of every instrument, kind, office, or year of coming into force",
    )
    parser.add_argument(
        "--today", type=day, metavar="DATE", help="count as on that day (default: today)"
    )
    forms = parser.add_mutually_exclusive_group()
    forms.add_argument("--json", action="store_true", help="the same as --format json")
    forms.add_argument("--format", choices=FORMATS, default="text", help="text or json")
    parser.add_argument("--no-cache", action="store_true", help="read every file again")


def run(args: argparse.Namespace) -> int:
    from sqlite3 import DatabaseError

    from writ.corpus.search.index import open_index
    from writ.corpus.stats import stats_of

    today = args.today or dt.date.today()
    folder = Path(args.book)
    book, found = load(args.book, cache=not args.no_cache)
    if not book.instruments:
        from writ.cli.opening import print_diagnostics

        print_diagnostics(found[:3], book, args.book)
        refuse("there is nothing to count", f"`writ check {args.book}`")
    found = [*found, *_checked(book, args.book, found, today)]
    try:
        index = open_index(folder, not args.no_cache)
    except OSError as error:
        refuse(f"`{args.book}` cannot be read: {error.strerror or error}")
    journals = sum(1 for each in folder.rglob("*.journal") if each.is_file())
    try:
        stats = stats_of(book, index, found, journals, today, args.by or "")
    except DatabaseError:  # the disk has lost a page of it
        index = open_index(folder, cache=False)
        stats = stats_of(book, index, found, journals, today, args.by or "")
    if args.json or args.format == "json":
        from writ.cli.printing import print_json

        print_json({"schema": SCHEMA, "by": args.by or "", "stats": stats})
        return 0
    from writ.formats.paint import paint_for

    paint = paint_for(sys.stdout)
    lines = _table(stats.groups, args.by, paint) if args.by else _text(stats, paint)
    print("\n".join(lines))
    return 0


def _checked(book: Book, path: str, found: list[Diagnostic], today: dt.date) -> list[Diagnostic]:
    """What the checks find; they wait until the book compiles."""
    from writ.diagnostics import failed

    if failed(found):
        message = "writ: the book has errors; what they spoil is not counted"
        print(f"{message}\n  `writ check {path}`", file=sys.stderr)
        return []
    from writ.checks.remembered import run_cached

    return run_cached(book, Path(path), today)


def _table(groups: Iterable[Group], by: str, paint: Paint) -> Iterator[str]:
    from writ.formats.paint import visible

    groups = list(groups)
    fields: tuple[str, ...] = ("norms", "duties", "powers")
    if by != "office":
        fields = ("provisions", "words", *fields)
    if by in ("kind", "year"):
        fields = ("instruments", *fields)
    first = max([len(by), *(len(each.name) for each in groups)])
    yield paint.strong(f"{by:<{first}}" + "".join(f"{field:>13}" for field in fields))
    for each in groups:
        yield f"{visible(each.name):<{first}}" + "".join(
            f"{getattr(each, field):>13,}" for field in fields
        )


def _text(stats: Stats, paint: Paint) -> Iterator[str]:
    from writ.formats.paint import visible

    yield paint.strong(visible(stats.title or stats.book))
    yield (
        f"{stats.instruments:,} instruments, {stats.provisions:,} provisions, {stats.words:,} words, "
        f"{stats.norms:,} norms"
    )
    yield ""
    yield from _table(stats.kinds, "kind", paint)
    yield from _bars("Norms by modality", stats.modalities.items(), paint)
    modal, covered = stats.coverage.modal, stats.coverage.with_norm
    yield ""
    yield paint.strong("Coverage")
    yield f"  {modal:,} provisions say shall, must, may or the like; {_share(covered, modal)} of them have a norm"
    per = stats.norms / stats.provisions if stats.provisions else 0
    yield f"  {per:.2f} norms to a provision"
    if stats.reading:
        yield ""
        yield paint.strong("Reading ease (0 very hard, 100 very easy)")
        for one in stats.reading:
            said = "too few words, or no formula" if one.ease is None else f"{one.ease:.1f}"
            yield f"  {one.language or 'other':<6} {said:>6}  {one.words_per_sentence} words to a sentence"
    yield from _defined(stats, paint)
    yield from _offices(stats, paint)
    yield from _dates(stats, paint)
    assured = sum(stats.assurances.values())
    yield ""
    yield paint.strong("Kept with it")
    yield f"  {assured:,} assurances, {stats.cases:,} cases, {stats.journals:,} journals"
    yield from _bars("Assurances by form", stats.assurances.items(), paint)
    yield from _bars("Diagnostics by code", stats.diagnostics.items(), paint)
    if stats.links.links:
        yield ""
        yield paint.strong("Links of imported law")
        links = stats.links
        lead = _share(links.resolved, links.links)
        yield f"  {links.links:,}; {lead} lead to a provision here, {links.unresolved:,} do not"
    yield ""
    yield paint.strong("Longest chains of authority")
    for chain in stats.chains:
        yield f"  {chain.length}  {' › '.join(chain.instruments)}"
    cited = [(f"{each.instrument} {each.label}", each.by) for each in stats.cited]
    yield from _bars("Most cited provisions", cited, paint)


def _defined(stats: Stats, paint: Paint) -> Iterator[str]:
    from writ.cli.printing import wrapped
    from writ.formats.paint import visible

    one = stats.defined
    yield ""
    yield paint.strong("Definitions")
    unused = f"{one.unused:,} terms are used nowhere else in their file"
    yield f"  {one.terms:,} terms in the text, {one.definitions:,} in blocks; {unused}"
    if one.examples:
        more = "; …" if one.unused > len(one.examples) else ""
        yield wrapped(visible("; ".join(one.examples) + more), 4)


def _offices(stats: Stats, paint: Paint) -> Iterator[str]:
    one = stats.offices
    if not one.declared:
        return
    rows = [(each.name, each.duties + each.powers + each.others) for each in one.most]
    said = {each.name: f"{each.duties} duties, {each.powers} powers" for each in one.most}
    heading = (
        f"Offices: {one.declared:,} declared, {one.unnamed:,} without a norm of their own; norms of"
    )
    yield from _bars(heading, rows, paint, said)


def _dates(stats: Stats, paint: Paint) -> Iterator[str]:
    dates = stats.dates
    yield from _bars("In force from", dates.by_year.items(), paint)
    yield ""
    yield paint.strong(f"On {dates.on}")
    yield f"  {dates.in_force:,} in force, {dates.ended:,} no longer, {dates.waiting:,} wait for commencement"
    for name, days in (("ends", dates.sunsets), ("review overdue", dates.overdue)):
        for id, one in days[:_SHOWN]:
            yield f"  {id}: {name} {'since ' if name != 'ends' else ''}{one}"
        if len(days) > _SHOWN:
            yield f"  and {len(days) - _SHOWN:,} more"


def _bars(
    heading: str,
    rows: Iterable[tuple[str, int]],
    paint: Paint,
    said: dict[str, str] | None = None,
) -> Iterator[str]:
    """A number for each name, with a bar."""
    from writ.formats.paint import visible

    rows = list(rows)
    if not rows:
        return
    yield ""
    yield paint.strong(heading)
    most = max(number for _, number in rows)
    first = max(len(name) for name, _ in rows[:_SHOWN])
    for name, number in rows[:_SHOWN]:
        bar = "█" * max(1, round(_BAR * number / most)) if number else ""
        beside = f"  {said[name]}" if said and name in said else ""
        yield f"  {visible(name):<{first}} {number:>8,}  {paint.faint(bar)}{beside}"
    if len(rows) > _SHOWN:
        yield f"  and {len(rows) - _SHOWN:,} more"


def _share(part: int, whole: int) -> str:
    return f"{part:,} ({100 * part / whole:.0f} %)" if whole else "none"
