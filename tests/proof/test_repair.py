"""Changes that would make a refuted assurance hold: each was made to the book, and the assurance proved with it."""

from __future__ import annotations

import pytest

pytest.importorskip("z3")

from tests.proof.floods import law
from writ.proof.prove import prove
from writ.proof.repair import repaired
from writ.proof.result import Repair, Verdict

LIMIT = 5_000


def repairs(norms: str, assurance: str, higher: str = "") -> list[Repair]:
    """Those of the first of these assurances, which is refuted without them."""
    book = law(f"{norms}\n\nassurance A1\n  {assurance}", higher)
    one = book.assurances[0]
    result = prove(book, one, LIMIT)
    assert result.verdict is Verdict.REFUTED
    for mended in repaired(book, one, result, LIMIT):
        assert mended.verdict is Verdict.REFUTED
        assert len(mended.repairs) == len(result.repairs) + 1
        result = mended
    return list(result.repairs)


def changes(norms: str, assurance: str, higher: str = "") -> list[str]:
    return [one.change for one in repairs(norms, assurance, higher)]


def test_a_grant_is_bounded_by_the_condition_under_which_it_is_denied():
    [grant, bar] = repairs("power 3\n  minister may order", "no one may order\n  when order.night")
    assert (grant.norm, grant.citation) == ("act/3", "s. 3")
    assert grant.change == "s. 3: add `unless order.night`"
    assert (bar.norm, bar.citation) == ("", "")
    assert bar.change == "add `prohibition no one may order when order.night` to Constitution"


def test_a_grant_is_bounded_by_what_alone_allows_it():
    assert changes("power 3\n  minister may order", "no one may order\n  unless rescue") == [
        "s. 3: add `when rescue`",
        "add `prohibition no one may order unless rescue` to Constitution",
    ]


def test_a_grant_is_bounded_where_both_are_said():
    found = changes(
        "power 3\n  minister may order",
        "no one may order\n  when order.night\n  unless rescue\n  unless flood in effect",
    )
    assert found[0] == "s. 3: add `when not order.night or rescue or flood in effect`"


def test_only_those_of_whom_the_assurance_speaks_are_bounded():
    found = changes(
        "power 3\n  minister, deputy may order", "deputy may never order\n  when order.night"
    )
    assert found[0] == "s. 3: add `unless actor is deputy and order.night`"
    assert changes("power 3\n  minister, deputy may order", "deputy may never order")[0] == (
        "s. 3: add `except deputy`"
    )
    assert changes("power 3\n  minister, deputy may order", "no one except minister may order")[
        0
    ] == ("s. 3: add `when actor is minister`")


def test_a_grant_that_nobody_may_use_is_repealed():
    assert changes("power 3\n  minister may order", "no one may order")[0] == "s. 3: repeal it"


def test_several_grants_are_bounded_together():
    [grant, _] = repairs(
        "power 3\n  minister may order\n\npower 4\n  governor may order",
        "no one may order\n  when rescue",
    )
    assert (grant.norm, grant.citation) == ("act/3, act/4", "s. 3, s. 4") or (
        grant.norm,
        grant.citation,
    ) == ("act/4, act/3", "s. 4, s. 3")
    assert grant.change.endswith(": add `unless rescue`")


def test_what_was_delegated_is_no_longer_delegated_to_them():
    norms = """\
power 3
  minister may order

delegation 4
  minister may delegate order to governor, deputy by hand-over"""
    assert changes(norms, "governor may never order") == [
        "s. 4: add `except governor` to those who may be given the power",
        "add `prohibition governor may not order` to Constitution",
    ]


def test_nobody_may_do_both():
    norms = "power 3\n  minister may declare\n\npower 4\n  minister may prolong"
    [grants, bars] = changes(norms, "no one may both declare and prolong")
    assert "s. 4: add `unless declare done by the actor`" in grants.split("; ")
    assert "s. 3: add `unless prolong done by the actor`" in grants.split("; ")
    assert "`prohibition no one may prolong when declare done by the actor`" in bars
    assert "`prohibition no one may declare when prolong done by the actor`" in bars


def test_a_bar_excepts_what_is_always_allowed():
    norms = "prohibition 3\n  no one may enter\n  when flood in effect"
    assert changes(norms, "resident may always enter") == ["s. 3: add `except resident`"]
    assert changes(norms, "resident may always enter\n  when rescue") == [
        "s. 3: add `unless actor is resident and rescue`"
    ]


def test_a_power_is_given_where_there_is_none():
    assert changes("power 3\n  minister may order", "deputy can order") == [
        "add `power deputy may order` to Flood Act"
    ]
    assert changes(
        "power 3\n  minister may order\n  when flood in effect", "minister may always order"
    ) == ["add `power minister may order` to Flood Act"]


def test_a_duty_is_imposed():
    once = "minister must always report\n  when rescue\n  unless report done"
    [found] = changes("power 3\n  minister may report", once)
    assert found == "add `duty minister must report when rescue unless report done` to Flood Act"
    # What was done need not be done again: no duty makes it one that always is.
    assert changes("power 3\n  minister may report", "minister must always report") == []


def test_an_excuse_is_bounded():
    excuse = "permission 4\n  minister need not report\n  notwithstanding 3"
    found = changes(
        f"duty 3\n  minister must report\n\n{excuse}",
        "minister must always report\n  when rescue\n  unless report done",
    )
    assert found[0] == "s. 4: add `unless rescue and report not done`"


def test_one_of_two_in_conflict_yields():
    norms = "prohibition 3\n  minister may not report\n\nduty 4\n  minister must report"
    assert changes(norms, "nothing disputes report") == [
        "s. 3: add `subject to act 4` to the prohibition, so that the duty prevails",
        "s. 4: add `subject to act 3` to the duty, so that the prohibition prevails",
    ]


def test_a_state_is_bounded():
    norms = "power 3\n  minister may declare\n  begins flood"
    assert changes(norms, "every flood ends within 30 days") == [
        "s. 3: `begins flood for 30 days`",
        "add `lapse flood lapses after 30 days` to Flood Act",
    ]


def test_an_office_is_given_a_successor():
    norms = "duty 3\n  minister must report"
    assert changes(norms, "every duty has a holder with 1 office vacant") == [
        "add `succession deputy` to the office minister"
    ]


def test_each_office_is_given_a_successor():
    norms = "duty 3\n  minister must report\n\nduty 4\n  deputy must report"
    assert changes(norms, "every duty has a holder with 1 office vacant") == [
        "add `succession deputy` to the office minister; "
        "add `succession minister` to the office deputy"
    ]
    # A governor has nobody near.
    assert (
        changes("duty 3\n  governor must report", "every duty has a holder with 1 office vacant")
        == []
    )


def test_a_repair_says_what_else_it_would_harm():
    norms = "power 3\n  minister may order"
    found = changes(norms, "no one may order\n\nassurance A2\n  minister can order")
    assert found[0] == "s. 3: repeal it (but then s. A2 would no longer hold)"


def test_what_would_only_put_a_conflict_in_its_place_is_no_repair():
    # A prohibition of equal rank neither beats the right nor yields to it: in conflict, it is not permitted.
    found = changes("", "no one may enter", higher="right 9\n  resident has the right to enter")
    assert not [one for one in found if one.startswith("add `prohibition")]
