"""The words of a town hall, laws in them, and journals that say what they expect of their replay."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from writ.book.load import load_texts
from writ.book.model import Book
from writ.diagnostics import Severity
from writ.journal.audit import report
from writ.journal.concluded import Concluded
from writ.journal.entry import Journal
from writ.journal.expected import held
from writ.journal.read import read_journal
from writ.journal.record import Audit

WORDS = """
kind colour
  red
  green
office mayor
office clerk
office auditor
office deputy
body council
body upper
body lower
person visitor
thing paper
thing car
act sign
  on paper
  colour: colour
  reasons: text
act sign-order
  is sign
act report
act vote
act dump
  material
act dump-oil
  is dump
act assign
  amount: number
act revoke
act waive
act raise-alarm
  colour: colour
  expiry: date
act extend-alarm
act pause-alarm
act resume-alarm
act stop-alarm
act repaint-alarm
  colour: colour
act seize
  on paper
act release
  on paper
state alarm
  colour: colour
state watch
state custody
  of paper
event storm
event fire
  of paper
fact urgent: yes-no
fact quiet: yes-no
fact doubt: yes-no, unknown if not stated
fact amount: number
fact deadline: date
actor
  trained: yes-no
calendar town
  zone America/Toronto
  weekend saturday, sunday
  holiday 2025-07-01
  sitting council tuesday from 2025-06-01 until 2025-07-31
"""
FREE = """power 99
  anyone may sign
power 98
  anyone may report
power 97
  anyone may raise-alarm
  begins alarm
power 96
  anyone may stop-alarm
  ends alarm"""
"""What most laws here presuppose: the acts are allowed, and an alarm can be raised and stopped."""


def law(*norms: str, calendar: str = "") -> Book:
    """A book with one statute of these norms; `calendar` are further lines of its calendar."""
    text = "\n\n".join((WORDS.strip() + calendar, *norms))
    front = "---\nid: law\ntitle: law\nkind: statute\ncite-as: s. {}\ntop: true\nin-force: 2020-01-01\n---\n"
    book, found = load_texts(
        {
            "book.md": "---\nbook: hall\ntitle: Hall\ncalendar: town\n---\n",
            "law.md": f"{front}\n```writ\n{text}\n```\n",
        }
    )
    wrong = [one for one in found if one.severity is Severity.ERROR]
    assert not wrong, "\n".join(f"{one.span}: {one.message}" for one in wrong)
    return book


def read(book: Book, text: str) -> Journal:
    """A journal that must be free of errors."""
    journal, found = read_journal(text, book, "a.journal")
    wrong = [one for one in found if one.severity is Severity.ERROR]
    assert not wrong, "\n".join(f"{one.span}: {one.message}" for one in wrong)
    return journal


Conclude = Callable[[Book, Journal, Any, Any, tuple[str, ...]], Concluded]
Holds = Callable[[Book, str], None]


def audited(conclude: Conclude, book: Book, journal: Journal, *view: Any) -> Audit:
    return report(conclude(book, journal, *view), journal, view[2])


def failures(conclude: Conclude, book: Book, text: str) -> list[str]:
    """Which expectations of a journal do not hold, in words."""
    journal = read(book, text)
    assert journal.expectations, "a journal that expects nothing proves nothing"
    found = []
    for expectation, line in zip(journal.expectations, journal.expected_lines, strict=True):
        view = (expectation.as_of, expectation.known_at, expectation.under)
        audit = audited(conclude, book, journal, *view)
        verdict = held(book, audit, expectation, line)
        if not verdict.ok:
            wanted = msgspec.structs.asdict(expectation)
            said = {name: str(value) for name, value in wanted.items() if value}
            found.append(f"{said}: found {verdict.found}")
    return found
