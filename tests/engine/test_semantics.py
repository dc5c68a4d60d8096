"""The rules of `docs/semantics.md` one by one, on small books; the reference and the engine both answer."""

from __future__ import annotations

import datetime as dt
import gc
import weakref

import pytest

from tests.engine.laws import TODAY, Event, Grant, StateGiven, ask, law
from writ.book.model import Book
from writ.engine import engine_of

JUNE_1 = dt.date(2025, 6, 1)


def outcome(book: Book, *args: object, **more: object) -> str:
    return str(ask(book, *args, **more).outcome)  # type: ignore[arg-type]


# --- truth, and who and what a norm is about


def test_what_is_not_stated_is_not_the_case() -> None:
    book = law("power 1\n  minister may sign\n  when urgent")
    assert outcome(book, "minister", "sign") == "no authority"
    assert outcome(book, "minister", "sign", facts={"urgent": True}) == "permitted"


def test_an_unknown_condition_of_a_grant_asks_for_the_fact() -> None:
    answer = ask(law("power 1\n  minister may sign\n  when known"), "minister", "sign")
    assert (str(answer.outcome), answer.missing[0].kind) == ("needs", "fact")


def test_an_unknown_bar_never_permits() -> None:
    book = law("power 1\n  minister may sign", "prohibition 2\n  no one may sign\n  when known")
    answer = ask(book, "minister", "sign")
    assert (str(answer.outcome), answer.deciding) == ("needs", ("law/2",))


def test_a_comparison_with_what_is_absent_is_false_and_its_negation_true() -> None:
    book = law("power 1\n  minister may sign\n  when not amount above 5")
    assert outcome(book, "minister", "sign") == "permitted"


def test_a_norm_on_an_office_binds_what_is_that_office() -> None:
    book = law("power 1\n  minister may sign")
    assert outcome(book, "defence-minister", "sign") == "permitted"
    assert outcome(book, "clerk", "sign") == "no authority"


def test_whoever_is_excepted_is_not_bound() -> None:
    book = law("power 1\n  anyone except defence-minister may sign")
    assert outcome(book, "defence-minister", "sign") == "no authority"
    assert outcome(book, "minister", "sign") == "permitted"


def test_a_norm_on_a_broader_act_covers_the_narrower() -> None:
    book = law("power 1\n  minister may sign")
    assert outcome(book, "minister", "sign-order") == "permitted"


def test_a_norm_on_a_narrower_thing_leaves_the_broader_alone() -> None:
    book = law("power 1\n  minister may sign order-paper")
    assert outcome(book, "minister", "sign", thing="order-paper") == "permitted"
    assert outcome(book, "minister", "sign") == "no authority"


def test_a_norm_applies_from_its_first_day_through_its_last() -> None:
    book = law("power 1\n  minister may sign\n  in force from 2025-01-01 until 2025-05-31")
    days = [dt.date(2024, 12, 31), dt.date(2025, 1, 1), dt.date(2025, 5, 31), JUNE_1]
    expected = ["no authority", "permitted", "permitted", "no authority"]
    assert [outcome(book, "minister", "sign", day) for day in days] == expected


def test_a_text_not_yet_known_is_not_used() -> None:
    book = law("power 1\n  minister may sign\n  known from 2025-05-01")
    assert outcome(book, "minister", "sign") == "permitted"
    before = dt.date(2025, 4, 30)
    assert outcome(book, "minister", "sign", known_at=before) == "no authority"


# --- opposition and defeat


def test_a_bar_beside_a_power_stands() -> None:
    book = law(
        "power 1\n  minister may sign\n  when urgent",
        "prohibition 2\n  no one may sign\n  when amount above 5",
    )
    facts = {"urgent": True, "amount": 6}
    answer = ask(book, "minister", "sign", facts=facts)
    assert (str(answer.outcome), answer.deciding) == ("prohibited", ("law/2",))


def test_a_bar_beside_a_permission_is_a_conflict() -> None:
    book = law(
        "permission 1\n  minister may sign\n  when urgent",
        "prohibition 2\n  minister may not sign\n  when amount above 5",
    )
    answer = ask(book, "minister", "sign", facts={"urgent": True, "amount": 6})
    assert (str(answer.outcome), answer.deciding) == ("conflict", ("law/1", "law/2"))


def test_the_narrower_scope_prevails_at_equal_rank() -> None:
    book = law("prohibition 1\n  no one may sign", "power 2\n  minister may sign\n  when urgent")
    answer = ask(book, "minister", "sign", facts={"urgent": True})
    assert (str(answer.outcome), answer.deciding) == ("permitted", ("law/1", "law/2"))
    assert [c.maxim for c in answer.considered if c.status == "defeated"] == ["lex specialis"]


