"""`writ history`: the amendments of an imported law."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from writ.cli.commands.read import form_of, output_options
from writ.cli.entry import refuse
from writ.cli.law_reading import beneath, chosen, dated, written
from writ.cli.parser import FOLDER, completed

if TYPE_CHECKING:
    from writ.formats.legislation_history.amendments import Amendment, Record, Touched
    from writ.formats.legislation_history.store import Law
    from writ.formats.paint import Paint


def configure(parser: argparse.ArgumentParser) -> None:
    book = parser.add_argument(
        "book", metavar="BOOK|FILE", help="the folder of the book, or the file of one instrument"
    )
    completed(book, FOLDER)
    parser.add_argument(
        "name", nargs="*", metavar="NAME", help="INSTRUMENT, LABEL, or INSTRUMENT LABEL"
    )
    parser.add_argument(
        "--words",
        action="store_true",
        help="with the words that came and went (default: for LABEL)",
    )
    output_options(parser, ("text", "json"))


def run(args: argparse.Namespace) -> int:
    from writ.formats.legislation_history.amendments import record

    law, label = chosen(args.book, args.name)
    timeline = dated(law)
    found = record(timeline)
    if label:
        found = _of_provision(law, found, label)
    if form_of(args) == "json":
        from writ.cli.printing import json_text

        written(json_text(_data(law, label, found)), args.output)
        return 0
    from writ.formats.paint import PLAIN, paint_for

    paint = paint_for(sys.stdout) if args.output in (None, "-") else PLAIN
    lines = _lines(law, label, found, args.words or bool(label), paint)
    written("\n".join(lines).rstrip(), args.output)
    return 0


def _of_provision(law: Law, found: Record, label: str) -> Record:
    """What touched one provision, what is in it, or what it stands in."""
    import msgspec

    from writ.cli.law_reading import key_of

    timeline = dated(law)
    keys = {key_of(each.document, label) for each in timeline.versions} - {""}
    if not keys:
        refuse(f"`{law.id}` has no provision `{label}`, nor had it in any version")

    def concerns(touched: Touched) -> bool:
        return (
            beneath(touched.label, label)
            or beneath(label, touched.label)
            or any(touched.id == key or touched.id.startswith(f"{key}__") for key in keys)
        )

    return msgspec.structs.replace(
        found,
        amendments=tuple(
            msgspec.structs.replace(one, touched=kept)
            for one in found.amendments
            if (kept := tuple(each for each in one.touched if concerns(each)))
        ),
        publications=tuple(
            msgspec.structs.replace(one, corrections=kept, markup=0, appendix=(), appendix_gone=())
            for one in found.publications
            if (kept := tuple(each for each in one.corrections if concerns(each)))
        ),
    )


def _data(law: Law, label: str, found: Record) -> dict[str, Any]:
    timeline = dated(law)
    document = law.sidecar.document
    return {
        "schema": "writ-history/1",
        "instrument": law.id,
        "title": document.short_title or document.title,
        "citation": document.citation,
        "provision": label,
        "known": {"from": timeline.first, "to": timeline.last},
        "versions": law.versions,
        "amendments": found.amendments,
        "publications": found.publications,
    }


def _lines(law: Law, label: str, found: Record, words: bool, paint: Paint) -> Iterator[str]:
    from writ.cli.printing import number, wrapped
    from writ.formats.paint import visible

    timeline = dated(law)
    document = law.sidecar.document
    cited = f" ({document.citation})" if document.citation else ""
    at = f", {label}" if label else ""
    yield paint.strong(visible(f"{document.short_title or document.title}{cited}{at}"))
    days = f"current to {law.versions[0].as_of}"
    if len(law.versions) > 1:
        days += f" … {law.versions[-1].as_of}"
    yield f"{number(len(law.versions), 'version')}, {days}; the text is known from {timeline.first}"
    yield ""
    for one in found.amendments:
        yield paint.strong(_day(one)) + f"  {visible(', '.join(one.laws)) or 'no law is cited'}"
        if one.day and one.day <= one.after:
            yield f"  recorded late: the version current to {one.after} lacks it"
        for each in one.touched:
            yield from _touched(each, words, paint)
        yield ""
    if not found.amendments:
        yield "no amendment is recorded\n"
    corrected = [one for one in found.publications if one.corrections or one.markup]
    if corrected:
        yield paint.strong("By the publisher, and no law")
        for publication in corrected:
            yield f"  in the version current to {publication.as_of}"
            for each in publication.corrections:
                yield from _touched(each, True, paint, 4)
            if publication.markup:
                count = number(publication.markup, "provision")
                yield f"    {count} in markup, notes or days alone"
        yield ""
    beside = [one for one in found.publications if one.appendix or one.appendix_gone]
    if beside:
        yield paint.strong("Beside the law: amendments not in force, and related provisions")
        for publication in beside:
            sides = (("+", publication.appendix), ("-", publication.appendix_gone))
            for sign, named in sides:
                if named:
                    lead = f"  {publication.as_of} {sign}"
                    yield wrapped(visible("; ".join(named)), 15, lead)


def _day(one: Amendment) -> str:
    if one.day is None:
        return f"after {one.after}, not after {one.until}"
    return str(one.day)


def _touched(each: Touched, words: bool, paint: Paint, margin: int = 2) -> Iterator[str]:
    from writ.cli.read_text import marked
    from writ.formats.paint import visible

    dress = {"inserted": paint.good, "repealed": paint.bad, "removed": paint.bad}
    what = dress.get(each.what, paint.wary)(each.what.ljust(10))
    was = f" (was {each.was})" if each.was else ""
    law = paint.faint(f"  {each.law}") if each.law else ""
    yield " " * margin + f"{what}  {visible(each.place + was)}{law}"
    if each.doubt:
        yield (
            " " * (margin + 12) + f"amended on {each.doubt} too; its text between is in no version"
        )
    if words and each.what != "restated":
        yield "\n".join(
            " " * (margin + 4) + line for line in marked(each.old, each.new, paint, margin + 4)
        )
