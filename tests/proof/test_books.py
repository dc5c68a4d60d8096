"""All that is assured of the books that come with Writ is proved, each within the limit of one call of the solver."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

pytest.importorskip("z3")

from writ.book.assurances import Assurance
from writ.book.load import load_book
from writ.book.model import Book
from writ.proof.prove import prove
from writ.proof.result import Verdict

BOOKS = Path(__file__).resolve().parents[2] / "books"
LEAST = 15
"""So many are assured of each book."""


def assured() -> list[tuple[Book, Assurance]]:
    return [
        (book, each)
        for book in (load_book(path)[0] for path in sorted(BOOKS.iterdir()))
        for each in book.assurances
    ]


@pytest.mark.parametrize(
    ("book", "assurance"),
    assured(),
    ids=lambda one: getattr(one, "label", getattr(one, "name", "")),
)
def test_what_is_assured_is_proved(book: Book, assurance: Assurance):
    result = prove(book, assurance)
    assert (result.verdict, result.because) == (Verdict.PROVED, "")


def test_enough_is_assured_of_each_book_and_in_each_way():
    found = assured()
    assert all(number >= LEAST for number in Counter(book.name for book, _ in found).values())
    forms = {each.form for _, each in found}
    others = {"never", "ends", "holders", "can", "always", "must", "always someone", "undisputed"}
    assert forms >= others


def test_each_assurance_has_a_title_that_its_heading_has():
    for book, each in assured():
        text = (BOOKS / book.name / "assurances.md").read_text("utf-8")
        assert f"### {each.label} {each.title}\n" in text
