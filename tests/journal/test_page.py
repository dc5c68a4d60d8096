"""The examples of `docs/journal.md` can be read over the books that they name, and are in order."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import msgspec
import pytest

from writ.book.load import load_book
from writ.book.model import Book
from writ.journal.canonical import canonical, read_entry
from writ.journal.check import check_journal
from writ.journal.clauses import ALLOWED, written
from writ.journal.formatter import format_journal
from writ.journal.heads import STATUSES
from writ.journal.read import read_journal

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "journal.md").read_text("utf-8")
EXAMPLES = re.findall(r"(?ms)^<!-- book: (\S+) -->\n```text\n(.*?)^```$", PAGE)


@cache
def book(name: str) -> Book:
    return load_book(ROOT / "books" / name)[0]


@pytest.mark.parametrize(("name", "text"), EXAMPLES)
def test_an_example_is_sound(name: str, text: str) -> None:
    journal, found = read_journal(text, book(name))
    assert journal.entries
    assert found == ()
    assert check_journal(book(name), journal) == ()
    formatted = format_journal(text)
    assert re.sub(r" +--", " --", formatted) == re.sub(r" +--", " --", text)


def test_there_are_examples_of_all_three_books() -> None:
    assert {name for name, _ in EXAMPLES} == {"emergencies-act", "eo-13526", "war-powers"}


def test_the_canonical_example_is_canonical() -> None:
    (example,) = re.findall(r"(?ms)^```json\n(.*?)\n```$", PAGE)
    assert canonical(read_entry(example.encode())) == example.encode()
    assert msgspec.json.decode(example)["id"] == "r02"


def test_the_page_names_every_clause_and_status() -> None:
    clauses = {written(word) for words in ALLOWED.values() for word in words}
    for word in (*clauses, *(status for words in STATUSES.values() for status in words)):
        assert re.search(rf"`{re.escape(word)}[ `]", PAGE), word
