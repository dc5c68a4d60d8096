"""Bearers of the responsibilities of DoD Directive 5105.21, against those that people noted."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from writ.drafting.bearers import plain
from writ.drafting.reading import Read, read

FOLDER = Path(__file__).parents[3] / "shared/data/law/us-dod-gamechanger"
pytestmark = pytest.mark.skipif(not FOLDER.exists(), reason=f"the directives are not at {FOLDER}")


def letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())


def bearer_of(row: dict[str, Any], passages: list[tuple[str, Read]], holder: bool = False) -> str:
    """The bearer of the passage in which the responsibility of a row stands, its narrowest level."""
    level = (
        row["responsibilityLevel3"] or row["responsibilityLevel2"] or row["responsibilityLevel1"]
    )
    begins = letters(level)[:120]
    found = [one for text, one in passages if text.startswith(begins)]
    found += [one for text, one in passages if len(begins) > 40 and begins in text]
    # a heading stands in the overview of the directive, and again above the responsibilities
    found = [one for one in found if one.lead or one.found]
    if not found:
        return ""
    one = found[-1] if len(begins) < 40 else found[0]
    if one.found:
        return (holder and one.found[0].holder) or one.found[0].bearer
    return one.lead.bearer if one.lead else ""


def share(rows: list[dict[str, Any]], holder: bool = False) -> float:
    text = json.loads((FOLDER / "docs/DoDD 5105.21.json").read_text("utf-8"))["raw_text"]
    passages = [(letters(one.passage.text), one) for one in read(text)]
    right = [plain(bearer_of(row, passages, holder)) == plain(row["primaryEntity"]) for row in rows]
    return sum(right) / len(right)


def test_the_bearers_of_5105_21() -> None:
    rows = json.loads((FOLDER / "responsibilities-5105.21.json").read_text("utf-8"))
    assert len(rows) == 84
    assert share(rows) >= 0.85
    assert share(rows, holder=True) >= 0.95


def test_the_bearers_of_the_same_directive_in_the_large_table() -> None:
    rows = json.loads((FOLDER / "responsibilities-dodd.json").read_text("utf-8"))
    rows = [row for row in rows if row["filename"] == "DoDD 5105.21.json"]
    assert len(rows) == 84
    assert share(rows) >= 0.80
