"""Each code is documented, can occur, and is shown by a test."""

from pathlib import Path

from tests import codes
from writ.diagnostics import Severity
from writ.syntax.codes import CODES

HERE = Path(__file__).parent
PACKAGE = HERE.parents[1] / "writ" / "syntax"
PATTERN = r"\bS1\d\d\b"


def test_the_codes_are_those_that_the_parser_reports() -> None:
    assert codes.reported(PACKAGE, PATTERN) == set(CODES)


def test_each_code_is_shown_by_a_test() -> None:
    assert codes.shown(HERE, PATTERN) >= set(CODES)


def test_each_code_is_documented_in_the_house_style() -> None:
    codes.in_the_house_style(CODES)


def test_what_cannot_be_read_is_an_error() -> None:
    assert {doc.severity for doc in CODES.values()} == {Severity.ERROR}
