"""`docs/semantics.md`, "Outcome" and "The record"."""

from __future__ import annotations

from typing import Any

import pytest

from tests.engine.semantics.town import Ask, law


def test_what_nobody_granted_an_office_lacks(ask: Ask) -> None:
    answer = ask(law("power 1\n  mayor may sign"), "clerk", "sign")
    assert (answer.outcome, answer.deciding, answer.nearest) == ("no authority", [], ["1"])


def test_a_private_person_is_free_in_what_is_not_reserved(ask: Ask) -> None:
    book = law("power 1\n  mayor may seize")
    assert ask(book, "visitor", "walk") == "permitted"
    assert ask(book, "visitor", "seize") == "no authority"
    assert ask(book, "clerk", "walk") == "no authority"


def test_a_private_person_is_bound_by_bars_and_limits(ask: Ask) -> None:
    book = law(
        "prohibition 1\n  resident may not walk\n  when urgent",
        "limit 2\n  anyone may sign only\n  after consult",
    )
    assert ask(book, "visitor", "walk", facts={"urgent": True}) == "prohibited"
    assert ask(book, "visitor", "sign") == "needs"
    assert ask(book, "visitor", "sign", done=["consult"]) == "permitted"


def test_a_disability_takes_no_liberty_known_or_not(ask: Ask) -> None:
    assert ask(law("disability 1\n  no one has power to walk"), "visitor", "walk") == "permitted"
    book = law("disability 1\n  no one has power to walk\n  when doubt")
    assert ask(book, "visitor", "walk") == "permitted"


def test_an_immunity_binds_a_private_person_too(ask: Ask) -> None:
    book = law("immunity 1\n  mayor is immune from report")
    assert ask(book, "visitor", "report", against="mayor") == "no authority"


OPEN = [
    "prohibition 2\n  no one may sign\n  when doubt",
    "disability 2\n  no one has power to sign\n  when doubt",
    "immunity 2\n  visitor is immune from sign\n  when doubt",
    "limit 2\n  mayor may sign only\n  when doubt\n  after consult",
    "duty 2\n  mayor must sign\n  when doubt\n  so that colour is green",
    "duty 2\n  mayor must sign\n  so that doubt",
    "duty 2\n  mayor must consult\n  when doubt\n  before sign",
]


@pytest.mark.parametrize("bar", OPEN)
@pytest.mark.parametrize(
    "grant",
    [
        "power 1\n  mayor may sign",
        "permission 1\n  mayor may sign",
        "right 1\n  mayor has the right to sign",
        "duty 1\n  mayor must sign",
    ],
)
def test_nothing_is_permitted_while_something_in_a_bar_is_unknown(
    ask: Ask, grant: str, bar: str
) -> None:
    book = law(grant, bar)
    facts: dict[str, Any] = {"colour": "red"}
    answer = ask(book, "mayor", "sign", facts=facts, against="visitor")
    if bar.startswith("disability") and not grant.startswith(("power", "permission")):
        assert answer == "permitted"  # a disability opposes neither right nor duty
        return
    assert (answer.outcome, answer.deciding) == ("needs", ["2"])
    assert [kind for kind, _ in answer.missing] == ["fact"]


def test_an_open_bar_that_grants_less_than_all_still_asks(ask: Ask) -> None:
    book = law(
        "power 1\n  mayor may sign\n  when doubt",
        "prohibition 2\n  no one may sign\n  when doubt-2",
    )
    answer = ask(book, "mayor", "sign")
    assert (answer.outcome, answer.missing) == ("needs", [("fact", "doubt"), ("fact", "doubt-2")])
    assert ask(book, "mayor", "sign", facts={"doubt": False}) == "no authority"
    assert ask(book, "mayor", "sign", facts={"doubt-2": True}) == "prohibited"


def test_nothing_unknown_helps_against_a_bar_that_is_certain(ask: Ask) -> None:
    book = law("power 1\n  mayor may sign\n  when doubt", "prohibition 2\n  mayor may not sign")
    assert ask(book, "mayor", "sign") == "prohibited"


def test_an_open_duty_left_undone_by_the_act_is_asked_for(ask: Ask) -> None:
    book = law("duty 1\n  resident must sign\n  when doubt")
    answer = ask(book, "resident", "refuse")
    assert (answer.outcome, answer.deciding) == ("needs", ["1"])
    assert ask(book, "resident", "refuse", facts={"doubt": True}) == "prohibited"
    assert ask(book, "resident", "refuse", facts={"doubt": False}) == "permitted"


