"""The report of an audit as JSON: its keys are promised by `docs/journal.md`."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path

import msgspec
import pytest

from tests.journal.audits import emergency, empty, hostile, lawful, many
from writ.formats.audit_json import BATCH, SCHEMA, pieces
from writ.journal.difference import Difference, Since
from writ.journal.record import ActRecord, Audit, DutyRecord, PowerInUse, StateRecord
from writ.journal.steps import Cause

PAGE = (Path(__file__).parents[2] / "docs" / "journal.md").read_text("utf-8")


def read(audit: Audit, since: Since | None = None) -> dict:
    return json.loads(b"".join(pieces(audit, since)))


@pytest.mark.parametrize("audit", [empty, lawful, emergency, hostile])
def test_nothing_of_the_records_is_lost(audit):
    said = read(audit())
    for name in ("acts", "states", "duties", "powers", "diagnostics"):
        assert said[name] == json.loads(msgspec.json.encode(getattr(audit(), name)))


def test_the_head_counts_what_follows():
    said = read(emergency())
    assert said["schema"] == SCHEMA
    assert said["wrong"] == 3
    assert said["counts"]["acts"] == {"no authority": 1, "no effect": 1, "authorised": 8}
    assert said["known_at"] is None


def test_a_key_that_says_nothing_is_left_out():
    (act,) = read(lawful())["acts"]
    assert set(act) == {"entry", "at", "actor", "act", "status", "outcome", "citations"}


def test_every_record_is_one_line():
    audit = many(acts=BATCH * 2 + 1)
    text = b"".join(pieces(audit)).decode()
    assert len(re.findall(r'(?m)^    \{"entry":', text)) == len(audit.acts)


def test_a_large_report_comes_in_pieces():
    audit = many(acts=BATCH * 5)
    assert max(map(len, pieces(audit))) < sum(map(len, pieces(audit))) / 4


def test_the_page_names_every_key():
    section = PAGE.partition("## The report as JSON")[2]
    named = set(re.findall(r"`([a-z_]+)`", section))
    keys = set(read(emergency(), Since(dt.date(2022, 2, 14), None, ())))
    for kind in (ActRecord, StateRecord, DutyRecord, PowerInUse, Difference, Cause):
        keys |= set(kind.__struct_fields__)
    assert keys - named == set()
