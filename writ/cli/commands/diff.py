"""`writ diff`: what an amendment changes in norms, between two editions of a book."""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from writ.cli.entry import solver
from writ.cli.opening import sound
from writ.cli.parser import FOLDER, completed, day

if TYPE_CHECKING:
    from writ.book.model import Book
    from writ.editions.answers import Asked
    from writ.proof.impact import Impact

MILLISECONDS = 2_000
"""The limit of one call of the solver."""


def configure(parser: argparse.ArgumentParser) -> None:
    for name, which in (("old", "old"), ("new", "new")):
        argument = parser.add_argument(
            name, metavar=name.upper(), help=f"the folder of the {which} edition"
        )
        completed(argument, FOLDER)
    parser.add_argument(
        "--cases",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="put the cases of either edition to both",
    )
    parser.add_argument(
        "--today", type=day, metavar="DATE", help="who holds an office on that day (default: today)"
    )
    parser.add_argument(
        "--prove",
        action="store_true",
        help="for each act: a request that is answered otherwise, or the proof that there is none",
    )
    forms = parser.add_mutually_exclusive_group()
    forms.add_argument("--json", action="store_true", help="print the changes as JSON")
    forms.add_argument(
        "--format", choices=("text", "json"), default="text", help="the same: text or json"
    )


def run(args: argparse.Namespace) -> int:
    from writ.editions.compare import compare

    if args.prove:
        solver()
    old, new = sound(args.old), sound(args.new)
    found = compare(old, new, args.today or dt.date.today())
    asked = None
    if args.cases and not (found.same and old.digest and old.digest == new.digest):
        asked = _ask((old, args.old), (new, args.new))
    impacts = _impacts(old, new) if args.prove else None
    if args.json or args.format == "json":
        from writ.cli.diff_data import page
        from writ.cli.printing import print_json

        print_json(page((old, args.old), (new, args.new), found, asked, impacts))
    else:
        from writ.cli.diff_text import print_page

        print_page((old, args.old), (new, args.new), found, asked, impacts)
    flips = any(impact.flips for impact in impacts or ())
    return 0 if found.same and not flips and not (asked and asked.answers) else 1


def _impacts(old: Book, new: Book) -> list[Impact]:
    """What becomes of each act whose norms are not the same."""
    from writ.proof.impact import Amendment

    return list(Amendment(old, new, MILLISECONDS).impacts())


def _ask(old: tuple[Book, str], new: tuple[Book, str]) -> Asked | None:
    """The cases of both editions put to both; None where there is none."""
    from writ.cli.diff_cases import texts

    before, after = texts(Path(old[1])), texts(Path(new[1]))
    if not before and not after:
        return None
    from writ.cli.judge import decider
    from writ.editions.answers import ask_both

    return ask_both((old[0], before, decider(old[0])), (new[0], after, decider(new[0])))
