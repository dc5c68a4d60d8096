"""`writ completion`: the completion script of a shell."""

from __future__ import annotations

import argparse

SHELLS = ("bash", "zsh", "tcsh")


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("shell", choices=SHELLS, help="bash, zsh or tcsh")
    parser.epilog = 'For bash: eval "$(writ completion bash)" in ~/.bashrc.'


def run(args: argparse.Namespace) -> int:
    import shtab

    from writ.cli.entry import build
    from writ.cli.parser import Parser

    print(shtab.complete(build(Parser), args.shell))
    return 0
