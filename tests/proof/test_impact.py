"""What an amendment really changes: a request that flips for each change of meaning, a proof where nothing does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.worlds import World as Source
from tests.proof.lawful import random_book
from writ.book.load import load_book
from writ.book.model import Book
from writ.cli import main
from writ.engine import Engine
from writ.proof.impact import Amendment, Impact
from writ.proof.norms import without
from writ.proof.result import Verdict


@pytest.fixture(scope="module")
def floods(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small book of `writ new`."""
    folder = tmp_path_factory.mktemp("books") / "floods"
    assert main(["new", str(folder)]) == 0
    return folder


def amended(floods: Path, tmp_path: Path, *edits: tuple[str, str]) -> Path:
    folder = tmp_path / "amended"
    folder.mkdir()
    for path in floods.iterdir():
        text = path.read_text(encoding="utf-8")
        for old, new in edits:
            if path.name == "flood-act.md":
                assert old in text, old
                text = text.replace(old, new)
        (folder / path.name).write_text(text, encoding="utf-8")
    return folder


def impacts(old: Path, new: Path) -> dict[str, Impact]:
    books = []
    for folder in (old, new):
        book, found = load_book(folder)
        assert not [each for each in found if each.severity.name == "ERROR"], found
        books.append(book)
    return {impact.act: impact for impact in Amendment(*books).impacts()}


def test_a_stricter_condition_flips_the_act_between_the_two(floods: Path, tmp_path: Path) -> None:
    new = amended(
        floods, tmp_path, ("when severity at least danger", "when severity at least disaster")
    )
    impact = impacts(floods, new)["declare-flood"]
    assert impact.verdict is Verdict.REFUTED
    flip = impact.flips[0]
    assert flip.request.facts["declare-flood.severity"] == "danger"
    assert (flip.old.outcome, flip.new.outcome) == ("needs", "no authority")


def test_the_same_condition_in_other_words_changes_nothing(floods: Path, tmp_path: Path) -> None:
    new = amended(
        floods,
        tmp_path,
        ("when severity at least danger", "when severity is danger or severity is disaster"),
    )
    impact = impacts(floods, new)["declare-flood"]
    assert (impact.verdict, impact.flips) == (Verdict.PROVED, ())


def test_a_shorter_state_flips_what_hangs_on_it_when_it_is_over(
    floods: Path, tmp_path: Path
) -> None:
    new = amended(
        floods,
        tmp_path,
        ("begins flood-emergency for 30 days", "begins flood-emergency for 20 days"),
    )
    flip = impacts(floods, new)["order-evacuation"].flips[0]
    begun = next(event for event in flip.request.done if event.name == "declare-flood")
    assert begun.at is not None
    assert 20 < (flip.request.at - begun.at).days <= 30
    assert (flip.old.outcome, flip.new.outcome) == ("permitted", "no authority")


def test_a_deadline_alone_changes_no_answer(floods: Path, tmp_path: Path) -> None:
    new = amended(
        floods, tmp_path, ("within 7 days of declare-flood", "within 5 days of declare-flood")
    )
    assert impacts(floods, new)["report-to-parliament"].verdict is Verdict.PROVED


def test_nothing_is_asked_of_acts_that_no_change_touches(floods: Path, tmp_path: Path) -> None:
    new = amended(floods, tmp_path, ("# Flood", "# The Flood"))
    assert impacts(floods, new) == {}


def test_the_command_shows_each_flip_as_a_request(
    floods: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new = amended(
        floods, tmp_path, ("when severity at least danger", "when severity at least disaster")
    )
    assert main(["diff", "--prove", "--json", str(floods), str(new)]) == 1
    found = json.loads(capsys.readouterr().out)["proof"]
    flip = next(each for each in found if each["act"] == "declare-flood")["flips"][0]
    assert flip["request"]["facts"] == {"declare-flood.severity": "danger"}
    assert main(["diff", "--prove", str(floods), str(new)]) == 1
    said = capsys.readouterr().out
    assert "Answers by proof" in said
    assert "otherwise  declare-flood" in said


def agree(old: Book, new: Book, impact: Impact, source: Source) -> None:
    """Every flip is one; and where none is said to be, random requests find none."""
    before, after = Engine(old), Engine(new)
    for flip in impact.flips:
        assert before.decide(flip.request).outcome is flip.old.outcome
        assert after.decide(flip.request).outcome is flip.new.outcome
        assert flip.old.outcome is not flip.new.outcome
    if impact.verdict is not Verdict.PROVED:
        return
    for _ in range(40):
        request = source.request()
        plain = not (request.delegations or request.known_at or request.acting)
        if request.act == impact.act and plain:
            assert before.decide(request).outcome is after.decide(request).outcome, request


@settings(max_examples=25)
@given(st.integers(0, 2**32), st.integers(2, 14))
def test_a_norm_less_flips_what_it_flips_and_nothing_else(seed: int, norms: int) -> None:
    source = Source(seed)
    old = random_book(source, norms, effects=False)
    norm = source.choice([each for each in old.norms if each.act] or [None])
    if norm is None:
        return
    new = without(old, norm)
    for impact in Amendment(old, new, 2_000).impacts():
        agree(old, new, impact, source)
