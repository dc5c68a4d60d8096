"""The index: what it finds equals a plain reading of the rows; it is renewed by file, and never believed blindly."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.corpus.search_books import BOOK, TINY, book_of
from writ.corpus.search import index as indexes
from writ.corpus.search import rows, schema
from writ.corpus.search.answer import ask, statement
from writ.corpus.search.filters import Predicate
from writ.corpus.search.fts import lower
from writ.corpus.search.index import NAME, Index, index_of, open_index
from writ.corpus.search.query import parse

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def tiny() -> Index:
    return index_of(book_of(TINY))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    place = tmp_path / "book"
    place.mkdir()
    for name, text in TINY.items():
        (place / name).write_text(text, "utf-8")
    return place


def found(index: Index, query: str) -> list[str]:
    """What is found, with its instrument where it is not the Act, in order."""
    answer = ask(index, parse(query), 100)
    assert not [each for each in parse(query).problems if each.fatal]
    return [
        each.label if each.instrument == "flood-act" else f"{each.instrument} {each.label}"
        for each in (*answer.named, *answer.hits)
    ]


FOUND = {
    "lanterns is:provision": ["flood-rules 1", "2(1)"],
    "detresse": ["1"],
    "DÉTRESSE": ["1"],
    "closing minister": ["2(1)", "2(2)"],
    '"roads in a flood"': ["2(1)"],
    "lanterns NEAR/4 day": [],
    "lanterns NEAR/5 day": ["2(1)"],
    "lant* -red is:provision": ["2(1)"],
    "in:flood-rules": ["flood-rules 1", "flood-rules 2", "flood-rules "],
    'in:"flood rules" is:provision': ["flood-rules 1", "flood-rules 2"],
    "in:rules is:provision": ["flood-rules 1", "flood-rules 2"],
    "under:2": ["2", "2(1)", "2(2)", "flood-rules 2"],
    "under:flood-act/2": ["2", "2(1)", "2(2)"],
    "under:3": ["3", "flood-rules 1", "flood-rules 2", "flood-rules "],
    "under:flood-rules is:provision": ["flood-rules 1", "flood-rules 2"],
    "kind:regulation is:provision": ["flood-rules 1", "flood-rules 2"],
    "rank:0 has:norm": ["2(1)", "2(2)", "3"],
    "modality:power": ["2(1)", "3"],
    "modality:duty,prohibition": ["2(2)", "3", "flood-rules 2"],
    # A deputy is a minister: what binds ministers binds deputies, and what deputies may some minister may.
    "bearer:deputy": ["2(1)", "2(2)", "3", "flood-rules 2"],
    "bearer:minister modality:duty": ["2(2)"],
    # Of one provision, one norm must be all that is asked: clerks have a prohibition there, not the power.
    "bearer:clerk modality:power": [],
    "bearer:clerk": ["3"],
    "act:close-bridge": ["2(1)", "flood-rules 2"],
    "act:close-road modality:power": ["2(1)"],
    "state:flooding modality:power": ["2(1)", "3"],
    "defines:flood": ["1"],
    "cites:3": ["2(1)"],
    "cites:flood-act": ["2(1)"],
    "in-force:2012 is:provision": ["1", "2", "2(1)", "2(2)", "3"],
    "in-force:2016 is:provision in:flood-rules": ["flood-rules 1", "flood-rules 2"],
    "in-force:2020-01-01 in:flood-rules": [],
    "before:2011 has:norm": ["2(1)", "2(2)", "3"],
    "after:2011 has:norm": ["flood-rules 2"],
    "has:assurance": ["flood-rules 2"],
    "has:definition": ["1"],
    "label:2(1)": ["2(1)"],
    "language:fr": [],
    "NOT has:norm is:provision": ["1", "2", "flood-rules 1"],
    "(modality:power OR lanterns) is:provision": ["2(1)", "3", "flood-rules 1"],
    "is:office": ["minister", "deputy", "clerk"],
    "s. 2(1)": ["2(1)"],
    "2 (1)": ["2(1)"],
    "2(1)(b)": ["2(1)"],
    "section 2 of the flood act": ["2"],
    "flood-rules 1": ["flood-rules 1"],
    "Rule 2": ["flood-rules 2"],
    "fa 3": ["3"],
    "section 99": [],
}


@pytest.mark.parametrize("query", FOUND)
def test_words_and_structure_find(tiny: Index, query: str) -> None:
    """Of a provision named, only the first is looked at: what else has the figures follows it."""
    if (
        query[0].isdigit()
        or " of the " in query
        or query.rsplit(maxsplit=1)[-1].isdigit()
        or query == "s. 2(1)"
    ):
        assert found(tiny, query)[: len(FOUND[query])] == FOUND[query]
    else:
        assert found(tiny, query) == FOUND[query]


def test_a_paragraph_is_named_where_the_words_are_in_it(tiny: Index) -> None:
    answer = ask(tiny, parse("lanterns in:flood-act"))
    assert (answer.hits[0].label, answer.hits[0].place) == ("2(1)", "2(1)(b)")
    start, end = answer.hits[0].excerpt.marks[0]
    assert answer.hits[0].excerpt.text[start:end] == "lanterns"
    assert ask(tiny, parse("s. 2(1)(b)")).named[0].place == "2(1)(b)"


def test_a_hit_has_what_stands_around_it(tiny: Index) -> None:
    hit = ask(tiny, parse("label:2(2)")).hits[0]
    assert (hit.heading.text, hit.path) == ("Reports", ("Part One", "2 Closing"))
    assert (hit.citation, hit.start, hit.file) == ("s. 2(2)", "2010-01-01", "act.md")
    assert [each.modality for each in hit.norms] == ["duty"]


def test_what_occurs_nowhere_is_told_with_the_nearest_that_does(tiny: Index) -> None:
    told = {
        query: [
            (each.word, each.meant, each.filter) for each in ask(tiny, parse(query)).suggestions
        ]
        for query in (
            "lanterne lantrens",
            "bearer:ministr",
            "in:flod-act",
            "zzzzzz",
            "kind:statue",
        )
    }
    assert told["lanterne lantrens"] == [("lantrens", "lanterns", "")]
    assert told["bearer:ministr"] == [("ministr", "minister", "bearer")]
    assert told["in:flod-act"] == [("flod-act", "flood-act", "in")]
    assert told["kind:statue"] == [("statue", "statute", "kind")]
    assert told["zzzzzz"] == [("zzzzzz", "", "")]


def test_facets_count_all_that_is_found(tiny: Index) -> None:
    facets = ask(tiny, parse("has:norm"), 1, facets=True).facets
    assert facets["instrument"].values == (("flood-act", 3), ("flood-rules", 1))
    assert facets["kind"].values == (("statute", 3), ("regulation", 1))
    assert dict(facets["modality"].values) == {"power": 2, "prohibition": 2, "duty": 1}
    assert dict(facets["bearer"].values) == {"minister": 3, "deputy": 1, "clerk": 1, "anyone": 1}


def test_who_may_not_see_rows_does_not_see_them_in_anything(tiny: Index) -> None:
    allowed = Predicate("r.label <> ?", ("2(1)",))
    for query in ("s. 2(1)", "lanterns", "lantrens", "modality:power", "label:2(1)"):
        answer = ask(tiny, parse(query), 100, facets=True, allowed=allowed)
        assert "2(1)" not in [each.label for each in (*answer.named, *answer.hits)]
        assert answer.suggestions == ()
    assert ask(tiny, parse("modality:power"), facets=True, allowed=allowed).total == 1


# --- against a plain reading

WORDS = ("alpha", "bravo", "delta", "gamma", "omega", "sigma")
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)
BOOKS = st.lists(
    st.tuples(
        st.integers(1, 9),
        TEXTS,
        TEXTS,
        st.sampled_from(["", "power minister", "duty minister", "duty clerk", "power clerk"]),
    ),
    min_size=1,
    max_size=8,
    unique_by=lambda each: each[0],
)
LEAVES = st.one_of(
    st.sampled_from(WORDS),
    st.lists(st.sampled_from(WORDS), min_size=2, max_size=2).map(lambda pair: f'"{" ".join(pair)}"'),
    st.sampled_from(
        ["modality:duty", "modality:power", "bearer:minister", "has:norm", "in:act-a", "in:act-b",
         "kind:statute", "is:provision", "under:3", "is:part"]
    ),
)  # fmt: skip
QUERIES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]} OR {pair[1]})"),
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]} AND {pair[1]})"),
        inner.map(lambda one: f"NOT {one}"),
    ),
    max_leaves=6,
)


def text_of(id: str, kind: str, sections: list[tuple[int, str, str, str]]) -> str:
    words = "office minister\noffice clerk\nact sign\n" if id == "act-a" else ""
    body = f"---\nid: {id}\ntitle: {id}\nkind: {kind}\ntop: true\nin-force: 2010-01-01\n---\n\n# Title\n\n"
    body += f"```writ\n{words}```\n\n" if words else ""
    for number, heading, text, norm in sections:
        body += f"## {number} {heading}\n\n{text}\n\n"
        if norm:
            modality, bearer = norm.split()
            body += f"```writ\n{modality}\n  {bearer} {'may' if modality == 'power' else 'must'} sign\n```\n\n"
    return body


def plainly(query: object, row: rows.Row, file: rows.FileRows) -> bool:
    """Whether a row is meant, as one would say by reading it."""
    from writ.corpus.search.tree import All, AnyOf, Filter, Not, Words

    match query:
        case All():
            return all(plainly(each, row, file) for each in query.items)
        case AnyOf():
            return any(plainly(each, row, file) for each in query.items)
        case Not():
            return not plainly(query.of, row, file)
        case Words():
            columns = (row.label, row.heading, " ".join(row.terms), row.names, row.text)
            return any(
                f" {query.text} " in f" {' '.join(column.replace('-', ' ').split())} "
                for column in (*columns, "\n".join(row.path))
            )
        case Filter(key="modality"):
            return any(norm.modality in query.values for norm in row.norms)
        case Filter(key="bearer"):
            return any("minister" in norm.bearers for norm in row.norms)
        case Filter(key="has"):
            return bool(row.norms)
        case Filter(key="in"):
            return file.instrument in query.values
        case Filter(key="kind"):
            return file.kind in query.values
        case Filter(key="is"):
            return row.sort in query.values
        case Filter(key="under"):
            return row.label == "3"
    raise AssertionError(query)


@settings(max_examples=60, deadline=None)
@given(BOOKS, BOOKS, st.lists(QUERIES, min_size=1, max_size=6))
def test_what_is_found_is_what_a_plain_reading_finds(
    one: list[tuple[int, str, str, str]],
    two: list[tuple[int, str, str, str]],
    queries: list[str],
) -> None:
    texts = {
        "book.md": BOOK,
        "a.md": text_of("act-a", "statute", one),
        "b.md": text_of("act-b", "regulation", two),
    }
    book = book_of(texts)
    index = index_of(book)
    prepared = rows.Prepared(book)
    files = [rows.rows_of(prepared, each, indexes.NOTHING) for each in book.instruments.values()]
    for text in queries:
        query = parse(text)
        assert query.problems == ()
        lowered = lower(query.root)
        sql, parameters = statement(lowered.match, lowered.where, "fts.rowid")
        ids = [id for (id,) in index.connection.execute(sql, parameters)]
        wanted = {
            (file.path, row.sort, row.label, row.line)
            for file in files
            for row in file.rows
            if plainly_with_norms(query.root, row, file)
        }
        assert {key(index, id) for id in ids} == wanted, text
        first = [each.line for each in ask(index, query, 100).hits]
        assert first == [each.line for each in ask(index, query, 100).hits]
        pages = [each.line for at in range(0, 40, 3) for each in ask(index, query, 3, at).hits]
        assert pages[:40] == first[: len(pages)][:40]


def plainly_with_norms(query: object, row: rows.Row, file: rows.FileRows) -> bool:
    """Filters on norms that stand side by side speak of one norm."""
    from writ.corpus.search.tree import All, Filter

    if isinstance(query, All):
        flat = list(flattened(query))
        about = [
            each for each in flat if isinstance(each, Filter) and each.key in ("modality", "bearer")
        ]
        rest = [each for each in flat if each not in about]
        same = not about or any(
            all(
                norm.modality in each.values
                if each.key == "modality"
                else "minister" in norm.bearers
                for each in about
            )
            for norm in row.norms
        )
        return same and all(plainly_with_norms(each, row, file) for each in rest)
    from writ.corpus.search.tree import AnyOf, Not

    if isinstance(query, AnyOf):
        return any(plainly_with_norms(each, row, file) for each in query.items)
    if isinstance(query, Not):
        return not plainly_with_norms(query.of, row, file)
    return plainly(query, row, file)


def flattened(query: object) -> Iterator[object]:
    from writ.corpus.search.tree import All

    if isinstance(query, All):
        for each in query.items:
            yield from flattened(each)
    else:
        yield query


def key(index: Index, id: int) -> tuple[str, str, str, int]:
    found: tuple[str, str, str, int] = index.connection.execute(
        "SELECT f.path, r.sort, r.label, r.line FROM row r JOIN file f ON f.id = r.file WHERE r.id = ?",
        (id,),
    ).fetchone()
    return found


# --- how much work it is


def test_words_are_looked_up_in_the_index_and_structure_through_indexes(tiny: Index) -> None:
    for text in ("lanterns", "lanterns in:flood-act", "lanterns modality:power", "defines:flood"):
        lowered = lower(parse(text).root)
        sql, parameters = statement(lowered.match, lowered.where, "fts.rowid")
        plan = [row[3] for row in tiny.connection.execute(f"EXPLAIN QUERY PLAN {sql}", parameters)]
        assert plan[0].startswith("SCAN fts VIRTUAL TABLE INDEX"), plan
        assert not any(each.startswith(("SCAN r", "SCAN b")) for each in plan), plan
    lowered = lower(parse("modality:duty bearer:minister").root)
    sql, parameters = statement("", lowered.where, "fts.rowid")
    plan = [row[3] for row in tiny.connection.execute(f"EXPLAIN QUERY PLAN {sql}", parameters)]
    assert any(
        each.startswith("SEARCH norm_name USING PRIMARY KEY (role=? AND name=?)") for each in plan
    )


def test_an_answer_takes_as_many_statements_however_much_is_found(tiny: Index) -> None:
    def statements(query: str) -> int:
        ran: list[str] = []
        tiny.connection.set_trace_callback(ran.append)
        ask(tiny, parse(query), 1, facets=True)
        tiny.connection.set_trace_callback(None)
        # FTS5 traces what it asks of its own tables with `--`.
        return len([each for each in ran if not each.startswith("--")])

    ask(tiny, parse("flood"), facets=True)
    assert (
        ask(tiny, parse("minister OR road")).total
        > 5
        > ask(tiny, parse("torches OR red")).total
        > 0
    )
    assert statements("minister OR road") == statements("torches OR red") <= 9
    assert statements("is:provision") == statements("label:2(1)") <= 8


# --- the file


def test_only_the_file_that_changed_is_indexed_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    added: list[str] = []
    add = schema.add
    monkeypatch.setattr(
        schema, "add", lambda c, id, file, key: (added.append(file.path), add(c, id, file, key))
    )
    assert found(open_index(folder), "lanterns")
    assert sorted(added) == ["act.md", "rules.md"]
    added.clear()
    open_index(folder)
    assert added == []
    text = (folder / "rules.md").read_text("utf-8")
    (folder / "rules.md").write_text(text.replace("Lanterns are red", "Torches are red"), "utf-8")
    assert found(open_index(folder), "torches") == ["flood-rules 1"]
    assert added == ["rules.md"]
    (folder / "b.md").write_text(RULES_TWO, "utf-8")
    assert found(open_index(folder), "buckets") == ["pump-rules 1"]
    assert added == ["rules.md", "b.md"]
    (folder / "b.md").unlink()
    assert found(open_index(folder), "buckets") == []
    assert rows_in(open_index(folder)) == rows_in(open_index(folder, cache=False))


RULES_TWO = """---
id: pump-rules
title: Pump Rules
kind: regulation
under: flood-act 3
in-force: 2015-06-01
---

