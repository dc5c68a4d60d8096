"""Running the checks: rechecking an edited book finds what a fresh run finds, and a crowded act is not slow."""

import datetime as dt
import random
from pathlib import Path

import pytest

from writ.book.load import load_texts
from writ.book.workspace import Workspace
from writ.checks import crowded_act, opposition
from writ.checks.registry import checks
from writ.checks.run import Runner, run
from writ.checks.view import View
from writ.diagnostics import ordered

TODAY = dt.date(2026, 1, 1)
BOOKS = Path(__file__).parents[2] / "books"
EDITS = 25


def texts(book: str) -> dict[str, str]:
    folder = BOOKS / book
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*.md"))
    }


def edited(text: str, chance: random.Random) -> str:
    """The text with one line lost, doubled, or some word of it changed."""
    lines = text.split("\n")
    at = chance.randrange(len(lines))
    match chance.randrange(4):
        case 0:
            del lines[at]
        case 1:
            lines.insert(at, lines[at])
        case 2:
            lines.insert(at, "")
        case _:
            for old, new in ((" may not ", " may "), ("when ", "unless "), (" or ", " and ")):
                if old in lines[at]:
                    lines[at] = lines[at].replace(old, new)
                    break
    return "\n".join(lines)


@pytest.mark.parametrize("book", sorted(path.name for path in BOOKS.iterdir() if path.is_dir()))
def test_rechecking_an_edited_book_finds_what_a_fresh_run_finds(book):
    chance = random.Random(book)
    before = texts(book)
    workspace = Workspace.of_texts(before)
    runner = Runner()
    assert runner.run(workspace.book, TODAY) == run(workspace.book, today=TODAY)
    for _ in range(EDITS):
        path = chance.choice(sorted(before))
        workspace.update(path, edited(before[path], chance))
        assert runner.run(workspace.book, TODAY) == run(workspace.book, today=TODAY)
        if chance.random() < 0.7:
            workspace.update(path, before[path])


def test_another_day_is_looked_at_afresh():
    book, _ = load_texts(
        {
            "a.md": "---\nid: a\ntitle: A\nkind: statute\nin-force: 2000-01-01\ntop: true\nreview: 2010-01-01\n---\n"
        }
    )
    runner = Runner(["T604"])
    assert not runner.run(book, dt.date(2009, 1, 1))
    assert [found.code for found in runner.run(book, TODAY)] == ["T604"]


def test_a_condition_is_looked_at_again_when_another_may_be_given_the_act():
    words = """office minister "minister"
office clerk "clerk"
office captain "captain"
act order "order"
act small-order "a small order"
  is order
act lend "lend"
"""
    law = "power 1\n  minister may order\n  when actor is captain\n"
    rule = "delegation 1\n  minister may delegate small-order to clerk by lend\n"
    head = "---\nid: {}\ntitle: T\nkind: statute\nin-force: 2000-01-01\ntop: true\n---\n\n```writ\n{}```\n"
    files = {"words.md": words, "law.md": law, "rule.md": ""}
    workspace = Workspace.of_texts(
        {name: head.format(name[:-3], text) for name, text in files.items()}
    )
    runner = Runner(["V250"])

    def found() -> int:
        fresh = run(workspace.book, ["V250"], TODAY)
        assert runner.run(workspace.book, TODAY) == fresh
        return len(fresh)

    assert found() == 1
    workspace.update("rule.md", head.format("rule", rule))
    assert found() == 1
    a_captain_is_a_clerk = words.replace('"captain"\n', '"captain"\n  is clerk\n')
    workspace.update("words.md", head.format("words", a_captain_is_a_clerk))
    assert found() == 0
    workspace.update("rule.md", head.format("rule", ""))
    assert found() == 1


def test_findings_come_in_the_order_of_the_files():
    book, _ = load_texts(texts("war-powers"))
    found = run(book, today=TODAY)
    assert found == ordered(found)


def test_only_the_codes_asked_for_are_run():
    book, _ = load_texts(texts("eo-13526"))
    assert {found.code for found in run(book, ["V257", "G805"], TODAY)} <= {"V257", "G805"}
    assert run(book, [], TODAY) == []


def crowd(number: int) -> dict[str, str]:
    """So many permissions and prohibitions of one rank on one act, each for a case of its own or of a few."""
    words = ['act publish "publish"', '  size: number of pages "size"', '  kind: matter "kind"']
    words += ['kind matter "matters"', *(f"  m-{n}" for n in range(number))]
    words += [f'office o-{n} "office"' for n in range(50)]
    norms = []
    for n in range(number):
        line = f"o-{n % 50} may publish" if n % 2 else "no one may publish"
        kind = "permission" if n % 2 else "prohibition"
        norms += [f"{kind} {n + 1}", f"  {line}", f"  when kind in {{m-{n}, m-{n // 2}}}"]
    body = "\n".join(words + norms)
    head = "id: a\ntitle: A\nkind: statute\nin-force: 2000-01-01\ntop: true"
    return {"a.md": f"---\n{head}\n---\n\n```writ\n{body}\n```\n"}


def test_a_crowded_act_is_compared_through_an_index():
    book, found = load_texts(crowd(2_000))
    assert not found
    view = View(book, TODAY)
    met = opposition.pairs(view, "publish", ("permission",), ("prohibition",))
    assert sum(1 for _ in met) < 10_000


def test_what_is_not_compared_is_said(monkeypatch):
    book, _ = load_texts(crowd(200))
    assert not run(book, ["C499"], TODAY)
    monkeypatch.setattr(opposition, "MAX_PAIRS", 20)
    monkeypatch.setattr(crowded_act, "MAX_PAIRS", 20)
    (found,) = run(book, ["C499"], TODAY)
    assert "pairs of norms on `publish`" in found.message


def test_every_check_stands_a_book_without_anything():
    book, _ = load_texts({"a.md": ""})
    assert run(book, today=TODAY) == []
    assert checks()