@pytest.mark.parametrize(
    ("clause", "kind", "given"),
    [
        ("after consult", "step", {"done": ["consult"]}),
        ("with urgent", "condition", {"facts": {"urgent": True}}),
        ("with doubt", "condition", {"facts": {"doubt": True}}),
        ("stating reasons", "statement", {"facts": {"reasons": "because"}}),
        ("stating sealed", "statement", {"facts": {"sealed": True}}),
        ("recording colour", "record", {"facts": {"colour": "red"}}),
    ],
)
@pytest.mark.parametrize("line", ["power 1\n  mayor may sign", "limit 1\n  mayor may sign only"])
def test_what_can_still_be_brought_about_is_needed(
    ask: Ask, line: str, clause: str, kind: str, given: dict[str, Any]
) -> None:
    book = law(f"{line}\n  {clause}", "power 2\n  mayor may sign-order")
    if line.startswith("limit"):
        book = law(f"{line}\n  {clause}", "power 2\n  mayor may sign")
    answer = ask(book, "mayor", "sign")
    assert (answer.outcome, answer.deciding) == ("needs", ["1"])
    assert [one for one, _ in answer.missing] == [kind]
    assert ask(book, "mayor", "sign", **given) == "permitted"


def test_a_yes_no_statement_must_be_yes(ask: Ask) -> None:
    book = law("power 1\n  mayor may sign\n  stating sealed")
    assert ask(book, "mayor", "sign", facts={"sealed": False}) == "needs"


def test_a_step_must_be_recent_where_the_law_says_so_and_by_whom_it_says(ask: Ask) -> None:
    book = law("power 1\n  mayor may sign\n  after consult by clerk within 10 days")

    def outcome(at: str, by: str) -> str:
        return ask(book, "mayor", "sign", done=[{"act": "consult", "by": by, "at": at}]).outcome

    assert outcome("2025-05-23", "clerk") == "permitted"
    assert outcome("2025-05-22", "clerk") == "needs"
    assert outcome("2025-06-01", "deputy") == "needs"
    assert outcome("2025-06-03", "clerk") == "needs"


def test_of_several_grants_one_with_nothing_missing_is_enough(ask: Ask) -> None:
    book = law(
        "power 1\n  mayor may sign\n  after consult", "power 2\n  mayor may sign\n  when urgent"
    )
    assert ask(book, "mayor", "sign") == "needs"
    answer = ask(book, "mayor", "sign", facts={"urgent": True})
    assert (answer.outcome, answer.deciding, answer.missing) == ("permitted", ["2"], [])


def test_a_bar_is_passed_only_with_all_that_the_exception_from_it_requires(ask: Ask) -> None:
    """A general power does not make up for the step that the exception asks for."""
    book = law(
        "prohibition 1\n  no one may sign\n  when urgent",
        "permission 2\n  mayor may sign\n  after consult\n  notwithstanding 1",
        "power 3\n  mayor may sign",
    )
    answer = ask(book, "mayor", "sign", facts={"urgent": True})
    assert (answer.outcome, answer.deciding, answer.missing) == (
        "needs",
        ["2"],
        [("step", "consult")],
    )
    assert ask(book, "mayor", "sign", facts={"urgent": True}, done=["consult"]) == "permitted"
    assert ask(book, "mayor", "sign") == "permitted"


def test_liberty_does_not_make_up_for_it_either(ask: Ask) -> None:
    book = law(
        "prohibition 1\n  no one may walk\n  when urgent",
        "permission 2\n  resident may walk\n  after report\n  notwithstanding 1",
    )
    assert ask(book, "resident", "walk") == "permitted"
    answer = ask(book, "resident", "walk", facts={"urgent": True})
    assert (answer.outcome, answer.deciding) == ("needs", ["2"])
    assert ask(book, "resident", "walk", facts={"urgent": True}, done=["report"]) == "permitted"


def test_nor_where_it_is_open_whether_the_bar_applies(ask: Ask) -> None:
    book = law(
        "prohibition 1\n  no one may walk\n  when doubt",
        "permission 2\n  resident may walk\n  after report\n  notwithstanding 1",
    )
    assert ask(book, "resident", "walk") == "needs"
    assert ask(book, "resident", "walk", facts={"doubt": False}) == "permitted"


