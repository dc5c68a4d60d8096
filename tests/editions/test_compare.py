"""What the comparison of two editions says, written as Markdown."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.editions.spec import Case, cases, said
from writ.editions.compare import compare

TODAY = dt.date(2026, 1, 1)
HERE = Path(__file__).parent
ALL = [
    pytest.param(case, id=f"{path.stem}: {case.name}")
    for path in sorted(HERE.glob("*.md"))
    for case in cases(path)
]


@pytest.mark.parametrize("case", ALL)
def test_the_comparison_says(case: Case) -> None:
    assert said(compare(case.old.book(), case.new.book(), TODAY)) == case.expected
