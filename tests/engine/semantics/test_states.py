"""`docs/semantics.md`, "Time": states, and the history in a request."""

from __future__ import annotations

from typing import Any

from tests.engine.semantics.town import Ask, law

RAISE = "power 1\n  mayor may raise-alarm\n  begins alarm for 30 days"
USE = "power 2\n  mayor may sign\n  when alarm in effect"
EXTEND = "power 3\n  mayor may extend-alarm\n  continues alarm for 30 days"
STOP = "power 4\n  mayor may stop-alarm\n  ends alarm"
PAUSE = "power 5\n  mayor may pause-alarm\n  suspends alarm"
RESUME = "power 6\n  mayor may resume-alarm\n  resumes alarm"


def did(act: str, at: str | None = None, **facts: Any) -> dict[str, Any]:
    return {"act": act, "at": at, "facts": facts} if at else {"act": act, "facts": facts}


def test_a_state_lasts_from_its_first_day_through_the_last_of_its_period(ask: Ask) -> None:
    book = law(RAISE, USE)
    days = ["2025-05-01", "2025-05-02", "2025-06-01", "2025-06-02"]
    history = [did("raise-alarm", "2025-05-02")]
    answers = [ask(book, "mayor", "sign", day, done=history).outcome for day in days]
    assert answers == ["no authority", "permitted", "permitted", "no authority"]


def test_an_act_that_ends_it_takes_effect_at_once(ask: Ask) -> None:
    book = law(RAISE, USE, STOP)
    history = [did("raise-alarm", "2025-05-02"), did("stop-alarm", "2025-05-20")]
    assert ask(book, "mayor", "sign", "2025-05-19", done=history) == "permitted"
    assert ask(book, "mayor", "sign", "2025-05-20", done=history) == "no authority"
    moments = [did("raise-alarm", "2025-05-02"), did("stop-alarm", "2025-05-20T12:00-04:00")]
    assert ask(book, "mayor", "sign", "2025-05-20T11:59-04:00", done=moments) == "permitted"
    assert ask(book, "mayor", "sign", "2025-05-20T12:00-04:00", done=moments) == "no authority"


def test_a_state_that_an_act_ended_is_not_cited_as_lapsed(ask: Ask) -> None:
    raised = "power 1\n  mayor may raise-alarm\n  begins alarm"
    book = law(raised, USE, STOP, "lapse 6\n  alarm lapses\n  after 30 days")
    history = [did("raise-alarm", "2025-05-02"), did("stop-alarm", "2025-05-20")]
    answer = ask(book, "mayor", "sign", "2025-05-21", done=history)
    assert answer == "no authority"
    assert "s. 4" in answer.cites and "s. 6" not in answer.cites


def test_an_end_at_a_time_not_stated_comes_after_what_is_listed_before_it(ask: Ask) -> None:
    book = law(RAISE, USE, STOP)
    history = [did("raise-alarm", "2025-05-20"), did("stop-alarm")]
    assert ask(book, "mayor", "sign", done=history) == "no authority"
    assert ask(book, "mayor", "sign", done=history[::-1]) == "permitted"


def test_what_ended_before_it_began_never_ended(ask: Ask) -> None:
    book = law(RAISE, USE, STOP)
    history = [did("stop-alarm", "2025-05-01"), did("raise-alarm", "2025-05-20")]
    assert ask(book, "mayor", "sign", done=history) == "permitted"
    assert ask(book, "mayor", "sign", done=history[::-1]) == "permitted"


def test_the_order_of_a_day_and_a_moment_is_that_of_the_towns_clock(ask: Ask) -> None:
    """Raised at eleven in the evening in Toronto, when it is the next day in Greenwich; stopped on that next day."""
    book = law(RAISE, USE, STOP)
    history = [did("raise-alarm", "2025-05-20T23:00-04:00"), did("stop-alarm", "2025-05-21")]
    assert ask(book, "mayor", "sign", "2025-05-22", done=history) == "no authority"


def test_nothing_that_happens_after_the_question_changes_a_state(ask: Ask) -> None:
    book = law(RAISE, USE, EXTEND, STOP, PAUSE, RESUME)
    raised = did("raise-alarm", "2025-05-01")
    later = [
        did("extend-alarm", "2025-06-10"),
        did("stop-alarm", "2025-06-10"),
        did("pause-alarm", "2025-06-10"),
    ]
    assert ask(book, "mayor", "sign", "2025-06-05", done=[raised, later[0]]) == "no authority"
    assert ask(book, "mayor", "sign", "2025-05-20", done=[raised, *later]) == "permitted"
    paused = [raised, did("pause-alarm", "2025-05-10"), did("resume-alarm", "2025-06-10")]
    assert ask(book, "mayor", "sign", "2025-05-20", done=paused) == "no authority"


def test_a_continuation_counts_from_the_end_that_there_was(ask: Ask) -> None:
    book = law(RAISE, USE, EXTEND)
    once = [did("raise-alarm", "2025-05-01"), did("extend-alarm", "2025-05-10")]
    assert ask(book, "mayor", "sign", "2025-06-30", done=once) == "permitted"
    assert ask(book, "mayor", "sign", "2025-07-01", done=once) == "no authority"
    twice = [*once, did("extend-alarm", "2025-06-10")]
    assert ask(book, "mayor", "sign", "2025-07-30", done=twice) == "permitted"
    assert ask(book, "mayor", "sign", "2025-07-31", done=twice) == "no authority"


