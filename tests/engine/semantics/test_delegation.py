"""`docs/semantics.md`, "Applicable norms": actors with delegations."""

from __future__ import annotations

from typing import Any

import pytest

from tests.engine.semantics.town import Ask, law

POWER = "power 1\n  mayor may sign"
ONCE = "delegation 2\n  mayor may delegate sign to officer, clerk by assign"
TWICE = ONCE + "\n  depth 2"


def grant(by: str = "mayor", to: str = "clerk", at: str = "2025-05-01", **more: Any) -> Any:
    named = {name.replace("_", "-"): value for name, value in more.items()}
    return {"by": by, "to": to, "act": "assign", "at": at} | named


def test_a_grant_gives_the_grantors_power_and_is_cited(ask: Ask) -> None:
    answer = ask(law(POWER, ONCE), "clerk", "sign", delegations=[grant()])
    assert (answer.outcome, answer.deciding, answer.cites) == ("permitted", ["1"], ["s. 1", "s. 2"])


def test_without_a_grant_there_is_nothing(ask: Ask) -> None:
    assert ask(law(POWER, ONCE), "clerk", "sign") == "no authority"


@pytest.mark.parametrize(
    ("more", "outcome"),
    [
        ({"at": "2025-06-02"}, "permitted"),
        ({"at": "2025-06-03"}, "no authority"),
        ({"until": "2025-06-02"}, "permitted"),
        ({"until": "2025-06-01"}, "no authority"),
        ({"revoked": "2025-06-03"}, "permitted"),
        ({"revoked": "2025-06-02"}, "no authority"),
        ({"by": "deputy"}, "no authority"),
        ({"to": "deputy"}, "no authority"),
    ],
)
def test_a_grant_holds_from_its_day_to_its_end_and_not_on_the_day_it_is_revoked(
    ask: Ask, more: dict[str, str], outcome: str
) -> None:
    answer = ask(law(POWER, ONCE), "clerk", "sign", delegations=[grant(**more)])
    assert answer == outcome


def test_a_grant_lasts_as_long_as_its_norm_says(ask: Ask) -> None:
    book = law(POWER, ONCE + "\n  for 32 days")
    assert ask(book, "clerk", "sign", "2025-06-02", delegations=[grant()]) == "permitted"
    answer = ask(book, "clerk", "sign", "2025-06-03", delegations=[grant()])
    assert answer == "no authority"
    assert answer.notes


def test_a_grant_is_judged_at_its_own_time(ask: Ask) -> None:
    """The norm that allowed it may be repealed since; one that came later does not mend it."""
    gone = law(POWER, ONCE + "\n  in force from 2020-01-01 until 2025-05-15")
    assert ask(gone, "clerk", "sign", delegations=[grant(at="2025-05-01")]) == "permitted"
    assert ask(gone, "clerk", "sign", delegations=[grant(at="2025-05-16")]) == "no authority"
    new = law(POWER, ONCE + "\n  in force from 2025-05-15")
    assert ask(new, "clerk", "sign", delegations=[grant(at="2025-05-01")]) == "no authority"


def test_the_power_itself_is_judged_at_the_time_of_its_use(ask: Ask) -> None:
    book = law(POWER + "\n  in force from 2020-01-01 until 2025-05-31", ONCE)
    assert ask(book, "clerk", "sign", "2025-05-31", delegations=[grant()]) == "permitted"
    assert ask(book, "clerk", "sign", "2025-06-01", delegations=[grant()]) == "no authority"


def test_a_grant_that_was_itself_unlawful_gives_nothing(ask: Ask) -> None:
    barred = "prohibition 3\n  no one may assign\n  when grade is high"
    book = law(POWER, ONCE, barred)
    assert ask(book, "clerk", "sign", delegations=[grant(facts={"grade": "low"})]) == "permitted"
    answer = ask(book, "clerk", "sign", delegations=[grant(facts={"grade": "high"})])
    assert (answer.outcome, answer.cites) == ("no authority", ["s. 1", "s. 3"])


