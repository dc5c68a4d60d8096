"""Two editions of a large book compared by norms, a few hundred provisions amended.

No peer says what an amendment changes in norms: cedarpy, casbin and the others compare nothing. What people have is a
comparison of lines (git, difflib), which is timed beside it on the same folders, and knows of no norm.
"""

from __future__ import annotations

import difflib
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from bench import corpus
from bench.compile import child, command

NORMS, INSTRUMENTS = 20_000, 2_000
EACH = 40
"""Instruments amended in each manner."""
CASES = 200

INSIDE = """
import json, sys, time
from pathlib import Path
from writ.book.cache import load_cached
begun = time.process_time()
old, _ = load_cached(Path(sys.argv[1]))
new, _ = load_cached(Path(sys.argv[2]))
loaded = time.process_time()
from writ.editions.compare import compare
found = compare(old, new)
done = time.process_time()
print(json.dumps({"load": loaded - begun, "compare": done - loaded,
    "changes": sorted((c.subject, c.change) for c in found.changes), "touched": len(found.touched),
    "bereft": sum(all(d.what == "holder" for d in c.details) for c in found.changes if c.details)}))
"""

Amendment = tuple[str, Callable[[str], str], tuple[tuple[str, str], ...]]
"""What is done, how, and the changes (subject, verb) that it makes."""


def swap(pattern: str, words: str | Callable[[re.Match[str]], str]) -> Callable[[str], str]:
    """Replaces the first place that fits; there must be one."""

    def swapped(text: str) -> str:
        found, times = re.subn(pattern, words, text, count=1, flags=re.DOTALL)
        assert times == 1, pattern
        return found

    return swapped


def days(change: int) -> Callable[[re.Match[str]], str]:
    return lambda found: f"{found[1]}{int(found[2]) + change} days"


NEW = """
## 11 On matter 11

```writ
power 11
  assembly may act-11
  when fact-11
```
"""
AMENDMENTS: tuple[Amendment, ...] = (
    ("a power struck out", swap(r"```writ\npower 5\n.*?```\n", ""), (("power", "lost"),)),
    ("a power added", lambda text: text + NEW, (("power", "gained"),)),
    (
        "a condition added to a power",
        swap(r"(power 5\n[^\n]*\n)", r"\1  when fact-1 and fact-2 and fact-3\n"),
        (("power", "narrowed"),),
    ),
    (
        "what a power requires dropped",
        swap(r"(power 10\n[^`]*?)  with fact-\d+\n", r"\1"),
        (("power", "widened"),),
    ),
    (
        "a longer effect",
        swap(r"(power 5\n[^`]*?for )(\d+) days", days(30)),
        (("power", "widened"),),
    ),
    (
        "another bearer of a power",
        swap(r"(power 10\n  )office-\d+", r"\1assembly"),
        (("power", "changed"),),
    ),
    (
        "an exception from a prohibition dropped",
        swap(r"(prohibition 1\n[^`]*?)  unless fact-\d+\n", r"\1"),
        (("prohibition", "widened"),),
    ),
    (
        "a prohibition struck out",
        swap(r"```writ\nprohibition 6\n.*?```\n", ""),
        (("prohibition", "lost"),),
    ),
    (
        "a later deadline",
        swap(r"(duty 2\n[^`]*?within )(\d+) days", days(9)),
        (("duty", "changed"),),
    ),
    ("no addressee", swap(r"(duty 7\n[^`]*?)  to assembly\n", r"\1"), (("duty", "changed"),)),
    (
        "a duty of somebody else",
        swap(r"(duty 7\n  )office-\d+", r"\1assembly"),
        (("duty", "changed"),),
    ),
    (
        "a further step before an act",
        swap(r"(limit 4\n[^`]*?after act-\d+ by assembly)", r"\1, make-instrument"),
        (("limit", "widened"),),
    ),
    (
        "a section renumbered",
        swap(r"## 9 On (.*?)limit 9\n", r"## 19 On \1limit 19\n"),
        (("limit", "moved"),),
    ),
    (
        "a norm repealed from a day",
        lambda text: text + "\n## 12 Repeal\n\n```writ\nrepeal 12\n  3\n  from 2030-01-01\n```\n",
        (("permission", "narrowed"),),
    ),
    (
        "a norm that prevails over another",
        swap(r"(permission 8\n[^`]*?)```", r"\1  notwithstanding 1\n```"),
        (("override", "gained"),),
    ),
    (
        "the instrument in force later",
        swap(r"in-force: (\d+)-01-01", r"enacted: \1-01-01\nin-force: \1-07-01"),
        (("instrument", "narrowed"),),
    ),
    (
        "the same in other words",
        swap(r"(duty 2\n[^`]*?when )(fact-\d+) or (fact-\d+)", r"\1\3 or \2"),
        (),
    ),
)


