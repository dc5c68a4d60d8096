"""`writ prove`: does what the book assures hold in every situation?"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import TYPE_CHECKING

from writ.cli.entry import refuse, solver
from writ.cli.opening import sound
from writ.cli.parser import FILE, book_argument, completed

if TYPE_CHECKING:
    from writ.book.assurances import Assurance
    from writ.book.model import Book
    from writ.proof.result import Result

FORMATS = ("text", "json")
UNKNOWN = 3
"""The status where nothing is refuted, and not all is proved."""


def configure(parser: argparse.ArgumentParser) -> None:
    book_argument(parser)
    parser.add_argument(
        "ids", metavar="ID", nargs="*", help="assurances by id, label or citation (default: all)"
    )
    seconds = "the longest that one assurance may take (default: 10)"
    parser.add_argument("--limit", type=_positive, default=10.0, metavar="SECONDS", help=seconds)
    memory = "the most memory that one process may use (default: 2048)"
    parser.add_argument("--memory", type=_whole, default=2048, metavar="MB", help=memory)
    jobs = "so many processes at once (default: one for each core, and at most 4)"
    parser.add_argument("--jobs", type=_whole, default=0, metavar="N", help=jobs)
    parser.add_argument(
        "--norms",
        action="store_true",
        help="prove of each norm (or each ID) whether it ever applies, and changes any answer",
    )
    forms = parser.add_mutually_exclusive_group()
    forms.add_argument("--json", action="store_true", help="the same as --format json")
    forms.add_argument("--format", choices=FORMATS, help="text or json (default: as FILE is named)")
    output = parser.add_argument("-o", dest="output", metavar="FILE", help="write a file")
    completed(output, FILE)


def run(args: argparse.Namespace) -> int:
    solver()
    book = sound(args.book)
    if args.norms:
        from writ.cli import prove_norms

        return prove_norms.run(book, args.book, args.ids, _form(args) == "json")
    asked = _asked(book, args.ids)
    form = _form(args)
    if args.output in (None, "-"):
        found: list[Result] = []
        for piece in _pieces(book, asked, args, form, found):
            sys.stdout.write(piece.decode("utf-8"))
            sys.stdout.flush()
    else:
        from writ.cli.replacing import replace

        found = []
        replace(args.output, _pieces(book, asked, args, form, found))
    verdicts = {result.verdict.value for result in found}
    if "refuted" in verdicts:
        return 1
    return UNKNOWN if "unknown" in verdicts else 0


def _positive(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= 86_400:
        raise argparse.ArgumentTypeError(f"`{text}` is no number of seconds; write it as 10")
    return seconds


def _whole(text: str) -> int:
    if text.isascii() and text.isdigit() and len(text) < 8 and int(text) > 0:
        return int(text)
    raise argparse.ArgumentTypeError(f"`{text}` is no whole number above 0")


def _form(args: argparse.Namespace) -> str:
    if args.json:
        return "json"
    form: str = args.format or ("json" if str(args.output).endswith(".json") else "text")
    return form


def _asked(book: Book, ids: Sequence[str]) -> tuple[Assurance, ...]:
    """The assurances asked for, in the order of the book."""
    if not ids:
        return book.assurances
    wanted: set[str] = set()
    for asked in ids:
        found = {
            one.id
            for one in book.assurances
            if asked in (one.id, one.label, one.citation, one.instrument)
            or asked == f"{one.instrument} {one.label}"
        }
        if not found:
            from writ.book.suggest import did_you_mean

            known = [name for one in book.assurances for name in (one.id, one.citation, one.label)]
            several = ", ".join(one.id for one in book.assurances[:6])
            more = "" if len(book.assurances) <= 6 else ", …"
            help = did_you_mean(asked, known) or f"it has: {several or 'none'}{more}"
            refuse(f"the book has no assurance `{asked}`", help)
        wanted |= found
    return tuple(one for one in book.assurances if one.id in wanted)


def _pieces(
    book: Book,
    asked: Sequence[Assurance],
    args: argparse.Namespace,
    form: str,
    found: list[Result],
) -> Iterator[bytes]:
    """The report in pieces, each as soon as all before it are known; `found` is filled with the results."""
    results = _results(book, asked, args)
    if form == "json":
        from writ.cli.printing import json_text
        from writ.cli.prove_data import page

        found += [result for _, result in results]
        yield f"{json_text(page(book, args.book, asked, found))}\n".encode()
        return
    from writ.cli import prove_text
    from writ.formats.paint import PLAIN, paint_for

    paint = paint_for(sys.stdout) if args.output in (None, "-") else PLAIN
    for assurance, result in results:
        found.append(result)
        yield f"{prove_text.text(book, assurance, result, paint)}\n\n".encode()
    yield f"{prove_text.summary(found, paint)}\n".encode()


def _results(
    book: Book, asked: Sequence[Assurance], args: argparse.Namespace
) -> Iterator[tuple[Assurance, Result]]:
    """Each assurance with its verdict, in their order, as the verdicts are reached."""
    from writ.proof.pool import Limits, prove_within

    limits = Limits(args.limit, args.memory, args.jobs)
    reached: dict[str, Result] = {}
    waiting = list(asked)
    with closing(prove_within(book, asked, limits)) as results:
        _progress(0, len(asked))
        for result in results:
            reached[result.assurance] = result
            _progress(len(asked), len(asked))
            while waiting and waiting[0].id in reached:
                first = waiting.pop(0)
                yield first, reached[first.id]
            _progress(len(reached), len(asked))


def _progress(done: int, of: int) -> None:
    """How far it is, on a terminal; the line is gone when all is done."""
    if sys.stderr.isatty():
        said = f"proving {done + 1} of {of} …" if done < of else ""
        print(f"\r\x1b[K{said}", end="", file=sys.stderr, flush=True)
