"""The expectations of the journals kept with a book: held against their replay, and shown where they fail."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from writ.cli.answer_text import day_text

if TYPE_CHECKING:
    from writ.book.model import Book
    from writ.diagnostics import Diagnostic
    from writ.formats.paint import Paint
    from writ.journal.entry import Expectation
    from writ.journal.expected import Verdict


class Held(NamedTuple):
    """An expectation with what came of it, and the file that it stands in."""

    id: str
    file: str
    verdict: Verdict


def hold(book: Book, folder: Path, part: str = "") -> tuple[list[Held], list[Diagnostic]]:
    """The expectations of every journal in the folder, those with `part` in their id; and what is wrong there.

    Those of a journal with a mistake are not held: what they ask of half a record would say nothing.
    """
    from writ.diagnostics import failed
    from writ.journal.expected import verify
    from writ.journal.folder import journals_in
    from writ.journal.read import load_journal

    held: list[Held] = []
    wrong: list[Diagnostic] = []
    for file in journals_in(folder):
        name = file.relative_to(folder).as_posix()
        journal, found = load_journal(file, book, name)
        if failed(found):
            wrong += found
        elif journal.expectations:
            verdicts = verify(book, journal)
            named = [Held(label(one.expectation, name, one.line), name, one) for one in verdicts]
            held += [one for one in named if part in one.id]
    return held, wrong


def label(expectation: Expectation, file: str, line: int) -> str:
    """Its id, or where it stands."""
    return expectation.id or f"{file}:{line}"


def failure(base: str, held: Held, paint: Paint) -> str:
    """What was expected of the record, and what was found."""
    wanted, verdict = held.verdict.expectation, held.verdict
    place = f"{base.rstrip('/')}/{held.file}:{verdict.line}"
    head = wanted.id or subject(wanted)
    citing = f", citing {', '.join(wanted.cites)}" if wanted.cites else ""
    due = ""
    if wanted.due is not None:
        due = f", {'until' if wanted.subject == 'state' else 'due'} {day_text(wanted.due)}"
    found = verdict.found
    if wanted.cites and "citing" not in found:
        found += f", citing {', '.join(verdict.citations) or 'nothing'}"
    lines = [
        f"{paint.bad('FAILED')} {paint.strong(head)}  {paint.faint(place)}",
        *([f"  {wanted.text}"] if wanted.text else []),
        *([f"  {subject(wanted)}"] if wanted.id else []),
        f"  expected  {wanted.status}{due}{citing}",
        f"  found     {found}",
    ]
    return "\n".join(lines)


def subject(wanted: Expectation) -> str:
    """`duty 63(1) cause-inquiry, 2022-04-25`: what is asked of, as of when and as known when."""
    named = " ".join(part for part in (wanted.subject, wanted.provision, wanted.name) if part)
    about = f" about {wanted.about}" if wanted.about else ""
    to = f" to {wanted.to}" if wanted.to else ""
    of = f" of {wanted.of}" if wanted.of else ""
    known = f", known {day_text(wanted.known_at)}" if wanted.known_at is not None else ""
    under = f", under {', '.join(wanted.under)}" if wanted.under else ""
    return f"{named}{about}{to}{of}, {day_text(wanted.as_of)}{known}{under}"


def data(held: Held) -> dict[str, object]:
    """The expectation and what came of it, as plain data."""
    wanted, verdict = held.verdict.expectation, held.verdict
    return {
        "id": held.id,
        "file": held.file,
        "line": verdict.line,
        "passed": verdict.ok,
        "expected": wanted,
        "found": verdict.found,
        "citations": verdict.citations,
    }
