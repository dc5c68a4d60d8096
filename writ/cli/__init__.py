"""The `writ` command line: one module per command, imported when that command is asked for."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give its exit status."""
    from writ.cli.entry import run

    return run(list(sys.argv[1:] if argv is None else argv))
