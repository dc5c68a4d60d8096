"""`writ may`: what an office may, must and must not do."""

from __future__ import annotations

import argparse
import datetime as dt
import sys

from writ.cli.entry import refuse
from writ.cli.opening import sound
from writ.cli.parser import book_argument, day, json_option


def configure(parser: argparse.ArgumentParser) -> None:
    book_argument(parser)
    parser.add_argument("actor", metavar="OFFICE", help="an office, body or person")
    parser.add_argument("--at", type=day, metavar="DATE", help="on that day (default: today)")
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    from writ.cli.powers import powers, text
    from writ.cli.vocabulary_text import titled
    from writ.formats.paint import paint_for

    book = sound(args.book)
    if args.actor not in book.vocabulary.actors:
        from writ.book.suggest import did_you_mean

        help = did_you_mean(args.actor, book.vocabulary.actors)
        refuse(f"`{args.actor}` is not an office, body or person of the book", help)
    at = args.at or dt.date.today()
    found = powers(book, args.actor, at)
    if args.json:
        from writ.cli.printing import print_json

        print_json({"actor": args.actor, "at": at, **found})
        return 0
    paint = paint_for(sys.stdout)
    actor = book.vocabulary.actors[args.actor]
    head = titled(args.actor, actor.description, paint)
    print(f"{head}  ({at.isoformat()})", end="\n\n")
    print(text(found, paint) or "No norm in force speaks of it.")
    return 0
