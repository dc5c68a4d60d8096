"""What stands above norms and assurances, and what a click finds."""

from __future__ import annotations

from tests.lsp.books import HARBOUR
from writ.lsp.analysis.lenses import counted, lenses
from writ.lsp.analysis.navigation import Location
from writ.lsp.analysis.snapshot import Snapshot, Space
from writ.lsp.running import run_cases

ASSURED = {
    **HARBOUR,
    "rules.md": HARBOUR["rules.md"]
    + "\n## A1 Sure\n\n```writ\nassurance A1\n  council may never close-basin\n"
    "assurance A2\n  every alarm ends within 90 days\n```\n",
}


def opened(texts: dict[str, str]) -> Snapshot:
    return Space(None, texts).snapshot


def over(snapshot: Snapshot, path: str) -> list[tuple[str, str, tuple[str, ...]]]:
    source = snapshot.source(path)
    assert source is not None
    return [
        (source.text[each.start :].split("\n")[0], each.title, each.names)
        for each in lenses(snapshot, path)
        if each.act != "references"
    ]


def test_assurances_about_the_act_or_the_state_of_a_norm() -> None:
    found = over(opened(ASSURED), "act.md")
    assert ("power 2(1)", "2 assurances", ("rules/A1", "rules/A2")) in found
    assert ("power 2(3)", "1 assurance", ("rules/A2",)) in found
    assert not any(head == "permission 2(2)" for head, *_ in found)


def test_an_assurance_can_be_proved() -> None:
    assert ("assurance A1", "prove", ("rules/A1",)) in over(opened(ASSURED), "rules.md")


def test_references_lead_to_where_they_are_written() -> None:
    snapshot = opened(HARBOUR)
    (found,) = [each for each in lenses(snapshot, "act.md") if each.act == "references"]
    texts = [written(snapshot, place) for place in found.places]
    assert texts == ["act 2(1)", "act 2(1)"]


def written(snapshot: Snapshot, place: Location) -> str:
    source = snapshot.source(place.path)
    assert source is not None
    return source.text[place.start : place.end]


def test_cases_that_are_run() -> None:
    assert run_cases(opened(HARBOUR), frozenset({"closing"})) == {
        "passed": 1,
        "failed": [],
        "wrong": [],
    }
    wrong = {
        **HARBOUR,
        "harbour.cases.yaml": HARBOUR["harbour.cases.yaml"].replace("permitted", "prohibited"),
    }
    result = run_cases(opened(wrong), frozenset({"closing"}))
    assert result["passed"] == 0
    assert result["failed"][0]["got"] == "permitted"
    broken = {**HARBOUR, "rules.md": HARBOUR["rules.md"].replace("when urgent", "when urgnt")}
    assert run_cases(opened(broken), frozenset({"closing"}))["wrong"]


def test_counting() -> None:
    assert (counted(1, "case"), counted(2, "case")) == ("1 case", "2 cases")
