"""Authority, duty, time and organisation: each check on good and bad law, written as Markdown."""

import datetime as dt
from pathlib import Path

from tests import literate
from writ.book.load import load_texts
from writ.checks.registry import checks
from writ.checks.run import run
from writ.diagnostics import Diagnostic

TODAY = dt.date(2026, 1, 1)
HERE = Path(__file__).parent


def checked(family: str):
    def find(files: dict[str, str]) -> list[Diagnostic]:
        book, found = load_texts(files)
        codes = [code for code in checks() if code.startswith(family)]
        return [*found, *run(book, codes, TODAY)]

    return find


@literate.parametrize(__file__, "families/authority.md")
def test_authority(case):
    literate.check(case, checked("A3"))


@literate.parametrize(__file__, "families/duty.md")
def test_duty(case):
    literate.check(case, checked("D5"))


@literate.parametrize(__file__, "families/time.md")
def test_time(case):
    literate.check(case, checked("T6"))


@literate.parametrize(__file__, "families/organisation.md")
def test_organisation(case):
    literate.check(case, checked("O7"))
