"""Logs: one canonical entry a line."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.journal import generated
from tests.journal.law import floods
from writ.diagnostics import failed
from writ.journal.canonical import MOST_BYTES
from writ.journal.entry import Entry, Kind
from writ.journal.lines import lines, read_log, write_log
from writ.journal.read import read_journal

ENTRIES = read_journal(
    "2021-01-04 ann holds mayor\n"
    "2021-01-05T09:30 a: mayor ann did declare about R-1\n  where kind is rain\n"
    "2021-01-06 storm happened\n",
    floods(),
)[0].entries
LOG = b"".join(write_log(ENTRIES))


def said(data: bytes) -> list[tuple[int, str]]:
    return [(one.span.line, one.code) for one in read_log(data, floods(), "a.jsonl")[1]]


def test_a_log_is_the_same_entries(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(LOG)
    journal, found = read_log(file, floods())
    assert (journal.entries, found, journal.lines) == (ENTRIES, (), (1, 2, 3))
    # By the clock of the book, as in text.
    assert journal.entries[1].at.utcoffset() == dt.timedelta(hours=-5)  # type: ignore[attr-defined]


@settings(max_examples=50)
@given(st.lists(generated.entry(), max_size=3, unique_by=lambda entry: entry.id))
def test_any_entries(entries: list[Entry]) -> None:
    journal, found = read_log(b"".join(write_log(entries)), floods())
    assert list(journal.entries) == entries
    assert {one.code for one in found} <= {"J201", "J202", "J203", "J205", "J214", "J215"}


def test_a_corrupt_line_costs_itself() -> None:
    first, second, third = LOG.splitlines(keepends=True)
    assert said(first + b"{}\n" + second + b"\n" + b"\xff\n" + third) == [
        (2, "J130"),
        (4, "J130"),
        (5, "J130"),
    ]
    journal, _ = read_log(first + b"{}\n" + second + third, floods())
    assert (journal.entries, journal.lines) == (ENTRIES, (1, 3, 4))


def test_a_line_without_an_end_is_not_read() -> None:
    assert said(LOG[:-1]) == [(3, "J131")]
    assert said(LOG[:-20]) == [(3, "J131")]
    assert read_log(LOG[:-1], floods())[0].entries == ENTRIES[:2]


def test_a_line_too_long_is_passed_over() -> None:
    long = b"x" * (3 * MOST_BYTES) + b"\n"
    assert said(long + LOG) == [(1, "J130")]
    assert read_log(long + LOG, floods())[0].entries == ENTRIES


def test_lines_swapped_or_doubled() -> None:
    first, second, third = LOG.splitlines(keepends=True)
    assert said(second + first + third) == [(2, "J201")]
    assert said(first + second + second + third) == [(3, "J204")]


def test_what_the_book_does_not_have() -> None:
    day = dt.date(2021, 1, 4)
    wrong = [
        Entry(Kind.ACT, day, "reprt", "1", actor="mayor"),
        Entry(Kind.ACT, day, "report", "2", actor="mayr"),
        Entry(Kind.ACT, day, "report", "3"),
        Entry(Kind.ACT, day, "report", "4", actor="mayor", thing="recrd", to="clerk"),
        Entry(Kind.EVENT, day, "strm", "5"),
        Entry(Kind.STATE, day, "alrm", "6"),
        Entry(Kind.HOLDS, day, "chair", "7", person="ann"),
        Entry(Kind.FACT, day, "", "8", facts={"grve": True}),
        Entry(Kind.FACT, day, "", "9", facts={"grave": "yes"}),
        Entry(Kind.FACT, day, "", "10", facts={"height": True}),
        Entry(Kind.FACT, day, "", "11", facts={"record.level": "rain"}),
        Entry(Kind.FACT, day, "", "12", facts={"record.tags": frozenset({"secret"})}),
        Entry(Kind.FACT, day, "", "13", facts={"record.lines": ({"amnt": 1},)}),
        Entry(Kind.FACT, day, "", "14", facts={"record.lines": ({"amount": "1"},)}),
        Entry(Kind.FACT, day, "", "15", facts={"told": "2021"}),
        Entry(Kind.FACT, day, "", "16", facts={"delay": 3}),
        Entry(Kind.ACT, day, "report", "17", actor="mayor", facts={"grave": None}),
    ]
    codes = [code for _, code in said(b"".join(write_log(wrong)))]
    names = ["J110", "J110", "J102", "J110", "J110", "J110", "J110", "J111"]
    assert codes == names + ["J112"] * 9


def test_a_missing_file() -> None:
    _, found = read_log(Path("/nowhere/a.jsonl"), floods())
    assert [one.code for one in found] == ["S103"]


def test_it_is_read_as_a_stream() -> None:
    class Endless(io.RawIOBase):
        """A log that never ends, of which each line is handed out as it is asked for."""

        def __init__(self) -> None:
            self.read_so_far = 0

        def readline(self, size: int | None = -1, /) -> bytes:
            self.read_so_far += 1
            entry = Entry(Kind.GONE, dt.date(2021, 1, 4), "x", str(self.read_so_far))
            return next(write_log([entry]))

    log = Endless()
    read = lines(log, floods())  # type: ignore[arg-type]
    assert [next(read)[0] for _ in range(3)] == [1, 2, 3]
    assert log.read_so_far == 3


def test_more_mistakes_than_anybody_reads() -> None:
    journal, found = read_log(b"{}\n" * 1000 + LOG, floods())
    assert len(found) == 201
    assert found[-1].code == "S106"
    assert len(journal.entries) == 3
    assert failed(found)


@pytest.mark.parametrize("data", [b"", b"\n"])
def test_an_empty_log(data: bytes) -> None:
    journal, found = read_log(data, floods())
    assert journal.entries == ()
    assert [one.code for one in found] == (["J130"] if data else [])
