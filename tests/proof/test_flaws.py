"""Changes that take away what was assured of a book: each is found, with a story that shows the harm.

The flaws stand in `flaws/`, one file for each book, in words and with what the story must tell.
"""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import pytest
import yaml

pytest.importorskip("z3")

from writ.book.load import load_texts
from writ.book.model import Book
from writ.diagnostics import Severity
from writ.proof.prove import prove
from writ.proof.result import Result, Verdict

BOOKS = Path(__file__).resolve().parents[2] / "books"
FLAWS = [
    pytest.param(path.stem, each, id=f"{path.stem}-{each['assurance']}")
    for path in sorted((Path(__file__).parent / "flaws").glob("*.yaml"))
    for each in yaml.safe_load(path.read_text("utf-8"))["flaws"]
]
ACTOR = "the actor"


@functools.cache
def texts(name: str) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in (BOOKS / name).glob("*.md")}


def flawed(name: str, edits: list[dict[str, str]]) -> Book:
    """The book with the flaw, which still compiles."""
    files = dict(texts(name))
    for edit in edits:
        assert files[edit["file"]].count(edit["old"]) == 1, edit["old"]
        files[edit["file"]] = files[edit["file"]].replace(edit["old"], edit["new"])
    book, found = load_texts(files)
    assert [one for one in found if one.severity is Severity.ERROR] == []
    return book


@pytest.mark.parametrize(("name", "flaw"), FLAWS)
def test_a_flaw_is_found_and_its_story_is_told(name: str, flaw: dict[str, Any]):
    book = flawed(name, flaw["edits"])
    assurance = next(one for one in book.assurances if one.label == flaw["assurance"])
    result = prove(book, assurance, milliseconds=60_000)
    assert result.verdict is Verdict.REFUTED, result.because
    expect = flaw["expect"]
    if "norm" in expect:
        assert expect["norm"] in {book.by_id[norm].citation for norm in result.norms}
    if "by" in expect:
        the_story_tells(book, result, expect)
    assert expect.keys() <= {"norm", "by", "act", "outcome", "cites", "facts", "done", "states"}


def the_story_tells(book: Book, result: Result, expect: dict[str, Any]) -> None:
    assert result.example is not None
    request, answer = result.example.request, result.example.decision
    assert book.vocabulary.actor_up[request.actor] & set(expect["by"]), request.actor
    assert request.act == expect["act"] or expect["act"] in book.vocabulary.act_up[request.act]
    assert answer.outcome.value == expect.get("outcome", answer.outcome.value)
    assert set(expect.get("cites", ())) <= set(answer.citations)
    for name, value in expect.get("facts", {}).items():
        given = request.facts[name]
        if value == ACTOR:
            assert given == request.person
        else:
            assert (set(given) if isinstance(value, list) else given) == (
                set(value) if isinstance(value, list) else value
            )
    assert set(expect.get("done", ())) <= {one.name for one in request.done}
    assert set(expect.get("states", ())) <= {one.state for one in request.states}


def test_flaws_enough_of_every_book():
    assert {name for name, _ in (one.values for one in FLAWS)} == {p.name for p in BOOKS.iterdir()}
    assert len(FLAWS) >= 30
