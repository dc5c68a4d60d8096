"""docs/security.md: every requirement of ASVS 5.0.0, levels 1 and 2, is there once, with a test or a page."""

import ast
import re
from collections import Counter
from functools import cache

import pytest

from tests.ministry.serving import ROOT

DOCS, TESTS = ROOT / "docs", ROOT / "tests" / "ministry"
TEXT = (DOCS / "security.md").read_text("utf-8")
STATES = ("met", "partly", "not met", "operator", "n/a")
# Of each section its requirements; those of level 1 with a star. Level 3 is left out, so there are gaps.
REQUIREMENTS = """
1.1 1 2
1.2 1* 2* 3* 4* 5* 6 7 8 9
1.3 1* 2* 3 4 5 6 7 8 9 10 11
1.4 1 2 3
1.5 1* 2
2.1 1* 2 3
2.2 1* 2* 3
2.3 1* 2 3 4
2.4 1
3.2 1* 2*
3.3 1* 2 3 4
3.4 1* 2* 3 4 5 6
3.5 1* 2* 3* 4 5
3.7 1 2
4.1 1* 2 3
4.2 1
4.3 1 2
4.4 1* 2 3 4
5.1 1
5.2 1* 2* 3
5.3 1* 2*
5.4 1 2 3
6.1 1* 2 3
6.2 1* 2* 3* 4* 5* 6* 7* 8* 9 10 11 12
6.3 1* 2* 3 4
6.4 1* 2* 3 4
6.5 1 2 3 4 5
6.6 1 2 3
6.8 1 2 3 4
7.1 1 2 3
7.2 1* 2* 3* 4*
7.3 1 2
7.4 1* 2* 3 4 5
7.5 1 2
7.6 1 2
8.1 1* 2
8.2 1* 2* 3
8.3 1*
8.4 1
9.1 1* 2* 3*
9.2 1* 2 3 4
10.1 1 2
10.2 1 2
10.3 1 2 3 4
10.4 1* 2* 3* 4* 5* 6 7 8 9 10 11
10.5 1 2 3 4 5
10.6 1 2
10.7 1 2 3
11.1 1 2
11.2 1 2 3
11.3 1* 2* 3
11.4 1* 2 3 4
11.5 1
11.6 1
12.1 1* 2 3
12.2 1* 2*
12.3 1 2 3 4
13.1 1
13.2 1 2 3 4 5
13.3 1 2
13.4 1* 2 3 4 5
14.1 1 2
14.2 1* 2 3 4
14.3 1* 2 3
15.1 1* 2 3
15.2 1* 2 3
15.3 1* 2 3 4 5 6 7
16.1 1
16.2 1 2 3 4 5
16.3 1 2 3 4
16.4 1 2 3
16.5 1 2 3
17.1 1
17.2 1 2 3 4
17.3 1 2
"""
WANTED = {
    f"V{section}.{number.rstrip('*')}": "1" if number.endswith("*") else "2"
    for section, *numbers in (line.split() for line in REQUIREMENTS.split("\n") if line)
    for number in numbers
}
ROWS = [
    [cell.strip() for cell in line.strip("| ").split(" | ")]
    for line in TEXT.splitlines()
    if line.startswith("| V")
]
BY_NUMBER = {row[0]: row for row in ROWS}


@cache
def anchors(path):
    """The anchors of the headings of a page."""
    titles = re.findall(r"^#+ (.+)$", path.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


@cache
def functions_of(path):
    return {
        node.name
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


def named(text):
    return re.findall(r"`([\w/.]+\.py)::(\w+)`", text)


def links(text):
    return re.findall(r"\]\(([\w.]*)#?([\w-]*)\)", text)


def test_every_requirement_has_its_row_once():
    assert len(WANTED) == 253
    assert Counter(WANTED.values()) == {"1": 70, "2": 183}
    assert Counter(row[0] for row in ROWS) == Counter(WANTED.keys())
    assert {row[0]: row[1] for row in ROWS} == WANTED


def test_every_row_says_what_whether_and_why():
    for row in ROWS:
        assert len(row) == 5, row
        assert row[3] in STATES, row
        assert len(row[2]) > 2 and len(row[4]) > 3, row


@pytest.mark.parametrize("number", list(WANTED))
def test_what_is_met_is_shown(number):
    """By a test that exists, or, where the requirement is that something is written down, by where it is."""
    _, _, _, state, by = BY_NUMBER[number]
    for file, name in named(by):
        assert (TESTS / file).is_file() and name in functions_of(TESTS / file), f"{file}::{name}"
    assert not re.search(r"(?<!::)`?\btest_\w+`", re.sub(r"`[\w/]+\.py::\w+`", "", by)), by
    for page, anchor in links(by):
        place = DOCS / (page or "security.md")
        assert place.is_file(), page
        assert not anchor or anchor in anchors(place), f"{page}#{anchor}"
    if state == "met":
        assert named(by) or links(by), number
    if state == "operator":
        assert any(page == "operations.md" and anchor for page, anchor in links(by)), number


def test_the_totals_are_those_of_the_rows():
    counted = Counter((row[0].split(".")[0], row[3]) for row in ROWS)
    chapters = dict.fromkeys(row[0].split(".")[0] for row in ROWS)
    totals = dict(re.findall(r"^\| \[(V\d+) [^]]*\]\([^)]*\) \| (.*) \|$", TEXT, re.MULTILINE))
    for chapter in chapters:
        assert totals[chapter] == " | ".join(str(counted[chapter, state]) for state in STATES)
    everything = " | ".join(
        str(sum(counted[chapter, state] for chapter in chapters)) for state in STATES
    )
    assert f"| all | {everything} |" in TEXT
