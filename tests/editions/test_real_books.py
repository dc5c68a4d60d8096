"""The books of real law, amended in a copy."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.editions.spec import said
from writ.book.load import load_book
from writ.book.model import Book
from writ.diagnostics import failed
from writ.editions.change import Comparison
from writ.editions.compare import compare

Amend = Callable[..., Comparison]
BOOKS = Path(__file__).parents[2] / "books"
TODAY = dt.date(2026, 1, 1)


@pytest.fixture(scope="module")
def canada() -> Book:
    return loaded(BOOKS / "emergencies-act")


def loaded(folder: Path) -> Book:
    book, found = load_book(folder)
    assert not failed(found), [f"{one.span}: {one.message}" for one in found]
    return book


@pytest.fixture
def amended(tmp_path: Path, canada: Book) -> Amend:
    """Replaces a pattern in each of some files of a copy of the Emergencies Act, and compares."""

    def amend(pattern: str, words: str, *more: tuple[str, str, str]) -> Comparison:
        copy = tmp_path / "copy"
        shutil.copytree(BOOKS / "emergencies-act", copy, ignore=shutil.ignore_patterns(".*"))
        for file, old, new in (("emergencies-act.md", pattern, words), *more):
            text = (copy / file).read_text("utf-8")
            text, times = re.subn(old, new, text, count=1, flags=re.DOTALL | re.MULTILINE)
            assert times == 1, old
            (copy / file).write_text(text, "utf-8")
        return compare(canada, loaded(copy), TODAY)

    return amend


@pytest.mark.parametrize("name", ["emergencies-act", "eo-13526", "war-powers"])
def test_a_book_of_real_law_is_what_it_is(name: str) -> None:
    assert said(compare(loaded(BOOKS / name), loaded(BOOKS / name), TODAY)) == []


def test_section_17_1_struck_out(amended: Amend) -> None:
    found = amended(r"(## 17\(1\).*?)```writ\npower\n.*?```\n", r"\1")
    assert said(found) == [
        "lost power s. 17(1)",
        "  more bound: governor-in-council",
        "governor-in-council: lost power issue-declaration (s. 17(1))",
    ]
    (lost,) = found.changes
    assert lost.old is not None
    assert lost.old.file == "emergencies-act.md"
    assert lost.new is None


def test_section_17_1_repealed_from_a_day(amended: Amend) -> None:
    repeal = "```writ\nrepeal 17(9)\n  17(1)\n  from 2027-01-01\n```\n\n## 18"
    assert said(amended(r"^## 18", repeal)) == [
        "narrowed power s. 17(1)",
        "  in force repealed: from 1988-07-21 -> from 1988-07-21 until 2026-12-31",
        "  more bound: governor-in-council",
        "governor-in-council: repealed power issue-declaration from 2027-01-01 (s. 17(1))",
    ]


def test_thirty_days_shortened_to_twenty(amended: Amend) -> None:
    found = amended(r"(lapse\n  declaration lapses\n[^`]*?after )30 days", r"\g<1>20 days")
    assert said(found) == [
        "changed lapse s. 18(2)",
        "  lapse sooner: after 30 days -> after 20 days",
    ]


def test_a_section_renumbered_and_the_instrument_made_under_it(amended: Amend) -> None:
    found = amended(r"^## 17\(1\) ", "## 17.1 ", ("sor-2022-20.md", r"act 17\(1\)", "act 17.1"))
    assert said(found) == [
        "moved power s. 17.1 (was s. 17(1))",
        "  label moved: s. 17(1) -> s. 17.1",
    ]


def test_the_motion_due_later(amended: Amend) -> None:
    found = amended(
        r"within 7 (sitting days of house-of-commons of issue-declaration)", r"within 9 \1"
    )
    assert said(found) == [
        "changed duty s. 58(1)",
        "  deadline later: within 7 sitting days of house-of-commons of issue-declaration"
        " -> within 9 sitting days of house-of-commons of issue-declaration",
        "  freer: minister",
        "minister: changed duty lay-confirmation-motion-in-commons (s. 58(1))",
    ]
