"""The formatter: one style, nothing lost, nothing changed in meaning."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.journal import generated
from tests.journal.law import floods
from writ.journal.entry import Journal
from writ.journal.formatter import format_journal, styled
from writ.journal.printed import print_journal
from writ.journal.read import read_journal


def pairs() -> list[tuple[str, str, str]]:
    """The headings of `formatter.txt`, each with its text before and after."""
    text = (Path(__file__).parent / "formatter.txt").read_text("utf-8")
    tokens = MarkdownIt("commonmark").parse(text)
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
    assert format_journal(before) == after
    assert format_journal(after) == after
    assert format_journal(before.replace("\n", "\r\n")) == after.replace("\n", "\r\n")


def comments(text: str) -> list[str]:
    without = re.sub(r'"[^"\n]*"', "", text)
    return [re.sub(r"\s+", "", comment) for comment in re.findall(r"--[^\n]*", without)]


@settings(max_examples=60)
@given(generated.journal(), st.randoms(use_true_random=False))
def test_a_disarranged_journal(journal: Journal, chance: random.Random) -> None:
    """Spaces doubled, lines broken and comments put in at random."""
    lines: list[str] = []
    for line in print_journal(journal, floods()).split("\n"):
        if line and chance.random() < 0.2:
            lines.append(" " * chance.randrange(4) + "-- own line")
        if chance.random() < 0.3:
            outside = r'(?=(?:[^"]*"[^"]*")*[^"]*$)'
            line = re.sub(rf"(?<=[^\s-]) (?=[^\s-]){outside}", "   ", line)
        if line and chance.random() < 0.2:
            line += chance.choice(("  --beside", " -- beside", "-- ---"))
        lines.append(line)
        lines += [""] * chance.choice((0, 0, 0, 2))
    text = chance.choice(("\n", "\r\n")).join(lines)
    once = format_journal(text)
    assert format_journal(once) == once
    assert comments(once) == comments(text)
    before, found = read_journal(text, floods())
    after, still = read_journal(once, floods())
    for one, other in ((before, after), (after, before)):
        assert one.entries == other.entries
        assert one.expectations == other.expectations
        assert (one.title, one.premises, one.days) == (other.title, other.premises, other.days)
    assert len(still) == len(found)


def test_a_byte_order_mark_stays() -> None:
    assert format_journal("\ufeff2021-01-04  a is gone") == "\ufeff2021-01-04 a is gone\n"


def test_a_lone_carriage_return_is_left_alone() -> None:
    text = "2021-01-04  a is gone\r2021-01-05 b is gone\n"
    new, found = styled("a.journal", text)
    assert new == text
    assert [one.code for one in found] == ["S104"]


def test_parts_of_a_long_journal_are_one_text() -> None:
    line = "2021-01-04  a{0}:   storm happened   about R-{0} -- {0}\n\n\n-- of {0}\n  -- indented\n"
    text = "".join(line.format(i) for i in range(4000))
    once = format_journal(text)
    assert once.startswith(
        "2021-01-04 a0: storm happened about R-0  -- 0\n\n-- of 0\n-- indented\n"
    )
    assert comments(once) == comments(text)
    assert format_journal(once) == once
    assert len(read_journal(once, floods())[0].entries) == 4000
