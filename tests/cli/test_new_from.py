"""`writ new --from`: a book copied from another, under other names, without what is not wanted."""

from __future__ import annotations

import re

import pytest
import yaml

LAW = """\
---
id: {id}
title: {title}
kind: {kind}
citation: {title}
cite-as: {cite}
{basis}
in-force: 2020-01-01
---

# {title}

{text}
"""
BASIC = """\
## 1 Statutes

The Republic makes statutes.

```writ
body parliament "Parliament of the Republic"

office minister "the Minister"
  succession warden

act legislate "enact a statute"
  reserved

act govern "govern"
  reserved

act keep-harbour "keep the harbour"
  is govern

act keep-gate "keep the gate"
  is govern

power 1
  parliament may legislate
  enabling govern
```
"""
HARBOUR = """\
## 1 Harbour

(1) The Minister and the Warden open the harbour.

(2) The Republic's ships are always let in.

```writ
act open-harbour "open the harbour"
  is keep-harbour

act let-in "let a ship of the Republic in"
  is keep-harbour

power 1(1)
  minister, warden may open-harbour

power 1(2)
  warden may let-in
```

## 2 Closing

The Minister closes it.

```writ
act close-harbour "close the harbour"
  is keep-harbour

power 2
  minister may close-harbour
  after close-gate by warden
```

## 3 Keeping

```writ
act watch-harbour "watch the harbour"
  is keep-harbour

duty 3
  minister, warden must watch-harbour
  every 12 months
```
"""
GATE = """\
## 1 Gate

```writ
office warden "the Warden"
  reports to minister

act close-gate "close the gate"
  is keep-gate

power 1
  warden may close-gate
```
"""
CASES = """\
# What may be done.
cases:
  - id: open
    ask: May the Minister open the harbour of the Republic?
    request: {actor: minister, act: open-harbour, at: 2025-01-01}
    outcome: permitted
    cites: [Harbour 1(1)]
  - id: gate
    ask: May the Warden close the gate?
    request: {actor: warden, act: close-gate, at: 2025-01-01}
    outcome: permitted
    cites: [Gate 1]
"""
JOURNAL = """\
journal "A year"
  book port

2025-01-01 warden did close-gate
2025-01-02 shut: minister did close-harbour

expect 2025-01-03 act shut authorised
"""


@pytest.fixture
def port(tmp_path):
    folder = tmp_path / "port"
    folder.mkdir()

    def write(name, kind, cite, basis, text):
        made = LAW.format(
            id=name, title=f"{cite.split()[0]} Law", kind=kind, cite=cite, basis=basis, text=text
        )
        (folder / f"{name}.md").write_text(made, "utf-8")

    (folder / "book.md").write_text("---\nbook: port\ntitle: Law of the Port\n---\n", "utf-8")
    write("basic", "constitution", "Basic {}", "top: true", BASIC)
    under = "enacted-by: parliament\nunder: basic 1"
    write("harbour", "statute", "Harbour {}", under, HARBOUR)
    write("gate", "statute", "Gate {}", under, GATE)
    (folder / "port.cases.yaml").write_text(CASES, "utf-8")
    (folder / "year.journal").write_text(JOURNAL, "utf-8")
    return folder


def sound(run, folder):
    """It checks without a finding, and its cases and journals hold."""
    assert run("check", folder, "--today", "2025-06-01").out.startswith("clean")
    assert run("test", folder).status == 0


def test_a_copy_is_the_same_law_under_its_own_name(run, port, tmp_path):
    made = tmp_path / "My Law"
    assert run("new", made, "--from", port, "--title", "Law of my land").status == 0
    sound(run, made)
    assert "book: my-law\ntitle: Law of my land\n" in (made / "book.md").read_text("utf-8")
    assert "  book my-law\n" in (made / "year.journal").read_text("utf-8")
    for name in ("basic", "harbour", "gate"):
        again = run("fmt", "--check", made / f"{name}.md")
        assert again.status == 0, again.out


def test_names_and_words_are_changed_wherever_they_stand(run, port, tmp_path):
    made = tmp_path / "law"
    run("new", made, "--from", port, "--say", "the Republic=the Kingdom", "--rename",
        "warden=keeper", "--rename", "harbour=haven-act")  # fmt: skip
    sound(run, made)
    law = "".join(path.read_text("utf-8") for path in made.glob("*.*") if path.is_file())
    assert "Republic" not in law
    assert "The Kingdom makes statutes." in law
    assert "The Kingdom's ships" in law
    assert not re.search(r"(?<![\w-])warden(?![\w-])", law)
    assert "keeper may close-gate" in law
    assert (made / "haven-act.md").is_file()
    assert "open-harbour" in law, "a name that has another within it stays as it is"


def test_names_are_exchanged_for_each_other_at_once(run, port, tmp_path):
    made = tmp_path / "law"
    run("new", made, "--from", port, "--rename", "warden=minister", "--rename", "minister=warden")
    sound(run, made)
    assert "minister may close-gate" in (made / "gate.md").read_text("utf-8")


def test_what_depends_on_what_is_left_out_goes_with_it(run, port, tmp_path):
    made = tmp_path / "law"
    ran = run("new", made, "--from", port, "--without", "gate")
    assert "left out: gate\nleft out with them: 1 cases, 1 journals\n" in ran.out
    sound(run, made)
    harbour = (made / "harbour.md").read_text("utf-8")
    assert not (made / "gate.md").exists()
    assert "  minister may open-harbour\n" in harbour, "of a list the rest stays"
    assert "  minister must watch-harbour\n" in harbour
    assert "ships" not in harbour, "the paragraph goes with its norm"
    assert "## 2" not in harbour, "a power that waited for what is gone is not given without it"
    assert "succession" not in (made / "basic.md").read_text("utf-8")
    assert "keep-gate" not in (made / "basic.md").read_text("utf-8")
    cases = yaml.safe_load((made / "port.cases.yaml").read_text("utf-8"))["cases"]
    assert [one["id"] for one in cases] == ["open"]


def test_what_is_kept_brings_what_it_rests_on(run, port, tmp_path):
    made = tmp_path / "law"
    assert run("new", made, "--from", port, "--only", "gate").status == 0
    sound(run, made)
    assert sorted(path.name for path in made.glob("*.md")) == ["basic.md", "book.md", "gate.md"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--without", "garden"], "`garden` is no instrument of the book"),
        (["--rename", "warden"], "`warden` is not OLD=NEW"),
        (["--rename", "warden=The Keeper"], "`The Keeper` is not a name"),
        (["--say", "warden=keeper"], "`warden` may be a name of the book"),
    ],
)
def test_what_cannot_be_meant_is_refused_before_anything_is_written(
    run, port, tmp_path, options, said
):
    ran = run("new", tmp_path / "law", "--from", port, *options)
    assert ran.status == 2
    assert said in ran.err
    assert not (tmp_path / "law").exists()


def test_there_must_be_a_book_to_copy(run, tmp_path):
    assert "is no book" in run("new", tmp_path / "law", "--from", tmp_path / "none").err
    assert "name a book with --from" in run("new", tmp_path / "law", "--say", "A b=c").err


def test_the_model_ministry_without_an_area_stands(run, tmp_path):
    made = tmp_path / "law"
    assert run("new", made, "--from", "model-ministry", "--without", "register-act").status == 0
    assert run("check", made, "--today", "2026-06-01").status == 0
    assert run("test", made).status == 0