def test_an_excuse_from_a_duty_is_used_only_with_all_that_it_requires(ask: Ask) -> None:
    book = law(
        "duty 1\n  resident must sign",
        "permission 2\n  resident may refuse\n  after consult\n  notwithstanding 1",
    )
    assert ask(book, "resident", "refuse") == "needs"
    assert ask(book, "resident", "refuse", done=["consult"]) == "permitted"


def test_a_bar_passed_is_among_what_decided(ask: Ask) -> None:
    book = law("prohibition 1\n  no one may sign", "permission 2\n  mayor may sign")
    assert ask(book, "mayor", "sign").deciding == ["1", "2"]


def test_a_limit_met_is_among_what_decided(ask: Ask) -> None:
    book = law("power 1\n  mayor may sign", "limit 2\n  mayor may sign only\n  after consult")
    assert ask(book, "mayor", "sign", done=["consult"]).deciding == ["1", "2"]


def test_an_open_limit_that_is_met_anyway_asks_for_nothing(ask: Ask) -> None:
    book = law(
        "power 1\n  mayor may sign", "limit 2\n  mayor may sign only\n  when doubt\n  after consult"
    )
    assert ask(book, "mayor", "sign", done=["consult"]) == "permitted"


@pytest.mark.parametrize(
    ("grant", "outcome"),
    [
        ("power 1\n  mayor may sign", "needs"),
        ("permission 1\n  mayor may sign", "needs"),
        ("right 1\n  mayor has the right to sign", "permitted"),
        ("duty 1\n  mayor must sign", "permitted"),
    ],
)
def test_a_limit_yields_to_a_right_or_duty_of_higher_rank_alone(
    ask: Ask, grant: str, outcome: str
) -> None:
    book = law(grant, policy="limit 1\n  mayor may sign only\n  after consult")
    assert ask(book, "mayor", "sign") == outcome


def test_a_narrower_power_is_limited_but_one_that_overrides_is_not(ask: Ask) -> None:
    limit = "limit 1\n  mayor may sign only\n  after consult"
    narrower = "power 2\n  mayor may sign\n  when urgent"
    facts = {"urgent": True}
    assert ask(law(limit, narrower), "mayor", "sign", facts=facts) == "needs"
    assert (
        ask(law(limit, narrower + "\n  notwithstanding 1"), "mayor", "sign", facts=facts)
        == "permitted"
    )


def test_what_must_be_done_before_is_needed(ask: Ask) -> None:
    book = law(
        "power 1\n  mayor may sign",
        "duty 2\n  clerk must consult\n  before sign\n  waived by auditor by waive-report\n  until urgent",
    )
    answer = ask(book, "mayor", "sign")
    assert (answer.outcome, answer.missing) == ("needs", [("step", "consult by clerk")])
    assert ask(book, "mayor", "sign", done=[{"act": "consult", "by": "deputy"}]) == "needs"
    answer = ask(book, "mayor", "sign", done=[{"act": "consult", "by": "clerk"}])
    assert (answer.outcome, answer.deciding) == ("permitted", ["1", "2"])
    assert (
        ask(book, "mayor", "sign", done=[{"act": "waive-report", "by": "auditor"}]) == "permitted"
    )
    assert ask(book, "mayor", "sign", facts={"urgent": True}) == "permitted"


def test_what_need_not_be_done_before_is_not_needed(ask: Ask) -> None:
    book = law(
        "power 1\n  mayor may sign",
        "duty 2\n  clerk must consult\n  before sign",
        "permission 3\n  clerk need not consult\n  when urgent",
    )
    assert ask(book, "mayor", "sign") == "needs"
    assert ask(book, "mayor", "sign", facts={"urgent": True}) == "permitted"


def test_no_authority_cites_what_took_the_state_away(ask: Ask) -> None:
    book = law(
        "power 1\n  mayor may raise-alarm\n  begins alarm for 10 days",
        "power 2\n  mayor may sign\n  when alarm in effect",
    )
    answer = ask(book, "mayor", "sign", done=[{"act": "raise-alarm", "at": "2025-05-01"}])
    assert (answer.outcome, answer.nearest, answer.cites) == (
        "no authority",
        ["2"],
        ["s. 2", "s. 1"],
    )


def test_a_deciding_grant_brings_what_it_is_subject_to(ask: Ask) -> None:
    book = law(
        "power 1\n  mayor may sign\n  subject to 2",
        "prohibition 2\n  mayor may not sign\n  when urgent",
    )
    assert ask(book, "mayor", "sign").deciding == ["1", "2"]


