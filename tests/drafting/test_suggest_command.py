"""`writ suggest`: text and JSON, of a file and of a book."""

import json
import shlex
from pathlib import Path

import pytest

from tests.command import Run

TEXT = """\
4 The Director shall:
(a) report to the Minister annually; and
(b) keep a register.
5 The Minister may issue an order.
"""


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "act.txt"
    path.write_text(TEXT, "utf-8")
    return path


def test_a_text_gives_proposals_with_their_evidence(run: Run, text: Path) -> None:
    ran = run("suggest", text)
    assert ran.status == 0
    assert "4(a)  duty  0." in ran.out
    assert f"{text}:2" in ran.out
    assert "“report to the Minister annually”" in ran.out
    assert "goes on with “The Director shall:”" in ran.out
    assert "      director must report-minister\n      to minister\n      every 1 year\n" in ran.out
    assert "3 proposals, none of them a norm until somebody writes it into the book" in ran.out
    assert text.read_text("utf-8") == TEXT
    assert list(text.parent.iterdir()) == [text]


def test_the_same_as_json_with_offsets(run: Run, text: Path) -> None:
    answer = json.loads(run("suggest", text, "--format", "json").out)
    first = answer["proposals"][0]
    assert (
        TEXT[first["start"] : first["end"]] == first["quote"] == "report to the Minister annually"
    )
    bearer = first["bearer"]
    assert TEXT[bearer["start"] : bearer["end"]] == bearer["text"] == "The Director"
    assert (first["provision"], first["line"], first["kind"], first["modality"]) == (
        "4(a)",
        2,
        "duty",
        "must",
    )
    assert {"clause": "every", "value": "1 year", "phrase": ""} in first["clauses"]
    assert first["block"].endswith("every 1 year\n")


def test_one_provision_and_what_stands_beneath_it(run: Run, text: Path) -> None:
    found = json.loads(run("suggest", text, "--provision", "4", "--json").out)["proposals"]
    assert [each["provision"] for each in found] == ["4(a)", "4(b)"]
    ran = run("suggest", text, "--provision", "9")
    assert ran.status == 2
    assert "nothing is proposed for a provision `9`" in ran.err


def test_a_higher_confidence_shows_less(run: Run, text: Path) -> None:
    count = [
        len(json.loads(run("suggest", text, "--json", "--min", least).out)["proposals"])
        for least in ("0", "1")
    ]
    assert count == [3, 0]
    assert run("suggest", text, "--min", "2").status == 2


def test_what_cannot_be_read_is_refused_in_one_line(run: Run, tmp_path: Path) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"\xff\xfe\x00")
    for path, words in ((bad, "is not a text in UTF-8"), (tmp_path / "none.txt", "cannot be read")):
        ran = run("suggest", path)
        assert ran.status == 2
        assert words in ran.err
        assert "Traceback" not in ran.err


def test_control_characters_never_reach_the_terminal(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "act.txt"
    path.write_text("4 The Director shall keep a \x1b[31mregister.\n", "utf-8")
    assert "\x1b" not in run("suggest", path).out


ACT = """\
---
id: act
title: An Act
kind: statute
top: true
in-force: 2020-01-01
---

# An Act

```writ
office head-of-works "Director"

act keep-list "keep a register"
```

## 4 Register

The Director shall keep a register.

## 5 Orders

The Director may issue an order.

```writ
power 5
  head-of-works may keep-list
```
"""


def test_a_book_gives_its_names_and_provisions_with_norms_are_left_out(
    run: Run, tmp_path: Path
) -> None:
    (tmp_path / "book.md").write_text("---\nbook: b\ntitle: B\n---\n", "utf-8")
    (tmp_path / "act.md").write_text(ACT, "utf-8")
    answer = json.loads(run("suggest", tmp_path, "--json").out)
    (proposal,) = answer["proposals"]
    assert proposal["block"] == "duty 4\n  head-of-works must keep-list\n"
    assert proposal["declarations"] == []
    assert (proposal["instrument"], proposal["file"], proposal["line"]) == ("act", "act.md", 19)
    assert answer["already"] == 1


def test_another_language_is_refused(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "loi.txt"
    path.write_text(
        "8 Le gouverneur en conseil peut, par décret, prendre toute mesure utile. " * 6, "utf-8"
    )
    ran = run("suggest", path)
    assert ran.status == 2
    assert "is not English" in ran.err


def test_the_example_of_the_documentation_comes_out_as_printed(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = (Path(__file__).parents[2] / "docs" / "suggest.md").read_text("utf-8")
    text = page.split("With this in `act.txt`:\n\n```text\n")[1].split("```")[0]
    command, printed = page.split("```console\n$ writ ")[1].split("```")[0].split("\n", 1)
    monkeypatch.chdir(tmp_path)
    Path("act.txt").write_text(text, "utf-8")
    assert run(*shlex.split(command)).out == printed
