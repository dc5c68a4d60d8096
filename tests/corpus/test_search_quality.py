"""What is found first, of queries judged by hand, and of the questions kept with real law."""

import re
from pathlib import Path

import pytest
import yaml

from writ.book.labels import beneath
from writ.corpus.search.answer import ask
from writ.corpus.search.filters import Predicate
from writ.corpus.search.index import Index, open_index
from writ.corpus.search.query import parse

ROOT = Path(__file__).parents[2]
BOOKS = ROOT / "books"
SHARED = ROOT.parent / "shared" / "cases"
JUDGED = Path(__file__).with_name("search_judged.md")
LAW = Predicate("r.sort = 'provision'")


@pytest.fixture(scope="module")
def indexes() -> dict[str, Index]:
    return {each.name: open_index(each, cache=False) for each in BOOKS.iterdir() if each.is_dir()}


def judged() -> list[tuple[str, str, set[tuple[str, str]]]]:
    """Book, query, and the provisions of which one must be found."""
    found = []
    book = own = ""
    for line in JUDGED.read_text("utf-8").splitlines():
        if heading := re.match(r"## (\S+): (\S+)", line):
            book, own = heading[1], heading[2]
        elif line.startswith("| ") and not line.startswith("| query"):
            query, wanted = (each.strip() for each in line.strip("| ").split(" | "))
            pairs = [each.rpartition(" ") for each in wanted.split(", ")]
            found.append((book, query, {(first or own, label) for first, _, label in pairs}))
    return found


def test_what_a_lawyer_expects_is_among_the_first_three(indexes: dict[str, Index]) -> None:
    cases = judged()
    assert len(cases) >= 40
    missed = []
    for book, query, wanted in cases:
        answer = ask(indexes[book], parse(query), 3)
        first = [(each.instrument, each.label) for each in (*answer.named, *answer.hits)][:3]
        if not wanted & set(first):
            missed.append((query, first))
    assert len(missed) <= 0.1 * len(cases), missed


def test_every_provision_that_is_expected_exists(indexes: dict[str, Index]) -> None:
    for book, query, wanted in judged():
        known = set(
            indexes[book].connection.execute(
                "SELECT f.instrument, r.label FROM row r JOIN file f ON f.id = r.file"
            )
        )
        assert wanted <= known, query


QUESTIONS = (
    ("emergencies-act", "s. ", "emergencies-act", 0.8),
    ("eo-13526", "EO 13526 s ", "eo-13526", 0.65),
    ("war-powers", "50 USC ", "war-powers-resolution", 0.85),
)
"""Book, how the questions cite its instrument, and the share of questions that find a provision among five."""


@pytest.mark.skipif(not SHARED.is_dir(), reason="no ../shared/cases here")
@pytest.mark.parametrize(("book", "cited", "instrument", "least"), QUESTIONS)
def test_a_question_finds_the_provisions_that_answer_it_more_often_than_plain_bm25(
    indexes: dict[str, Index], book: str, cited: str, instrument: str, least: float
) -> None:
    index = indexes[book]
    rows = index.connection.execute(
        "SELECT r.id, r.label FROM row r JOIN file f ON f.id = r.file "
        "WHERE f.instrument = ? AND r.sort = 'provision'",
        (instrument,),
    ).fetchall()
    text = yaml.safe_load((SHARED / f"{book}.yaml").read_text("utf-8"))
    plain = plain_index(index)
    ours = theirs = asked = 0
    for case in (each for value in text.values() if isinstance(value, list) for each in value):
        if not isinstance(case, dict) or "question" not in case:
            continue
        wanted = set()
        for cite in case.get("cites") or ():
            at = [row for row in rows if beneath(cite.removeprefix(cited), row[1])]
            if cite.startswith(cited) and at:
                wanted.add(max(at, key=lambda row: len(row[1])))
        if not wanted:
            continue
        asked += 1
        answer = ask(index, parse(case["question"]), 5, allowed=LAW)
        found = {(each.instrument, each.label) for each in (*answer.named, *answer.hits)[:5]}
        ours += any((instrument, label) in found for _, label in wanted)
        words = " OR ".join(f'"{each}"' for each in re.findall(r"[^\W_]+", case["question"]))
        first = plain.execute(
            "SELECT rowid FROM plain WHERE plain MATCH ? ORDER BY bm25(plain), rowid LIMIT 5",
            (words,),
        ).fetchall()
        theirs += any((row,) in first for row, _ in wanted)
    assert asked >= 10
    assert ours >= least * asked
    assert ours > theirs


def plain_index(index: Index):  # type: ignore[no-untyped-def]
    """The headings and texts of the same provisions under bm25, and nothing more."""
    import sqlite3

    plain = sqlite3.connect(":memory:")
    plain.execute("CREATE VIRTUAL TABLE plain USING fts5(text, tokenize='porter unicode61')")
    plain.executemany(
        "INSERT INTO plain(rowid, text) VALUES (?, ?)",
        index.connection.execute(
            "SELECT b.id, b.heading || ' ' || b.text FROM body b JOIN row r ON r.id = b.id "
            "WHERE r.sort = 'provision'"
        ).fetchall(),
    )
    return plain