def test_what_is_over_cannot_be_continued(ask: Ask) -> None:
    book = law(RAISE, USE, EXTEND, STOP)
    lapsed = [did("raise-alarm", "2025-04-01"), did("extend-alarm", "2025-05-15")]
    assert ask(book, "mayor", "sign", "2025-05-20", done=lapsed) == "no authority"
    last = [did("raise-alarm", "2025-04-01"), did("extend-alarm", "2025-05-01")]
    assert ask(book, "mayor", "sign", "2025-05-20", done=last) == "permitted"
    ended = [
        did("raise-alarm", "2025-05-01"),
        did("stop-alarm", "2025-05-10"),
        did("extend-alarm", "2025-05-15"),
    ]
    assert ask(book, "mayor", "sign", "2025-05-20", done=ended) == "no authority"


def test_nor_can_what_a_lapse_had_ended(ask: Ask) -> None:
    sunset = "lapse 7\n  alarm lapses\n  after 10 days"
    book = law(RAISE, USE, EXTEND, sunset)
    history = [did("raise-alarm", "2025-05-01"), did("extend-alarm", "2025-05-20")]
    assert ask(book, "mayor", "sign", "2025-05-25", done=history) == "no authority"
    early = [did("raise-alarm", "2025-05-01"), did("extend-alarm", "2025-05-11")]
    assert ask(book, "mayor", "sign", "2025-06-10", done=early) == "permitted"
    assert ask(book, "mayor", "sign", "2025-06-11", done=early) == "no authority"


def test_a_state_suspended_is_not_in_effect_until_it_is_resumed(ask: Ask) -> None:
    book = law(RAISE, USE, PAUSE, RESUME)
    history = [did("raise-alarm", "2025-05-01"), did("pause-alarm", "2025-05-10")]
    assert ask(book, "mayor", "sign", "2025-05-09", done=history) == "permitted"
    assert ask(book, "mayor", "sign", "2025-05-10", done=history) == "no authority"
    history.append(did("resume-alarm", "2025-05-15"))
    assert ask(book, "mayor", "sign", "2025-05-15", done=history) == "permitted"
    assert ask(book, "mayor", "sign", "2025-06-01", done=history) == "no authority"


def test_a_state_carries_the_attributes_of_the_act_that_began_it_and_of_what_amended_it(
    ask: Ask,
) -> None:
    book = law(
        RAISE,
        "power 2\n  mayor may sign\n  when alarm in effect\n  when alarm.colour is red",
        "power 3\n  mayor may repaint-alarm\n  amends alarm",
    )
    red = did("raise-alarm", "2025-05-10", colour="red")
    assert ask(book, "mayor", "sign", done=[red]) == "permitted"
    green = [red, did("repaint-alarm", "2025-05-20", colour="green")]
    assert ask(book, "mayor", "sign", done=green) == "no authority"
    assert ask(book, "mayor", "sign", "2025-05-19", done=green) == "permitted"


def test_one_act_ends_the_instance_that_runs_not_one_that_is_over(ask: Ask) -> None:
    book = law("power 1\n  mayor may raise-alarm\n  begins alarm", USE, STOP)
    history = [
        did("raise-alarm", "2025-05-01"),
        did("raise-alarm", "2025-05-02"),
        did("stop-alarm", "2025-05-03"),
        did("stop-alarm", "2025-05-04"),
    ]
    assert ask(book, "mayor", "sign", done=history[:3]) == "permitted"
    assert ask(book, "mayor", "sign", done=history) == "no authority"


def test_a_lapse_ends_a_state_by_law(ask: Ask) -> None:
    states = [{"state": "alarm", "since": "2025-05-01"}]
    book = law(USE, "lapse 3\n  alarm lapses\n  after 10 days")
    assert ask(book, "mayor", "sign", "2025-05-11", states=states) == "permitted"
    assert ask(book, "mayor", "sign", "2025-05-12", states=states) == "no authority"
    at = law(USE, "lapse 3\n  alarm lapses\n  at limit-day")
    facts = {"limit-day": "2025-05-11"}
    assert ask(at, "mayor", "sign", "2025-05-11", states=states, facts=facts) == "permitted"
    assert ask(at, "mayor", "sign", "2025-05-12", states=states, facts=facts) == "no authority"
    when = law(USE, "lapse 3\n  alarm lapses\n  when quiet")
    assert ask(when, "mayor", "sign", states=states, facts={"quiet": True}) == "no authority"


def test_whichever_bound_is_first_counts(ask: Ask) -> None:
    book = law(RAISE, USE, STOP, "lapse 7\n  alarm lapses\n  after 10 days")
    history = [did("raise-alarm", "2025-05-01"), did("stop-alarm", "2025-05-20")]
    assert ask(book, "mayor", "sign", "2025-05-11", done=history) == "permitted"
    assert ask(book, "mayor", "sign", "2025-05-12", done=history) == "no authority"


