"""`writ explain`: the documentation of a diagnostic code."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

from writ.cli.entry import refuse
from writ.cli.parser import json_option

if TYPE_CHECKING:
    from writ.diagnostics import CodeDoc


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("code", nargs="?", metavar="CODE", help="without it, all are listed")
    json_option(parser, "the documentation")


def run(args: argparse.Namespace) -> int:
    from writ.cli.printing import print_json, table
    from writ.formats.paint import paint_for

    known = codes()
    paint = paint_for(sys.stdout)
    if args.code is None:
        if args.json:
            print_json(list(known.values()))
        else:
            rows = [(doc.code, f"{doc.name}: {doc.summary}") for doc in known.values()]
            print(table(rows, 0, dress=paint.strong))
        return 0
    doc = find(known, args.code)
    if args.json:
        print_json(doc)
        return 0
    print(f"{paint.strong(f'{doc.code} {doc.name}')} ({doc.severity})\n")
    print(_fitted(doc.documentation.strip() or doc.summary))
    return 0


def _fitted(text: str) -> str:
    """The paragraphs no wider than the terminal; blocks as they stand."""
    from writ.cli.printing import wrapped

    lines, inside = [], False
    for line in text.splitlines():
        fence = line.startswith("```")
        lines.append(line if inside or fence or not line else wrapped(line))
        inside ^= fence
    return "\n".join(lines)


def codes() -> Mapping[str, CodeDoc]:
    """Every code, those of requests and cases included."""
    from writ.checks.registry import codes as compiled
    from writ.engine.cases import DOCUMENTED, REQUEST
    from writ.formats.cedar.codes import CODES as CEDAR
    from writ.formats.crosswalks.codes import CODES as CROSSWALKS
    from writ.formats.legalruleml.codes import CODES as LEGALRULEML
    from writ.formats.legislation.codes import CODES as LAW
    from writ.formats.oscal.codes import CODES as OSCAL
    from writ.formats.paper.codes import CODES as PAPER
    from writ.formats.xacml.codes import CODES as XACML

    asked = {REQUEST.code: REQUEST, DOCUMENTED.code: DOCUMENTED}
    asked |= {**LEGALRULEML, **PAPER}
    merged = {**asked, **CEDAR, **XACML, **OSCAL, **CROSSWALKS, **LAW, **compiled()}
    return dict(sorted(merged.items()))


def find(known: Mapping[str, CodeDoc], asked: str) -> CodeDoc:
    """By code or by name."""
    for doc in known.values():
        if asked.upper() == doc.code or asked.lower() == doc.name:
            return doc
    from writ.book.suggest import did_you_mean

    help = did_you_mean(asked.upper(), known)
    help = help or did_you_mean(asked.lower(), [doc.name for doc in known.values()])
    refuse(f"`{asked}` is not a code", help or "`writ explain` lists them")
