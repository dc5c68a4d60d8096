"""How much of a book its checks, cases and journals hold: `python -m tests.mutation.measure BOOK [SAMPLE] [SEED]`.

A mutant is *killed* when linking or checking it says something that the book itself does not, when a case of the book
is answered otherwise, or when a journal kept with it replays otherwise than it expects. Survivors are listed with their
place.
"""

from __future__ import annotations

import datetime as dt
import random
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import yaml

from tests.mutation.mutants import Mutant, mutants
from writ.book.link import link
from writ.book.model import Book
from writ.checks.run import run
from writ.diagnostics import Diagnostic, Severity, Source
from writ.engine.ask import read_request
from writ.engine.engine import Engine
from writ.journal.expected import verify
from writ.journal.read import read_journal
from writ.syntax import tree
from writ.syntax.parser import parse_text

TODAY = dt.date(2026, 1, 1)


@dataclass
class Tally:
    """What became of the mutants of one book."""

    book: str
    killed: int
    survivors: list[Mutant]
    of_all: int

    @property
    def score(self) -> float:
        return self.killed / max(1, self.killed + len(self.survivors))


class Held:
    """A book as it stands: its trees, what is said of it, and how its cases come out."""

    def __init__(self, folder: Path) -> None:
        self.name = folder.name
        self.files: dict[str, tree.File] = {}
        self.sources: dict[str, Source] = {}
        for path in sorted(folder.rglob("*.md")):
            shown = str(path.relative_to(folder))
            text = path.read_text("utf-8")
            self.files[shown], _ = parse_text(shown, text)
            self.sources[shown] = Source.of(shown, text)
        self.cases = [
            case
            for path in sorted(folder.rglob("*.cases.yaml"))
            for case in yaml.safe_load(path.read_text("utf-8"))["cases"]
        ]
        self.journals = [
            (str(path.relative_to(folder)), path.read_bytes())
            for path in sorted(folder.rglob("*.journal"))
        ]
        book, said = self.linked(self.files)
        self.said = said
        self.answers = self.answered(book)
        assert self.replays_as_expected(book)

    def linked(self, files: dict[str, tree.File]) -> tuple[Book, Counter[tuple[str, str]]]:
        book, found = link(list(files.values()), self.sources)
        return book, spoken([*found, *run(book, today=TODAY)])

    def answered(self, book: Book) -> list[object]:
        engine = Engine(book)
        found: list[object] = []
        for case in self.cases:
            request, wrong = read_request(book, case["request"])
            if request is None or wrong:
                found.append("cannot be asked")
                continue
            answer = engine.decide(request)
            cited = all(cite in answer.citations for cite in case.get("cites", ()))
            found.append((str(answer.outcome), cited))
        return found

    def notices(self, mutant: Mutant) -> bool:
        files = {**self.files, mutant.file.path: mutant.file}
        book, said = self.linked(files)
        return (
            bool(said - self.said)
            or self.answered(book) != self.answers
            or not self.replays_as_expected(book)
        )

    def replays_as_expected(self, book: Book) -> bool:
        """Whether every journal can be read and meets its expectations; asked last, since it costs most."""
        for name, text in self.journals:
            journal, wrong = read_journal(text, book, name)
            if any(one.severity is Severity.ERROR for one in wrong):
                return False
            if not all(verdict.ok for verdict in verify(book, journal)):
                return False
        return True

    def all_mutants(self) -> list[Mutant]:
        return [
            mutant
            for path, file in self.files.items()
            for mutant in mutants(file, lambda span, path=path: self.sources[path].span(span).line)
        ]


def spoken(found: list[Diagnostic]) -> Counter[tuple[str, str]]:
    return Counter((one.code, one.message) for one in found)


def measure(folder: Path, sample: int, seed: int) -> Tally:
    held = Held(folder)
    every = held.all_mutants()
    chosen = random.Random(seed).sample(every, min(sample, len(every)))
    survivors = [mutant for mutant in chosen if not held.notices(mutant)]
    return Tally(held.name, len(chosen) - len(survivors), survivors, len(every))


def main() -> None:
    folder = Path(sys.argv[1])
    sample = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    tally = measure(folder, sample, seed)
    for mutant in sorted(tally.survivors, key=lambda m: m.place):
        print(f"survived: {mutant.place}: {mutant.describe}")
    asked = tally.killed + len(tally.survivors)
    print(
        f"{tally.book}: {tally.killed} of {asked} mutants noticed ({tally.score:.1%}), of {tally.of_all} possible"
    )


if __name__ == "__main__":
    main()
