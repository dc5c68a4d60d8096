"""`writ export html`: the law beside its norms, to read in any browser."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from writ.cli.instruments import empty_folder, opened, reported, source_argument, written
from writ.cli.parser import FILE, completed

if TYPE_CHECKING:
    from writ.diagnostics import Diagnostic


def configure_html(formats: Any) -> None:
    """The arguments of `writ export html`."""
    summary = "the law beside its norms in plain words, as pages that load nothing"
    html = formats.add_parser("html", help=summary, description=summary)
    source_argument(html)
    output = html.add_argument(
        "-o",
        "--output",
        metavar="FILE|FOLDER",
        required=True,
        help="one .html file; or a folder, empty or new, for a page for each instrument",
    )
    completed(output, FILE)


def export_html(args: argparse.Namespace) -> int:
    """Run `writ export html`. Status 1 if imported law was shown from its Markdown alone."""
    from writ.formats.reader.page import Shown, index, page
    from writ.formats.reader.source import law_of

    book, items = opened(args.path)
    output = Path(args.output)
    single = output.suffix.lower() in (".html", ".htm")
    if not single:
        empty_folder(output, "end its name with .html to have one file")
    found: list[Diagnostic] = []
    laws = []
    for item in items:
        law, wrong = law_of(book, item)
        found += wrong
        prefix = f"{item.id}--" if single and len(items) > 1 else ""
        laws.append(Shown(book, law, prefix, f"{item.id}.html"))
    reported(found, book)
    if single:
        written(output.parent, {output.name: page(book, laws).encode("utf-8")})
        return 1 if found else 0
    files = {"index.html": index(book, laws).encode("utf-8")}
    for each in laws:
        others = [one for one in laws if one is not each]
        files[each.file] = page(book, [each], others).encode("utf-8")
    written(output, files)
    return 1 if found else 0
