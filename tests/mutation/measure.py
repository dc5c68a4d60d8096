"""How much of a book its checks, cases and journals hold: `python -m tests.mutation.measure BOOK [SAMPLE] [SEED]`.

A mutant is *noticed* when linking or checking it says something that the book itself does not, when a case of the book
is answered otherwise, or when a journal kept with it replays otherwise than it expects. Survivors are listed with their
place. What looked at the norm that was changed is asked first, and the first to speak settles it.
"""

from __future__ import annotations

import datetime as dt
import random
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.mutation.mutants import Mutant, mutants
from writ.book.link import link
from writ.book.model import Book, Norm
from writ.checks.run import run
from writ.diagnostics import Diagnostic, Severity, Source
from writ.engine.answer import Considered
from writ.engine.ask import read_request
from writ.engine.engine import Engine
from writ.journal.audit import audit
from writ.journal.expected import verdicts
from writ.journal.read import read_journal
from writ.syntax import tree
from writ.syntax.parser import parse_text

TODAY = dt.date(2026, 1, 1)

Statement = tuple[str, int]
"""Where one stands: its file, and its span in it."""
Said = Counter[tuple[str, str]]


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
    """A book as it stands: its trees, what is said of it, how its cases come out, and what each of them looked at."""

    def __init__(self, folder: Path) -> None:
        self.name = folder.name
        self.files: dict[str, tree.File] = {}
        self.sources: dict[str, Source] = {}
        for path in sorted(folder.rglob("*.md")):
            shown = str(path.relative_to(folder))
            text = path.read_text("utf-8")
            self.files[shown], _ = parse_text(shown, text)
            self.sources[shown] = Source.of(shown, text)
        self.cases: list[dict[str, Any]] = [
            case
            for path in sorted(folder.rglob("*.cases.yaml"))
            for case in yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)["cases"]
        ]
        self.journals = [
            (str(path.relative_to(folder)), path.read_bytes())
            for path in sorted(folder.rglob("*.journal"))
        ]
        book, found = self.linked(self.files)
        self.said = spoken(found), spoken(run(book, today=TODAY))
        self.near_cases: dict[Statement, list[int]] = {}
        self.near_journals: dict[Statement, list[int]] = {}
        self.answers = self.answered(book)
        assert all(self.replays(book, at) for at in range(len(self.journals)))
        self.look_at_journals(book)

    def linked(self, files: dict[str, tree.File]) -> tuple[Book, list[Diagnostic]]:
        return link(list(files.values()), self.sources)

    def answered(self, book: Book) -> list[object]:
        """How every case comes out; whose norms each looked at is noted."""
        engine, found = Engine(book), []
        for at, case in enumerate(self.cases):
            came_out, considered = answer(engine, case)
            found.append(came_out)
            note(self.near_cases, book, [one.norm for one in considered], at)
        return found

    def look_at_journals(self, book: Book) -> None:
        for at, (name, text) in enumerate(self.journals):
            journal, _ = read_journal(text, book, name)
            found = audit(book, journal, None, None, [one.name for one in journal.premises])
            seen = [norm for act in found.acts for norm in act.deciding]
            seen += [duty.norm for duty in found.duties]
            note(self.near_journals, book, seen, at)

    # --- whether a mutant is noticed

    def notices(self, mutant: Mutant) -> bool:
        book, found = self.linked({**self.files, mutant.file.path: mutant.file})
        if spoken(found) - self.said[0]:
            return True
        engine, statement = Engine(book), (mutant.file.path, mutant.span)
        near_cases = self.near_cases.get(statement, [])
        near_journals = self.near_journals.get(statement, [])
        return (
            self.differs(engine, near_cases)
            or not all(self.replays(book, at) for at in near_journals)
            or bool(spoken(run(book, today=TODAY)) - self.said[1])
            or self.differs(engine, others(len(self.cases), near_cases))
            or not all(self.replays(book, at) for at in others(len(self.journals), near_journals))
        )

    def differs(self, engine: Engine, places: Iterable[int]) -> bool:
        return any(answer(engine, self.cases[at])[0] != self.answers[at] for at in places)

    def replays(self, book: Book, at: int) -> bool:
        """Whether a journal can be read and meets its expectations."""
        name, text = self.journals[at]
        journal, wrong = read_journal(text, book, name)
        if any(one.severity is Severity.ERROR for one in wrong):
            return False
        return all(verdict.ok for verdict in verdicts(book, journal))

    def all_mutants(self) -> list[Mutant]:
        return [
            mutant
            for path, file in self.files.items()
            for mutant in mutants(file, lambda span, path=path: self.sources[path].span(span).line)
        ]


def answer(engine: Engine, case: dict[str, Any]) -> tuple[object, tuple[Considered, ...]]:
    """How a case comes out, and whether it cites what it must; and the norms that were considered."""
    request, wrong = read_request(engine.book, case["request"])
    if request is None or wrong:
        return "cannot be asked", ()
    found = engine.decide(request)
    cited = all(cite in found.citations for cite in case.get("cites", ()))
    return (str(found.outcome), cited), found.considered


def note(places: dict[Statement, list[int]], book: Book, norms: Iterable[str], at: int) -> None:
    for norm in dict.fromkeys(norms):
        places.setdefault(statement_of(book.by_id[norm]), []).append(at)


def statement_of(norm: Norm) -> Statement:
    return norm.place.file, norm.place.span


def others(number: int, places: Iterable[int]) -> list[int]:
    left = set(range(number)).difference(places)
    return sorted(left)


def spoken(found: Iterable[Diagnostic]) -> Said:
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