def test_a_lapse_may_wait_for_the_end_of_another_state(ask: Ask) -> None:
    book = law(
        "power 1\n  mayor may sign\n  when watch in effect",
        "lapse 2\n  watch lapses\n  at end of alarm",
        "lapse 3\n  alarm lapses\n  after 10 days",
    )
    states = [{"state": "watch", "since": "2025-05-01"}, {"state": "alarm", "since": "2025-05-01"}]
    assert ask(book, "mayor", "sign", "2025-05-11", states=states) == "permitted"
    assert ask(book, "mayor", "sign", "2025-05-12", states=states) == "no authority"


def test_whether_a_state_has_lapsed_may_be_unknown(ask: Ask) -> None:
    """Then neither what needs it nor what needs it gone is certain."""
    states = [{"state": "alarm", "since": "2025-05-01"}]
    gone = "power 5\n  mayor may walk\n  unless alarm in effect"
    for lapse in ("when doubt", "after 10 days\n  when doubt"):
        book = law(USE, gone, f"lapse 3\n  alarm lapses\n  {lapse}")
        assert ask(book, "mayor", "sign", states=states) == "needs"
        assert ask(book, "mayor", "walk", states=states) == "needs"
        assert ask(book, "mayor", "sign", states=states, facts={"doubt": False}) == "permitted"
        assert ask(book, "mayor", "sign", states=states, facts={"doubt": True}) == "no authority"
    at = law(USE, "lapse 3\n  alarm lapses\n  at limit-day + 3 sitting days of council")
    facts = {"limit-day": "2025-06-04"}
    assert ask(at, "mayor", "sign", states=states, facts=facts) == "needs"
    book = law(USE, "lapse 3\n  alarm lapses\n  after 10 days\n  when doubt")
    assert ask(book, "mayor", "sign", "2025-05-11", states=states) == "permitted"


def test_a_period_of_sitting_days_beyond_the_list_leaves_it_unknown(ask: Ask) -> None:
    book = law(
        "power 1\n  mayor may raise-alarm\n  begins alarm for 3 sitting days of council", USE
    )
    history = [did("raise-alarm", "2025-06-04")]
    assert ask(book, "mayor", "sign", "2025-06-17", done=history) == "permitted"
    assert ask(book, "mayor", "sign", "2025-06-18", done=history) == "needs"
    earlier = [did("raise-alarm", "2025-06-02")]
    assert ask(book, "mayor", "sign", "2025-06-17", done=earlier) == "permitted"
    assert ask(book, "mayor", "sign", "2025-06-18", done=earlier) == "no authority"


def test_what_has_lapsed_does_not_revive_with_the_repeal_of_its_sunset(ask: Ask) -> None:
    book = law(USE, "lapse 3\n  alarm lapses\n  after 10 days", "repeal 4\n  3\n  from 2025-05-15")
    old = [{"state": "alarm", "since": "2025-05-01"}]
    new = [{"state": "alarm", "since": "2025-05-10"}]
    assert ask(book, "mayor", "sign", states=old) == "no authority"
    assert ask(book, "mayor", "sign", states=new) == "permitted"


def test_an_act_that_could_not_have_been_done_begins_nothing(ask: Ask) -> None:
    book = law(RAISE + "\n  in force from 2025-05-10", USE)
    assert ask(book, "mayor", "sign", done=[did("raise-alarm", "2025-05-09")]) == "no authority"
    assert ask(book, "mayor", "sign", done=[did("raise-alarm", "2025-05-10")]) == "permitted"
    clerk = [{"act": "raise-alarm", "by": "clerk", "at": "2025-05-20"}]
    assert ask(book, "mayor", "sign", done=clerk) == "no authority"


def test_a_state_that_is_given_its_end_keeps_it(ask: Ask) -> None:
    book = law(USE, "lapse 3\n  alarm lapses\n  after 10 days")
    states = [{"state": "alarm", "since": "2025-05-01", "until": "2025-05-20"}]
    assert ask(book, "mayor", "sign", "2025-05-20", states=states) == "permitted"
    assert ask(book, "mayor", "sign", "2025-05-21", states=states) == "no authority"


def test_days_and_moments_compare_by_the_day_and_moments_exactly(ask: Ask) -> None:
    book = law("power 1\n  mayor may sign\n  when now before limit-day")
    day, moment = {"limit-day": "2025-06-03"}, {"limit-day": "2025-06-02T12:00-04:00"}
    assert ask(book, "mayor", "sign", "2025-06-02T23:59-04:00", facts=day) == "permitted"
    assert ask(book, "mayor", "sign", "2025-06-03T04:01+00:00", facts=day) == "no authority"
    assert ask(book, "mayor", "sign", "2025-06-03T03:59+00:00", facts=day) == "permitted"
    assert ask(book, "mayor", "sign", "2025-06-02T11:59-04:00", facts=moment) == "permitted"
    assert ask(book, "mayor", "sign", "2025-06-02T12:00-04:00", facts=moment) == "no authority"
    assert ask(book, "mayor", "sign", "2025-06-02", facts=moment) == "no authority"
