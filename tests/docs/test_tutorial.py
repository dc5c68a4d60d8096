"""The tutorial does what it says: its files are written, its commands run, its answers come out."""

import re
from pathlib import Path

import pytest
import yaml

from writ.book.load import load_texts
from writ.checks.run import run
from writ.diagnostics import Severity
from writ.engine import reference
from writ.engine.ask import read_request

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "tutorial.md").read_text("utf-8")
NAMES = ("book.md", "charter.md", "by-law-7.md", "by-law-9.md")


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    bodies = re.findall(r"^````markdown\n(.*?)^````$", TEXT, re.MULTILINE | re.DOTALL)
    return dict(zip(NAMES, bodies, strict=True))


def without_by_law_9(files: dict[str, str]) -> dict[str, str]:
    return {name: text for name, text in files.items() if name != "by-law-9.md"}


def test_the_first_book_checks_without_a_word(files):
    book, found = load_texts(without_by_law_9(files))
    assert [*found, *run(book)] == []


def test_its_cases_come_out_as_written(files):
    book, _ = load_texts(without_by_law_9(files))
    cases = yaml.safe_load(re.findall(r"^```yaml\n(cases:.*?)^```$", TEXT, re.M | re.S)[0])
    assert len(cases["cases"]) == 3
    for case in cases["cases"]:
        request, wrong = read_request(book, case["request"])
        assert request is not None and not wrong
        answer = reference.decide(book, request)
        assert str(answer.outcome) == case["outcome"]
        assert set(case["cites"]) <= set(answer.citations)


def test_the_draft_by_law_is_refused_for_what_the_tutorial_says(files):
    _, found = load_texts(files)
    errors = [one for one in found if one.severity is Severity.ERROR]
    assert len(errors) == 1 and "attribute" in errors[0].message


def test_it_then_conflicts_and_the_proposed_line_settles_it(files):
    mended = files["by-law-9.md"].replace('  on-duty: yes-no "the pilot is on duty"\n', "")
    book, found = load_texts({**files, "by-law-9.md": mended})
    conflicts = [one for one in [*found, *run(book)] if one.severity is Severity.ERROR]
    assert len(conflicts) == 1 and conflicts[0].code.startswith("C4")
    assert conflicts[0].related and conflicts[0].help
    settled = mended.replace(
        "  when pilot-on-duty\n", "  when pilot-on-duty\n  subject to by-law-7 3(1)\n"
    )
    book, found = load_texts({**files, "by-law-9.md": settled})
    assert [*found, *run(book)] == []
