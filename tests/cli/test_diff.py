"""`writ diff`."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

PAGE = (Path(__file__).parents[2] / "docs" / "editions.md").read_text("utf-8")
PARAGRAPH = ("Within 7 days of the declaration", "Soon after it")
CLI = (Path(__file__).parents[2] / "docs" / "cli.md").read_text("utf-8")


def fence(page: str, sort: str, holding: str) -> str:
    """The fence of that sort with that text in it."""
    return next(
        one[1] for one in re.finditer(rf"(?ms)^```{sort}\n(.*?)^```$", page) if holding in one[1]
    )


def amend(folder: Path, *changes: tuple[str, str], file: str = "flood-act.md") -> Path:
    """Replace each text, which must be there."""
    path = folder / file
    text = path.read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, "utf-8")
    return folder


@pytest.fixture
def editions(book, monkeypatch):
    """Two folders with the same book, in the current folder."""
    monkeypatch.chdir(book.parent)
    shutil.copytree(book, "amended", ignore=shutil.ignore_patterns(".writ-cache"))
    return Path("floods"), Path("amended")


def test_the_page_shows_what_the_command_prints(run, editions):
    old, new = editions
    parts = re.findall(r"(?m)((?:^-.*\n)+)((?:^\+.*\n)+)", fence(PAGE, "diff", "30 days"))
    assert len(parts) == 4
    changes = [tuple(re.sub(r"(?m)^[-+]", "", side) for side in part) for part in parts]
    amend(new, *changes)
    ran = run("diff", old, new)
    assert ran.out == fence(PAGE, "text", "Powers")
    assert (ran.status, ran.err) == (1, "")


def test_the_command_line_page_shows_it_too(run, editions):
    old, new = editions
    amend(
        new,
        ("at least danger", "at least disaster"),
        (
            "duty 3(2)\n  minister must report-to-parliament\n  to parliament\n"
            "  within 7 days of declare-flood\n",
            "",
        ),
    )
    ran = run("diff", old, new, "--no-cases")
    shown = fence(CLI, "text", "floods-of-2025/flood-act.md:69")
    assert ran.out.replace("amended", "floods-of-2025").startswith(shown)


def test_the_same_book_is_no_change(run, editions):
    assert run("diff", *editions) == (0, "no change: 10 norms\n", "")


def test_text_for_people_is_no_change(run, editions):
    old, new = editions
    amend(new, PARAGRAPH)
    ran = run("diff", old, new)
    assert (ran.status, ran.out.splitlines()[-1]) == (
        0,
        "no change: 10 norms; 0 of 7 answers changed",
    )


def test_json_has_the_keys_that_the_page_lists(run, editions):
    old, new = editions
    amend(new, ("at least danger", "at least disaster"))
    ran = run("diff", old, new, "--json")
    assert run("diff", old, new, "--format", "json") == ran
    data = json.loads(ran.out)
    section = CLI[CLI.index("## writ diff") :].split("\n## ")[0]
    rows = [re.findall(r"`([a-z]+)`", row)[:9] for row in re.findall(r"(?m)^\| (`.*?) \|", section)]
    listed = {key for row in rows for key in row}
    assert data.keys() | data["changes"][0].keys() == listed
    (change,) = data["changes"]
    assert (change["change"], change["citation"], change["bound"]) == (
        "narrowed",
        "s. 2(1)",
        ["minister"],
    )
    assert change["details"] == [
        {
            "what": "when",
            "how": "narrower",
            "old": ["when declare-flood.severity at least danger"],
            "new": ["when declare-flood.severity at least disaster"],
        }
    ]
    assert (change["old"]["file"], change["old"]["line"]) == ("flood-act.md", 69)
    assert data["touched"] == [
        {
            "actor": "minister",
            "change": "narrowed",
            "kind": "power",
            "act": "declare-flood",
            "citations": ["s. 2(1)"],
            "dates": [],
        }
    ]
    assert data["cases"]["asked"] == 7
    assert [
        (one["id"], one["old"]["outcome"], one["new"]["outcome"])
        for one in data["cases"]["changed"]
    ] == [
        ("declaration-after-consultation", "permitted", "no authority"),
        ("declaration-without-consultation", "needs", "no authority"),
    ]


def test_a_case_that_an_edition_has_no_words_for_is_reported(run, editions):
    old, new = editions
    amend(new, ('fact rescue: yes-no "it is done to save a life"', ""), ("  unless rescue\n", ""))
    amend(
        new,
        (
            "cases:\n",
            "cases:\n  - id: with-words\n    request: {actor: resident, act: sail, at: 2025-01-01}\n",
        ),
        file="flood.cases.yaml",
    )
    amend(
        old,
        (
            "cases:\n",
            "cases:\n  - id: to-the-rescue\n    ask: To save a life?\n    request: {actor: resident, "
            "act: enter-closed-area, at: 2025-01-01, facts: {rescue: yes}}\n",
        ),
        file="flood.cases.yaml",
    )
    ran = run("diff", old, new)
    assert ran.status == 1
    assert (
        "Questions that one edition has no words for\n"
        "  to-the-rescue  floods/flood.cases.yaml:3\n"
        "    To save a life?\n"
        "    old  permitted, citing s. 4(3)\n"
        "    new  cannot be asked: " in ran.out
    )
    assert "with-words" not in ran.out, "neither edition can read it"
    assert ran.out.rstrip().endswith("1 of 9 answers changed")


def test_a_case_that_asks_something_else_now_is_put_to_both_in_both_forms(run, editions):
    old, new = editions
    amend(new, PARAGRAPH)
    amend(new, ("night: yes", "night: no"), file="flood.cases.yaml")
    assert run("diff", old, new).out == "no change: 10 norms; 0 of 8 answers changed\n"


def test_a_file_of_cases_that_is_not_yaml_is_shown(run, editions):
    old, new = editions
    amend(new, PARAGRAPH)
    (new / "flood.cases.yaml").write_text("cases: [", "utf-8")
    ran = run("diff", old, new)
    assert ran.status == 0
    assert "error[Q902]: this is not YAML" in ran.out
    assert "amended/flood.cases.yaml:2" in ran.out


def test_a_book_that_does_not_compile_gives_its_diagnostics(run, editions, broken):
    ran = run("diff", editions[0], broken)
    assert (ran.status, ran.out) == (2, "")
    assert "error[V201]: `ministre` is not declared" in ran.err
    assert run("diff", broken, editions[0]).status == 2


def test_a_file_is_no_book(run, editions):
    ran = run("diff", "floods", "floods/flood-act.md")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("writ: `floods/flood-act.md` is a file; a book is a folder")


def test_the_day_decides_whether_an_office_is_held(run, editions):
    old, new = editions
    vacancy = ("  succession deputy-minister", "  vacant from 2030-01-01")
    amend(new, vacancy, file="constitution.md")
    before = run("diff", old, new, "--today", "2029-12-31").out
    after = run("diff", old, new, "--today", "2030-01-01").out
    assert "vacant" in before and "Duties" not in before
    assert "Duties\n  changed   s. 3(2)" in after
    assert "holder  minister -> vacant, and nobody succeeds: minister (lost)" in after
