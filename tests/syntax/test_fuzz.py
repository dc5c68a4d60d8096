"""Whatever a file holds, the parser and the formatter answer with values: no exception, no hang."""

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import damage
from tests.damage import damaged
from writ.diagnostics import Diagnostic
from writ.syntax.clauses import CLAUSES
from writ.syntax.codes import CODES
from writ.syntax.formatter import format_text
from writ.syntax.parser import parse_bytes, parse_condition, parse_text
from writ.syntax.statements import STATEMENTS

LANGUAGE = (Path(__file__).resolve().parents[2] / "docs" / "language.md").read_text("utf-8")
SOURCE = "\n".join(
    test.split("```\n")[0]
    for file in sorted(Path(__file__).parent.glob("*.md"))
    for test in file.read_text("utf-8").split("```writ\n")[1:]
)
PIECES = (
    *STATEMENTS,
    *CLAUSES,
    *(
        "a",
        "b-c",
        "d.e",
        "17(1)",
        "5",
        "2020-01-01",
        "7 days",
        '"text"',
        "--",
        "and",
        "or",
        "not",
        "is",
    ),
    *(
        "(",
        ")",
        "{",
        "}",
        ",",
        ":",
        "+",
        "-",
        "in",
        "of",
        "at least",
        "may",
        "must",
        "no one",
        "each of",
    ),
    *(
        "every",
        "satisfies",
        "done",
        "by",
        "since",
        "the actor",
        "prevails over",
        "lapses",
        "may never both",
        "may always",
        "can",
        "someone can always",
        "nothing disputes",
        "ends within",
        "has a holder with",
        "has power to",
    ),
    *(
        "\n",
        "\n\n",
        "\n  ",
        "\n    ",
        "\t",
        '"',
        "\r\n",
        "\u00a0",
        "é",
        "```\n",
        "```writ\n",
        "# 1\n",
    ),
    *("---\n", "> ", "- "),
)


def whole(found: list[Diagnostic], lines: int) -> None:
    damage.whole(found, lines, CODES)


def survive(text: str) -> None:
    _, diagnostics = parse_text("a.md", text)
    whole(diagnostics, text.count("\n") + 1)
    formatted, _ = format_text("a.md", text)
    assert format_text("a.md", formatted)[0] == formatted


@given(st.binary(max_size=200))
def test_bytes(data: bytes) -> None:
    whole(parse_bytes("a.md", data)[1], data.count(b"\n") + 1)


@given(st.text(max_size=200))
def test_text_in_a_block(text: str) -> None:
    survive(f"# 1\n```writ\n{text}\n```\n")


@given(st.text(max_size=200))
def test_text_in_front_matter(text: str) -> None:
    survive(f"---\n{text}\n---\n")


@given(st.lists(st.sampled_from(PIECES), max_size=60))
def test_words_in_any_order(pieces: list[str]) -> None:
    survive("# 1\n```writ\n" + " ".join(pieces) + "\n```\n")
    _, diagnostics = parse_condition(" ".join(pieces))
    whole(diagnostics, " ".join(pieces).count("\n") + 1)


@pytest.mark.parametrize("seed", range(20))
def test_mutated_source(seed: int) -> None:
    chance = random.Random(seed)
    source = LANGUAGE if seed % 2 else f"# 1\n```writ\n{SOURCE}```\n"
    for _ in range(10):
        survive(damaged(chance, source, PIECES))
