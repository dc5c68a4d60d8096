"""`writ lsp`: the language server, for an editor to start."""

from __future__ import annotations

import argparse

from writ.cli.entry import refuse


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--stdio", action="store_true", help="speak over the standard streams (the default)"
    )
    parser.add_argument(
        "--tcp", type=int, metavar="PORT", help="listen on this port of this machine (127.0.0.1)"
    )
    parser.add_argument("--log", metavar="FILE", help="write what goes on to a file")


def run(args: argparse.Namespace) -> int:
    from importlib.util import find_spec

    if find_spec("pygls") is None:
        refuse(
            "the language server needs a library that is not installed", "pip install 'writ[lsp]'"
        )
    if args.tcp is not None and not 1 <= args.tcp <= 65535:
        refuse(f"{args.tcp} is not a port", "a port is a number from 1 to 65535")
    if args.tcp is not None and args.stdio:
        refuse("`--stdio` and `--tcp` exclude each other")
    from writ.lsp.main import serve

    try:
        return serve(args.tcp, args.log)
    except OSError as error:
        what = args.log if error.filename else f"port {args.tcp}"
        refuse(f"`{what}` cannot be used: {error.strerror or error}")
