"""Conditions, vocabulary, conflict and coverage: each check on good and bad law, written as Markdown.

The heading of a test begins with the code that it is about, and only that check is run.
"""

import datetime as dt
from pathlib import PurePosixPath

from tests import literate
from writ.book.load import load_texts
from writ.book.model import DEFAULT_RANKS
from writ.checks.run import run
from writ.diagnostics import Diagnostic

TODAY = dt.date(2026, 1, 1)


def front(file: str) -> str:
    """The front matter of `regulation.md` makes it a regulation; of `test.md` a statute."""
    name = PurePosixPath(file).stem
    kind = name if name in DEFAULT_RANKS else "statute"
    return f"id: {name}\ntitle: {name}\nkind: {kind}\ncite-as: {name} {{}}\nin-force: 2000-01-01\n"


@literate.parametrize(__file__, "norms/*.md", front)
def test_the_check_says(case: literate.Case) -> None:
    code = case.name.split()[0]

    def find(files: dict[str, str]) -> list[Diagnostic]:
        book, found = load_texts(files)
        return [*found, *run(book, [code], TODAY)]

    literate.check(case, find)