def test_a_power_never_beats_a_lower_bar() -> None:
    book = law("power 1\n  minister may sign", policy="prohibition 1\n  minister may not sign")
    assert outcome(book, "minister", "sign") == "prohibited"


def test_a_right_of_higher_rank_beats_a_lower_bar() -> None:
    book = law(
        "right 1\n  clerk has the right to walk", policy="prohibition 1\n  clerk may not walk"
    )
    answer = ask(book, "clerk", "walk")
    assert (str(answer.outcome), answer.deciding) == ("permitted", ("law/1", "policy/1"))


def test_a_higher_bar_beats_a_lower_permission() -> None:
    book = law("prohibition 1\n  clerk may not walk", policy="permission 1\n  clerk may walk")
    assert outcome(book, "clerk", "walk") == "prohibited"


def test_an_explicit_override_comes_before_every_other_maxim() -> None:
    book = law(
        "prohibition 1\n  minister may not sign\n  when urgent",
        "power 2\n  minister may sign\n  notwithstanding 1",
    )
    answer = ask(book, "minister", "sign", facts={"urgent": True})
    assert (str(answer.outcome), answer.deciding) == ("permitted", ("law/1", "law/2"))


def test_a_deciding_grant_brings_what_it_is_subject_to() -> None:
    book = law(
        "power 1\n  minister may sign\n  subject to 2",
        "prohibition 2\n  no one may sign\n  when amount above 5",
    )
    assert ask(book, "minister", "sign").deciding == ("law/1", "law/2")


def test_a_disability_leaves_no_authority() -> None:
    book = law(
        "power 1\n  minister may sign", "disability 2\n  no one has power to sign\n  when urgent"
    )
    answer = ask(book, "minister", "sign", facts={"urgent": True})
    assert (str(answer.outcome), answer.deciding) == ("no authority", ("law/2",))


def test_an_immunity_protects_whom_the_act_is_aimed_at() -> None:
    book = law("power 1\n  minister may seize", "immunity 2\n  clerk is immune from seize")
    assert outcome(book, "minister", "seize", against="clerk") == "no authority"
    assert outcome(book, "minister", "seize", against="resident") == "permitted"


# --- the outcome


def test_a_private_person_is_free_where_nothing_is_reserved() -> None:
    book = law(
        "prohibition 1\n  no one may walk\n  when urgent".replace("anyone may not", "no one may")
    )
    assert outcome(book, "resident", "walk") == "permitted"
    assert outcome(book, "resident", "seize") == "no authority"
    assert outcome(book, "clerk", "walk") == "no authority"
    assert outcome(book, "resident", "walk", facts={"urgent": True}) == "prohibited"


def test_where_nothing_decided_the_nearest_norms_are_cited() -> None:
    answer = ask(law("power 1\n  minister may sign\n  when urgent"), "minister", "sign")
    assert (answer.citations, answer.nearest[0].because) == (("law 1",), "urgent")
    answer = ask(law("power 1\n  minister may sign"), "clerk", "sign")
    assert (answer.citations, answer.nearest[0].because) == (("law 1",), "minister")


def test_steps_statements_and_presence_are_needed_and_named() -> None:
    book = law("power 1\n  minister may sign\n  after consult\n  with urgent\n  stating reasons")
    answer = ask(book, "minister", "sign")
    assert [item.kind for item in answer.missing] == ["step", "condition", "statement"]
    done = (Event("consult", JUNE_1),)
    facts = {"urgent": True, "sign.reasons": "because"}
    assert outcome(book, "minister", "sign", facts=facts, done=done) == "permitted"


def test_a_step_too_long_ago_is_missing() -> None:
    book = law("power 1\n  minister may sign\n  after consult within 7 days")
    assert outcome(book, "minister", "sign", done=(Event("consult", JUNE_1),)) == "permitted"
    old = Event("consult", dt.date(2025, 5, 1))
    assert outcome(book, "minister", "sign", done=(old,)) == "needs"


def test_a_limit_bounds_every_grant() -> None:
    book = law("power 1\n  minister may sign", "limit 2\n  minister may sign only\n  after consult")
    answer = ask(book, "minister", "sign")
    assert (str(answer.outcome), answer.deciding) == ("needs", ("law/2",))
    met = ask(book, "minister", "sign", done=(Event("consult", JUNE_1),))
    assert (str(met.outcome), met.deciding) == ("permitted", ("law/1", "law/2"))


