"""`make bench`: every comparison in this folder, or those that are named (ARGS="decisions")."""

from __future__ import annotations

import importlib
import pkgutil
import sys
from pathlib import Path


def main(names: list[str]) -> int:
    """Run each module here that has a `main`."""
    known = sorted(item.name for item in pkgutil.iter_modules([str(Path(__file__).parent)]))
    unknown = [name for name in names if name not in known]
    if unknown:
        print(f"no such comparison: {', '.join(unknown)}", file=sys.stderr)
        return 2
    for name in names or known:
        run = getattr(importlib.import_module(f"bench.{name}"), "main", None)
        if run is not None and name != "run":
            print(f"== {name}\n", flush=True)
            run()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
