"""The argument parser, with the words of its complaints and the arguments that commands share."""

from __future__ import annotations

import argparse
import datetime as dt
import re
from typing import NoReturn

from writ.cli.entry import Stop

FOLDER = {"zsh": "_files -/", "bash": "_shtab_compgen_dirs", "tcsh": "d"}
FILE = {"zsh": "_files", "bash": "_shtab_compgen_files", "tcsh": "f"}
"""What the completion of an argument offers, as shtab writes it."""


class Parser(argparse.ArgumentParser):
    """Complains in one line, and takes no abbreviated options: a script must not depend on them."""

    def __init__(self, **settings: object) -> None:
        settings.setdefault("allow_abbrev", False)
        super().__init__(**settings)  # type: ignore[arg-type]

    def error(self, message: str) -> NoReturn:
        raise Stop(_plain(message), self.format_usage().strip())


_SAID = (
    (r"the following arguments are required: (.*)", r"\1 is missing"),
    (r"one of the arguments (.*) is required", r"one of \1 is missing"),
    (r"argument ([^:]+): expected one argument", r"\1 takes a value"),
    (r"argument [^:]+: invalid choice: '(.*)' \(choose from (.*)\)", r"`\1` is none of \2"),
    (r"argument ([^:]+): not allowed with argument (.*)", r"\1 and \2 exclude each other"),
    (r"argument ([^:]+): (`.*)", r"\1: \2"),
)


def _plain(message: str) -> str:
    """What argparse says, in the words of the other messages."""
    for pattern, words in _SAID:
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found is not None:
            return found.expand(words).replace("'", "")
    return message


def book_argument(parser: argparse.ArgumentParser) -> None:
    argument = parser.add_argument("book", metavar="BOOK", help="the folder of the book")
    completed(argument, FOLDER)


def json_option(parser: argparse.ArgumentParser, what: str = "the answer") -> None:
    parser.add_argument("--json", action="store_true", help=f"print {what} as JSON")


def completed(argument: argparse.Action, by: dict[str, str]) -> None:
    """Tell shtab how to complete the argument."""
    argument.complete = by  # type: ignore[attr-defined]


def day(text: str) -> dt.date:
    """The type of an option that takes a day."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"`{text}` is no day; write it as 2022-02-14") from None


def time(text: str) -> dt.date:
    """The type of an option that takes a day or a moment."""
    from writ.book.dates import parse

    try:
        return parse(text)
    except ValueError:
        said = f"`{text}` is no day or moment; write it as 2022-02-14 or 2022-02-14T16:30-05:00"
        raise argparse.ArgumentTypeError(said) from None


def count(text: str) -> int:
    """The type of an option that takes a number of persons."""
    if text.isascii() and text.isdigit() and int(text[:9]) > 0 and len(text) < 10:
        return int(text)
    raise argparse.ArgumentTypeError(f"`{text}` is no number of persons; write it as 20")
