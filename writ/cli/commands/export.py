"""`writ export`: part of a book in the form of another system."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from writ.cli.entry import Stop, refuse
from writ.cli.law import configure_export, export_akn
from writ.cli.legal_rules import configure_legalruleml, export_legalruleml
from writ.cli.opening import Sources, sound
from writ.cli.papers import configure_papers, export_paper
from writ.cli.parser import FILE, FOLDER, book_argument, completed, day
from writ.cli.reader import configure_html, export_html

if TYPE_CHECKING:
    from writ.book.model import Book
    from writ.formats.cedar.overriding import Doubt


def configure(parser: argparse.ArgumentParser) -> None:
    formats = parser.add_subparsers(dest="format", metavar="FORMAT", required=True)
    summary = "the access part of a book as Cedar policies, a schema and entities"
    cedar = formats.add_parser("cedar", help=summary, description=summary)
    book_argument(cedar)
    cedar.add_argument(
        "--act", metavar="ACT", action="append", help="only this act (may be repeated)"
    )
    cedar.add_argument(
        "--at", type=day, metavar="DATE", help="the law of that day (default: today)"
    )
    folder = cedar.add_argument(
        "-o", "--output", metavar="FOLDER", required=True, help="a folder that is empty or new"
    )
    completed(folder, FOLDER)
    summary = "the catalogue or profile of OSCAL that a book was made of, or a profile resolved"
    oscal = formats.add_parser("oscal", help=summary, description=summary)
    book_argument(oscal)
    oscal.add_argument(
        "--instrument", metavar="ID", help="which of its instruments (default: its only catalogue)"
    )
    oscal.add_argument(
        "--resolved", action="store_true", help="of a profile, the catalogue that it stands for"
    )
    file = oscal.add_argument(
        "-o", "--output", metavar="FILE", required=True, help="its name says the form"
    )
    completed(file, FILE)
    configure_export(formats)
    configure_legalruleml(formats)
    configure_html(formats)
    configure_papers(formats)


def run(args: argparse.Namespace) -> int:
    others = {
        "akn": export_akn,
        "legalruleml": export_legalruleml,
        "html": export_html,
        "docx": export_paper,
        "pdf": export_paper,
    }
    if args.format in others:
        return others[args.format](args)
    if args.format == "oscal":
        return _oscal(args)
    return _cedar(args)


def _oscal(args: argparse.Namespace) -> int:
    from writ.formats.oscal.outward import beside, changes, chosen
    from writ.formats.oscal.resolution import resolve
    from writ.formats.oscal.writing import write
    from writ.formats.paint import paint_for
    from writ.formats.text import render, width_of

    folder, path = Path(args.book), Path(args.output)
    forms = {".json": "json", ".xml": "xml", ".yaml": "yaml", ".yml": "yaml"}
    if path.suffix.lower() not in forms:
        refuse(f"`{path.name}` does not say the form", "name it .json, .xml or .yaml")
    if not folder.is_dir():
        refuse(f"the folder `{folder}` does not exist")
    taken, found = chosen(folder, args.instrument or "")
    document = None
    if taken is not None:
        id, document = taken
        found += changes(folder, id, document)
        if args.resolved:
            document, said = resolve(document, beside(folder))
            found += said
    if found:
        text = render(found, lambda path: None, paint_for(sys.stderr), "", width_of(sys.stderr))
        print(text, end="\n\n", file=sys.stderr)
    if document is None:
        return 2 if taken is None else 1
    try:
        path.write_text(write(document, forms[path.suffix.lower()]), "utf-8")
    except (OSError, UnicodeEncodeError) as error:
        refuse(f"`{path}` cannot be written: {error}")
    print(path)
    return 1 if found else 0


def _cedar(args: argparse.Namespace) -> int:
    from writ.cli.printing import number
    from writ.formats.cedar.export import export
    from writ.formats.paint import paint_for
    from writ.formats.text import render, width_of

    folder = Path(args.output)
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir())):
        refuse(f"`{folder}` is not an empty folder", "give a folder that is empty or new")
    book = sound(args.book)
    acts = None if args.act is None else [_act(book, act) for act in dict.fromkeys(args.act)]
    made, found = export(book, args.at or dt.date.today(), acts, proved)
    if found:
        width = width_of(sys.stderr)
        shown = render(found, Sources(book), paint_for(sys.stderr), args.book, width)
        print(shown, end="\n\n", file=sys.stderr)
    if not made.acts:
        raise Stop("no act can be exported", status=1)
    files = {
        "policies.cedar": made.policies,
        "schema.cedarschema": made.schema,
        "entities.json": made.entities,
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (folder / name).write_text(text, "utf-8")
            print(folder / name)
    except OSError as error:
        refuse(f"`{folder}` cannot be written: {error.strerror or error}")
    print(f"\n{number(len(made.acts), 'act')}: {', '.join(made.acts)}")
    return 1 if found else 0


def proved(book: Book, act: str, at: dt.date) -> Doubt | None:
    """Whether a prohibition has the last word on an act: from the form of the norms; where that does not tell and a
    solver is there, by proof."""
    from importlib.util import find_spec

    from writ.formats.cedar.overriding import Doubt, structural

    doubt = structural(book, act, at)
    if doubt is None or doubt.request is not None or find_spec("z3") is None:
        return doubt
    from writ.proof.access import passes_a_bar
    from writ.proof.question import TimeUp

    try:
        example = passes_a_bar(book, act, at)
    except TimeUp:
        return doubt
    return None if example is None else Doubt(doubt.because, example.request)


def _act(book: Book, name: str) -> str:
    if name not in book.vocabulary.acts:
        from writ.book.suggest import did_you_mean

        known = did_you_mean(name, book.vocabulary.acts)
        refuse(f"`{name}` is not an act of the book", known or "`writ vocabulary` lists them")
    return name