def amend(old: Path, new: Path, seed: int = 7) -> list[tuple[str, str]]:
    """Write the amended edition; the changes that the amendments make."""
    shutil.copytree(old, new, ignore=shutil.ignore_patterns(".*"))
    dice = random.Random(seed)
    numbers = iter(dice.sample(range(INSTRUMENTS), EACH * len(AMENDMENTS)))
    expected: list[tuple[str, str]] = []
    for _, change, found in AMENDMENTS:
        for _ in range(EACH):
            file = new / f"instrument-{next(numbers):05}.md"
            file.write_text(change(file.read_text()))
            expected += found
    charter = new / "charter.md"
    charter.write_text(
        swap('office office-7 "office 7"', 'office office-7 "office 7"\n  vacant from 2020-01-01')(
            charter.read_text()
        )
    )
    return [*expected, ("office", "changed")]


def cases(folder: Path, seed: int = 7) -> None:
    """So many questions about the acts of the book."""
    dice = random.Random(seed)
    asked = []
    for number in range(CASES):
        office, act = dice.randrange(corpus.OFFICES), dice.randrange(corpus.ACTS)
        asked.append(
            f"  - id: case-{number}\n    request: {{actor: office-{office}, act: act-{act}, at: 2026-01-01, "
            f"facts: {{fact-{dice.randrange(corpus.FACTS)}: yes}}}}\n    outcome: permitted\n"
        )
    (folder / "bench.cases.yaml").write_text("cases:\n" + "".join(asked))


def lines(old: Path, new: Path) -> tuple[float, int]:
    """CPU seconds of difflib over the files that differ, and how many lines it shows."""
    begun = time.process_time()
    shown = 0
    for file in sorted(old.glob("*.md")):
        before, after = file.read_text(), (new / file.name).read_text()
        if before != after:
            shown += sum(
                line[:1] in "+-" for line in difflib.ndiff(before.split("\n"), after.split("\n"))
            )
    return time.process_time() - begun, shown


def size(folder: Path) -> float:
    return sum(file.stat().st_size for file in folder.glob("*.md")) / 1e6


def main() -> None:
    scratch = Path(tempfile.mkdtemp(prefix="writ-bench-"))
    try:
        old, new = scratch / "old", scratch / "new"
        corpus.write(old, NORMS, INSTRUMENTS)
        cases(old)
        expected = amend(old, new)
        print(
            f"{NORMS:,} norms in {INSTRUMENTS:,} instruments ({size(old):.1f} MB); {EACH * len(AMENDMENTS)} amended "
            f"in {len(AMENDMENTS)} manners, and a vacancy; {CASES} cases"
        )
        writ = [sys.executable, "-m", "writ.cli", "diff", str(old), str(new)]
        wall, cpu = command(*writ, "--no-cases", repeat=1)
        print(f"\n{'':<58} CPU s   wall s")
        row = "{:<58} {:>5.2f}   {:>6.2f}"
        print(row.format("writ diff --no-cases, both compiled anew", cpu, wall))
        wall, cpu = command(*writ, "--no-cases", repeat=5)
        print(row.format("writ diff --no-cases, both from cache", cpu, wall))
        wall, cpu = command(*writ, repeat=3)
        print(row.format(f"writ diff with {CASES} cases on both, from cache", cpu, wall))
        wall, cpu = command(*writ, "--json", repeat=3)
        print(row.format("the same, as JSON", cpu, wall))
        wall, cpu = command("git", "diff", "--no-index", "--stat", str(old), str(new), repeat=5)
        print(row.format("git diff --no-index --stat (lines alone)", cpu, wall))
        seconds, shown = lines(old, new)
        print(
            row.format("difflib.ndiff over the files that differ (lines alone)", seconds, seconds)
        )
        got = child(INSIDE, str(old), str(new))
        print(
            f"\nof the second, both loaded in {got['load']:.2f} s and compared in {got['compare']:.2f} s CPU"
        )
        found = Counter(map(tuple, got["changes"]))
        print(
            f"said: {found.total()} changes, {got['bereft']} of them duties of the office that is vacant, and "
            f"{got['touched']} rows of who gains or loses what; difflib: {shown} lines"
        )
        found[("duty", "changed")] -= got["bereft"]
        print(f"the others are the {len(expected)} that were made: {found == Counter(expected)}")
        git = subprocess.run(["git", "--version"], capture_output=True, text=True, check=True)
        print(f"{git.stdout.strip()}, Python {sys.version.split()[0]}, {os.cpu_count()} cores")
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


if __name__ == "__main__":
    main()
