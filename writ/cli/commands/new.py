"""`writ new`: a small book to begin with, which checks clean and has passing cases."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from writ.cli.entry import refuse
from writ.cli.parser import FOLDER, completed

STARTER = Path(__file__).parent.parent / "starter"


def configure(parser: argparse.ArgumentParser) -> None:
    folder = parser.add_argument("folder", metavar="FOLDER", help="a folder that is empty or new")
    completed(folder, FOLDER)
    parser.add_argument("--title", metavar="TEXT", help="the title of the book")
    parser.add_argument(
        "--from", dest="source", metavar="BOOK", help="copy this book, such as model-ministry"
    )
    several(parser, "--say", "OLD=NEW", "other words for people, such as the name of the state")
    several(parser, "--rename", "OLD=NEW", "another name for an office, an act, an instrument ...")
    several(parser, "--without", "INSTRUMENT", "leave it out, and what depends on it")
    several(parser, "--only", "INSTRUMENT", "keep these alone, and what they rest on")


def run(args: argparse.Namespace) -> int:
    if not args.folder.strip():
        refuse("the folder has no name", "`writ new harbour`")
    folder = Path(args.folder)
    if folder.exists() and not folder.is_dir():
        refuse(f"`{folder}` is a file")
    if folder.is_dir() and any(folder.iterdir()):
        refuse(f"`{folder}` is not empty", "give a folder that is empty or new")
    name = slug(folder.resolve().name)
    if args.source:
        return copy(args, folder, name)
    if args.say or args.rename or args.without or args.only:
        refuse("there is nothing to change", "name a book with --from")
    title = " ".join((args.title or name.replace("-", " ").capitalize()).split())
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for source in sorted(one for one in STARTER.iterdir() if one.name[0] != "."):
            text = source.read_text("utf-8")
            if source.name == "book.md":
                heading = text.replace("# {title}", f"# {title}").replace("{name}", name)
                text = heading.replace("{title}", yaml_text(title))
            (folder / source.name).write_text(text, "utf-8")
            print(folder / source.name)
    except OSError as error:
        refuse(f"`{error.filename or folder}` cannot be written: {error.strerror}")
    print(f"\nNow: writ check {folder}")
    return 0


def several(parser: argparse.ArgumentParser, option: str, metavar: str, text: str) -> None:
    """An option that may be given more than once."""
    parser.add_argument(option, action="append", default=[], metavar=metavar, help=text)


def copy(args: argparse.Namespace, folder: Path, name: str) -> int:
    """Write another book's copy into the folder, and say what was left out of it."""
    from writ.cli.copied import copied, pairs, renamed, source, texts

    ids, words = pairs(args.rename, ids=True), pairs(args.say, ids=False)
    title = yaml_text(" ".join(args.title.split())) if args.title else ""
    origin = texts(source(args.source))
    made = copied(origin, name, title, args.without, args.only)
    files = renamed(made.files, ids, words)
    try:
        for path, text in sorted(files.items()):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, "utf-8")
    except OSError as error:
        refuse(f"`{error.filename or folder}` cannot be written: {error.strerror}")
    law = sum(path.endswith(".md") for path in files) - 1
    print(f"{law} instruments in {folder}")
    if made.gone:
        print(f"left out: {', '.join(made.gone)}")
    if made.cases or made.journals:
        print(f"left out with them: {made.cases} cases, {made.journals} journals")
    for one in made.left:
        print(f"to be looked at: {one.code} {one.message} ({one.span})")
    print(f"\nNow: writ check {folder}")
    return 0


def slug(name: str) -> str:
    """A name of the language out of the name of a folder."""
    words = re.findall(r"[a-z0-9]+", name.lower())
    return "-".join(words) if words and words[0][0].isalpha() else "-".join(["book", *words])


def yaml_text(title: str) -> str:
    """The title as a value of the front matter."""
    if re.fullmatch(r"[A-Za-z][\w ,.()'-]*", title):
        return title
    return '"' + title.replace("\\", "\\\\").replace('"', '\\"') + '"'