def test_fewer_persons_than_required_need_the_rest() -> None:
    book = law("power 1\n  at least 3 of clerk may sign")
    answer = ask(book, "clerk", "sign", number=1)
    assert (str(answer.outcome), answer.missing[0].what) == ("needs", "2 more of clerk")
    assert outcome(book, "clerk", "sign", number=3) == "permitted"


def test_each_of_several_needs_the_act_of_the_others() -> None:
    book = law("power 1\n  each of minister, chair may sign")
    assert outcome(book, "minister", "sign") == "needs"
    both = (Event("sign", JUNE_1, by="chair"),)
    assert outcome(book, "minister", "sign", done=both) == "permitted"


# --- duties


def test_who_must_may() -> None:
    assert outcome(law("duty 1\n  clerk must report"), "clerk", "report") == "permitted"


def test_a_duty_may_not_be_left_undone_unless_waived_or_done() -> None:
    book = law("duty 1\n  clerk must report\n  waived by minister by waive-report")
    assert outcome(book, "clerk", "report", omit=True) == "prohibited"
    for done in (Event("report", JUNE_1, by="clerk"), Event("waive-report", JUNE_1, by="minister")):
        assert outcome(book, "clerk", "report", omit=True, done=(done,)) == "permitted"


def test_an_exception_from_a_duty_prevails_where_it_is_narrower() -> None:
    book = law(
        "duty 1\n  clerk must report", "permission 2\n  clerk need not report\n  when urgent"
    )
    assert outcome(book, "clerk", "report", omit=True) == "prohibited"
    assert outcome(book, "clerk", "report", omit=True, facts={"urgent": True}) == "permitted"


def test_an_act_done_too_late_is_prohibited() -> None:
    book = law("duty 1\n  clerk must report\n  within 7 days of consult")
    on_time, late = dt.date(2025, 5, 28), dt.date(2025, 5, 20)
    assert outcome(book, "clerk", "report", done=(Event("consult", on_time),)) == "permitted"
    assert outcome(book, "clerk", "report", done=(Event("consult", late),)) == "prohibited"


def test_a_manner_that_a_duty_forbids_is_prohibited() -> None:
    book = law("duty 1\n  minister must sign\n  so that colour is red")
    assert outcome(book, "minister", "sign", facts={"sign.colour": "green"}) == "prohibited"
    assert outcome(book, "minister", "sign", facts={"sign.colour": "red"}) == "permitted"


def test_two_manners_that_cannot_both_be_met_are_a_conflict() -> None:
    book = law(
        "duty 1\n  minister must sign\n  when urgent\n  so that colour is red",
        "duty 2\n  minister must sign\n  when amount above 5\n  so that colour is green",
    )
    facts = {"urgent": True, "amount": 6, "sign.colour": "red"}
    assert outcome(book, "minister", "sign", facts=facts) == "conflict"


def test_an_act_that_leaves_a_duty_undone_is_prohibited() -> None:
    book = law("duty 1\n  minister must sign", "permission 2\n  anyone may refuse\n  when urgent")
    answer = ask(book, "minister", "refuse", facts={"urgent": True})
    assert (str(answer.outcome), answer.deciding) == ("prohibited", ("law/1",))


def test_the_answer_tells_what_duties_the_act_opens_and_when_they_fall_due() -> None:
    book = law(
        "power 1\n  minister may sign",
        "duty 2\n  minister must report\n  to each of clerk, chair\n  within 7 days of sign",
    )
    opens = ask(book, "minister", "sign").opens
    assert [(item.to, item.due) for item in opens] == [
        ("clerk", dt.date(2025, 6, 9)),
        ("chair", dt.date(2025, 6, 9)),
    ]


def test_what_is_due_before_an_act_is_needed_for_it() -> None:
    book = law("power 1\n  minister may sign", "duty 2\n  clerk must report\n  before sign")
    assert outcome(book, "minister", "sign") == "needs"
    reported = (Event("report", JUNE_1, by="clerk"),)
    assert outcome(book, "minister", "sign", done=reported) == "permitted"


# --- states and history

ALARM = (
    "power 1\n  minister may open-alarm\n  begins alarm for 30 days",
    "power 2\n  minister may seize\n  when alarm in effect",
    "lapse 3\n  alarm lapses\n  after 10 days\n  when urgent",
)


def test_a_state_is_in_effect_until_its_period_has_run() -> None:
    book = law(*ALARM)
    for days, expected in ((0, "permitted"), (30, "permitted"), (31, "no authority")):
        began = TODAY - dt.timedelta(days=days)
        done = (Event("open-alarm", began, by="minister"),)
        assert outcome(book, "minister", "seize", done=done) == expected


