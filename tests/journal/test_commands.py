"""`writ check` and `writ fmt` with journals."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.command import Ran, Run
from tests.journal.law import FILES


@pytest.fixture
def book(tmp_path: Path) -> Path:
    folder = tmp_path / "floods"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def found(ran: Ran) -> list[tuple[str, int, str]]:
    """Of the findings as JSON those in journals: file, line and code."""
    spans = [(one["span"], one["code"]) for one in json.loads(ran.out)]
    return [
        (span["file"], span["line"], code)
        for span, code in spans
        if span["file"].endswith(".journal")
    ]


def test_without_journals_nothing_is_said_of_them(run: Run, book: Path) -> None:
    (book / ".old").mkdir()
    (book / ".old" / "a.journal").write_text("nonsense\n", "utf-8")
    assert run("check", book).out.rstrip().endswith(": 9 norms in 2 instruments")


def test_journals_of_the_folder_are_read_and_checked(run: Run, book: Path) -> None:
    (book / "years").mkdir()
    (book / "years" / "2021.journal").write_text(
        "2021-01-05 mayor did report\n2021-01-04 mayor did report\n", "utf-8"
    )
    (book / "a.journal").write_text(
        "2021-01-05 mayor did reprt\n2021-01-04 storm happened\n", "utf-8"
    )
    said = run("check", book)
    assert said.status == 1
    assert "error[J110]: `reprt` is not a known act" in said.out
    assert "/a.journal:1:22" in said.out
    assert "1 | 2021-01-05 mayor did reprt" in said.out
    assert said.out.rstrip().endswith("; 3 entries in 2 journals")
    # What cannot be read is not checked, too: the second entry may be in its place.
    expected = [("a.journal", 1, "J110"), ("years/2021.journal", 2, "J201")]
    assert found(run("check", "--json", book)) == expected


def test_a_journal_changed_is_read_again_although_the_book_is_cached(run: Run, book: Path) -> None:
    journal = book / "a.journal"
    journal.write_text("2021-01-05 storm happened\n", "utf-8")
    assert run("check", book).out.rstrip().endswith("; 1 entry in 1 journal")
    journal.write_text("2021-01-05 storm happened\n2021-01-04 storm happened\n", "utf-8")
    assert found(run("check", "--json", book)) == [("a.journal", 2, "J201")]
    journal.unlink()
    assert run("check", book).out.rstrip().endswith(": 9 norms in 2 instruments")


def test_a_book_that_does_not_compile_is_mended_first(run: Run, book: Path) -> None:
    (book / "a.journal").write_text("2021-01-05 storm hppened\n", "utf-8")
    (book / "later.md").write_text(FILES["later.md"].replace("mayor may", "mayr may"), "utf-8")
    said = run("check", "--json", book)
    assert said.status == 1
    assert found(said) == []


def test_findings_of_journals_are_in_sarif_with_their_documentation(run: Run, book: Path) -> None:
    (book / "a.journal").write_text("2021-01-05 mayor did dance\n", "utf-8")
    log = json.loads(run("check", "--sarif", "-", book).out)
    rules = {rule["id"]: rule for rule in log["runs"][0]["tool"]["driver"]["rules"]}
    assert rules["J208"]["name"] == "before-the-law"
    places = [
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for result in log["runs"][0]["results"]
        if result["ruleId"] == "J208"
    ]
    assert places == ["a.journal"]


def test_fmt_takes_journals_too(run: Run, book: Path, tmp_path: Path) -> None:
    journal = book / "a.journal"
    ugly, nice = "2021-01-05   storm   happened -- x\n", "2021-01-05 storm happened  -- x\n"
    journal.write_text(ugly, "utf-8")
    (book / "act.md").unlink()
    assert run("fmt", "--check", book) == (1, f"would format {journal}\n", "")
    assert run("fmt", book) == (0, f"formatted {journal}\n", "")
    assert journal.read_text("utf-8") == nice
    assert run("fmt", journal) == (0, "", "")
    journal.write_text("2021-01-05   storm\n" + ugly, "utf-8")
    said = run("fmt", journal)
    assert said.status == 1
    assert "error[J102]" in said.err
    assert journal.read_text("utf-8") == "2021-01-05   storm\n" + nice
