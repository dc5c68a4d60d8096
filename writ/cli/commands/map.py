"""`writ map`: links that may hold between two frameworks of controls, and what is wrong with those that are kept."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from writ.cli.entry import Stop, refuse
from writ.cli.parser import FILE, completed, json_option

if TYPE_CHECKING:
    from writ.diagnostics import Diagnostic
    from writ.formats.crosswalks.frameworks import Framework
    from writ.formats.crosswalks.rows import Collection
    from writ.formats.crosswalks.suggest import Suggestion


def configure(parser: argparse.ArgumentParser) -> None:
    what = "a catalogue of OSCAL, or a library file with a framework"
    completed(parser.add_argument("old", metavar="OLD", help=what), FILE)
    completed(parser.add_argument("new", metavar="NEW", help="the same"), FILE)
    parser.add_argument(
        "--top",
        type=_top,
        default=5,
        metavar="N",
        help="so many suggestions for each entry (default: 5; 0: none)",
    )
    known = parser.add_argument(
        "--known",
        metavar="FILE",
        help="a mapping that there is: it is checked, and what it maps gets no suggestions",
    )
    completed(known, FILE)
    output = parser.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        help="write the known rows, and the suggestions as drafts, as .json or .yaml",
    )
    completed(output, FILE)
    parser.add_argument(
        "--form",
        choices=("oscal", "library"),
        default="oscal",
        help="of that file: a mapping collection of OSCAL, or a library file (default: oscal)",
    )
    json_option(parser, "the suggestions")


def _top(text: str) -> int:
    if text.isascii() and text.isdigit() and len(text) < 4:
        return int(text)
    raise argparse.ArgumentTypeError(f"`{text}` is no number from 0 to 999")


def run(args: argparse.Namespace) -> int:
    from writ.formats.crosswalks.checks import check, mapped
    from writ.formats.crosswalks.files import read_crosswalks
    from writ.formats.crosswalks.suggest import suggest

    output = Path(args.output) if args.output else None
    if output is not None and output.suffix.lower() not in (".json", ".yaml", ".yml"):
        refuse(f"`{output.name}` does not say the form", "name it .json or .yaml")
    old, new = _framework(args.old), _framework(args.new)
    found: list[Diagnostic] = []
    known: Collection | None = None
    done: set[str] = set()
    if args.known:
        known, found = read_crosswalks(Path(args.known))
        if known is None:
            _report(found)
            return 2
        found += check(known, old, new)
        done = {entry for one in known.crosswalks for entry in mapped(one, old, 0)}
    suggested = suggest(old, new, args.top) if args.top else []
    suggested = [each for each in suggested if each and each[0].source not in done]
    if output is not None:
        _write(output, args.form, known, old, new, suggested)
    if args.json:
        _print_json(suggested)
    elif output is None:
        _print(suggested, old, new)
    else:
        print(output)
    _report(found)
    return 1 if any(one.severity == "error" for one in found) else 0


def _framework(path: str) -> Framework:
    from writ.formats.crosswalks.files import read_framework

    framework, found = read_framework(Path(path))
    _report([one for one in found if framework is None])
    if framework is None:
        raise Stop(f"`{path}` is no framework that can be read")
    return framework


def _write(
    path: Path,
    form: str,
    known: Collection | None,
    old: Framework,
    new: Framework,
    suggested: list[list[Suggestion]],
) -> None:
    from writ.formats.crosswalks.files import text
    from writ.formats.crosswalks.rows import Collection, Crosswalk
    from writ.formats.crosswalks.suggest import drafts

    rows = drafts(suggested)
    if known is None or not known.crosswalks:
        title = f"{old.title} to {new.title}"
        known = Collection(title=title, form="", crosswalks=[])
    if rows or not known.crosswalks:
        known.crosswalks.append(Crosswalk(old=old.name, new=new.name, rows=rows))
    try:
        path.write_text(text(known, form, path.name), "utf-8")
    except OSError as error:
        refuse(f"`{path}` cannot be written: {error.strerror or error}")


def _print_json(suggested: list[list[Suggestion]]) -> None:
    from writ.cli.printing import print_json

    print_json([one._asdict() for each in suggested for one in each])


def _print(suggested: list[list[Suggestion]], old: Framework, new: Framework) -> None:
    from writ.formats.paint import paint_for

    paint = paint_for(sys.stdout)
    for each in suggested:
        entry = old.by_id[each[0].source]
        print(f"{paint.strong(entry.id)} {_short(entry.shown)}")
        for one in each:
            other = new.by_id[one.target]
            print(f"  {one.score:.2f}  {paint.strong(other.id)} {_short(other.shown)}")
            print(f"        {', '.join(one.words)}")
        print()


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 72 else f"{line[:71].rstrip()}…"


def _report(found: list[Diagnostic]) -> None:
    from writ.formats.paint import paint_for
    from writ.formats.text import render, width_of

    if found:
        text = render(found, lambda path: None, paint_for(sys.stderr), "", width_of(sys.stderr))
        print(text, end="\n\n", file=sys.stderr)
