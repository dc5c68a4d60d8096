"""Hostile files are refused with a diagnostic, quickly, and what passes is shallow enough to visit."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.syntax.bare import bare
from writ.syntax.formatter import format_text
from writ.syntax.limits import (
    MAX_BYTES,
    MAX_DEPTH,
    MAX_DIAGNOSTICS,
    MAX_ITEMS,
    MAX_LONG,
    MAX_OPERATORS,
)
from writ.syntax.parser import parse_bytes, parse_condition, parse_file, parse_text

MEGABYTE = 1024 * 1024
FULL = MAX_BYTES - 1000


def block(text: str) -> str:
    return f"# 1\n\n```writ\npower 1\n  a may b\n  when {text}\n```\n"


def filled(piece: str, size: int) -> str:
    return piece * (size // len(piece))


HOSTILE: dict[str, Callable[[int], str]] = {
    "parentheses": lambda n: block(filled("(", n)),
    "pairs of parentheses": lambda n: block("(" * (n // 2) + "a" + ")" * (n // 2)),
    "not": lambda n: block(filled("not ", n) + "a"),
    "all of": lambda n: block(filled("all of (", n)),
    "quantifiers": lambda n: block(filled("every r in s satisfies (", n)),
    "sums": lambda n: block("a is " + filled("1 + ", n) + "1"),
    "differences in parentheses": lambda n: block("a is " + filled("(1 - ", n)),
    "days from": lambda n: block("a is " + filled("days from ", n)),
    "start of year": lambda n: block("a is " + filled("start of year (", n)),
    "a long list": lambda n: block("a in {" + filled("b, ", n) + "b}"),
    "a long disjunction": lambda n: block(filled("a or ", n) + "a"),
    "a long conjunction": lambda n: block(filled("(a and b) and ", n) + "a"),
    "a long name": lambda n: block("a" * n),
    "a long number": lambda n: block("a is " + "9" * n),
    "a long text": lambda n: block('a is "' + "x" * n + '"'),
    "an open text on each line": lambda n: block(filled('"\n', n)),
    "stray characters": lambda n: block(filled("@ ", n)),
    "wrong clauses": lambda n: block("a\n" + filled("  whn b\n", n)),
    "wrong statements": lambda n: block("a\n" + filled("powr 1\n", n)),
    "clauses in the first column": lambda n: block("a\n" + filled("when a\n", n)),
    "many clauses": lambda n: block("a\n" + filled("  when a\n", n)),
    "many statements": lambda n: block("a\n" + filled("office x\n", n)),
    "many values": lambda n: "```writ\nkind k\n" + filled("  a\n", n) + "```\n",
    "comments": lambda n: block("a\n" + filled("--\n", n)),
    "blank lines": lambda n: block("a" + filled(" \n", n)),
    "blanks": lambda n: block("a" + filled(" ", n)),
    "an open fence for each line": lambda n: filled("```writ\n", n),
    "fences": lambda n: filled("```writ\n```\n", n),
    "unlike fences": lambda n: filled("````\n```\n~~~\n", n),
    "headings": lambda n: filled("# 1\n", n),
    "quotes": lambda n: filled(">", n),
    "quotes on each line": lambda n: filled(">" * 16 + "\n", n),
    "lists": lambda n: filled("- ", n),
    "a list on each line": lambda n: filled("- a\n", n),
    "numbered lists in lists": lambda n: "".join("  " * i + "- a\n" for i in range(1500)),
    "html": lambda n: filled("<a\n", n),
    "html in lists": lambda n: filled("- <!--\n", n),
    "underlines": lambda n: filled("a\n---\n", n),
    "brackets": lambda n: "<p>\n\n" + filled("[", n),
    "references": lambda n: "<p>\n\n" + filled("[a]: b\n", n),
    "backticks": lambda n: filled("`", n),
    "tabs": lambda n: "<p>\n\n" + filled("\t- a\n", n),
    "front matter without end": lambda n: "---\n" + filled("a: b\n", n),
    "nested front matter": lambda n: "---\na: " + "[" * 16_000 + "\n---\n",
    "anchors in front matter": lambda n: "---\na: &a [x]\nb: &b [*a,*a]\nc: &c [*b,*b]\n---\n",
    "a list in front matter": lambda n: "---\na: [" + "b," * 8_000 + "]\n---\n",
    "keys in front matter": lambda n: (
        "---\n" + "".join(f"? [{'[' * 50}\n" for _ in range(280)) + "---\n"
    ),
}


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("parts", [1, 8])
def test_a_hostile_file_costs_little(piece: Callable[[int], str], parts: int) -> None:
    """As one piece, and in parts that are each within the limits."""
    text = (piece(FULL // parts - 1000) + "\n```\n") * parts
    began = time.process_time()
    file, diagnostics = parse_text("a.md", text[:FULL])
    assert time.process_time() - began < 4
    assert len(diagnostics) <= MAX_DIAGNOSTICS + 1
    bare(file)
    repr(file)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("quotes", "S105"),
        ("html", "S107"),
        ("headings", "S107"),
        ("many statements", "S125"),
    ],
)
def test_what_is_too_much_is_said(name: str, code: str) -> None:
    _, diagnostics = parse_text("a.md", HOSTILE[name](900_000))
    assert [found.code for found in diagnostics] == [code]


def test_mistakes_are_listed_up_to_a_limit() -> None:
    _, diagnostics = parse_text("a.md", block("a\n" + "powr 1\n" * 300))
    assert len(diagnostics) == MAX_DIAGNOSTICS + 1
    assert {found.code for found in diagnostics} == {"S130", "S106"}


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE)
def test_the_formatter_survives_it(piece: Callable[[int], str]) -> None:
    format_text("a.md", piece(50_000) + "\n```\n")


@pytest.mark.parametrize(
    "data",
    [
        b"(" * 17 * MEGABYTE,
        b"\xff" * 17 * MEGABYTE,
        b"```writ\n" + b"a, " * 6 * MEGABYTE,
        b"\n" * 5 * MEGABYTE,
    ],
)
def test_what_is_too_large_is_refused_at_once(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(data)
    began = time.process_time()
    _, diagnostics = parse_file(path, "a.md")
    assert time.process_time() - began < 0.2
    assert [found.code for found in diagnostics] == ["S101"]


LONG = {name: make for name, make in HOSTILE.items() if make(80).count("\n") < 8}
"""Of few lines, so that a file of them may be longer."""


@pytest.mark.parametrize("piece", LONG.values(), ids=LONG)
def test_a_long_file_of_few_lines_costs_little(piece: Callable[[int], str]) -> None:
    began = time.process_time()
    file, diagnostics = parse_text("a.md", piece(MAX_LONG - 1000)[: MAX_LONG - 1])
    assert time.process_time() - began < 4
    assert len(diagnostics) <= MAX_DIAGNOSTICS + 1
    bare(file)


def test_a_very_long_act_is_read() -> None:
    act = "".join(
        f"## {at} Of words\n\n" + "The law says so. " * 400 + "\n\n" for at in range(1, 900)
    )
    file, diagnostics = parse_text("a.md", act)
    assert len(act) > MAX_BYTES and diagnostics == [] and len(file.headings) == 899


def test_bytes_that_are_not_utf_8_are_refused_with_their_line() -> None:
    _, (found,) = parse_bytes("a.md", "# é\n\nab\n".encode() + b"x \xe9 y")
    assert (found.code, found.span.line, found.span.column) == ("S102", 4, 3)


def test_a_lone_carriage_return_is_refused() -> None:
    _, (found,) = parse_text("a.md", "# a\r\nb\rc")
    assert (found.code, found.span.line, found.span.column) == ("S104", 2, 2)


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    _, (found,) = parse_file(tmp_path / "missing.md")
    assert found.code == "S103"


@pytest.mark.parametrize(
    ("at_the_limit", "beyond", "code"),
    [
        (
            "(" * MAX_DEPTH + "a" + ")" * MAX_DEPTH,
            "(" * (MAX_DEPTH + 1) + "a" + ")" * (MAX_DEPTH + 1),
            "S124",
        ),
        ("not " * MAX_DEPTH + "a", "not " * (MAX_DEPTH + 1) + "a", "S124"),
        ("a is 1" + " + 1" * MAX_OPERATORS, "a is 1" + " + 1" * (MAX_OPERATORS + 1), "S124"),
        ("a in {b" + ", b" * (MAX_ITEMS - 1) + "}", "a in {b" + ", b" * MAX_ITEMS + "}", "S125"),
        ("a" + " or a" * (MAX_ITEMS - 1), "a" + " or a" * MAX_ITEMS, "S125"),
    ],
    ids=["parentheses", "not", "signs", "set", "alternatives"],
)
def test_a_limit_is_exact(at_the_limit: str, beyond: str, code: str) -> None:
    assert not parse_condition(at_the_limit)[1]
    assert [found.code for found in parse_condition(beyond)[1]] == [code]


def test_the_deepest_tree_can_be_visited() -> None:
    sums = "(" * 20 + "1" + " + (1" * 30 + ")" * 30 + ")" * 20
    deep = "(a or b and not " * 21 + f"c is {sums}" + ")" * 21
    node, diagnostics = parse_condition(deep.replace(sums, "1" + " + 1" * MAX_OPERATORS))
    assert not diagnostics
    assert bare(node)
    assert hash(node)
    text = block(deep.replace(sums, "1" + " + 1" * MAX_OPERATORS))
    formatted, _ = format_text("a.md", text)
    assert formatted != text
