"""What reading and checking a journal say: the Markdown files beside this one."""

from tests import literate
from tests.journal.law import floods
from writ.diagnostics import Diagnostic, failed
from writ.journal.check import check_journal
from writ.journal.read import read_journal


def read(files: dict[str, str]) -> list[Diagnostic]:
    return [
        found for name, text in files.items() for found in read_journal(text, floods(), name)[1]
    ]


def checked(files: dict[str, str]) -> list[Diagnostic]:
    found: list[Diagnostic] = []
    for name, text in files.items():
        journal, wrong = read_journal(text, floods(), name)
        found += wrong
        if not failed(wrong):
            found += check_journal(floods(), journal)
    return found


@literate.parametrize(__file__, "reading.md")
def test_reading(case: literate.Case) -> None:
    literate.check(case, read)


@literate.parametrize(__file__, "checking.md")
def test_checking(case: literate.Case) -> None:
    literate.check(case, checked)
