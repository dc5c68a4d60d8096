"""Proving: fifty assurances over a large book, one at a time; and what an amendment really changes.

No peer proves things of norms with rank, dates and duties; what is shown beside it is the solver's own version, and for
the amendment the comparison of words (`writ diff` without proof). Times are of the processor.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

from bench import corpus
from writ.book.load import load_book
from writ.book.model import Book
from writ.editions.compare import compare
from writ.proof.impact import Amendment
from writ.proof.prove import prove

SIZES = ((1_000, 100), (5_000, 500))
COUNT = 50
HEAD = """---
id: assured
title: What is assured
kind: regulation
citation: Assurances
cite-as: A {}
under: charter 1
enacted-by: assembly
in-force: 2025-01-01
---
# What is assured

```writ
"""


def assurances(book: Book, count: int) -> str:
    """So many, of every form, over acts that have norms."""
    acts = sorted(act for act in book.by_act if act.startswith("act-"))
    said = []
    for at in range(count):
        act, other = acts[(at * 37) % len(acts)], acts[(at * 37 + 11) % len(acts)]
        norm = book.by_act[act][0]
        who = norm.bearer.actors[0].name if norm.bearer.actors else "assembly"
        said.append(f"assurance B{at + 1}\n  " + FORMS[at % len(FORMS)](act, other, who, at))
    return HEAD + "\n\n".join(said) + "\n```\n"


FORMS = (
    lambda act, other, who, at: f"no one may {act}\n  unless fact-{at % 300}",
    lambda act, other, who, at: f"office-{(at * 7) % 400} may never {act}",
    lambda act, other, who, at: f"nothing disputes {act}",
    lambda act, other, who, at: f"{who} can {act}",
    lambda act, other, who, at: f"no one may both {act} and {other}",
    lambda act, other, who, at: f"every state-{at % 60} ends within 90 days",
    lambda act, other, who, at: f"every duty of {who} has a holder with 1 office vacant",
    lambda act, other, who, at: f"someone can always {act}",
    lambda act, other, who, at: f"{who} may always {act}",
    lambda act, other, who, at: f"no one may {act}\n  when now before 2020-01-01",
)


def main() -> None:
    import z3

    print(f"z3 {z3.get_version_string()}, Python {sys.version.split()[0]}\n")
    for norms, instruments in SIZES:
        with tempfile.TemporaryDirectory(prefix="bench-proof-") as scratch:
            run(Path(scratch), norms, instruments)


def run(scratch: Path, norms: int, instruments: int) -> None:
    folder = scratch / "book"
    corpus.write(folder, norms, instruments)
    plain, _ = load_book(folder)
    (folder / "z-assured.md").write_text(assurances(plain, COUNT))
    book, wrong = load_book(folder)
    errors = [each for each in wrong if each.severity.name == "ERROR"]
    if errors:
        raise SystemExit(str(errors[0]))
    spent, verdicts = [], []
    for assurance in book.assurances:
        result = prove(book, assurance)
        spent.append(result.seconds)
        verdicts.append(result.verdict.value)
    counts = ", ".join(f"{verdicts.count(one)} {one}" for one in sorted(set(verdicts)))
    print(
        f"{norms:>6,} norms  {len(spent)} assurances in {sum(spent):.2f} s CPU "
        f"(median {statistics.median(spent) * 1000:.0f} ms, worst {max(spent) * 1000:.0f} ms): {counts}"
    )
    amendment(scratch, folder, book, norms)


def amendment(scratch: Path, folder: Path, old: Book, norms: int) -> None:
    """One condition, one period and one bearer changed."""
    after = scratch / "after"
    after.mkdir()
    for path in folder.iterdir():
        (after / path.name).write_text(path.read_text())
    changed = after / "instrument-00003.md"
    text = changed.read_text()
    for one, other in (("when sector is", "when sector is not"), (" days\n", "0 days\n")):
        text = text.replace(one, other, 1)
    changed.write_text(text)
    new, _ = load_book(after)
    started = time.process_time()
    compare(old, new)
    words = time.process_time() - started
    started = time.process_time()
    impacts = list(Amendment(old, new).impacts())
    spent = time.process_time() - started
    told = {one.verdict.value: 0 for one in impacts}
    for each in impacts:
        told[each.verdict.value] += 1
    print(
        f"{'':>13} amendment: {len(impacts)} acts in {spent:.2f} s CPU "
        f"({', '.join(f'{n} {name}' for name, n in sorted(told.items()))}); words alone {words:.2f} s"
    )


if __name__ == "__main__":
    main()
