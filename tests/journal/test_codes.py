"""Each code is documented, can occur, and is shown by a test."""

import re
from pathlib import Path

from writ.journal.codes import CODES

HERE = Path(__file__).parent
PACKAGE = HERE.parents[1] / "writ" / "journal"


def mentioned(paths: list[Path]) -> set[str]:
    return {
        code for path in paths for code in re.findall(r"\bJ[12]\d\d\b", path.read_text("utf-8"))
    }


def test_the_codes_are_those_that_are_reported() -> None:
    modules = [path for path in PACKAGE.glob("*.py") if path.name != "codes.py"]
    assert mentioned(modules) == set(CODES)


def test_each_code_is_shown_by_a_test() -> None:
    assert mentioned([*HERE.glob("*.md"), *HERE.glob("test_*.py")]) >= set(CODES)


def test_each_code_is_documented_in_the_house_style() -> None:
    names = [doc.name for doc in CODES.values()]
    assert len(set(names)) == len(names)
    for code, doc in CODES.items():
        assert doc.code == code
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", doc.name)
        assert not doc.summary.endswith(".")
        assert doc.documentation.endswith((".", "`"))
        assert "\n" not in doc.documentation
