"""Norms by proof: what never applies, what changes no answer, and where the law contradicts itself."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.proof.floods import ACT, CONSTITUTION, law
from writ.cli import main
from writ.proof.norms import Fault, faults

BOOK = "---\nbook: floods\ntitle: Floods\ncalendar: capital\n---\n"


def found(norms: str) -> list[Fault]:
    book = law(norms)
    mine = [norm.id for norm in book.norms if norm.instrument == "act"]
    return [*faults(book, mine)]


def test_conditions_that_no_situation_meets_make_a_norm_dead() -> None:
    said = found(
        "power 1\n  minister may order\n  when now before 2020-01-01\n  when now after 2021-01-01"
    )
    assert [(each.kind, each.norm) for each in said] == [("dead", "act/1")]


def test_a_narrower_power_beside_a_wider_one_is_redundant() -> None:
    said = found(
        "power 1\n  minister may order\n\npower 2\n  minister may order\n  when now after 2023-06-01"
    )
    assert [(each.kind, each.norm) for each in said] == [("redundant", "act/2")]


def test_a_power_that_somebody_needs_is_neither() -> None:
    assert found("power 1\n  minister may order") == []


def test_what_is_allowed_and_forbidden_alike_is_a_conflict_with_a_request() -> None:
    book = law(
        "right 1\n  minister has the right to order\n\nprohibition 2\n  minister may not order"
    )
    said = [each for each in faults(book) if each.kind == "conflict"]
    assert [each.norm for each in said] == ["order"]
    example = said[0].example
    assert example is not None
    assert (example.request.actor, example.decision.outcome) == ("minister", "conflict")


def test_the_command_lists_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, text in {
        "book.md": BOOK,
        "constitution.md": CONSTITUTION,
        "act.md": ACT.format(
            norms="power 1\n  minister may order\n\npower 2\n  minister may order"
        ),
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert main(["prove", str(tmp_path), "act", "--norms", "--json"]) == 1
    page = json.loads(capsys.readouterr().out)
    assert {(each["kind"], each["norm"]) for each in page["found"]} >= {("redundant", "act/1")}
    assert main(["prove", str(tmp_path), "act", "--norms"]) == 1
    assert "changes no answer" in capsys.readouterr().out
    assert main(["prove", str(tmp_path), "nothing", "--norms"]) == 2
    assert "no norm `nothing`" in capsys.readouterr().err
