"""The questions of `bin/demo` are answered as it says, whatever becomes of the books."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from writ.cli import main

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = (ROOT / "bin" / "demo").read_text("utf-8")
QUESTIONS = [
    shlex.split(line)[1:]
    for line in SCRIPT.replace("\\\n", " ").splitlines()
    if line.startswith("ask ")
]
REPLAYS = [
    shlex.split(line)[1:]
    for line in SCRIPT.replace("\\\n", " ").splitlines()
    if line.startswith("replay ")
]
CASES = re.findall(r"\b(?:ea|eo|mm|wp)-v-?\d+\b", SCRIPT)


def test_there_is_a_question_for_each_outcome_and_of_each_book():
    from writ.engine.answer import Outcome

    assert {asked[0] for asked in QUESTIONS} == set(Outcome)
    assert {asked[1] for asked in QUESTIONS} == {book.name for book in (ROOT / "books").iterdir()}
    assert len(CASES) == len(QUESTIONS)
    assert all(len(asked[2]) <= 80 for asked in QUESTIONS)


@pytest.mark.parametrize(
    "asked", QUESTIONS, ids=lambda asked: f"{asked[0].replace(' ', '-')}-{asked[1]}"
)
def test_a_question_has_its_answer(asked, capsys):
    outcome, book, _, *arguments = asked
    main(["decide", str(ROOT / "books" / book), *arguments, "--json"])
    answer = json.loads(capsys.readouterr().out)
    assert answer["outcome"] == outcome
    assert answer["citations"]


def test_the_year_is_replayed(capsys):
    ((book, journal, question, *arguments),) = REPLAYS
    folder = ROOT / "books" / book
    status = main(["audit", str(folder), str(folder / f"{journal}.journal"), *arguments, "--json"])
    answer = json.loads(capsys.readouterr().out)
    assert len(question) <= 80
    assert status == (1 if answer["wrong"] else 0)
    assert {act["status"] for act in answer["acts"]} == {"authorised"}
    inquiry = [duty for duty in answer["duties"] if duty["act"] == "cause-inquiry"]
    assert [(duty["status"], duty["due"]) for duty in inquiry] == [("open", "2022-04-25")]


@pytest.mark.parametrize("case", CASES)
def test_a_case_that_it_names_exists(case):
    files = (ROOT / "books").glob("*/*.cases.yaml")
    assert any(re.search(rf"(?m)^  - id: {case}$", file.read_text("utf-8")) for file in files)


@pytest.mark.soak
def test_the_whole_of_it_runs():
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    ran = subprocess.run(
        ["bash", str(ROOT / "bin" / "demo"), "--check"],
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "PATH": path},
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "\x1b" not in ran.stdout
