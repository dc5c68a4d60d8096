"""Each code of a log is documented, can occur, and is shown by a test."""

import re
from pathlib import Path

from writ.diagnostics import Span
from writ.journal.log.codes import CODES, Refused

HERE = Path(__file__).parent
PACKAGE = HERE.parents[2] / "writ" / "journal" / "log"


def mentioned(paths: list[Path]) -> set[str]:
    return {
        code for path in paths for code in re.findall(r"\bL[12]\d\d\b", path.read_text("utf-8"))
    }


def test_the_codes_are_those_that_are_reported() -> None:
    modules = [path for path in PACKAGE.glob("*.py") if path.name != "codes.py"]
    assert mentioned(modules) == set(CODES)


def test_each_code_is_shown_by_a_test() -> None:
    assert mentioned(list(HERE.glob("test_*.py"))) >= set(CODES)


def test_each_code_is_documented_in_the_house_style() -> None:
    names = [doc.name for doc in CODES.values()]
    assert len(set(names)) == len(names)
    for code, doc in CODES.items():
        assert doc.code == code
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", doc.name)
        assert not doc.summary.endswith(".")
        assert doc.documentation.endswith((".", "`"))
        assert "\n" not in doc.documentation


def test_what_is_refused_is_a_diagnostic() -> None:
    found = Refused("L103", "no", 3, "look").beneath(4).diagnostic("a.tlog-proof")
    assert (found.code, found.message, found.help) == ("L103", "no", "look")
    assert found.span == Span("a.tlog-proof", 7, 1, 7, 2)
    assert Refused("L103", "no").beneath(4).line == 0
    assert Refused("L103", "no").diagnostic("a").span.line == 1
