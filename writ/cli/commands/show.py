"""`writ show`: a page of the book in the terminal."""

from __future__ import annotations

import argparse
import datetime as dt
import sys

from writ.cli.opening import sound
from writ.cli.parser import book_argument, day, json_option


def configure(parser: argparse.ArgumentParser) -> None:
    book_argument(parser)
    parser.add_argument(
        "name",
        nargs="*",
        metavar="NAME",
        help="a word of the book, an instrument, a citation, or INSTRUMENT LABEL",
    )
    parser.add_argument(
        "--at", type=day, metavar="DATE", help="powers on that day (default: today)"
    )
    json_option(parser, "the norms there")


def run(args: argparse.Namespace) -> int:
    from writ.cli import show_text, vocabulary_text
    from writ.cli.finding import find
    from writ.formats.paint import paint_for

    book = sound(args.book)
    asked = " ".join(args.name)
    if args.json:
        from writ.cli.printing import print_json
        from writ.cli.show_data import page

        print_json(page(book, find(book, asked) if asked else None))
        return 0
    paint = paint_for(sys.stdout)
    if not asked:
        print(show_text.overview(book, paint))
        return 0
    found = find(book, asked)
    match found.sort:
        case "provision":
            print(show_text.provision(book, found.name, found.label, paint))
        case "instrument":
            print(show_text.instrument(book, found.name, paint))
        case "actor":
            print(show_text.actor(book, found.name, args.at or dt.date.today(), paint))
        case "act":
            print(show_text.act(book, found.name, paint))
        case "state":
            print(show_text.state(book, found.name, paint))
        case _:
            print(vocabulary_text.word_page(book, found.name, paint))
    return 0
