"""SARIF 2.1.0: the rules of its schema that matter to those who read it."""

from __future__ import annotations

from urllib.parse import unquote

import pytest

from writ.diagnostics import CodeDoc, Diagnostic, Related, Severity, Span
from writ.formats.sarif import log

DOC = CodeDoc("V201", "unknown-name", Severity.ERROR, "a name is not declared", "Why, and *how*.")
FOUND = [
    Diagnostic(
        "V201",
        Severity.ERROR,
        "`ministre` is not declared",
        Span("an act.md", 22, 3, 22, 11),
        "did you mean `minister`?",
        (Related(Span("book.md", 1, 1, 2, 1), "declared here"),),
    ),
    Diagnostic("X999", Severity.NOTE, "a code without documentation", Span("a.md", 1, 1, 1, 1)),
]


@pytest.fixture
def sarif():
    return log(FOUND, {"V201": DOC}.get, "file:///books/x/")


def test_a_log_names_its_version_and_has_one_run(sarif):
    assert sarif["version"] == "2.1.0"
    assert sarif["$schema"].endswith("sarif-2.1.0.json")
    assert len(sarif["runs"]) == 1


def test_every_result_points_to_its_rule(sarif):
    (run,) = sarif["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert run["tool"]["driver"]["name"] == "writ"
    assert [rule["id"] for rule in rules] == ["V201", "X999"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]


def test_a_rule_carries_the_documentation_of_its_code(sarif):
    rule = sarif["runs"][0]["tool"]["driver"]["rules"][0]
    assert rule["shortDescription"] == {"text": "a name is not declared"}
    assert rule["help"]["markdown"] == "Why, and *how*."
    assert rule["defaultConfiguration"] == {"level": "error"}


def test_levels_are_those_of_the_standard(sarif):
    results = sarif["runs"][0]["results"]
    assert [result["level"] for result in results] == ["error", "note"]


def test_places_are_relative_references_with_one_based_columns(sarif):
    (run,) = sarif["runs"]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert unquote(place["artifactLocation"]["uri"]) == "an act.md"
    assert " " not in place["artifactLocation"]["uri"]
    assert place["artifactLocation"]["uriBaseId"] in run["originalUriBaseIds"]
    assert run["originalUriBaseIds"]["BOOK"]["uri"].endswith("/")
    assert place["region"] == {"startLine": 22, "startColumn": 3, "endLine": 22, "endColumn": 11}
    assert run["columnKind"] == "unicodeCodePoints"


def test_related_places_have_ids_and_messages(sarif):
    (related,) = sarif["runs"][0]["results"][0]["relatedLocations"]
    assert related["id"] == 0
    assert related["message"] == {"text": "declared here"}


def test_a_message_ends_with_the_help(sarif):
    message = sarif["runs"][0]["results"][0]["message"]
    assert message == {"text": "`ministre` is not declared\nhelp: did you mean `minister`?"}
