"""From the words of a command line to its command, and from whatever ends it to an exit status.

Status 0 and 1 are answers (yes and no, clean and not); 2 is a mistake in the asking or a file that cannot be read;
130 and 141 are what a shell gives a program that Ctrl-C or a closed pipe ended.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from importlib import import_module
from keyword import iskeyword
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from writ.cli.parser import Parser

COMMANDS = {
    "new": "start a book in an empty folder",
    "check": "compile a book and run the checks",
    "fmt": "put instruments in the one style",
    "decide": "answer a request, with citations",
    "who": "who may do this?",
    "may": "what may, must and must not this office do?",
    "show": "print a provision, a norm, an office, an act or a state",
    "read": "imported law as it stood on a day, and what is otherwise on another",
    "history": "the amendments of an imported law",
    "explain": "print the documentation of a diagnostic code",
    "vocabulary": "all that is needed to phrase a request",
    "audit": "replay a journal: acts and their warrant, states, duties, powers",
    "test": "run the cases and journals kept with a book",
    "prove": "does what the book assures hold in every situation?",
    "diff": "what an amendment changes in norms, between two editions",
    "search": "find provisions, norms and words by what they say and how they stand",
    "stats": "how much law there is, who must do what, and what is missing: the counts",
    "suggest": "norms that a text may contain, for a person to accept",
    "import": "a book out of Cedar or XACML policies, of OSCAL, or of legislation in XML",
    "export": "law as HTML, DOCX, PDF, LegalRuleML or Akoma Ntoso; a catalogue as OSCAL; access as Cedar",
    "map": "links that may hold between two frameworks of controls",
    "graph": "authority, references, responsibility and organisation as a graph, and its picture",
    "duties": "who must do what, by office, and the gaps",
    "verify-receipt": "verify offline that a record is in a log, and who saw it",
    "lsp": "the language server, for an editor to start",
    "completion": "print the completion script of a shell",
}
INTERRUPTED = 130
CLOSED_PIPE = 141


class Stop(Exception):
    """Ends a command with a message: what was asked cannot be answered as asked."""

    def __init__(self, message: str, help: str = "", status: int = 2) -> None:
        super().__init__(message)
        self.message = message
        self.help = help
        self.status = status


def run(argv: list[str]) -> int:
    """Run the command that `argv` names."""
    try:
        status = _run(argv)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has gone; the interpreter must not try to write the rest when it ends.
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CLOSED_PIPE
    except KeyboardInterrupt:
        return INTERRUPTED
    return status


def _run(argv: list[str]) -> int:
    if argv in (["--version"], ["-V"]):
        from writ import __version__

        print(f"writ {__version__}")
        return 0
    try:
        return _command(argv)
    except Stop as stop:
        return _stopped(stop)
    except SystemExit as end:  # argparse, after --help
        return end.code if isinstance(end.code, int) else 2
    except MemoryError:
        return _stopped(Stop("out of memory"))


def _command(argv: list[str]) -> int:
    from writ.cli.parser import Parser

    _tolerate_any_text()
    name = argv[0] if argv and not argv[0].startswith("-") else ""
    if name and name not in COMMANDS:
        from writ.book.suggest import did_you_mean

        known = did_you_mean(name, COMMANDS) or f"the commands are: {', '.join(COMMANDS)}"
        raise Stop(f"`{name}` is not a command", known)
    parser = build(Parser, only=name)
    if not argv:
        parser.print_help()
        return 2
    arguments, unknown = parser.parse_known_args(argv)
    if unknown:
        raise Stop(f"`writ {name}` does not take `{unknown[0]}`", f"`writ {name} --help`")
    status: int = _module(arguments.command).run(arguments)
    return status


def build(make: type[Parser], only: str = "") -> Parser:
    """The parser of the command line; with `only`, the arguments of that command alone are read in."""
    parser = make(
        prog="writ",
        description="Law as text that compiles, is checked, and answers: by what authority?",
        epilog="`writ COMMAND --help` says more of each.",
    )
    parser.add_argument("-V", "--version", action="store_true", help="print the version")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, summary in COMMANDS.items():
        one = commands.add_parser(name, help=summary, description=summary)
        if only in ("", name):
            _module(name).configure(one)
    return parser


def _module(command: str) -> Any:
    name = command.replace("-", "_")
    return import_module(f"writ.cli.commands.{name + '_' if iskeyword(name) else name}")


def _tolerate_any_text() -> None:
    """A terminal that lacks a letter shows a mark in its place."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, ValueError, OSError):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]


def _stopped(stop: Stop) -> int:
    from writ.formats.paint import paint_for

    sys.stdout.flush()
    paint = paint_for(sys.stderr)
    print(f"{paint.bad('writ')}: {stop.message}", file=sys.stderr)
    if stop.help:
        print("\n".join(f"  {line}" for line in _fitted(stop.help)), file=sys.stderr)
    return stop.status


def _fitted(help: str) -> list[str]:
    """The lines of a help, none wider than the terminal; a usage has its own."""
    from shutil import get_terminal_size
    from textwrap import wrap

    if "\n" in help or not sys.stderr.isatty():
        return help.splitlines()
    return wrap(help, max(40, get_terminal_size().columns - 2), break_on_hyphens=False)


def refuse(message: str, help: str = "") -> NoReturn:
    """Stop with a mistake in the asking."""
    raise Stop(message, help)


def solver() -> None:
    """Stop, unless what proving needs is installed."""
    from importlib.util import find_spec

    if find_spec("z3") is None:
        refuse("proving needs a solver that is not installed", "pip install 'writ[proof]'")
