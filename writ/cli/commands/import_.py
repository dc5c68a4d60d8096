"""`writ import`: a book out of what another system keeps."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from writ.cli.entry import refuse
from writ.cli.law import configure_import, import_law, take_into
from writ.cli.parser import FILE, FOLDER, Parser, completed, day
from writ.cli.responsibilities import configure_import as configure_responsibilities
from writ.cli.responsibilities import import_responsibilities

if TYPE_CHECKING:
    from writ.diagnostics import Diagnostic
    from writ.formats.cedar.bring import Imported

UNREAD = frozenset({"X101", "X102", "X301", "X401", "X402"})
LARGEST = 64 * 1024 * 1024
"""Bytes of one file."""


def configure(parser: argparse.ArgumentParser) -> None:
    formats = parser.add_subparsers(dest="format", metavar="FORMAT", required=True)
    assert isinstance(parser, Parser)
    summary = "Cedar policies, with the schema, entities and template links that go with them"
    cedar = formats.add_parser("cedar", help=summary, description=summary)
    policies = cedar.add_argument("policies", metavar="POLICIES", help="the file of policies")
    schema = cedar.add_argument("--schema", metavar="FILE", help="the schema")
    entities = cedar.add_argument("--entities", metavar="FILE", help="the entities, as JSON")
    links = cedar.add_argument("--links", metavar="FILE", help="template links, as JSON")
    requests = cedar.add_argument(
        "--request",
        metavar="FILE",
        action="append",
        default=[],
        help="requests, as JSON: kept as cases with Cedar's answers",
    )
    folder = cedar.add_argument(
        "-o", "--output", metavar="FOLDER", required=True, help="a folder that is empty or new"
    )
    cedar.add_argument("--title", metavar="TEXT", help="the title of the book")
    cedar.add_argument(
        "--in-force", type=day, metavar="DATE", help="its first day (default: 2000-01-01)"
    )
    for argument in (policies, schema, entities, links, requests):
        completed(argument, FILE)
    completed(folder, FOLDER)
    summary = "a XACML 3.0 policy or policy set, or a folder of one with the policies it refers to"
    xacml = formats.add_parser("xacml", help=summary, description=summary)
    completed(xacml.add_argument("policies", metavar="POLICIES", help="the file or folder"), FILE)
    folder = xacml.add_argument(
        "-o", "--output", metavar="FOLDER", required=True, help="a folder that is empty or new"
    )
    completed(folder, FOLDER)
    summary = "catalogues and profiles of OSCAL, in JSON, XML or YAML"
    oscal = formats.add_parser("oscal", help=summary, description=summary)
    files = oscal.add_argument(
        "files", metavar="FILE", nargs="+", help="a catalogue; a profile, with what it imports"
    )
    completed(files, FILE)
    folder = oscal.add_argument(
        "-o", "--output", metavar="FOLDER", required=True, help="a folder that is empty or new"
    )
    completed(folder, FOLDER)
    oscal.add_argument("--title", metavar="TEXT", help="the title of the book")
    configure_import(formats)
    configure_responsibilities(formats)


def run(args: argparse.Namespace) -> int:
    if args.format == "law" and args.into:
        return take_into(args)
    folder = Path(args.output)
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir())):
        refuse(f"`{folder}` is not an empty folder", "give a folder that is empty or new")
    if args.format == "law":
        return import_law(args, folder, _name(folder))
    if args.format == "responsibilities":
        return import_responsibilities(args, _name(folder), _text, _write)
    if args.format == "xacml":
        return _xacml(Path(args.policies), folder)
    if args.format == "oscal":
        return _oscal([Path(file) for file in args.files], folder, args.title or "")
    return _cedar(args, folder)


def _cedar(args: argparse.Namespace, folder: Path) -> int:
    from writ.formats.cedar.bring import START, bring
    from writ.formats.cedar.cases import cases

    names = ("policies", "schema", "entities", "links")
    given = {name: getattr(args, name) for name in names if getattr(args, name)}
    made, found = bring(**{name: _text(path) for name, path in given.items()}, names=given)
    if made is None:
        _report(found)
        return 2 if any(one.code in UNREAD for one in found) else 1
    start: dt.date = args.in_force or START
    files = made.formatted(_name(folder), args.title or "", start)
    if args.request:
        asked = [(path, _text(path)) for path in args.request]
        entities = _text(args.entities) if args.entities else None
        files["cedar.cases.yaml"], found = cases(made, asked, entities, start)
    _write(folder, files)
    _report(found)
    print(f"{_said(made)}\n\nNow: writ check {folder}")
    return 1 if found else 0


def _xacml(path: Path, folder: Path) -> int:
    from writ.formats.xacml import import_xacml

    files, found = import_xacml(path)
    if files:
        _write(folder, files)
        print(f"\nNow: writ check {folder}")
    _report(found)
    return 0 if files else 2 if any(one.code in UNREAD for one in found) else 1


def _oscal(paths: list[Path], folder: Path, title: str) -> int:
    from writ.formats.oscal.book import bring
    from writ.formats.oscal.reading import read_file
    from writ.formats.oscal.sources import Sources

    read = [read_file(path) for path in paths]
    found = [one for _, said in read for one in said]
    documents = [one for one, _ in read if one is not None]
    files: dict[str, str] = {}
    if len(documents) == len(paths):
        sources = Sources(paths)
        sources.read = dict(zip(paths, read, strict=True))
        files, said = bring(documents, _name(folder), sources, title)
        found += [one for one in said if one not in found]
    if files:
        _write(folder, files)
        print(f"\nNow: writ check {folder}")
    _report(found)
    return 0 if files else 2 if any(one.code in UNREAD for one in found) else 1


def _said(made: Imported) -> str:
    """What was imported, in one line."""
    from writ.cli.printing import number

    permits = sum(one.permits for one in made.policies if made.norms[one.id])
    forbids = sum(not one.permits for one in made.policies if made.norms[one.id])
    idle = len(made.policies) - permits - forbids
    rest = f"; {idle} that can never apply" if idle else ""
    return f"{number(permits, 'power')} and {number(forbids, 'prohibition')}{rest}"


def _name(folder: Path) -> str:
    from writ.cli.commands.new import slug

    return slug(folder.resolve().name)


def _text(path: str) -> str:
    try:
        with open(path, "rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        refuse(f"`{path}` cannot be read: {error.strerror or error}")
    if len(data) > LARGEST:
        refuse(f"`{path}` has more than {LARGEST // 2**20} MiB")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        refuse(f"`{path}` is not UTF-8")


def _write(folder: Path, files: dict[str, str]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (folder / name).write_text(text, "utf-8")
            print(folder / name)
    except (OSError, UnicodeEncodeError) as error:
        refuse(f"`{folder}` cannot be written: {error}")


def _report(found: list[Diagnostic]) -> None:
    from writ.formats.paint import paint_for
    from writ.formats.text import render, width_of

    if found:
        text = render(found, lambda path: None, paint_for(sys.stderr), "", width_of(sys.stderr))
        print(text, end="\n\n", file=sys.stderr)
