"""Hostile files are refused with a diagnostic, quickly, and what passes is shallow enough to visit."""

import time
from pathlib import Path

import pytest

from tests.syntax.bare import bare
from writ.syntax import parse_bytes, parse_condition, parse_file, parse_text
from writ.syntax.formatter import format_text
from writ.syntax.limits import MAX_BYTES, MAX_DEPTH, MAX_ITEMS, MAX_OPERATORS

MEGABYTE = 1024 * 1024
FULL = MAX_BYTES - 1000


def block(text: str) -> str:
    return f"# 1\n\n```writ\npower 1\n  a may b\n  when {text}\n```\n"


def filled(piece: str, size: int = FULL) -> str:
    return piece * (size // len(piece))


HOSTILE = {
    "parentheses": block(filled("(")),
    "pairs of parentheses": block("(" * 1_000_000 + "a" + ")" * 1_000_000),
    "not": block(filled("not ") + "a"),
    "all of": block(filled("all of (")),
    "quantifiers": block(filled("every r in s satisfies (")),
    "sums": block("a is " + filled("1 + ") + "1"),
    "differences in parentheses": block("a is " + filled("(1 - ")),
    "days from": block("a is " + filled("days from ")),
    "start of year": block("a is " + filled("start of year (")),
    "a long list": block("a in {" + filled("b, ") + "b}"),
    "a long disjunction": block(filled("a or ") + "a"),
    "a long conjunction": block(filled("(a and b) and ") + "a"),
    "a long name": block("a" * FULL),
    "a long number": block("a is " + "9" * FULL),
    "a long text": block('a is "' + "x" * FULL + '"'),
    "an open text on each line": block(filled('"\n')),
    "stray characters": block(filled("@ ")),
    "wrong clauses": block("a\n" + filled("  whn b\n")),
    "wrong statements": block("a\n" + filled("powr 1\n")),
    "clauses in the first column": block("a\n" + filled("when a\n")),
    "many clauses": block("a\n" + filled("  when a\n")),
    "many statements": block("a\n" + filled("office x\n")),
    "many values": "```writ\nkind k\n" + filled("  a\n") + "```\n",
    "comments": block("a\n" + filled("--\n")),
    "blank lines": block("a" + filled(" \n")),
    "blanks": block("a" + filled(" ")),
    "an open fence for each line": filled("```writ\n"),
    "fences": filled("```writ\n```\n"),
    "unlike fences": filled("````\n```\n~~~\n"),
    "headings": filled("# 1\n"),
    "quotes": filled(">"),
    "quotes on each line": filled(">" * 16 + "\n"),
    "lists": filled("- "),
    "a list on each line": filled("- a\n"),
    "numbered lists in lists": "".join("  " * i + "- a\n" for i in range(1500)),
    "html": filled("<a\n"),
    "html in lists": filled("- <!--\n"),
    "underlines": filled("a\n---\n"),
    "brackets": "<p>\n\n" + filled("["),
    "references": "<p>\n\n" + filled("[a]: b\n"),
    "backticks": filled("`"),
    "tabs": "<p>\n\n" + filled("\t- a\n"),
    "front matter without end": "---\n" + filled("a: b\n"),
    "nested front matter": "---\na: " + "[" * 60_000 + "\n---\n",
    "anchors in front matter": "---\na: &a [x]\nb: &b [*a,*a]\nc: &c [*b,*b]\n---\n",
    "a list in front matter": "---\na: [" + "b," * 30_000 + "]\n---\n",
    "keys in front matter": "---\n" + "".join(f"? [{'[' * 50}\n" for _ in range(900)) + "---\n",
}


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in HOSTILE.items()])
def test_a_hostile_file_costs_little(text: str) -> None:
    began = time.process_time()
    file, diagnostics = parse_text("a.md", text)
    assert time.process_time() - began < 4
    assert len(diagnostics) <= 201
    bare(file)
    repr(file)


@pytest.mark.parametrize(
    "text", [pytest.param(text[: MEGABYTE // 4], id=name) for name, text in HOSTILE.items()]
)
def test_the_formatter_survives_it(text: str) -> None:
    format_text("a.md", text + "\n```\n")


@pytest.mark.parametrize(
    "data",
    [
        b"(" * 5 * MEGABYTE,
        b"\xff" * 5 * MEGABYTE,
        b"```writ\n" + b"a, " * 2 * MEGABYTE,
        b"\n" * 5 * MEGABYTE,
    ],
)
def test_five_megabytes_are_refused_at_once(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(data)
    began = time.process_time()
    _, diagnostics = parse_file(path, "a.md")
    assert time.process_time() - began < 0.2
    assert [found.code for found in diagnostics] == ["S101"]


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
