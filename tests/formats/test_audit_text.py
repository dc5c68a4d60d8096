"""The report of an audit for a terminal."""

from __future__ import annotations

import re

import pytest

from tests.journal.audits import emergency, empty, hostile, lawful, many
from writ.formats.audit_text import LISTED, WRONG, lines
from writ.formats.paint import Paint
from writ.formats.text import columns


def sections(text: str) -> dict[str, list[str]]:
    """The lines below each heading; those of the head stand below the empty one."""
    found: dict[str, list[str]] = {"": []}
    title = ""
    for line in text.splitlines():
        heading = re.fullmatch(r"([A-Z][a-z ]+) \([\d,]+\)", line)
        if heading is not None:
            title = heading[1]
            found[title] = []
        elif line:
            found[title].append(line)
    return found


def report(audit, **how) -> str:
    return "\n".join(lines(audit, **how))


def test_the_head_says_what_was_judged_and_what_came_of_it():
    assert sections(report(emergency()))[""] == [
        "The public order emergency of February 2022",
        "  book       emergencies-act: Emergencies Act (Canada)",
        "  as of      2022-03-10",
        "  known at   any time: all that is recorded",
        "  premises   executive",
        "  replayed   11 entries; 2 left aside: later, not yet known, or under a premise not taken",
        "1 act without authority, 1 duty breached, 1 duty discharged late",
        "  acts       1 no authority, 1 no effect, 8 authorised",
        "  duties     1 breached, 1 late, 3 open, 1 met, 1 not opened",
        "  states     1 in effect, 2 lapsed, 1 ended",
        "  powers     4 in use",
    ]


def test_what_is_wrong_comes_first_and_what_is_done_last():
    assert list(sections(report(emergency()))) == [
        "",
        "Acts without authority",
        "Duties breached",
        "Duties discharged late",
        "Acts without effect",
        "Duties open",
        "States in effect",
        "States that are over",
        "Powers in use",
        "Acts",
        "Duties met",
        "Duties not opened",
    ]


def test_an_act_without_authority_shows_what_was_missing_and_where_it_is_said():
    assert sections(report(emergency()))["Acts without authority"] == [
        "  2022-02-20  r07  minister-of-finance did freeze-account about account of a resident to entity",
        "                   (First Bank), incomplete under SOR/2022-22 s. 2(1), s. 19(3)",
        "                   missing   designated-person -- is not known (SOR/2022-22 s. 2(1))",
        "                   missing   consult-province -- had not been done before (s. 19(3))",
        "                   because   the order allows it to entities, not to the minister",
        "                   effect    it took effect all the same",
    ]


def test_an_open_duty_shows_its_day_and_the_days_that_are_left():
    first, *_ = sections(report(emergency()))["Duties open"]
    assert first == (
        "  2022-04-25  46 days left   "
        "governor-in-council must cause-inquiry about D-2022 (inquiry)  s. 63(1)"
    )


def test_a_state_shows_how_it_turned():
    over = sections(report(emergency()))["States that are over"]
    assert "turned    suspended from 2022-02-18 (s. 20(1))" in " ".join(over)
    assert over[0].startswith("  ended 2022-02-23T17:00-05:00 by r09  declaration about D-2022")


@pytest.mark.parametrize(
    ("audit", "verdict"), [(lawful, "nothing is wrong"), (empty, "nothing to")]
)
def test_where_nothing_is_wrong_it_says_so(audit, verdict):
    said = report(audit())
    assert f"\n{verdict}" in said
    assert "without authority" not in said


@pytest.mark.parametrize("width", [60, 80, 100])
def test_lines_fit_the_width(width):
    assert max(map(columns, lines(emergency(), width=width))) <= width


def test_a_long_journal_is_cut_and_says_how_much_is_left_out():
    audit = many(acts=2_000, duties=300, wrong=70)
    found = sections(report(audit))
    assert found["Acts without authority"][-1] == f"  and {70 - WRONG} more (--all)"
    assert found["Acts"][0] == f"  {2_000 - LISTED:,} earlier, and (--all lists them)"
    assert len(found["Acts"]) == LISTED + 1
    assert found["Acts"][-1].split()[1] == audit.acts[-1].entry


def test_all_lists_every_row():
    audit = many(acts=500, wrong=70)
    found = sections(report(audit, whole=True))
    assert [line.split()[1] for line in found["Acts"]] == [act.entry for act in audit.acts]
    assert "--all" not in report(audit, whole=True)


def test_no_text_of_a_journal_commands_the_terminal():
    said = report(hostile(), paint=Paint(on=False))
    assert "alert(1)" in said
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", said)


def test_the_brief_form_ends_with_what_is_in_effect():
    whole, brief = sections(report(emergency())), sections(report(emergency(), brief=True))
    assert list(brief)[-1] == "States in effect"
    assert brief == {title: whole[title] for title in brief}


def test_colour_changes_nothing_but_the_colour():
    dressed = report(emergency(), paint=Paint(on=True))
    assert dressed != report(emergency())
    assert re.sub(r"\x1b\[[\d;]*m", "", dressed) == report(emergency())
