"""`writ read`: imported law as it stood on a day, and what is otherwise on another."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from writ.cli.entry import Stop
from writ.cli.law_reading import beneath, caveats, chosen, dated, key_of, known, written
from writ.cli.parser import FILE, FOLDER, completed, day

if TYPE_CHECKING:
    from writ.formats.legislation.model import Document
    from writ.formats.legislation_history.store import Law

FORMATS = ("text", "json", "html")


def configure(parser: argparse.ArgumentParser) -> None:
    book = parser.add_argument(
        "book", metavar="BOOK|FILE", help="the folder of the book, or the file of one instrument"
    )
    completed(book, FOLDER)
    parser.add_argument(
        "name", nargs="*", metavar="NAME", help="INSTRUMENT, LABEL, or INSTRUMENT LABEL"
    )
    parser.add_argument(
        "--as-of", type=day, metavar="DATE", help="the day (default: that of the newest version)"
    )
    parser.add_argument(
        "--compare", type=day, metavar="DATE", help="what is otherwise on this day, word by word"
    )
    output_options(parser, FORMATS)


def output_options(parser: argparse.ArgumentParser, formats: tuple[str, ...]) -> None:
    """`--format`, `--json` and `-o`."""
    forms = parser.add_mutually_exclusive_group()
    forms.add_argument("--json", action="store_true", help="the same as --format json")
    said = f"{', '.join(formats[:-1])} or {formats[-1]}"
    forms.add_argument("--format", choices=formats, help=f"{said} (default: as FILE is named)")
    output = parser.add_argument("-o", "--output", metavar="FILE", help="write a file")
    completed(output, FILE)


def form_of(args: argparse.Namespace) -> str:
    """The form that is asked for, or that the name of the file tells."""
    if args.json:
        return "json"
    suffix = Path(args.output or "").suffix.lower()
    return args.format or {".json": "json", ".html": "html"}.get(suffix, "text")


def run(args: argparse.Namespace) -> int:
    law, label = chosen(args.book, args.name)
    if args.as_of is None and args.compare is None and law.timeline is None:
        return _print(args, _whole(law, label, None, law.sidecar.document))
    timeline = dated(law)
    at = args.as_of or timeline.last
    known(timeline, at)
    if args.compare is None:
        return _print(args, _whole(law, label, at, timeline.at(at).document))
    known(timeline, args.compare)
    return _print(args, _difference(law, label, *sorted((at, args.compare))))


def _print(args: argparse.Namespace, answer: dict[str, Any]) -> int:
    form = form_of(args)
    if form == "json":
        from writ.cli.printing import json_text

        written(json_text(answer), args.output)
    elif form == "html":
        from writ.formats.legislation_history.page import page

        written(page(answer), args.output)
    else:
        from writ.cli.read_text import text
        from writ.formats.paint import PLAIN, paint_for

        paint = paint_for(sys.stdout) if args.output in (None, "-") else PLAIN
        written(text(answer, paint), args.output)
    return 0


def _whole(law: Law, label: str, at: dt.date | None, document: Document) -> dict[str, Any]:
    from writ.formats.legislation_history.lines import lines

    only = key_of(document, label) if label else ""
    if label and not only:
        raise Stop(_absent(law, label, at), "`writ history` tells what was changed", status=1)
    reading = law.timeline.at(at) if law.timeline is not None and at is not None else None
    notes = caveats(law, at, reading.doubts, label) if reading is not None and at else []
    return {
        **_head(law, document),
        "day": at,
        "versions": [law.versions[at] for at in reading.sources] if reading is not None else [],
        "notes": notes,
        "provision": label,
        "provisions": lines(document, only),
    }


def _absent(law: Law, label: str, at: dt.date | None) -> str:
    """That a provision is not there, and when it came or went."""
    from writ.formats.legislation_history.amendments import record

    on = f" on {at}" if at else ""
    message = f"`{law.id}` has no provision `{label}`{on}"
    timeline = law.timeline
    if timeline is None or not any(key_of(each.document, label) for each in timeline.versions):
        return f"{message}, nor had it in any version"
    for one in record(timeline).amendments:
        for each in one.touched:
            if each.what in ("inserted", "removed") and beneath(label, each.label):
                day = f"on {one.day}" if one.day else f"after {one.after}, not after {one.until}"
                return f"{message}; it was {each.what} {day}"
    return message


def _difference(law: Law, label: str, first: dt.date, second: dt.date) -> dict[str, Any]:
    from writ.formats.legislation_history.difference import difference
    from writ.formats.legislation_history.pairing import Version

    timeline = dated(law)
    old, new = timeline.at(first), timeline.at(second)
    only = None
    if label:
        keys = {
            key for document in (old.document, new.document) if (key := key_of(document, label))
        }
        if not keys:
            raise Stop(_absent(law, label, None), "`writ history` tells what was changed", status=1)
        only = frozenset(
            node.key
            for document in (old.document, new.document)
            for version in (Version(document),)
            for node in version.nodes.values()
            if any(each.key in keys for each in version.chain(node.key))
        )
    notes = [f"on {old.day}: {each}" for each in caveats(law, first, old.doubts, label)]
    notes += [f"on {new.day}: {each}" for each in caveats(law, second, new.doubts, label)]
    return {
        **_head(law, new.document),
        "from": first,
        "to": second,
        "versions": [[law.versions[at] for at in reading.sources] for reading in (old, new)],
        "notes": notes,
        "provision": label,
        "changes": difference(old.document, new.document, only),
    }


def _head(law: Law, document: Document) -> dict[str, Any]:
    timeline = law.timeline
    return {
        "schema": "writ-read/1",
        "instrument": law.id,
        "title": document.short_title or document.title,
        "long_title": document.title,
        "citation": document.citation,
        "known": {
            "from": timeline.first if timeline is not None else None,
            "to": timeline.last if timeline is not None else None,
            "versions": len(law.versions) or 1,
        },
    }
