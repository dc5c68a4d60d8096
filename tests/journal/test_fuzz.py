"""Whatever a journal holds, reading, checking and formatting answer with values: no exception, no hang."""

from __future__ import annotations

import random
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import damage
from tests.damage import damaged
from tests.journal.law import floods
from writ.diagnostics import Diagnostic, failed
from writ.journal.canonical import canonical
from writ.journal.check import check_journal
from writ.journal.clauses import PARSE
from writ.journal.codes import CODES
from writ.journal.formatter import format_journal
from writ.journal.lines import read_log
from writ.journal.read import read_journal
from writ.syntax.codes import CODES as SYNTAX_CODES

SOURCE = "\n".join(
    part.split("```\n")[0]
    for part in (Path(__file__).parent / "reading.md")
    .read_text("utf-8")
    .split("file=a.journal\n")[1:]
)
SOUND = "\n".join(
    line for line in SOURCE.split("\n") if "error" not in line and "warning" not in line
)
PIECES = (
    *PARSE,
    *("2021-01-04", "2021-01-04T10:00", "a1", ":", "mayor", "ann", "did", "declare", "report"),
    *("happened", "storm", "given", "grave", "not", "stated", "in", "effect", "alarm", "holds"),
    *("acts", "as", "leaves", "is", "gone", "25", "of", "kind", "rain", "3", "30 days", '"text"'),
    *("{", "}", "[", "]", "(", ")", ",", "-", "--", "act 3", "expect", "duty", "state", "open"),
    *("premise", "wet", "journal", "book", "calendar", "town", "sitting", "council", "taken"),
    *("\n", "\n  ", "\n    ", "\n2021-01-05 ", "\nexpect 2021-01-05 ", "\r\n", "\t", '"', "é", "/"),
    *("\x00", "\u2028", "\ufeff", "```", "file-F", "R-", "not-", "2021-13-45", "9" * 20),
)


def whole(found: Iterable[Diagnostic], lines: int) -> None:
    damage.whole(found, lines, {*CODES, *SYNTAX_CODES})


def survive(text: str) -> None:
    journal, found = read_journal(text, floods(), "a.journal")
    lines = text.count("\n") + 1
    whole(found, lines)
    whole(check_journal(floods(), journal), lines)
    once = format_journal(text)
    assert format_journal(once) == once
    if not failed(found):
        again, _ = read_journal(once, floods(), "a.journal")
        assert (again.entries, again.expectations) == (journal.entries, journal.expectations)
        for entry in journal.entries:
            assert canonical(entry)


@given(st.binary(max_size=200))
def test_bytes(data: bytes) -> None:
    whole(read_journal(data, floods())[1], data.count(b"\n") + 1)


@given(st.text(max_size=100))
def test_text(text: str) -> None:
    survive(text)
    survive(f"2021-01-04 {text}")
    survive(f"2021-01-04 mayor did report\n  where {text}\n")


@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_words_in_any_order(pieces: list[str]) -> None:
    survive(" ".join(pieces))
    survive("2021-01-04 " + " ".join(pieces))


@pytest.mark.parametrize("seed", range(16))
def test_mutated_source(seed: int) -> None:
    chance = random.Random(seed)
    source = SOUND if seed % 2 else SOURCE
    for _ in range(8):
        survive(damaged(chance, source, PIECES))


def test_a_file_cut_off_anywhere() -> None:
    for stop in range(0, len(SOUND), 31):
        survive(SOUND[:stop])


@pytest.mark.parametrize("seed", range(6))
def test_a_damaged_log(seed: int) -> None:
    journal, _ = read_journal(SOUND, floods())
    sound = b"".join(canonical(entry) + b"\n" for entry in journal.entries)
    chance = random.Random(seed)
    for _ in range(15):
        data = bytearray(sound)
        for _ in range(chance.randrange(1, 6)):
            at = chance.randrange(len(data))
            kind = chance.randrange(3)
            if kind == 0:
                data[at] = chance.randrange(256)
            elif kind == 1:
                del data[at : at + chance.randrange(60)]
            else:
                data[at:at] = data[at : at + chance.randrange(200)]
        read, found = read_log(bytes(data), floods(), "a.jsonl")
        whole(found, data.count(b"\n") + 1)
        assert len(read.entries) == len(read.lines)
