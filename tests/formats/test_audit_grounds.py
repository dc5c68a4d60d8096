"""Each form of the report says by what a duty that lapsed, or was never opened, is not owed."""

from __future__ import annotations

import json

import pytest

from tests.journal.audits import day, empty
from writ.formats.audit_html import page
from writ.formats.audit_json import pieces
from writ.formats.audit_text import lines
from writ.journal.record import Audit, DutyRecord, DutyStatus, Turn


def report(status: DutyStatus, *grounds: str) -> Audit:
    turns = (Turn(day("2022-02-14"), "open"), Turn(day("2022-02-16"), status.value, "", grounds))
    duty = DutyRecord(
        "act/58(5)",
        "s. 58(5)",
        "take-up-motion",
        "senate",
        status,
        opened=day("2022-02-14"),
        citations=("s. 58(5)", *grounds),
        turns=turns,
    )
    return empty(duties=(duty,))


@pytest.mark.parametrize("status", [DutyStatus.LAPSED, DutyStatus.NOT_OPENED])
def test_it_is_said_apart_from_where_the_duty_stands(status):
    said = "\n".join(lines(report(status, "s. 58(7)", "s. 18(2)")))
    (row, *_) = [line for line in said.splitlines() if "take-up-motion" in line]
    assert row.endswith("senate must take-up-motion  s. 58(5)")
    assert "not owed  by s. 58(7), s. 18(2)" in said
    shown = page(report(status, "s. 58(7)", "s. 18(2)"))
    assert "not owed, by <span" in shown
    assert shown.count("s. 18(2)") == 2  # with its provisions, and as the reason
    (record,) = json.loads(b"".join(pieces(report(status, "s. 58(7)"))))["duties"]
    assert record["citations"] == ["s. 58(5)", "s. 58(7)"]
    assert record["turns"][-1]["citations"] == ["s. 58(7)"]


def test_where_the_same_provision_gives_both_it_is_named_in_both_places():
    said = "\n".join(lines(report(DutyStatus.LAPSED, "s. 58(5)")))
    assert "senate must take-up-motion  s. 58(5)" in said
    assert "not owed  by s. 58(5)" in said


@pytest.mark.parametrize(
    "audit", [report(DutyStatus.LAPSED), report(DutyStatus.WAIVED, "s. 58(7)")]
)
def test_of_others_nothing_is_said(audit):
    assert "not owed" not in "\n".join(lines(audit))
    assert "not owed, by" not in page(audit)
