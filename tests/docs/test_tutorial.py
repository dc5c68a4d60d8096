"""The tutorial does what it says: its files are written, its commands run, and what they print is on the page."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from writ.cli import main

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "tutorial.md").read_text("utf-8")
FILES = ("book.md", "charter.md", "by-law-7.md", "by-law-9.md", "annex.md")
JOURNAL = "march.journal"
FENCE = re.compile(r"(?ms)^(```+)(\w+)\n(.*?)^\1$")
BLOCK = re.compile(r"(?ms)^```writ\n.*?^```$")


@pytest.fixture
def run(capsys):
    def ran(line: str) -> str:
        main(shlex.split(line.removeprefix("$ writ ")))
        said = capsys.readouterr()
        return said.out + said.err

    return ran


def steps() -> list[tuple[str, str]]:
    """The fences of the page: their language and what is in them."""
    return [(match[2], match[3]) for match in FENCE.finditer(PAGE)]


def follow(folder: Path, run, stop: int | None = None) -> None:
    """Do what the page says: write files, replace the block of the last, add to the journal, run commands."""
    names = iter(FILES)
    last = folder / "book.md"
    for language, text in steps()[:stop]:
        match language:
            case "markdown":
                last = folder / next(names)
                last.write_text(text, "utf-8")
            case "yaml":
                (folder / "harbour.cases.yaml").write_text(text, "utf-8")
            case "writ":
                before, after = BLOCK.split(last.read_text("utf-8"))
                last.write_text(f"{before}```writ\n{text}```\n{after}", "utf-8")
            case "text" if text.startswith("journal "):
                (folder / JOURNAL).write_text(text, "utf-8")
            case "text" if text[:4].isdecimal():
                with (folder / JOURNAL).open("a", encoding="utf-8") as file:
                    file.write(text)
            case "console" if text.startswith("$ writ "):
                command, _, printed = text.partition("\n")
                assert run(command) == printed, command


def test_every_command_prints_what_the_page_shows(tmp_path, monkeypatch, run):
    monkeypatch.chdir(tmp_path)
    follow(tmp_path, run)
    assert {language for language, _ in steps()} == {"console", "markdown", "text", "writ", "yaml"}
    assert sorted(path.name for path in tmp_path.glob("*.*") if path.name[0] != ".") == sorted(
        [*FILES, JOURNAL, "harbour.cases.yaml"]
    )


def test_the_misspelt_word_is_reported_as_shown(tmp_path, monkeypatch, run):
    monkeypatch.chdir(tmp_path)
    at = next(i for i, (language, _) in enumerate(steps()) if language == "text")
    follow(tmp_path, run, at)
    law = tmp_path / "by-law-7.md"
    right = "  harbour-master may close-basin"
    text = law.read_text("utf-8")
    assert right in text
    law.write_text(text.replace(right, "  harbor-master may close-basin"), "utf-8")
    assert run("$ writ check .") == steps()[at][1]
