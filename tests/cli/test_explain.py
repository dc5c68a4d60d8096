"""`writ explain`."""

from __future__ import annotations

import json

import pytest


@pytest.mark.parametrize("asked", ["V201", "v201", "unknown-name"])
def test_a_code_is_explained_by_code_or_name(run, asked):
    out = run("explain", asked).out
    assert out.startswith(
        "V201 unknown-name (error)\n\nA name is used that the book does not declare."
    )
    assert "Why it is bad:" in out


def test_a_code_that_is_not_there_has_a_suggestion(run):
    ran = run("explain", "V2O1")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == "writ: `V2O1` is not a code\n  did you mean `V201`?\n"


def test_without_a_code_all_are_listed(run):
    lines = run("explain").out.splitlines()
    assert any(line.startswith("V201") for line in lines)
    assert any(line.startswith("Q902") for line in lines)


def test_every_code_has_a_name_a_summary_and_a_documentation(run):
    for doc in json.loads(run("explain", "--json").out):
        assert doc["name"], doc
        assert doc["summary"], doc
        assert doc["documentation"].strip(), doc