# Pump Rules

## 1 Buckets

Buckets are blue.
"""


def rows_in(index: Index) -> list[tuple[object, ...]]:
    return index.connection.execute(
        "SELECT f.path, r.sort, r.label, b.heading, b.text, b.names FROM row r "
        "JOIN file f ON f.id = r.file JOIN body b ON b.id = r.id ORDER BY r.id"
    ).fetchall()


def damaged(place: Path, how: str) -> None:
    data = place.read_bytes()
    if how == "cut":
        place.write_bytes(data[: len(data) // 2])
    elif how == "noise":
        place.write_bytes(b"not a database" + data[14:])
    elif how == "inside":
        place.write_bytes(data[:8192] + os.urandom(len(data) - 8192))
    elif how == "empty":
        place.write_bytes(b"")
    elif how == "foreign":
        place.unlink()
        with sqlite3.connect(place) as connection:
            connection.executescript(schema.TABLES)
    else:
        place.unlink()


@pytest.mark.parametrize("how", ["cut", "noise", "inside", "empty", "foreign", "gone"])
def test_a_damaged_index_is_made_anew(folder: Path, how: str) -> None:
    open_index(folder).close()
    damaged(folder / ".writ-cache" / NAME, how)
    assert found(open_index(folder), "lanterns is:provision") == FOUND["lanterns is:provision"]
    assert found(open_index(folder), "lanterns is:provision") == FOUND["lanterns is:provision"]


def test_an_index_that_came_with_a_book_is_not_believed(folder: Path) -> None:
    open_index(folder).close()
    copy = folder.parent / "copy"
    shutil.copytree(folder, copy)
    with sqlite3.connect(copy / ".writ-cache" / NAME) as connection:
        connection.execute("UPDATE body SET text = 'lies'")
    assert "lies" not in str(rows_in(open_index(copy)))


def test_a_folder_that_cannot_be_written_keeps_its_index_elsewhere(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # For root, every folder can be written.
    monkeypatch.setattr("writ.book.store.os.access", lambda path, mode: False)
    for _ in range(2):
        assert found(open_index(folder), "lanterns is:provision") == FOUND["lanterns is:provision"]
    assert not (folder / ".writ-cache").exists()
    assert len(list((folder.parent / "cache").rglob(NAME))) == 1


def test_where_nothing_can_be_kept_the_index_is_in_memory(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexes.Store, "of", lambda book: None)
    assert found(open_index(folder), "lanterns is:provision") == FOUND["lanterns is:provision"]
    monkeypatch.setattr(
        indexes.Store, "of", lambda book: indexes.Store(Path("/proc/no"), b"k" * 32)
    )
    assert found(open_index(folder), "lanterns is:provision") == FOUND["lanterns is:provision"]


def test_many_may_make_it_at_once(folder: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from writ.corpus.search.index import open_index; "
        "print(open_index(Path(sys.argv[1])).connection.execute('SELECT count(*) FROM row').fetchone()[0])"
    )
    (folder / "book.md").touch()
    command = [sys.executable, "-c", script, str(folder)]
    with ThreadPoolExecutor(3) as pool:
        ran = list(
            pool.map(
                lambda _: subprocess.run(
                    command, check=False, capture_output=True, text=True, cwd=ROOT
                ),
                range(3),
            )
        )
    assert {each.stderr for each in ran} == {""}
    assert len({each.stdout for each in ran}) == 1
    assert not [
        each for each in (folder / ".writ-cache").iterdir() if each.name.startswith(f"{NAME}.")
    ]


def test_files_keep_their_order_however_they_come(tiny: Index) -> None:
    known = schema.numbered({}, ["b", "d"])
    assert known is not None
    more = schema.numbered(known, ["a", "b", "c", "d", "e"])
    assert more is not None
    assert sorted(more, key=lambda each: more[each]) == ["a", "b", "c", "d", "e"]
    assert {each: more[each] for each in known} == known
    assert schema.numbered({"a": 1, "c": 2}, ["a", "b", "c"]) is None
    assert len(list(tiny.connection.execute("SELECT 1 FROM row"))) > 10
