"""Text and entries are two forms of one thing."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings

from tests.journal import generated
from tests.journal.law import floods
from writ.diagnostics import failed
from writ.journal.entry import Entry, Journal, Kind
from writ.journal.formatter import format_journal
from writ.journal.printed import Unwritable, print_entry, print_journal
from writ.journal.read import read_journal


def bare(journal: Journal) -> Journal:
    """Without its places."""
    return msgspec.structs.replace(journal, file="", lines=(), expected_lines=())


@settings(max_examples=50)
@given(generated.journal())
def test_a_journal_is_read_as_it_was_printed(journal: Journal) -> None:
    text = print_journal(journal, floods())
    read, found = read_journal(text, floods())
    assert not failed(found), (text, found)
    assert bare(read) == journal
    assert print_journal(read, floods()) == text
    assert format_journal(text) == text


@given(generated.entry())
def test_an_entry_is_read_as_it_was_printed(entry: Entry) -> None:
    text = print_entry(msgspec.structs.replace(entry, under=()), floods())
    read, found = read_journal(text, floods())
    assert (read.entries, found) == ((msgspec.structs.replace(entry, under=()),), ())


def test_an_entry_called_by_its_number_is_printed_without_it() -> None:
    text = "2021-01-04 ann holds mayor\n2021-01-05 1: bob holds mayor\n"
    read, _ = read_journal(text, floods())
    assert [entry.id for entry in read.entries] == ["1", "1"]
    assert print_journal(read, floods()) == text


def test_an_entry_that_was_lost_keeps_its_number() -> None:
    text = "2021-01-04 ann hlds mayor\n2021-01-04 zz did report\n2021-01-05 bob holds mayor\n"
    read, found = read_journal(text, floods())
    assert failed(found)
    assert [(entry.id, line) for entry, line in zip(read.entries, read.lines, strict=True)] == [
        ("3", 3)
    ]


@pytest.mark.parametrize("text", ['say "no"', "two\nlines", "x" * 10_000])
def test_what_the_text_form_cannot_hold_is_refused(text: str) -> None:
    entry = Entry(Kind.GONE, generated.dt.date(2021, 1, 4), "R-1", "1", source=text)
    with pytest.raises(Unwritable):
        print_entry(entry, floods())


def test_a_bare_name_stands_where_the_reader_finds_the_slot_by_it() -> None:
    text = "2021-01-04 mayor did declare\n  where declare.kind is rain, record.level is secret\n"
    read, _ = read_journal(text, floods())
    assert "where kind is rain, level is secret" in print_journal(read, floods())
