"""`writ search`: provisions, norms and words of a book by what they say and how they stand."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from writ.cli.entry import refuse
from writ.cli.parser import book_argument

if TYPE_CHECKING:
    from writ.corpus.search.answer import Answer, Facet, Hit
    from writ.corpus.search.excerpts import Excerpt
    from writ.corpus.search.tree import Problem, Query
    from writ.formats.paint import Paint

FORMATS = ("text", "json")
SCHEMA = "writ-search/1"
_NORMS = 3
"""Norms of one provision that the text shows."""


def configure(parser: argparse.ArgumentParser) -> None:
    book_argument(parser)
    parser.add_argument(
        "query",
        nargs="+",
        metavar="QUERY",
        help='words, "phrases", prefix*, AND, OR, NOT, NEAR, filters such as modality:duty, or a '
        "provision: s. 17(1)",
    )
    parser.add_argument(
        "--limit", type=_number, default=10, metavar="N", help="hits shown (default: 10)"
    )
    parser.add_argument(
        "--offset", type=_number, default=0, metavar="N", help="hits passed over (default: 0)"
    )
    parser.add_argument(
        "--facets",
        action="store_true",
        help="how many there are by instrument, kind, modality, bearer",
    )
    forms = parser.add_mutually_exclusive_group()
    forms.add_argument("--json", action="store_true", help="the same as --format json")
    forms.add_argument("--format", choices=FORMATS, default="text", help="text or json")
    parser.add_argument("--no-cache", action="store_true", help="read every file again")


def run(args: argparse.Namespace) -> int:
    from sqlite3 import DatabaseError

    from writ.corpus.search.answer import ask
    from writ.corpus.search.index import open_index
    from writ.corpus.search.query import parse

    query = parse(" ".join(args.query))
    if query.fatal:
        _complain(query, query.fatal[:-1])
        refuse(*_told(query, query.fatal[-1]))
    folder = Path(args.book)
    if not (folder / "book.md").is_file():
        from writ.cli.opening import load

        load(args.book)
    try:
        index = open_index(folder, not args.no_cache)
    except OSError as error:
        refuse(f"`{args.book}` cannot be read: {error.strerror or error}")
    try:
        answer = ask(index, query, args.limit, args.offset, args.facets)
    except DatabaseError:  # the disk has lost a page of it
        index = open_index(folder, cache=False)
        answer = ask(index, query, args.limit, args.offset, args.facets)
    if index.errors:
        errors = "an error" if index.errors == 1 else f"{index.errors:,} errors"
        message = f"writ: the book has {errors}; what they spoil is not found"
        print(f"{message}\n  `writ check {args.book}`", file=sys.stderr)
    if args.json or args.format == "json":
        _json(query, answer, args.offset)
    else:
        from writ.formats.paint import paint_for

        _complain(query, query.problems)
        print("\n".join(_text(answer, args.offset, paint_for(sys.stdout))))
    return 0 if answer.total or answer.named else 1


def _number(text: str) -> int:
    if text.isascii() and text.isdigit() and len(text) < 8:
        return int(text)
    raise argparse.ArgumentTypeError(f"`{text}` is no number; write it as 20")


def _complain(query: Query, problems: tuple[Problem, ...]) -> None:
    for each in problems:
        message, help = _told(query, each)
        lines = "\n".join(f"  {line}" for line in help.splitlines())
        print(f"writ: {message}\n{lines}", file=sys.stderr)


def _told(query: Query, problem: Problem) -> tuple[str, str]:
    """The message; and the query with the place marked, and the help."""
    from writ.formats.paint import visible

    begin = max(problem.start - 40, 0)
    line = visible(query.text[begin : begin + 80].replace("\n", " ").replace("\t", " "))
    length = max(1, min(problem.end, begin + 80) - problem.start)
    marks = " " * (problem.start - begin) + "^" * length
    return visible(problem.message), "\n".join(
        each for each in (line, marks, visible(problem.help)) if each
    )


def _json(query: Query, answer: Answer, offset: int) -> None:
    from writ.cli.printing import print_json

    print_json(
        {
            "schema": SCHEMA,
            "query": query.text,
            "problems": list(query.problems),
            "total": answer.total,
            "offset": offset,
            "loose": answer.loose,
            "named": list(answer.named),
            "hits": list(answer.hits),
            "suggestions": list(answer.suggestions),
            "facets": answer.facets,
        }
    )


# --- as text


def _text(answer: Answer, offset: int, paint: Paint) -> Iterator[str]:
    from writ.cli.printing import wrapped
    from writ.formats.paint import visible

    for hit in (*answer.named, *answer.hits):
        yield from _hit(hit, paint)
        yield ""
    for each in answer.suggestions:
        where = f" for `{each.filter}:`" if each.filter else ""
        meant = f"; did you mean `{visible(each.meant)}`?" if each.meant else ""
        yield wrapped(f"`{visible(each.word)}` occurs nowhere{where}{meant}", 0)
    if answer.facets:
        yield from _facets(answer.facets, paint)
    yield _summary(answer, offset)


def _summary(answer: Answer, offset: int) -> str:
    if not answer.total:
        return f"{len(answer.named)} named, nothing else found" if answer.named else "nothing found"
    said = f"{answer.total:,} found"
    if answer.named:
        said = f"{len(answer.named)} named, {said}"
    if answer.loose:
        said += " with some of the words: hardly a provision has all of them"
    shown = len(answer.hits)
    if shown and (offset or shown + len(answer.named) < answer.total):
        said += f"; {offset + 1:,} to {offset + shown:,} are shown"
    return said


def _hit(hit: Hit, paint: Paint) -> Iterator[str]:
    from writ.cli.printing import wrapped
    from writ.formats.paint import visible

    name = hit.citation or hit.label
    if hit.place != hit.label and hit.citation:
        name = hit.citation.replace(hit.label, hit.place)
    head = paint.cited(visible(name)) + "  " if name else ""
    of = "" if hit.is_ == "case" else visible(hit.title)
    kind = "" if hit.is_ in ("provision", "part") else f"{hit.is_}, "
    where = paint.faint(f"{kind}{of}{' — ' if of else ''}{visible(hit.file)}:{hit.line}")
    yield f"{head}{paint.strong(_lit(hit.heading, paint))}".rstrip()
    yield f"  {where}"
    above = [each for each in hit.path if each != hit.title]
    if above:
        yield wrapped(paint.faint(visible(" › ".join(above))), 2)
    if hit.excerpt.text:
        yield wrapped(_lit(hit.excerpt, paint), 4)
    asked = [norm for norm in hit.norms if norm.asked]
    for norm in asked[:_NORMS]:
        yield wrapped(f"{visible(norm.citation)}: {visible(norm.words)}", 4)
    if more := len(hit.norms) - len(asked[:_NORMS]):
        yield f"    and {more} more norm{'' if more == 1 else 's'}"


def _lit(text: Excerpt, paint: Paint) -> str:
    """The text with what was found in colour; without colour, between stars."""
    from writ.formats.paint import visible

    found: list[str] = []
    at = 0
    for start, end in text.marks:
        word = visible(text.text[start:end])
        found += [visible(text.text[at:start]), paint.wary(word) if paint.on else f"*{word}*"]
        at = end
    return "".join([*found, visible(text.text[at:])])


def _facets(facets: dict[str, Facet], paint: Paint) -> Iterator[str]:
    from writ.formats.paint import visible

    for name, facet in facets.items():
        if not facet.values:
            continue
        yield paint.strong(name)
        width = max(len(f"{number:,}") for _, number in facet.values)
        for value, number in facet.values:
            yield f"  {number:>{width},}  {visible(value)}"
        if facet.others:
            yield f"  {facet.others:>{width},}  others"
    yield ""
