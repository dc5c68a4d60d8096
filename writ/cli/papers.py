"""`writ export docx` and `writ export pdf`: a law on paper, for signature."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from writ.cli.entry import Stop, refuse
from writ.cli.instruments import empty_folder, opened, reported, source_argument, written
from writ.cli.parser import FILE, completed, day

if TYPE_CHECKING:
    from collections.abc import Callable

    from writ.book.model import Book
    from writ.diagnostics import Diagnostic
    from writ.formats.paper.sheet import Sheet, Signatory

STANDARDS = ("ua-1", "a-2a", "a-2b", "a-3b", "a-2a+ua-1", "1.7")
_SMALL = frozenset({"a", "and", "at", "for", "in", "of", "on", "the", "to"})
NEEDED = {"docx": "docx", "pdf": "typst"}


def configure_papers(formats: Any) -> None:
    """The arguments of `writ export docx` and `writ export pdf`."""
    for name, form in (("docx", "a Word document"), ("pdf", "a tagged PDF")):
        summary = f"a law on paper, for signature, as {form}"
        one = formats.add_parser(name, help=summary, description=summary)
        source_argument(one)
        output = one.add_argument(
            "-o",
            "--output",
            metavar="FILE",
            required=True,
            help="the file; for several instruments a folder that is empty or new",
        )
        completed(output, FILE)
        one.add_argument(
            "--provision",
            metavar="LABEL",
            action="append",
            default=[],
            help="only this provision and what stands beneath it (may be repeated)",
        )
        one.add_argument(
            "--annex", action="store_true", help="the norms in plain words as an annex"
        )
        one.add_argument(
            "--signatory",
            metavar="OFFICE",
            action="append",
            default=[],
            help="an office or body of the book that signs (may be repeated)",
        )
        one.add_argument("--date", type=day, metavar="DATE", help="the day of the signature")
        one.add_argument("--place", metavar="TEXT", default="", help="the place of the signature")
        if name == "pdf":
            one.add_argument(
                "--standard",
                choices=STANDARDS,
                default=STANDARDS[0],
                help="the profile: accessible (ua-1, the default), archival (a-2a, a-2b, a-3b), both, or none",
            )
            one.add_argument("--paper", choices=("a4", "us-letter"), default="a4", help="its size")


def export_paper(args: argparse.Namespace) -> int:
    """Run `writ export docx|pdf`. Status 1 if a law could not be set, or was shown from its Markdown alone."""
    from writ.formats.paper.sheet import sheet, unknown
    from writ.formats.reader.source import law_of

    _installed(args.format)
    book, items = opened(args.path)
    output, one = Path(args.output), len(items) == 1
    if not one:
        empty_folder(output, "there are several instruments to write")
        if args.provision:
            refuse("provisions are of one instrument", "name its Markdown file instead of the book")
    signatories = [_signatory(book, office) for office in args.signatory]
    make = _maker(args)
    files: dict[str, bytes] = {}
    found: list[Diagnostic] = []
    for item in items:
        law, wrong = law_of(book, item)
        found += wrong
        if missing := unknown(law, args.provision):
            known = sorted({piece.label for piece in law.pieces if piece.label})
            from writ.book.suggest import did_you_mean

            help = did_you_mean(missing[0], known) or f"`writ show BOOK {item.id}` lists them"
            refuse(f"`{missing[0]}` is no provision of `{item.id}`", help)
        given = (args.provision, args.annex, args.date, args.place)
        made = make(sheet(book, law, signatories, *given), item.place.file, found)
        if made:
            files[output.name if one else f"{item.id}.{args.format}"] = made
    reported(found, book)
    if not files:
        raise Stop("nothing was written", status=1)
    written(output.parent if one else output, files)
    return 1 if found else 0


def _installed(form: str) -> None:
    from importlib.util import find_spec

    if find_spec(NEEDED[form]) is None:
        refuse(f"{form.upper()} needs a library that is not installed", "pip install 'writ[paper]'")


def _maker(args: argparse.Namespace) -> Callable[[Sheet, str, list[Diagnostic]], bytes]:
    def word(one: Sheet, file: str, found: list[Diagnostic]) -> bytes:
        from writ.formats.paper.docx import docx

        return docx(one)

    def portable(one: Sheet, file: str, found: list[Diagnostic]) -> bytes:
        from writ.formats.paper.codes import finding
        from writ.formats.paper.pdf import NotSet, pdf

        try:
            return pdf(one, args.standard, args.paper)
        except NotSet as error:
            found.append(finding("X711", file, 1, f"the law cannot be set as PDF: {error}"))
            return b""

    return word if args.format == "docx" else portable


def _signatory(book: Book, name: str) -> Signatory:
    from writ.formats.paper.sheet import Signatory
    from writ.formats.reader.plain import human

    actor = book.vocabulary.actors.get(name)
    if actor is None or actor.kind not in ("office", "body"):
        from writ.book.suggest import did_you_mean

        known = [each.name for each in book.vocabulary.actors.values() if each.kind != "person"]
        help = did_you_mean(name, known) or "`writ show BOOK` lists what it has"
        refuse(f"`{name}` is no office or body of the book", help)
    named = " ".join(each if each in _SMALL else each.capitalize() for each in human(name).split())
    return Signatory(name, f"{named[:1].upper()}{named[1:]}")
