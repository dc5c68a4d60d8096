"""Reading a query: any text is one, and what is odd in it is said with its place."""

import datetime as dt
import itertools
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from writ.corpus.search.answer import ask
from writ.corpus.search.fts import lower
from writ.corpus.search.index import Index, index_of
from writ.corpus.search.query import MAX_LENGTH, MAX_WORDS, parse
from writ.corpus.search.tree import (
    KEYS,
    All,
    AnyOf,
    Filter,
    Near,
    Node,
    Not,
    Words,
)

TODAY = dt.date(2025, 3, 4)


def word(text: str, prefix: bool = False, bare: bool = True, at: int = 0) -> Words:
    return Words(text, prefix, bare, at)


READ: dict[str, Node | None] = {
    "": None,
    "??? — …": None,
    "detention": word("detention"),
    "detent*": word("detent", prefix=True),
    '"public order"': word("public order", bare=False),
    "“public order”": word("public order", bare=False),
    "«ordre public»": word("ordre public", bare=False),
    "a b": All((word("a"), word("b", at=2))),
    "a AND b": All((word("a"), word("b", at=6))),
    "a OR b c": AnyOf((word("a"), All((word("b", at=5), word("c", at=7))))),
    "(a OR b) c": All((AnyOf((word("a", at=1), word("b", at=6))), word("c", at=9))),
    "NOT a": Not(word("a", at=4)),
    "-a": Not(word("a", at=1)),
    "well-known": word("well-known"),
    "a NEAR/3 b": Near((word("a"), word("b", at=9)), 3),
    "NEAR(a b, 4)": Near((word("a", at=5), word("b,", at=7)), 4),
    "17(1)(a)": word("17(1)(a)"),
    "modality:duty": Filter("modality", ("duty",)),
    "modality:duties,powers": Filter("modality", ("duty", "power")),
    "bearer:minister": Filter("bearer", ("minister",)),
    "office:minister": Filter("bearer", ("minister",)),
    'under:"emergencies-act 17(1)"': Filter("under", ("emergencies-act 17(1)",)),
    "under:17(1)(a)": Filter("under", ("17(1)(a)",)),
    "in-force:2010-05-06": Filter("in-force", ("2010-05-06",)),
    "before:2010": Filter("before", ("2010-01-01",)),
    "after:2010": Filter("after", ("2010-12-31",)),
    "in-force:today": Filter("in-force", ("2025-03-04",)),
    "language:French": Filter("language", ("fr",)),
}


@pytest.mark.parametrize("text", READ)
def test_a_query_is_read_as_the_grammar_says(text: str) -> None:
    assert parse(text, TODAY).root == READ[text]
    assert parse(text, TODAY).problems == ()


ODD = {
    "(a": (0, 1, "the bracket is not closed", False),
    "a)": (1, 2, "this bracket closes nothing", False),
    'a "b': (2, 3, "the quotation is not closed", False),
    "a OR": (2, 4, "`OR` stands between two words", False),
    "NOT": (0, 3, "nothing follows `NOT`", False),
    "baerer:x": (0, 7, "`baerer:` is no filter; it is read as a word", False),
    "in-force:yesterday": (9, 18, "`yesterday` is no day", True),
    "in-force:2023-02-30": (9, 19, "`2023-02-30` is no day", True),
    "modality:dutty": (9, 14, "`dutty` is not known for `modality:`", True),
    "has:teeth": (4, 9, "`teeth` is not known for `has:`", True),
}


@pytest.mark.parametrize("text", ODD)
def test_what_is_odd_is_said_with_its_place(text: str) -> None:
    problem = parse(text).problems[0]
    assert (problem.start, problem.end, problem.message, problem.fatal) == ODD[text]
    assert problem.help


def test_a_filter_that_is_nearly_one_is_suggested() -> None:
    assert parse("baerer:x").problems[0].help == "did you mean `bearer`?"


def test_a_long_query_is_cut_and_says_so() -> None:
    assert "characters are read" in parse("a" * (MAX_LENGTH + 1)).problems[0].message
    many = parse("ab " * (MAX_WORDS + 5))
    assert isinstance(many.root, All)
    assert len(many.root.items) == MAX_WORDS
    assert [each.message for each in many.problems] == [f"only {MAX_WORDS} words are read"]


def test_brackets_nested_without_end_are_read() -> None:
    for text in ("(" * 1500, "(" * 700 + "a" + ")" * 700, "NOT " * 400 + "a", "-(" * 600):
        assert parse(text).text == text


PIECES = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [*"()\"“”«»*-:,'\\%_\0\x02\x03", "AND", "OR", "NOT", "NEAR", "NEAR(", "NEAR/3", "s. 17(1)", "17(1)(a)"]
    ),
    st.sampled_from([f"{key}:" for key in KEYS]),
    st.sampled_from(["modality:duty", "in:acts", "under:1", "cites:acts/1", "has:norm", "before:2020"]),
    st.sampled_from(["alpha", "beta", "\ud800", "é", "ﬁ", "𝔸", "中文", "a\u0301"]),
)  # fmt: skip


@pytest.fixture(scope="module")
def small() -> Index:
    from tests.corpus.search_books import TINY, book_of

    return index_of(book_of(TINY))


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=12).map(" ".join) | st.lists(PIECES, max_size=12).map("".join))
def test_any_text_is_a_query_and_finds_something_or_nothing(small: Index, text: str) -> None:
    query = parse(text)
    for problem in query.problems:
        assert 0 <= problem.start <= problem.end <= len(query.text)
    lower(query.root)
    answer = ask(small, query, facets=True)
    assert answer.total >= 0


def test_the_help_of_the_command_and_the_page_know_every_filter() -> None:
    page = (Path(__file__).parents[2] / "docs" / "search.md").read_text("utf-8")
    assert [key for key in KEYS if f"`{key}:" not in page] == []


def test_the_parts_of_a_query_are_parameters_never_sql() -> None:
    for text in ("in:x'y", "bearer:a;b", "cites:x'y", 'under:"x\' 1"', "it's", '"a""b'):
        lowered = lower(parse(text).root)
        sql = " ".join(each.sql for each in lowered.where)
        assert not any(sign in sql for sign in ("x'", "a;b", "it's"))


def test_widening_is_off_where_AND_is_written() -> None:
    assert parse("a AND b").strict
    assert not parse("a b").strict


def test_every_pair_of_operators_is_read() -> None:
    for one, two in itertools.product(("AND", "OR", "NOT", "NEAR", "(", ")", '"', "-"), repeat=2):
        for text in (f"{one} {two}", f"a {one} {two} b", f"{one} a {two}"):
            parse(text)
