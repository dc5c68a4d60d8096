"""`writ graph`: a book as a graph of authority, references, responsibility and organisation, and its picture."""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from writ.cli.entry import refuse
from writ.cli.parser import FILE, book_argument, completed, day

if TYPE_CHECKING:
    from writ.book.model import Book
    from writ.corpus.graph.analysis import Analysis
    from writ.corpus.graph.model import Graph

OF = ("authority", "references", "responsibility", "organisation", "all")
FORMATS = ("text", "graphml", "svg", "json", "dot")
_DEEPEST = 50


def configure(parser: argparse.ArgumentParser) -> None:
    book_argument(parser)
    parser.add_argument("--of", choices=OF, default="", help="which relations (default: authority)")
    parser.add_argument(
        "--from",
        dest="start",
        metavar="NODE",
        help="around this alone: an instrument, `INSTRUMENT LABEL`, an office, an act, a state",
    )
    parser.add_argument(
        "--depth", type=_steps, metavar="N", help="with --from: so many steps far (default: 2)"
    )
    parser.add_argument(
        "--direction",
        choices=("up", "down", "both"),
        help="with --from: what it rests on, what rests on it, or both (the default)",
    )
    parser.add_argument(
        "--in", dest="inside", metavar="INSTRUMENT", help="in this instrument alone"
    )
    parser.add_argument(
        "--level",
        choices=("instrument", "provision"),
        default="",
        help="instruments in the place of what is in them, or every provision (the default)",
    )
    parser.add_argument(
        "--at", type=day, metavar="DATE", help="the day that tells what is in force"
    )
    parser.add_argument("--format", choices=FORMATS, help="default: as FILE is named, or text")
    parser.add_argument(
        "--all", action="store_true", help="of the text: list all that is not resolved"
    )
    output = parser.add_argument("-o", "--output", metavar="FILE", help="write a file")
    completed(output, FILE)


def run(args: argparse.Namespace) -> int:
    from writ.cli.opening import sound
    from writ.corpus.graph.building import build
    from writ.corpus.graph.selection import around, by_instrument, view, within

    form = _format(args)
    if args.start is None and (args.depth is not None or args.direction):
        refuse("--depth and --direction go with --from", "give the node to start from")
    if form == "text":
        _algorithms()
    book = sound(args.book)
    whole = build(book, args.at or dt.date.today())
    of = args.of or ("all" if args.start else "authority")
    graph = view(whole, of)
    if args.inside:
        if args.inside not in book.instruments:
            refuse(f"there is no instrument `{args.inside}`", _near(args.inside, book.instruments))
        graph = within(graph, args.inside)
    focus = ""
    if args.start:
        focus = _node(whole, args.start)
        if focus not in graph.nodes:
            refuse(f"`{args.start}` is in no relation of `{of}`", "`--of all` shows every relation")
        graph = around(
            graph, focus, 2 if args.depth is None else args.depth, args.direction or "both"
        )
    if args.level == "instrument" and form != "svg":
        graph = by_instrument(graph)
    text = _written(graph, book, form, of, focus, args)
    if args.output is None:
        print(text, end="")
    else:
        _write(Path(args.output), text)
    return 0


def _written(
    graph: Graph, book: Book, form: str, of: str, focus: str, args: argparse.Namespace
) -> str:
    if form == "graphml":
        from writ.corpus.graph.graphml import graphml

        return graphml(graph)
    if form == "dot":
        from writ.corpus.graph.graphml import dot

        return dot(graph)
    if form == "svg":
        from writ.corpus.graph.pictures import picture

        if not graph.nodes:
            refuse(f"there is nothing to draw of `{of}`", "`--of all` shows every relation")
        return picture(graph, of, book.ranks, focus, args.level)
    from writ.corpus.graph.reporting import data, text

    if form == "json":
        from writ.cli.printing import json_text

        return json_text(data(graph, _analysed(graph) if _able() else None)) + "\n"
    from writ.formats.paint import visible

    report = text(graph, _analysed(graph), args.all)
    return "".join(f"{visible(line)}\n" for line in report.splitlines())


def _analysed(graph: Graph) -> Analysis:
    from writ.corpus.graph.analysis import analysed

    return analysed(graph)


def _able() -> bool:
    from importlib.util import find_spec

    return find_spec("rustworkx") is not None


def _algorithms() -> None:
    """Stop, unless what the analysis needs is installed."""
    if not _able():
        refuse(
            "circles, chains and single points of authority need a library that is not installed",
            "pip install 'writ[graph]'; --format graphml, svg, json and dot do without it",
        )


def _format(args: argparse.Namespace) -> str:
    if args.format:
        return str(args.format)
    ending = Path(args.output).suffix.lower().lstrip(".") if args.output else ""
    named = {"xml": "graphml", "gv": "dot", "txt": "text"}.get(ending, ending)
    return named if named in FORMATS else "text"


def _node(graph: Graph, name: str) -> str:
    from writ.corpus.graph.selection import find

    found = find(graph, name)
    if not found:
        names = {id.partition(":")[2] for id, node in graph.nodes.items() if node.kind != "norm"}
        refuse(f"there is no `{name}` in the book", _near(name, names))
    if len(found) > 1:
        refuse(f"`{name}` can mean {len(found)} things", f"give one of `{'`, `'.join(found[:6])}`")
    return found[0]


def _near(name: str, known: object) -> str:
    from writ.book.suggest import did_you_mean

    assert isinstance(known, dict | set)
    return did_you_mean(name, known) or ""


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, "utf-8")
    except (OSError, UnicodeEncodeError) as error:
        refuse(f"`{path}` cannot be written: {error}")


def _steps(text: str) -> int:
    if text.isascii() and text.isdigit() and len(text) < 4 and int(text) <= _DEEPEST:
        return int(text)
    raise argparse.ArgumentTypeError(f"`{text}` is no number of steps up to {_DEEPEST}")
