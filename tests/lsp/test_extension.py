"""The extension for Visual Studio Code: it names every word of the language, and nothing that is not there."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from writ.cli.entry import COMMANDS
from writ.journal.clauses import PARSE
from writ.journal.clauses import written as written_journal
from writ.syntax.clauses import CLAUSES, WITH_CLAUSES, WRITTEN
from writ.syntax.declarations import KINDS

FOLDER = Path(__file__).resolve().parents[2] / "editors" / "vscode"
SYNTAXES = FOLDER / "syntaxes"


def read(path: str) -> Any:
    return json.loads((FOLDER / path).read_text("utf-8"))


def matches(grammar: str, rule: str, line: str) -> str:
    """What the first group that takes part in a rule's match holds."""
    found = re.search(read(f"syntaxes/{grammar}")["repository"][rule]["match"], line)
    return "" if found is None else next(each for each in found.groups() if each)


@pytest.mark.parametrize("word", WITH_CLAUSES)
def test_the_head_of_a_norm(word: str) -> None:
    assert matches("writ.tmLanguage.json", "head", f"{word} 17(1)(a)") == word


@pytest.mark.parametrize("word", KINDS)
def test_the_head_of_a_declaration(word: str) -> None:
    line = {"actor": "actor", "fact": "fact x: yes-no", "definition": "definition x: date"}
    assert matches("writ.tmLanguage.json", "declaration", line.get(word, f"{word} a-name")) == word


@pytest.mark.parametrize("word", CLAUSES)
def test_the_word_of_a_clause(word: str) -> None:
    said = WRITTEN.get(word, word)
    assert matches("writ.tmLanguage.json", "clause", f"  {said} something") == said


@pytest.mark.parametrize("word", PARSE)
def test_the_word_of_a_clause_of_a_journal(word: str) -> None:
    said = written_journal(word)
    assert matches("writ-journal.tmLanguage.json", "clause", f"  {said} x") == said


def test_a_block_begins_and_ends() -> None:
    block = read("syntaxes/writ-in-markdown.tmLanguage.json")["repository"]["block"]
    begin = block["begin"].replace(r"(^|\G)", "(^)")
    assert re.search(begin, "```writ")
    assert re.search(begin, "~~~~ writ extra")
    assert not re.search(begin, "```write")
    assert not re.search(begin, "```text")


def test_every_file_that_it_names_is_there() -> None:
    package = read("package.json")
    contributes = package["contributes"]
    named = [package["main"]]
    named += [each["configuration"] for each in contributes["languages"]]
    named += [each["path"] for each in contributes["grammars"]]
    assert all((FOLDER / each).is_file() for each in named)
    for each in contributes["grammars"]:
        assert read(each["path"])["scopeName"] == each["scopeName"]


def test_every_command_has_something_that_does_it() -> None:
    script = (FOLDER / "extension.js").read_text("utf-8")
    registered = set(re.findall(r'register\("([\w.]+)"', script))
    declared = {each["command"] for each in read("package.json")["contributes"]["commands"]}
    lenses = {"writ.cases", "writ.assurances", "writ.references", "writ.prove"}
    assert declared | lenses == registered
    assert "lsp" in COMMANDS


def test_no_code_of_others_is_kept_here() -> None:
    assert not (FOLDER / "node_modules").exists()
    assert "http" not in (FOLDER / "package.json").read_text("utf-8")
