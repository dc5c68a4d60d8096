"""Every case and journal kept with a book comes out as the book says: the outcome, and the provisions cited."""

from pathlib import Path

import pytest

from writ.cli import main

BOOKS = sorted((Path(__file__).resolve().parents[2] / "books").iterdir())


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.name)
def test_a_book_passes_its_own_test(book, capsys):
    assert main(["test", str(book)]) == 0, capsys.readouterr().out[-2_000:]
