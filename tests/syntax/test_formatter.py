"""The formatter: one style, nothing lost, nothing changed in meaning."""

import random
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.syntax import generated
from tests.syntax.bare import bare
from writ.syntax import tree as t
from writ.syntax.formatter import format_text
from writ.syntax.parser import parse_text
from writ.syntax.printed import print_statement

ROOT = Path(__file__).resolve().parents[2]
BOOKS = sorted(path for path in ROOT.glob("books/*/**/*.md"))


def pairs() -> list[tuple[str, str, str]]:
    """The headings of `formatter.txt`, each with its text before and after."""
    tokens = MarkdownIt("commonmark").parse(
        (Path(__file__).parent / "formatter.txt").read_text("utf-8")
    )
    titles = [
        tokens[i + 1].content
        for i, token in enumerate(tokens)
        if token.tag == "h2" and token.nesting == 1
    ]
    texts = [token.content for token in tokens if token.type == "fence"]
    return list(zip(titles, texts[::2], texts[1::2], strict=True))


@pytest.mark.parametrize(
    ("before", "after"), [pytest.param(b, a, id=title) for title, b, a in pairs()]
)
def test_the_style(before: str, after: str) -> None:
    found, diagnostics = format_text("a.md", before)
    assert not diagnostics
    assert found == after
    assert format_text("a.md", after)[0] == after


def check(text: str) -> None:
    """Formatting keeps the tree and the comments, and formatting again changes nothing."""
    once, _ = format_text("a.md", text)
    before, found = parse_text("a.md", text)
    after, still = parse_text("a.md", once)
    assert bare(after.statements) == bare(before.statements)
    assert len(still) == len(found)
    assert format_text("a.md", once)[0] == once
    assert comments(once) == comments(text)


def comments(text: str) -> list[str]:
    without_texts = re.sub(r'"[^"\n]*"', "", text)
    return [re.sub(r"\s+", "", comment) for comment in re.findall(r"--[^\n]*", without_texts)]


@given(st.lists(generated.statement, min_size=1, max_size=3), st.randoms(use_true_random=False))
def test_a_disarranged_block(nodes: list[t.Statement], chance: random.Random) -> None:
    """Lines broken, spaces doubled and comments put in at random, where the language allows it."""
    lines: list[str] = []
    for node in nodes:
        for line in print_statement(node).split("\n"):
            if line.startswith("  ") and chance.random() < 0.2:
                lines.append(" " * chance.randrange(4) + "-- own line")
            if chance.random() < 0.2:
                line = re.sub(r'(?<=\S) (?=\S)(?=(?:[^"]*"[^"]*")*[^"]*$)', "   ", line)
            if chance.random() < 0.2:
                line += chance.choice(("  --beside", " -- beside", "-- ---"))
            lines.append(line)
            lines += [""] * chance.choice((0, 0, 0, 2))
        lines += chance.choice(([], [""], ["-- between", ""], ["", "   -- after"]))
    end = chance.choice(("\n", "\r\n"))
    check(end.join(["# Title", "", "```writ", *lines, "```", ""]))


@pytest.mark.parametrize(
    "path", [ROOT / "docs" / "language.md", *BOOKS], ids=lambda path: path.stem
)
def test_real_text(path: Path) -> None:
    check(path.read_text("utf-8"))


def test_a_block_with_a_mistake_is_left_alone() -> None:
    wrong = "```writ\npower 1\n   minister   may\n```\n"
    right = "```writ\npower 1\n   minister   may   proclaim\n```\n"
    found, diagnostics = format_text("a.md", wrong + "\n" + right)
    assert found == wrong + "\n```writ\npower 1\n  minister may proclaim\n```\n"
    assert len(diagnostics) == 1
