"""Each code is documented, can occur, and is shown by a test."""

from pathlib import Path

from tests import codes
from writ.journal.codes import CODES

HERE = Path(__file__).parent
PACKAGE = HERE.parents[1] / "writ" / "journal"
PATTERN = r"\bJ[12]\d\d\b"


def test_the_codes_are_those_that_are_reported() -> None:
    assert codes.reported(PACKAGE, PATTERN) == set(CODES)


def test_each_code_is_shown_by_a_test() -> None:
    assert codes.shown(HERE, PATTERN) >= set(CODES)


def test_each_code_is_documented_in_the_house_style() -> None:
    codes.in_the_house_style(CODES)