def test_a_grant_whose_step_was_missing_gives_nothing(ask: Ask) -> None:
    book = law(POWER, ONCE + "\n  after consult")
    assert ask(book, "clerk", "sign", delegations=[grant()]) == "no authority"
    after = [{"act": "consult", "at": "2025-05-02"}]
    assert ask(book, "clerk", "sign", delegations=[grant()], done=after) == "no authority"
    before = [{"act": "consult", "at": "2025-04-30"}]
    assert ask(book, "clerk", "sign", delegations=[grant()], done=before) == "permitted"


def test_each_use_stays_within_what_was_granted(ask: Ask) -> None:
    book = law(POWER, ONCE + "\n  limited to paper.grade at most grant.grade")
    given = [grant(facts={"grade": "middle"})]
    assert ask(book, "clerk", "sign", facts={"grade": "middle"}, delegations=given) == "permitted"
    assert ask(book, "clerk", "sign", facts={"grade": "high"}, delegations=given) == "no authority"


def test_a_use_that_may_be_beyond_the_grant_is_not_permitted(ask: Ask) -> None:
    book = law(POWER, ONCE + "\n  limited to doubt")
    answer = ask(book, "clerk", "sign", delegations=[grant()])
    assert (answer.outcome, answer.missing) == ("needs", [("fact", "doubt")])


def test_an_open_grant_of_a_power_that_does_not_apply_gives_nothing(ask: Ask) -> None:
    book = law(POWER + "\n  when urgent", ONCE + "\n  limited to doubt")
    assert ask(book, "clerk", "sign", delegations=[grant()]) == "no authority"


def test_a_grant_is_not_passed_on_unless_its_norm_says_so(ask: Ask) -> None:
    chain = [grant(to="officer"), grant(by="officer", to="clerk", at="2025-05-02")]
    assert ask(law(POWER, ONCE), "clerk", "sign", delegations=chain) == "no authority"
    assert ask(law(POWER, TWICE), "clerk", "sign", delegations=chain) == "permitted"
    longer = [*chain, grant(by="clerk", to="clerk", at="2025-05-03")]
    assert ask(law(POWER, TWICE), "clerk", "sign", delegations=longer) == "no authority"


def test_passing_on_is_no_use_but_each_use_is_within_every_grant(ask: Ask) -> None:
    book = law(POWER, TWICE + "\n  limited to paper.grade at most grant.grade")
    chain = [
        grant(to="officer", facts={"grade": "middle"}),
        grant(by="officer", to="clerk", at="2025-05-02", facts={"grade": "high"}),
    ]
    assert ask(book, "clerk", "sign", facts={"grade": "middle"}, delegations=chain) == "permitted"
    assert ask(book, "clerk", "sign", facts={"grade": "high"}, delegations=chain) == "no authority"


def test_a_link_revoked_breaks_the_chain_behind_it(ask: Ask) -> None:
    book = law(POWER, TWICE)
    tail = grant(by="officer", to="clerk", at="2025-05-10")
    kept = [grant(to="officer", revoked="2025-06-03"), tail]
    cut = [grant(to="officer", revoked="2025-05-20"), tail]
    early = [grant(to="officer", revoked="2025-05-10"), tail]
    assert ask(book, "clerk", "sign", delegations=kept) == "permitted"
    assert ask(book, "clerk", "sign", delegations=cut) == "no authority"
    assert ask(book, "clerk", "sign", delegations=early) == "no authority"


def test_a_link_is_made_by_whom_the_one_before_it_was_made_to(ask: Ask) -> None:
    """The deputy could give the clerk the deputy's own power, but never was given the mayor's."""
    book = law(POWER, ONCE, "delegation 3\n  deputy may delegate sign to clerk by assign")
    chain = [grant(to="officer"), grant(by="deputy", to="clerk", at="2025-05-02")]
    assert ask(book, "clerk", "sign", delegations=chain) == "no authority"


