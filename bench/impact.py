"""What an amendment costs to show in a large book: from its text to all that it changes, in processor time.

    python -m bench.impact [norms=20000] [instruments=2000]

In one process with the edition in force compiled, as a server has it: the deposit of an amendment, its first comparison
with the edition in force, which also runs every check over both, that of another amendment, and each again.
Beside them what compiling and checking all of the book costs, as it would without what was known of the last edition.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
AMENDED = 3
"""So many amendments, each of another instrument."""


def main() -> None:
    given = dict(word.split("=") for word in sys.argv[1:] if "=" in word)
    norms, instruments = int(given.get("norms", 20_000)), int(given.get("instruments", 2_000))
    with tempfile.TemporaryDirectory(prefix="bench-impact-") as home:
        os.environ["MINISTRY_HOME"] = home
        os.environ["DJANGO_SETTINGS_MODULE"] = "ministry.settings"
        measured(Path(home), norms, instruments)


def measured(home: Path, norms: int, instruments: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    from bench import corpus
    from ministry.editions import content
    from ministry.editions.apply import deposit
    from ministry.editions.queries import law_of
    from ministry.statutes.comparison import compared
    from writ.checks.run import run

    call_command("migrate", verbosity=0)
    folder = home / "book"
    corpus.write(folder, norms, instruments)
    files = {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in sorted(folder.rglob("*.md"))
    }
    print(f"{norms:,} norms in {len(files):,} files, Python {sys.version.split()[0]}")
    took("all compiled, nothing known", lambda: content.compiled(files))
    base = took("the edition in force, deposited", lambda: deposit(files))
    book = took("the same, ready to act under", lambda: law_of(base).ready()).book
    took("all checked, nothing known", lambda: run(book))
    for number in range(AMENDED):
        edition = took(
            f"amendment {number + 1}: deposited",
            lambda number=number: deposit(amended(files, number)),
        )
        took("  what it changes", lambda edition=edition: compared(base, edition))
        took("  once more", lambda edition=edition: compared(base, edition))


def amended(files: dict[str, str], number: int) -> dict[str, str]:
    """The book with a longer period in one of its instruments."""
    having = [name for name, text in sorted(files.items()) if re.search(r"within \d+ ", text)]
    name = having[len(having) * (number + 1) // (AMENDED + 1)]
    longer = re.sub(
        r"within (\d+) ", lambda one: f"within {int(one[1]) + 3} ", files[name], count=1
    )
    return {**files, name: longer}


def took(what: str, work: Callable[[], T]) -> T:
    begun = time.process_time()
    found = work()
    print(f"  {what:36} {time.process_time() - begun:8.3f} s", flush=True)
    return found


if __name__ == "__main__":
    main()
