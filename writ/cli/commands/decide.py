"""`writ decide`: may this actor do this act, then, on these facts?"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from writ.cli import asking
from writ.cli.entry import refuse
from writ.cli.opening import Sources, sound
from writ.cli.parser import FILE, book_argument, completed, json_option, time

if TYPE_CHECKING:
    from writ.book.model import Book
    from writ.diagnostics import Diagnostic, Span
    from writ.engine.answer import Decision
    from writ.engine.request import Request


def configure(parser: argparse.ArgumentParser) -> None:
    book_argument(parser)
    request = parser.add_argument(
        "--request", metavar="FILE", help="requests in YAML or JSON; - for the input"
    )
    completed(request, FILE)
    asking.options(parser)
    add = parser.add_argument
    other = "answer for another day as well, and say when and why it turned"
    add("--compare-at", type=time, metavar="DATE", help=other)
    add("--compare-known-at", type=time, metavar="DATE", help="likewise, as the law was known then")
    parser.add_argument("--explain", action="store_true", help="list the norms considered")
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    from writ.cli.judge import decider
    from writ.engine.answer import Outcome

    if args.request is None and args.act is None:
        refuse("nothing is asked", "give --actor and --act, or --request FILE")
    if args.request is not None:
        read_in, many, wrong = asking.from_file(args.request)
        asked: list[tuple[object, Span | None]] = [(_dated(one, args), at) for one, at in read_in]
    else:
        asked, many, wrong = [(asking.from_options(args), None)], False, []
    book = sound(args.book)
    requests = read(book, asked, wrong)
    decide = decider(book)
    permitted = True
    for at, request in enumerate(requests):
        decision = decide(request)
        permitted &= decision.outcome is Outcome.PERMITTED
        if args.compare_at is not None or args.compare_known_at is not None:
            _compared(book, request, decision, args, at, many)
        elif args.json:
            from writ.cli.printing import print_json

            print_json(decision, indent=0 if many else 2)
        else:
            from writ.cli.answer_text import text
            from writ.formats.paint import paint_for

            if at:
                print()
            print(text(book, request, decision, paint_for(sys.stdout), args.explain))
    return 0 if permitted else 1


def _compared(
    book: Book, request: Request, decision: Decision, args: argparse.Namespace, at: int, many: bool
) -> None:
    """The answer, that of the other day, and the days on which it turned between the two."""
    from writ.cli import comparison

    compared = comparison.compared(book, request, decision, args.compare_at, args.compare_known_at)
    if args.json:
        from writ.cli.printing import print_json

        print_json(comparison.data(compared), indent=0 if many else 2)
        return
    from writ.formats.paint import paint_for

    if at:
        print()
    print(comparison.text(book, compared, paint_for(sys.stdout), args.explain))


def _dated(data: object, args: argparse.Namespace) -> object:
    if args.known_at is not None and isinstance(data, dict):
        return {**data, "known-at": args.known_at}
    return data


def read(
    book: Book, asked: Sequence[tuple[object, Span | None]], wrong: Sequence[Diagnostic]
) -> list[Request]:
    """The requests, all of them well formed; otherwise what is wrong is printed, and nothing is asked."""
    from writ.engine.ask import read_request

    found = list(wrong)
    requests: list[Request] = []
    for data, span in asked if not wrong else ():
        request, wrongs = read_request(book, data, span)
        found += wrongs
        if request is not None:
            requests.append(request)
    if found:
        from writ.formats.paint import paint_for
        from writ.formats.text import render, width_of

        width = width_of(sys.stderr)
        shown = render(found[:20], Sources(book), paint_for(sys.stderr), width=width)
        print(shown, file=sys.stderr)
        refuse(
            "the request cannot be asked" if len(asked) < 2 else "the requests cannot be asked",
            "`writ vocabulary BOOK ACT` lists what may be stated",
        )
    return requests
