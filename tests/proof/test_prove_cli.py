"""`writ prove`: the report, its exit status, the situation put to `writ decide`; and `writ` without the solver."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("z3")

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "proof.md").read_text("utf-8")
GUARANTEES = re.search(r"(?ms)^````text\n(.*?)^````", PAGE)[1]


@pytest.fixture
def floods(tmp_path, run):
    """The book of the page, with its guarantees."""
    folder = tmp_path / "floods"
    assert run("new", folder, "--title", "Law of Floods").status == 0
    (folder / "guarantees.md").write_text(GUARANTEES, "utf-8")
    return folder


def alike(text: str) -> str:
    """Without what differs from one run, or one solver, to the next: times, days, persons, and where lines break."""
    text = re.sub(r"\d+\.\d\d s", "TIME", text)
    text = re.sub(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d\+00:00)?", "DAY", text)
    text = re.sub(r"\d+ [A-Z][a-z]+\s+\d{4}(,\s+\d\d:\d\d\s+UTC)?", "DAY", text)
    text = text.replace("On DAY,", "On DAY")
    return " ".join(re.sub(r"\bP-\d+", "PERSON", text).split())


def test_the_example_of_the_page_comes_out_as_printed(floods, run, monkeypatch):
    monkeypatch.chdir(floods.parent)
    printed = re.search(r"(?ms)^```console\n\$ writ prove floods\n(.*?)^```", PAGE)[1]
    found = run("prove", "floods")
    assert found.status == 1
    assert found.err == ""
    assert alike(found.out) == alike(printed)


def test_the_situation_is_answered_the_same_by_decide(floods, run, tmp_path):
    told = run("prove", floods, "2").out
    asked = re.search(r"(?ms)Asked by writ decide --request\n(.*?)\n\n", told)[1]
    file = tmp_path / "request.yaml"
    file.write_text(asked, "utf-8")
    answer = run("decide", floods, "--request", file)
    assert answer.status == 0
    assert answer.out.startswith("permitted")


def test_the_data_holds_the_same_and_its_request_can_be_asked(floods, run, tmp_path):
    found = run("prove", floods, "--format", "json")
    page = json.loads(found.out)
    assert found.status == 1
    assert page["schema"] == "writ-prove/1"
    assert page["counts"] == {"proved": 2, "refuted": 2, "unknown": 0}
    assert [one["verdict"] for one in page["assurances"]] == [
        "proved", "refuted", "proved", "refuted",
    ]  # fmt: skip
    proved, night, _, delegated = page["assurances"]
    assert set(proved) == {
        "id", "citation", "title", "form", "claim", "provisos", "verdict", "questions", "seconds",
    }  # fmt: skip
    assert night["claim"] == "no one may order-evacuation"
    assert night["repairs"][0]["norms"] == ["flood-act/4(1)"]
    assert night["story"]["answer"] == ["The law permits it: s. 4(1)."]
    assert night["story"]["norms"] == [
        {"norm": "flood-act/4(1)", "citation": "s. 4(1)", "role": "decides"}
    ]
    assert len(delegated["story"]["grants"]) == 1
    for one in (night, delegated):
        file = tmp_path / "request.json"
        file.write_text(json.dumps(one["request"]), "utf-8")
        answer = json.loads(run("decide", floods, "--request", file, "--json").out)
        assert answer["outcome"] == one["outcome"] == "permitted"
        assert answer["citations"] == one["citations"]


@pytest.mark.parametrize(
    ("asked", "citations"),
    [
        (["3"], ["Guarantee 3"]),
        (["Guarantee 3", "guarantees/1"], ["Guarantee 1", "Guarantee 3"]),
        (["guarantees 3", "1", "1"], ["Guarantee 1", "Guarantee 3"]),
    ],
)
def test_some_are_asked_for_and_all_are_proved(floods, run, asked, citations):
    found = run("prove", floods, *asked)
    assert found.status == 0
    assert re.findall(r"^proved   (\S+ \S+)", found.out, re.MULTILINE) == citations
    assert found.out.endswith(f"{len(citations)} proved\n")


def test_an_instrument_is_asked_for(floods, run):
    assert run("prove", floods, "guarantees").out.endswith("4 assurances: 2 proved, 2 refuted\n")


def test_one_that_is_not_there(floods, run):
    found = run("prove", floods, "guarantee/3")
    assert found.status == 2
    assert found.err == (
        "writ: the book has no assurance `guarantee/3`\n  did you mean `guarantees/3`?\n"
    )
    found = run("prove", floods, "zzz")
    assert found.err.splitlines()[1] == (
        "  it has: guarantees/1, guarantees/2, guarantees/3, guarantees/4"
    )


def test_unknown_has_a_status_of_its_own(floods, run):
    found = run("prove", floods, "1", "--memory", "20")
    assert found.status == 3
    assert found.out.startswith("unknown  Guarantee 1 ")
    assert "the prover did not start" in found.out
    assert found.out.endswith("1 assurance: 1 unknown\n")


def test_a_book_that_assures_nothing(tmp_path, run):
    folder = tmp_path / "plain"
    run("new", folder)
    found = run("prove", folder)
    assert (found.status, found.out) == (0, "nothing to prove: the book has no assurances\n")


def test_a_file_is_written_in_the_form_of_its_name(floods, run, tmp_path):
    for name in ("report.json", "report.txt"):
        found = run("prove", floods, "3", "-o", tmp_path / name)
        assert (found.status, found.out) == (0, "")
    assert json.loads((tmp_path / "report.json").read_text("utf-8"))["counts"]["proved"] == 1
    assert (tmp_path / "report.txt").read_text("utf-8").startswith("proved   Guarantee 3 ")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--limit", "0"], "--limit: `0` is no number of seconds; write it as 10"),
        (["--limit", "nan"], "--limit: `nan` is no number of seconds; write it as 10"),
        (["--jobs", "two"], "--jobs: `two` is no whole number above 0"),
        (["--memory", "-1"], "--memory: `-1` is no whole number above 0"),
    ],
)
def test_limits_that_are_none(floods, run, options, said):
    found = run("prove", floods, *options)
    assert found.status == 2
    assert found.err.startswith(f"writ: {said}\n")


def test_on_a_terminal_it_says_how_far_it_is(floods, run, monkeypatch):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    found = run("prove", floods, "1", "3")
    assert "proving 1 of 2 …" in found.err
    assert "proving 2 of 2 …" in found.err
    assert found.err.endswith("\x1b[K")
    assert "proving" not in found.out


def test_ctrl_c_ends_it_after_what_was_reached(floods, run, monkeypatch):
    from writ.proof.result import Result, Verdict

    def interrupted(book, assurances, limits):
        yield Result(assurances[0].id, Verdict.PROVED)
        raise KeyboardInterrupt

    monkeypatch.setattr("writ.proof.pool.prove_within", interrupted)
    found = run("prove", floods)
    assert found.status == 130
    assert found.out.startswith("proved   Guarantee 1 ")
    assert "Guarantee 2" not in found.out


def test_verdicts_are_told_in_the_order_of_the_book(floods, run, monkeypatch):
    from writ.proof.result import Result, Verdict

    def backwards(book, assurances, limits):
        assert (limits.seconds, limits.megabytes, limits.jobs) == (3.5, 500, 2)
        for one in reversed(assurances):
            yield Result(one.id, Verdict.UNKNOWN, f"no answer for {one.label}", bounds=("much",))

    monkeypatch.setattr("writ.proof.pool.prove_within", backwards)
    found = run("prove", floods, "--limit", "3.5", "--memory", "500", "--jobs", "2")
    assert found.status == 3
    assert re.findall(r"no answer for (\d)", found.out) == ["1", "2", "3", "4"]
    assert found.out.count("taken for granted: much") == 4


def test_without_the_solver_it_says_how_to_get_it(floods, run, monkeypatch):
    monkeypatch.setitem(sys.modules, "z3", None)
    found = run("prove", floods)
    assert (found.status, found.out) == (2, "")
    assert found.err == (
        "writ: proving needs a solver that is not installed\n  pip install 'writ[proof]'\n"
    )


WITHOUT = """
import importlib, pkgutil, sys
sys.modules["z3"] = None  # an import of it fails
import writ
from writ.cli import main
for found in pkgutil.walk_packages(writ.__path__, "writ."):
    if not found.name.startswith("writ.proof.") and not found.name.endswith("__main__"):
        importlib.import_module(found.name)
floods = sys.argv[1]
for words in (
    ["check", floods],
    ["decide", floods, "--actor", "resident", "--act", "enter-closed-area", "--at", "2025-01-01"],
    ["who", floods, "--act", "report-to-parliament"],
    ["show", floods, "s. 2(1)"],
    ["vocabulary", floods, "--json"],
    ["test", floods],
    ["diff", floods, floods],
    ["--version"],
):
    status = main(words)
    assert status == 0, (words, status)
assert main(["prove", floods]) == 2
"""


def test_all_else_works_without_the_solver(floods):
    found = subprocess.run(
        [sys.executable, "-c", WITHOUT, str(floods)],
        cwd=DOCS.parent, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert found.returncode == 0, found.stderr
