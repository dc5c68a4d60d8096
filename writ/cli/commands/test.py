"""`writ test`: run the cases kept with a book, and hold the expectations of its journals."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from writ.cli.entry import refuse
from writ.cli.opening import print_diagnostics, sound
from writ.cli.parser import book_argument, json_option

if TYPE_CHECKING:
    from writ.book.model import Book
    from writ.cli.expectations import Held
    from writ.diagnostics import Diagnostic
    from writ.engine.cases import Case, Result
    from writ.formats.paint import Paint

PATTERN = "*.cases.yaml"
MAX_BYTES = 4_000_000


def configure(parser: argparse.ArgumentParser) -> None:
    book_argument(parser)
    parser.add_argument("-k", metavar="TEXT", default="", help="only those with that in their id")
    parser.add_argument(
        "--explain", action="store_true", help="list the norms considered in each failure"
    )
    json_option(parser, "the results")


def run(args: argparse.Namespace) -> int:
    from writ.cli.expectations import hold
    from writ.cli.judge import decider
    from writ.engine.cases import judge

    book = sound(args.book)
    cases, found = read(book, Path(args.book))
    chosen = [case for case in cases if args.k in case.id]
    held, wrong = hold(book, Path(args.book), args.k)
    found += wrong
    if args.k and not chosen and not held:
        from writ.book.suggest import did_you_mean

        known = did_you_mean(args.k, [case.id for case in cases])
        refuse(f"no case has `{args.k}` in its id", known)
    decide = decider(book)
    results = [judge(case, decide) for case in chosen]
    failed = [not result.passed for result in results] + [not one.verdict.ok for one in held]
    if args.json:
        _json(results, held, found)
    else:
        _text(book, args, results, held, found)
    return 1 if any(failed) or found else 0


def read(book: Book, folder: Path) -> tuple[list[Case], list[Diagnostic]]:
    """The cases of every file in the folder, by path."""
    from writ.engine.cases import read_cases

    cases: list[Case] = []
    found: list[Diagnostic] = []
    for file in sorted(folder.rglob(PATTERN)):
        name = file.relative_to(folder).as_posix()
        try:
            raw = file.read_bytes()
        except OSError as error:
            refuse(f"`{file}` cannot be read: {error.strerror}")
        if len(raw) > MAX_BYTES:
            refuse(f"`{file}` has more than {MAX_BYTES // 1_000_000} MB", "split it")
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            refuse(f"`{file}` is not UTF-8 at byte {error.start}")
        some, wrong = read_cases(book, text, name)
        cases += some
        found += wrong
    return cases, found


def _text(
    book: Book,
    args: argparse.Namespace,
    results: list[Result],
    held: list[Held],
    found: list[Diagnostic],
) -> None:
    from writ.cli.expectations import failure
    from writ.formats.paint import paint_for
    from writ.formats.text import count

    paint = paint_for(sys.stdout)
    print_diagnostics(found, book, args.book)
    failures = [result for result in results if not result.passed]
    for result in failures:
        print(_failure(book, args.book, result, paint, args.explain), end="\n\n")
    missed = [one for one in held if not one.verdict.ok]
    for one in missed:
        print(failure(args.book, one, paint), end="\n\n")
    wrong = len(failures) + len(missed)
    passed = f"{len(results) + len(held) - wrong} passed"
    failed = f"{wrong} failed"
    last = f"{paint.good(passed)}, {paint.bad(failed) if wrong else failed}"
    print(f"{last}, {paint.bad(count(found))} in the cases" if found else last)


def _failure(book: Book, base: str, result: Result, paint: Paint, explain: bool) -> str:
    from writ.cli.answer_text import text

    case, decision = result.case, result.decision
    place = f"{base.rstrip('/')}/{case.span.file}:{case.span.line}"
    cites = f", citing {', '.join(case.cites)}" if case.cites else ""
    lines = [
        f"{paint.bad('FAILED')} {paint.strong(case.id)}  {paint.faint(place)}",
        *([f"  {case.ask}"] if case.ask else []),
        f"  expected  {case.outcome.value}{cites}",
        f"  got       {decision.outcome.value}, citing {', '.join(decision.citations) or 'nothing'}",
    ]
    if result.absent:
        lines.append(f"  not cited {', '.join(result.absent)}")
    answer = text(book, case.request, decision, paint, explain=explain)
    return "\n".join([*lines, *(f"  {line}" for line in answer.splitlines())])


def _json(results: list[Result], held: list[Held], found: list[Diagnostic]) -> None:
    from writ.cli.expectations import data
    from writ.cli.printing import print_json

    passed = sum(result.passed for result in results) + sum(one.verdict.ok for one in held)
    print_json(
        {
            "passed": passed,
            "failed": len(results) + len(held) - passed,
            "malformed": found,
            "cases": [
                {
                    "id": result.case.id,
                    "file": result.case.span.file,
                    "line": result.case.span.line,
                    "passed": result.passed,
                    "expected": {"outcome": result.case.outcome, "cites": result.case.cites},
                    "not_cited": result.absent,
                    "decision": result.decision,
                }
                for result in results
            ],
            "expectations": [data(one) for one in held],
        }
    )