def test_a_state_given_lapses_by_the_law_and_the_lapse_is_cited() -> None:
    book = law(*ALARM)
    states = (StateGiven("alarm", TODAY - dt.timedelta(days=11)),)
    assert outcome(book, "minister", "seize", states=states) == "permitted"
    answer = ask(book, "minister", "seize", states=states, facts={"urgent": True})
    assert (str(answer.outcome), answer.citations) == ("no authority", ("law 2", "law 3"))


def test_a_condition_on_a_state_holds_if_it_holds_for_one_instance() -> None:
    book = law("power 1\n  minister may seize\n  when alarm in effect and alarm.colour is red")
    green, red = (StateGiven("alarm", JUNE_1, facts={"colour": c}) for c in ("green", "red"))
    assert outcome(book, "minister", "seize", states=(red, green)) == "permitted"
    assert outcome(book, "minister", "seize", states=(green,)) == "no authority"


def test_nothing_that_happens_after_the_question_counts() -> None:
    book = law("power 1\n  minister may sign\n  when consult done")
    later = Event("consult", TODAY + dt.timedelta(days=1))
    assert outcome(book, "minister", "sign", done=(later,)) == "no authority"


def test_entries_of_the_history_count_only_for_the_thing_that_they_concern() -> None:
    book = law("power 1\n  minister may sign\n  after sign by clerk")
    for about, expected in (("P-1", "permitted"), ("P-2", "needs")):
        done = (Event("sign", JUNE_1, by="clerk", about=about),)
        assert outcome(book, "minister", "sign", about="P-1", done=done) == expected


# --- delegation

DELEGATION = (
    "power 1\n  minister may sign",
    "delegation 2\n  minister may delegate sign to clerk by grant-power\n"
    "  limited to grade at most grant.grade\n  for 30 days",
)


def chain(*links: tuple[str, str], at: dt.date = JUNE_1) -> tuple[Grant, ...]:
    facts = {"grant-power.grade": "low"}
    return tuple(Grant(by, to, "grant-power", at, facts=facts) for by, to in links)


def test_a_grant_gives_the_power_and_is_cited() -> None:
    answer = ask(
        law(*DELEGATION),
        "clerk",
        "sign",
        delegations=chain(("minister", "clerk")),
        facts={"grade": "low"},
    )
    assert (str(answer.outcome), answer.citations) == ("permitted", ("law 1", "law 2"))


@pytest.mark.parametrize(
    ("links", "facts", "at"),
    [
        (chain(("minister", "clerk")), {"grade": "high"}, TODAY),
        (chain(("minister", "chair"), ("chair", "clerk")), {"grade": "low"}, TODAY),
        (chain(("clerk", "clerk")), {"grade": "low"}, TODAY),
        (chain(("minister", "clerk")), {"grade": "low"}, TODAY + dt.timedelta(days=40)),
    ],
    ids=["beyond the grant", "to one who may not have it", "by one who has nothing", "run out"],
)
def test_a_chain_that_fails_gives_nothing_and_says_why(
    links: tuple[Grant, ...], facts: dict[str, str], at: dt.date
) -> None:
    answer = ask(law(*DELEGATION), "clerk", "sign", at, delegations=links, facts=facts)
    assert str(answer.outcome) == "no authority"
    assert bool(answer.notes) == (links[0].by == "minister")


def test_a_chain_of_many_links_is_decided_in_its_length() -> None:
    links = chain(*(("minister", "minister"),) * 31, ("minister", "clerk"))
    answer = ask(law(*DELEGATION), "clerk", "sign", delegations=links, facts={"grade": "low"})
    assert str(answer.outcome) == "no authority"


# --- every question has an answer


def test_a_name_that_the_book_does_not_know_still_has_an_answer() -> None:
    book = law(*DELEGATION, "duty 3\n  anyone must report\n  before sign")
    assert outcome(book, "resident", "fly") == "permitted"
    assert outcome(book, "clerk", "fly", delegations=chain(("minister", "clerk"))) == "no authority"
    assert outcome(book, "stranger", "sign", thing="stone", against="nobody") == "no authority"


def test_the_engine_of_a_book_is_made_once_and_goes_with_it() -> None:
    book = law("power 1\n  minister may sign")
    engine = weakref.ref(engine_of(book))
    assert engine() is engine_of(book)
    del book
    gc.collect()
    assert engine() is None