def test_a_grant_to_an_office_reaches_whoever_is_that_office(ask: Ask) -> None:
    book = law(POWER, TWICE)
    assert ask(book, "sheriff", "sign", delegations=[grant(to="officer")]) == "permitted"
    chain = [grant(to="officer"), grant(by="sheriff", to="clerk", at="2025-05-02")]
    assert ask(book, "clerk", "sign", delegations=chain) == "permitted"
    assert ask(book, "officer", "sign", delegations=[grant(to="sheriff")]) == "no authority"


def test_a_grant_goes_to_none_but_whom_the_norm_names(ask: Ask) -> None:
    assert (
        ask(law(POWER, ONCE), "deputy", "sign", delegations=[grant(to="deputy")]) == "no authority"
    )


def test_one_power_given_does_not_carry_another(ask: Ask) -> None:
    """The officer was given `sign`; the norm on `seize` is the mayor's, not the officer's, to pass on."""
    book = law(
        POWER,
        TWICE,
        "power 3\n  mayor may seize",
        "delegation 4\n  mayor may delegate seize to clerk by assign-widely\n  depth 2",
    )
    given = [grant(to="officer")]
    assert ask(book, "officer", "assign-widely", delegations=given) == "no authority"
    assert ask(book, "officer", "assign", delegations=given) == "permitted"


def test_a_grant_to_one_person_serves_no_other(ask: Ask) -> None:
    book = law(POWER, ONCE)
    given = [grant(to_person="ann")]

    def outcome(person: str) -> str:
        return ask(book, {"office": "clerk", "person": person}, "sign", delegations=given).outcome

    assert outcome("ann") == "permitted"
    assert outcome("bob") == "no authority"
    answer = ask(book, "clerk", "sign", delegations=given)
    assert (answer.outcome, [kind for kind, _ in answer.missing]) == ("needs", ["fact"])


def test_no_duty_is_delegated(ask: Ask) -> None:
    book = law("duty 1\n  mayor must sign", ONCE)
    assert ask(book, "clerk", "sign", delegations=[grant()]) == "no authority"


def test_what_bars_the_grantor_bars_who_acts_in_the_grantors_place(ask: Ask) -> None:
    book = law(POWER, ONCE, "prohibition 3\n  mayor may not sign\n  when paper.grade is high")
    given = [grant()]
    assert ask(book, "clerk", "sign", facts={"grade": "low"}, delegations=given) == "permitted"
    answer = ask(book, "clerk", "sign", facts={"grade": "high"}, delegations=given)
    assert (answer.outcome, answer.deciding) == ("prohibited", ["3"])


def test_what_limits_the_grantor_limits_who_acts_in_the_grantors_place(ask: Ask) -> None:
    book = law(POWER, ONCE, "limit 3\n  mayor may sign only\n  after consult")
    answer = ask(book, "clerk", "sign", delegations=[grant()])
    assert (answer.outcome, answer.deciding) == ("needs", ["3"])
    assert ask(book, "clerk", "sign", delegations=[grant()], done=["consult"]) == "permitted"


def test_who_has_authority_of_their_own_is_not_bound_by_the_grantors_limits(ask: Ask) -> None:
    book = law(
        POWER,
        ONCE,
        "limit 3\n  mayor may sign only\n  after consult",
        "power 4\n  clerk may sign\n  when urgent",
    )
    assert ask(book, "clerk", "sign", facts={"urgent": True}, delegations=[grant()]) == "permitted"
    assert ask(book, "clerk", "sign", delegations=[grant()]) == "needs"


def test_what_bars_the_delegate_bars_whatever_was_granted(ask: Ask) -> None:
    book = law(POWER, ONCE, "prohibition 3\n  clerk may not sign")
    assert ask(book, "clerk", "sign", delegations=[grant()]) == "prohibited"
    assert ask(book, "officer", "sign", delegations=[grant(to="officer")]) == "permitted"
