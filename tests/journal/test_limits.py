"""A hostile journal meets a limit before it costs time or memory."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.journal.law import floods
from writ.diagnostics import Diagnostic
from writ.journal import read
from writ.journal.formatter import styled
from writ.journal.read import load_journal, read_journal


def codes(found: tuple[Diagnostic, ...] | list[Diagnostic]) -> list[str]:
    return [one.code for one in found]


def test_a_journal_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "MAX_BYTES", 20)
    journal, found = read_journal("2021-01-04 ann holds mayor\n", floods())
    assert (journal.entries, codes(found)) == ((), ["J117"])


def test_too_many_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "MAX_ENTRIES", 2)
    journal, found = read_journal("2021-01-04 storm happened\n" * 4, floods())
    assert (len(journal.entries), codes(found)) == (2, ["J117"])
    assert found[0].span.line == 2


def test_a_statement_that_does_not_end() -> None:
    long = "2021-01-04 storm happened\n" + "  where place is\n" * 60_000
    journal, found = read_journal(long + "2021-01-05 storm happened\n", floods())
    assert codes(found) == ["S125"]
    assert len(journal.entries) == 1
    assert styled("a", long)[0] == long


@pytest.mark.parametrize(
    "text",
    [
        "2021-01-04 given lines is " + "[(items is " * 2_000,
        "2021-01-04 given tags is {" + "rain, " * 6_000 + "rain}",
        "2021-01-04 ann holds " + "a-" * 20_000 + "b",
        '2021-01-04 storm happened where place is "' + "x" * 20_000 + '"',
        "2021-01-04 " + "a-" * 6000 + "B: storm happened",
        "2021-01-04 storm happened\n" + '  source "x"\n' * 3_000 + "  zz\n" * 3_000,
        "(" * 30_000,
        "2021-01-04 " * 5_000,
        "\n" * 50_000 + "\t " * 50_000,
    ],
    ids=["nested", "list", "name", "text", "identity", "clauses", "signs", "dates", "blank"],
)
def test_it_is_soon_over(text: str) -> None:
    read_journal(text, floods())
    styled("a", text)


def test_thousands_of_mistakes_are_cut_short() -> None:
    _, found = read_journal("2021-01-04 ann hlds mayor\n" * 5_000, floods())
    assert len(found) == 201
    assert found[-1].code == "S106"


def test_what_is_no_file(tmp_path: Path) -> None:
    pipe = tmp_path / "a.journal"
    os.mkfifo(pipe)
    for path in (pipe, tmp_path, tmp_path / "missing.journal"):
        journal, found = load_journal(path, floods())
        assert (journal.entries, codes(found)) == ((), ["S103"])


@pytest.mark.parametrize(
    ("data", "code", "place"),
    [
        (b"2021-01-04 storm happened\n2021-01-05 \xff\n", "S102", (2, 12)),
        (b"2021-01-04 storm happened\rx\n", "S104", (1, 26)),
        (b"2021-01-04 storm happened \x00\n", "S120", (1, 27)),
        (b"2021-01-04 storm happened \x1b[31m\n", "S120", (1, 27)),
    ],
)
def test_bytes_that_are_no_text(data: bytes, code: str, place: tuple[int, int]) -> None:
    _, found = read_journal(data, floods(), "a.journal")
    assert found[0].code == code
    assert (found[0].span.line, found[0].span.column) == place


def test_line_ends_of_windows_and_a_byte_order_mark() -> None:
    text = (
        '\ufeff2021-01-04 storm happened\r\n  where place is "x"\r\n2021-01-05 storm happened\r\n'
    )
    journal, found = read_journal(text.encode(), floods())
    assert (len(journal.entries), journal.lines, found) == (2, (1, 3), ())
