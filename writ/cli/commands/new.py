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


def run(args: argparse.Namespace) -> int:
    if not args.folder.strip():
        refuse("the folder has no name", "`writ new harbour`")
    folder = Path(args.folder)
    if folder.exists() and not folder.is_dir():
        refuse(f"`{folder}` is a file")
    if folder.is_dir() and any(folder.iterdir()):
        refuse(f"`{folder}` is not empty", "give a folder that is empty or new")
    name = slug(folder.resolve().name)
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


def slug(name: str) -> str:
    """A name of the language out of the name of a folder."""
    words = re.findall(r"[a-z0-9]+", name.lower())
    return "-".join(words) if words and words[0][0].isalpha() else "-".join(["book", *words])


def yaml_text(title: str) -> str:
    """The title as a value of the front matter."""
    if re.fullmatch(r"[A-Za-z][\w ,.()'-]*", title):
        return title
    return '"' + title.replace("\\", "\\\\").replace('"', '\\"') + '"'
