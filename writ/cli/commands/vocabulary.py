"""`writ vocabulary`: all that is needed to phrase a request, without reading the book."""

from __future__ import annotations

import argparse
import sys

from writ.cli.entry import refuse
from writ.cli.opening import sound
from writ.cli.parser import book_argument, json_option


def configure(parser: argparse.ArgumentParser) -> None:
    book_argument(parser)
    parser.add_argument("names", nargs="*", metavar="NAME", help="acts, or any other names")
    json_option(parser, "the vocabulary")


def run(args: argparse.Namespace) -> int:
    book = sound(args.book)
    words = book.vocabulary
    acts = [name for name in args.names if name in words.acts]
    others = [name for name in args.names if name not in words.acts]
    homes = (
        words.actors,
        words.things,
        words.states,
        words.events,
        words.kinds,
        words.attributes,
        words.definitions,
    )
    for name in others:
        if not any(name in home for home in homes):
            from writ.book.suggest import did_you_mean

            known = [*words.acts, *(each for home in homes for each in home)]
            refuse(f"`{name}` is not a word of the book", did_you_mean(name, known))
    if args.json:
        from writ.cli.printing import print_json
        from writ.cli.vocabulary_data import vocabulary

        print_json(vocabulary(book, acts if args.names else None))
        return 0
    from writ.cli import vocabulary_text
    from writ.formats.paint import paint_for

    paint = paint_for(sys.stdout)
    if not args.names:
        print(vocabulary_text.overview(book, args.book, paint))
        return 0
    pages = [vocabulary_text.act_page(book, act, paint) for act in acts]
    pages += [vocabulary_text.word_page(book, name, paint) for name in others]
    print("\n\n".join(pages))
    return 0
