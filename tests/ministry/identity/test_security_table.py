"""The table of docs/security.md leaves out no requirement, and names only tests that exist."""

import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
TABLE = (ROOT / "docs" / "security.md").read_text("utf-8")
# How many requirements of levels 1 and 2 each section of ASVS 5.0.0 has, of the chapters that are done.
SECTIONS = """
2.1 3, 2.2 3, 2.3 4, 2.4 1, 3.2 2, 3.3 4, 3.4 6, 3.5 5, 3.7 2, 4.1 3, 4.2 1, 4.3 2, 4.4 4, 6.1 3, 6.2 12, 6.3 4, 6.4 4,
6.5 5, 6.6 3, 6.8 4, 7.1 3, 7.2 4, 7.3 2, 7.4 5, 7.5 2, 7.6 2, 10.1 2, 10.2 2, 10.3 4, 10.4 11, 10.5 5, 10.6 2, 10.7 3
"""


def rows():
    return [line.split(" | ") for line in TABLE.splitlines() if line.startswith("| V")]


def test_every_requirement_of_a_chapter_has_its_row():
    found = [row[0].strip("| ") for row in rows()]
    assert len(found) == len(set(found))
    counted = Counter(name.rpartition(".")[0][1:] for name in found)
    wanted = dict(re.findall(r"([\d.]+) (\d+)", SECTIONS))
    assert {name: counted[name] for name in wanted} == {k: int(v) for k, v in wanted.items()}


def test_every_row_says_whether_it_is_met_and_how():
    for row in rows():
        assert row[3] in ("met", "partly", "not met", "n/a"), row
        assert len(row[4].strip(" |")) > 3, row


def test_every_test_that_is_named_exists():
    written = "".join(path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    for name in set(re.findall(r"`(test_\w+)`", TABLE)):
        assert f"def {name}(" in written, name
