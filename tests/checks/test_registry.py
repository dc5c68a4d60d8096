"""What holds of every check: one code, a documentation, and law on which it is seen to speak."""

import re
from pathlib import Path

import pytest

from writ.book.codes import CODES as BOOK_CODES
from writ.checks.registry import checks, codes, documentation
from writ.journal.codes import CODES as JOURNAL_CODES
from writ.journal.log.codes import CODES as LOG_CODES
from writ.syntax.codes import CODES as SYNTAX_CODES

HERE = Path(__file__).parent
EXPECTED = {
    code
    for path in HERE.rglob("*.md")
    for code in re.findall(r"(?:error|warning|note): \[(\w+)\]", path.read_text(encoding="utf-8"))
}
TESTED_BY_PROGRAM = {"C499"}


def test_codes_are_in_order_and_shared_by_no_other_family():
    assert list(checks()) == sorted(checks())
    families = (checks(), BOOK_CODES, SYNTAX_CODES, JOURNAL_CODES, LOG_CODES)
    assert len(codes()) == sum(map(len, families))


def test_names_are_unique():
    names = [check.doc.name for check in checks().values()]
    assert len(set(names)) == len(names)


def test_the_registry_is_frozen():
    with pytest.raises(TypeError):
        checks()["C401"] = None  # type: ignore[index]


@pytest.mark.parametrize("code", checks())
def test_a_check_is_documented(code):
    doc = checks()[code].doc
    assert documentation(code.lower()) is doc
    assert re.fullmatch(r"[VACDTOG]\d{3}", code)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", doc.name)
    assert doc.summary[0].islower() and not doc.summary.endswith(".")
    for part in ("Why it is bad: ", "```writ\n", "Instead: "):
        assert part in doc.documentation


@pytest.mark.parametrize("code", checks())
def test_a_check_is_tested_on_law(code):
    assert code in EXPECTED | TESTED_BY_PROGRAM


def test_other_families_are_documented_too():
    assert documentation("S101") is SYNTAX_CODES.get("S101")
    assert documentation("v201") is BOOK_CODES["V201"]
    assert documentation("J201") is JOURNAL_CODES["J201"]
    assert documentation("X000") is None
