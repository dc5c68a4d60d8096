"""What a mistake in a journal is probably a mistake for."""

from __future__ import annotations

import pytest

from tests.journal.law import floods
from writ.diagnostics import failed
from writ.journal.check import check_journal
from writ.journal.read import read_journal


@pytest.mark.parametrize(
    ("text", "help"),
    [
        ("2021-01-04 mayr did report", "did you mean `mayor`?"),
        ("2021-01-04 mayor did reprt", "did you mean `report`?"),
        ("2021-01-04 mayor did storm", "`storm` is an event"),
        ("2021-01-04 strm happened", "did you mean `storm`?"),
        ("2021-01-04 given alrm in effect", "did you mean `alarm`?"),
        ("2021-01-04 mayor dd report", "did you mean `did`?"),
        ("2021-01-04 mayor did report\n  knwn 2021-01-05", "did you mean `known`?"),
        ("2021-01-04 mayor did report\n  zzz 2021-01-05", "one of: about, against, known, note,"),
        ("2021-01-04 mayor did report\n  due 2021-01-05", "the clauses here are `about`,"),
        ("2021-01-04 mayor did declare\n  where knd is rain", "did you mean `kind`?"),
        ("2021-01-04 mayor did declare\n  where kind is ran", "did you mean `rain`?"),
        ("2021-01-04 mayor did declare\n  where kind is xyz", "one of: rain, dam"),
        ("2021-01-04 given level is secret", "say which: `record.level`, `sign-delegation.level`"),
        ("2021-01-04 given record.tags is rain", "write `record.tags is {rain}`"),
        ("2021-01-04 given remark is wet", 'write `remark is "wet"`'),
        ("2021-01-04 given record.level", "say which: `record.level is …`"),
        ("2021-01-04 given grave is not stated", "what is no longer stated is `grave not stated`"),
        ("premise wet\n2021-01-04 mayor did report\n  under wt", "did you mean `wet`?"),
        ("2021-01-04 mayor did report\n  under dry", 'declare it: `premise NAME "…"`'),
        ("expct 2021-01-04 act 1 authorised", "did you mean `expect`?"),
        ("mayor did report", "an entry starts with its date: `2022-02-14 OFFICE did ACT`"),
        ("expect 2021-01-04 duty report mett", "one of: not opened, open, met, late,"),
        ("2021-01-04 mayor did report\n  source “x”", "texts stand in straight double quotes"),
    ],
)
def test_reading_helps(text: str, help: str) -> None:
    _, found = read_journal(text + "\n", floods())
    assert failed(found)
    assert any(one.help.startswith(help) for one in found), found


@pytest.mark.parametrize(
    ("text", "help"),
    [
        ("2021-01-04 grant: mayor did revoke-delegation\n  revokes grnt", "did you mean `grant`?"),
        (
            "2021-01-04 a-one: storm happened\nexpect 2021-01-05 act a-on authorised",
            "did you mean `a-one`?",
        ),
        ("2021-01-04 ann holds mayor\n2021-01-05 anne leaves mayor", "did you mean `ann`?"),
        ("2021-01-04 ann holds mayor\n2021-01-05 mayor anne did report", "did you mean `ann`?"),
        ("2021-06-04 mayor did report", "by the book `deputy` acts then; or say who acts in it"),
        ("expect 2021-01-05 duty atc 3 open", "did you mean `act`?"),
    ],
)
def test_checking_helps(text: str, help: str) -> None:
    journal, found = read_journal(text + "\n", floods())
    assert found == ()
    assert [one.help for one in check_journal(floods(), journal)] == [help]
