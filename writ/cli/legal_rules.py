"""`writ export legalruleml`: a book as LegalRuleML Core 1.0."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from writ.cli.instruments import reported, written
from writ.cli.opening import sound
from writ.cli.parser import FILE, book_argument, completed


def configure_legalruleml(formats: Any) -> None:
    """The arguments of `writ export legalruleml`."""
    summary = "a book as LegalRuleML Core 1.0: sources, times, norms as rules, what overrides what"
    one = formats.add_parser("legalruleml", help=summary, description=summary)
    book_argument(one)
    output = one.add_argument("-o", "--output", metavar="FILE", required=True, help="an XML file")
    completed(output, FILE)


def export_legalruleml(args: argparse.Namespace) -> int:
    """Run `writ export legalruleml`. What stands in comments only is noted, and no failure."""
    from writ.cli.printing import number
    from writ.formats.legalruleml.export import export

    book, path = sound(args.book), Path(args.output)
    text, found = export(book)
    reported(found, book)
    written(path.parent, {path.name: text.encode("utf-8")})
    print(f"\n{number(len(book.norms), 'norm')}, {number(len(book.overrides), 'override')}")
    return 0
