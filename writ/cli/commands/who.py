"""`writ who`: who may do this?"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from writ.cli import asking
from writ.cli.entry import refuse
from writ.cli.opening import sound
from writ.cli.parser import book_argument, json_option

if TYPE_CHECKING:
    from writ.engine.answer import Decision


def configure(parser: argparse.ArgumentParser) -> None:
    book_argument(parser)
    asking.options(parser, actor=False)
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    from writ.cli.commands.decide import read
    from writ.cli.judge import who

    if args.act is None:
        refuse("nothing is asked", "give --act")
    book = sound(args.book)
    data = asking.from_options(args)
    anybody = next(iter(book.vocabulary.actors), "")
    (request,) = read(book, [({**data, "actor": anybody}, None)], [])
    found = who(book, request)
    if args.json:
        from writ.cli.printing import print_json

        print_json(
            {
                "act": request.act,
                "at": request.at,
                "who": [{"actor": actor, "decision": answer} for actor, answer in found],
            }
        )
    else:
        _text(found)
    return 0 if any(answer.outcome == "permitted" for _, answer in found) else 1


def _text(found: list[tuple[str, Decision]]) -> None:
    from writ.cli.printing import table
    from writ.formats.paint import paint_for

    paint = paint_for(sys.stdout)
    able = [(actor, _cited(one)) for actor, one in found if one.outcome == "permitted"]
    lacking = [(actor, _lacking(one)) for actor, one in found if one.outcome == "needs"]
    if able:
        print(f"{paint.good('permitted')}\n{table(able)}")
    if lacking:
        print(f"{paint.wary('needs')}\n{table(lacking)}")
    if not able and not lacking:
        print(f"{paint.bad('nobody')} may do it on these facts")


def _cited(answer: Decision) -> str:
    return ", ".join(answer.citations) if answer.deciding else "at liberty: no norm forbids it"


def _lacking(answer: Decision) -> str:
    missing = "; ".join(dict.fromkeys(f"{one.what} ({one.citation})" for one in answer.missing))
    return f"missing: {missing}"
