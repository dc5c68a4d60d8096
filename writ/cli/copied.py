"""A book to begin with, copied from another: renamed, without the instruments that are not wanted, and clean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from writ.book.load import load_texts
from writ.book.model import Book
from writ.cli.entry import refuse
from writ.cli.trimmed import trimmed
from writ.diagnostics import Diagnostic, Severity
from writ.engine.ask import read_request
from writ.engine.engine import Engine
from writ.journal.expected import verdicts
from writ.journal.read import read_journal
from writ.syntax.formatter import format_text

BOOKS = Path(__file__).resolve().parents[2] / "books"
NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


@dataclass(frozen=True)
class Copy:
    """The texts by path; the instruments, cases and journals that were left out; what is to be looked at."""

    files: dict[str, str]
    gone: tuple[str, ...]
    cases: int
    journals: int
    left: tuple[Diagnostic, ...]


def source(name: str) -> Path:
    """The folder of a book, or of one that comes with Writ, by its name."""
    for folder in (Path(name), BOOKS / name):
        if (folder / "book.md").is_file():
            return folder
    refuse(f"`{name}` is no book", "give the folder of a book, or the name of one in `books`")


def texts(folder: Path) -> dict[str, str]:
    found = (*folder.rglob("*.md"), *folder.rglob("*.cases.yaml"), *folder.rglob("*.journal"))
    return {
        str(path.relative_to(folder)): path.read_text("utf-8")
        for path in sorted(found)
        if not any(part.startswith(".") for part in path.relative_to(folder).parts)
    }


def pairs(given: Iterable[str], ids: bool) -> dict[str, str]:
    """`OLD=NEW`, each a name of the language where these are ids, and words for people where not."""
    found: dict[str, str] = {}
    for one in given:
        old, equals, new = (part.strip() for part in one.partition("="))
        if not (old and equals and new):
            refuse(f"`{one}` is not OLD=NEW")
        for name in (old, new):
            if ids and not NAME.fullmatch(name):
                refuse(f"`{name}` is not a name", "names are lower-case words joined by hyphens")
        if not ids and NAME.fullmatch(old):
            refuse(f"`{old}` may be a name of the book", "rename it with --rename")
        found[old] = new
    return found


def renamed(files: Mapping[str, str], ids: dict[str, str], words: dict[str, str]) -> dict[str, str]:
    """All texts with these names and words in the place of those, all at once."""
    table = dict(ids)
    patterns = [rf"(?<![\w-]){re.escape(old)}(?![\w-])" for old in ids]
    for old, new in words.items():
        for first, second in ((old, new), (old[0].upper() + old[1:], new[0].upper() + new[1:])):
            table[" ".join(first.split())] = second
            spread = r"\s+".join(map(re.escape, first.split()))
            patterns.append(rf"(?<![\w-]){spread}(?![\w-])")
    if not patterns:
        return dict(files)
    every = re.compile("|".join(sorted(patterns, key=len, reverse=True)))
    change = lambda one: table[" ".join(one[0].split())]  # noqa: E731
    made = {path: every.sub(change, text) for path, text in files.items()}
    return {file_name(path, ids): text for path, text in made.items()}


def file_name(path: str, ids: dict[str, str]) -> str:
    """The file of an instrument is named after it."""
    stem, dot, ending = path.partition(".")
    return ids.get(stem, stem) + dot + ending


def copied(
    files: Mapping[str, str], name: str, title: str, drop: Iterable[str], only: Iterable[str]
) -> Copy:
    """The book under another name and title, without the instruments of `drop` or with those of `only` alone.

    Raises Stop where an instrument is named that it has not.
    """
    law = {path: text for path, text in files.items() if path.endswith(".md")}
    book, _ = load_texts(law)
    unwanted = chosen(book, set(drop), set(only))
    cut = trimmed(law, unwanted) if unwanted else None
    law = dict(cut.files) if cut else law
    law["book.md"] = headed(law["book.md"], name, title)
    law = {path: format_text(path, text)[0] for path, text in law.items()}
    after, _ = load_texts(law)
    made, cases, journals = dict(law), 0, 0
    for path, text in files.items():
        if path.endswith(".yaml"):
            kept, out = cases_left(after, text)
            made, cases = made | ({path: kept} if kept else {}), cases + out
        elif path.endswith(".journal"):
            text = re.sub(r"(?m)^  book \S+$", f"  book {name}", text, count=1)
            holds = journal_holds(after, text, path)
            made, journals = made | ({path: text} if holds else {}), journals + (not holds)
    return Copy(made, cut.gone if cut else (), cases, journals, cut.left if cut else ())


def chosen(book: Book, drop: set[str], only: set[str]) -> set[str]:
    """The instruments that are not wanted; of those kept by `only`, what they rest on is kept, too."""
    for one in sorted((drop | only) - set(book.instruments)):
        refuse(f"`{one}` is no instrument of the book", ", ".join(sorted(book.instruments)))
    if only:
        todo, kept = list(only), set[str]()
        while todo:
            item = book.instruments[todo.pop()]
            kept.add(item.id)
            if item.under and item.under[0] not in kept:
                todo.append(item.under[0])
        drop |= set(book.instruments) - kept
    return drop


def headed(text: str, name: str, title: str) -> str:
    text = re.sub(r"(?m)^book: .*$", lambda _: f"book: {name}", text, count=1)
    return re.sub(r"(?m)^title: .*$", lambda _: f"title: {title}", text, count=1) if title else text


def cases_left(book: Book, text: str) -> tuple[str, int]:
    """Those cases that can still be asked and come out as they did, and how many cannot."""
    engine, pieces = Engine(book), re.split(r"(?m)^(?=  - id: )", text)
    kept = [pieces[0]]
    for piece in pieces[1:]:
        case = yaml.safe_load("cases:\n" + piece)["cases"][0]
        request, wrong = read_request(book, case["request"])
        if request is not None and not wrong:
            answer = engine.decide(request)
            if str(answer.outcome) == case["outcome"] and set(case.get("cites", ())) <= set(
                answer.citations
            ):
                kept.append(piece)
    out = len(pieces) - len(kept)
    return ("".join(kept) if len(kept) > 1 else ""), out


def journal_holds(book: Book, text: str, path: str) -> bool:
    journal, wrong = read_journal(text.encode(), book, path)
    if any(one.severity is Severity.ERROR for one in wrong):
        return False
    return all(verdict.ok for verdict in verdicts(book, journal))
