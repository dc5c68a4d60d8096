"""`python -m writ.cli`: the command line."""

from __future__ import annotations

import sys

from writ.cli import main

if __name__ == "__main__":
    sys.exit(main())