# --- omissions


def test_a_duty_that_is_due_may_not_be_left_undone(ask: Ask) -> None:
    book = law("duty 1\n  mayor must report\n  within 10 days of storm")
    answer = ask(book, "mayor", "report", omit=True)
    assert (answer.outcome, answer.deciding) == ("prohibited", ["1"])
    assert ask(book, "clerk", "report", omit=True) == "permitted"
    assert ask(book, "mayor", "sign", omit=True) == "permitted"


def test_an_open_duty_is_asked_for(ask: Ask) -> None:
    book = law("duty 1\n  mayor must report\n  when doubt")
    assert ask(book, "mayor", "report", omit=True) == "needs"
    until = law("duty 1\n  mayor must report\n  until doubt")
    assert ask(until, "mayor", "report", omit=True) == "needs"


def test_a_duty_done_waived_or_fallen_away_may_be_left_undone(ask: Ask) -> None:
    book = law(
        "duty 1\n  mayor must report\n  on storm\n  until urgent\n  waived by auditor by waive-report"
    )
    storm: dict[str, Any] = {"event": "storm", "at": "2025-05-01"}

    def outcome(*done: Any, **more: Any) -> str:
        return ask(book, "mayor", "report", omit=True, done=[storm, *done], **more).outcome

    assert outcome() == "prohibited"
    assert outcome({"act": "report", "by": "mayor", "at": "2025-05-02"}) == "permitted"
    assert outcome({"act": "report", "by": "clerk", "at": "2025-05-02"}) == "prohibited"
    assert outcome({"act": "report", "by": "mayor", "at": "2025-04-30"}) == "prohibited"
    assert outcome({"act": "waive-report", "by": "auditor"}) == "permitted"
    assert outcome({"act": "waive-report", "by": "clerk"}) == "prohibited"
    assert outcome(facts={"urgent": True}) == "permitted"


def test_a_history_that_shows_nothing_opened_it_leaves_it_free(ask: Ask) -> None:
    book = law("duty 1\n  mayor must report\n  within 10 days of end of alarm")
    on = [{"state": "alarm", "since": "2025-05-01"}]
    over = [{"state": "alarm", "since": "2025-05-01", "until": "2025-05-30"}]
    assert ask(book, "mayor", "report", omit=True) == "prohibited"
    assert ask(book, "mayor", "report", omit=True, states=on) == "permitted"
    assert ask(book, "mayor", "report", omit=True, states=over) == "prohibited"


def test_need_not_frees_where_it_prevails_and_with_all_that_it_requires(ask: Ask) -> None:
    duty = "duty 1\n  mayor must report"
    free = "permission 2\n  mayor need not report\n  when urgent"
    assert ask(law(duty, free), "mayor", "report", omit=True) == "prohibited"
    answer = ask(law(duty, free), "mayor", "report", omit=True, facts={"urgent": True})
    assert (answer.outcome, answer.deciding) == ("permitted", ["1", "2"])
    stepped = law(duty, free + "\n  after consult")
    facts = {"urgent": True}
    assert ask(stepped, "mayor", "report", omit=True, facts=facts) == "needs"
    assert ask(stepped, "mayor", "report", omit=True, facts=facts, done=["consult"]) == "permitted"
    apart = law(duty + "\n  when quiet", free)
    both = {"urgent": True, "quiet": True}
    assert ask(apart, "mayor", "report", omit=True, facts=both) == "conflict"
    unsure = law(duty, "permission 2\n  mayor need not report\n  when doubt")
    assert ask(unsure, "mayor", "report", omit=True) == "prohibited"


def test_need_not_is_no_grant(ask: Ask) -> None:
    assert ask(law("permission 1\n  mayor need not report"), "mayor", "report") == "no authority"


def test_what_leaves_a_duty_undone_is_prohibited(ask: Ask) -> None:
    book = law("duty 1\n  mayor must sign", "power 2\n  mayor may refuse")
    assert ask(book, "mayor", "refuse", done=[{"act": "sign", "by": "mayor"}]) == "permitted"
    lower = law(
        "power 2\n  mayor may refuse\n  when urgent", "duty 1\n  mayor must sign\n  when quiet"
    )
    facts = {"urgent": True, "quiet": True}
    assert ask(lower, "mayor", "refuse", facts=facts) == "prohibited"
