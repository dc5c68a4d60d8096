"""`docs/semantics.md`, "Time": duties."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.engine.semantics.town import Ask, law

TEN = "duty 1\n  mayor must report\n  within 10 days of storm"


def storm(at: str = "2025-05-20") -> dict[str, str]:
    return {"event": "storm", "at": at}


def test_who_must_may(ask: Ask) -> None:
    answer = ask(law("duty 1\n  mayor must report"), "mayor", "report")
    assert (answer.outcome, answer.deciding) == ("permitted", ["1"])


def test_after_its_due_day_only_what_stands_apart_allows_the_act(ask: Ask) -> None:
    history = [storm()]
    assert ask(law(TEN), "mayor", "report", "2025-05-30", done=history) == "permitted"
    answer = ask(law(TEN), "mayor", "report", "2025-05-31", done=history)
    assert (answer.outcome, answer.deciding) == ("prohibited", ["1"])
    apart = law(TEN, "power 2\n  mayor may report\n  after consult")
    answer = ask(apart, "mayor", "report", "2025-05-31", done=history)
    assert (answer.outcome, answer.deciding) == ("needs", ["2"])
    answer = ask(apart, "mayor", "report", "2025-05-31", done=[*history, "consult"])
    assert (answer.outcome, answer.deciding) == ("permitted", ["2"])


def test_what_was_done_in_time_is_not_late(ask: Ask) -> None:
    done = [storm(), {"act": "report", "by": "mayor", "at": "2025-05-25"}]
    assert ask(law(TEN), "mayor", "report", "2025-07-10", done=done) == "permitted"


def test_what_was_waived_is_not_late(ask: Ask) -> None:
    book = law(TEN + "\n  waived by auditor by waive-report")
    done = [storm(), {"act": "waive-report", "by": "auditor"}]
    assert ask(book, "mayor", "report", "2025-07-10", done=done) == "permitted"
    assert ask(book, "mayor", "report", "2025-07-10", done=[storm()]) == "prohibited"


def test_a_duty_that_has_fallen_away_allows_nothing(ask: Ask) -> None:
    book = law("duty 1\n  officer must seize\n  until quiet")
    assert ask(book, "officer", "seize") == "permitted"
    assert ask(book, "officer", "seize", facts={"quiet": True}) == "no authority"


def test_a_duty_that_is_late_carries_no_one_past_a_lower_bar(ask: Ask) -> None:
    book = law(
        TEN, constitution="power 1\n  mayor may report", policy="prohibition 1\n  no one may report"
    )
    done = [storm()]
    assert ask(book, "mayor", "report", "2025-05-30", done=done) == "permitted"
    assert ask(book, "mayor", "report", "2025-05-31", done=done) == "prohibited"


def test_the_latest_trigger_counts(ask: Ask) -> None:
    done = [storm("2025-05-20"), storm("2025-04-01")]
    assert ask(law(TEN), "mayor", "report", "2025-05-30", done=done) == "permitted"


def test_a_trigger_by_another_or_still_to_come_opens_nothing(ask: Ask) -> None:
    book = law("duty 1\n  mayor must report\n  within 10 days of sign by officer")
    later = [{"act": "sign", "by": "officer", "at": "2025-06-03"}]
    other = [{"act": "sign", "by": "clerk", "at": "2025-05-01"}]
    own = [{"act": "sign", "by": "sheriff", "at": "2025-05-01"}]
    assert ask(book, "mayor", "report", done=later) == "permitted"
    assert ask(book, "mayor", "report", done=other) == "permitted"
    assert ask(book, "mayor", "report", done=own) == "prohibited"


@pytest.mark.parametrize(
    ("period", "trigger", "last"),
    [
        ("10 days", "2025-05-20", "2025-05-30"),
        ("1 months", "2025-01-31", "2025-02-28"),
        ("1 years", "2024-02-29", "2025-02-28"),
        ("2 weeks", "2025-05-20", "2025-06-03"),
        ("48 hours", "2025-05-20", "2025-05-22"),
        ("5 working days", "2025-05-23", "2025-05-30"),
        ("2 sitting days of council", "2025-06-03", "2025-06-17"),
        ("1 calendar months", "2025-04-15", "2025-05-31"),
        ("1 calendar years", "2024-04-15", "2025-12-31"),
        ("10 days", "2025-06-21", "2025-07-02"),  # 1 July is a holiday
        ("10 days", "2025-05-22", "2025-06-02"),  # 1 June is a Sunday
    ],
)
def test_a_period_is_counted_from_the_day_after_to_the_end_of_its_last(
    ask: Ask, period: str, trigger: str, last: str
) -> None:
    book = law(f"duty 1\n  mayor must report\n  within {period} of storm")
    after = (dt.date.fromisoformat(last) + dt.timedelta(days=1)).isoformat()
    assert ask(book, "mayor", "report", last, done=[storm(trigger)]) == "permitted"
    assert ask(book, "mayor", "report", after, done=[storm(trigger)]) == "prohibited"


def test_hours_run_from_moment_to_moment(ask: Ask) -> None:
    book = law("duty 1\n  mayor must report\n  within 48 hours of storm")
    history = [storm("2025-05-20T15:00-04:00")]
    assert ask(book, "mayor", "report", "2025-05-22T15:00-04:00", done=history) == "permitted"
    assert ask(book, "mayor", "report", "2025-05-22T15:01-04:00", done=history) == "prohibited"
    assert ask(book, "mayor", "report", "2025-05-22T19:00+00:00", done=history) == "permitted"
    assert ask(book, "mayor", "report", "2025-05-22", done=history) == "permitted"


def test_whether_sitting_days_have_run_beyond_the_list_is_unknown(ask: Ask) -> None:
    book = law("duty 1\n  mayor must report\n  within 3 sitting days of council of storm")
    history = [storm("2025-06-04")]
    assert ask(book, "mayor", "report", "2025-06-17", done=history) == "permitted"
    answer = ask(book, "mayor", "report", "2025-06-18", done=history)
    assert (answer.outcome, answer.deciding) == ("needs", ["1"])


def test_each_addressee_must_be_reached(ask: Ask) -> None:
    book = law("duty 1\n  mayor must report\n  to each of upper, lower\n  on storm")

    def outcome(*to: str) -> str:
        done = [
            storm(),
            *({"act": "report", "by": "mayor", "at": "2025-05-21", "to": t} for t in to),
        ]
        return ask(book, "mayor", "report", omit=True, done=done).outcome

    assert outcome("upper") == "prohibited"
    assert outcome("lower", "upper") == "permitted"


def test_a_recurring_duty_falls_due_a_period_after_it_was_last_done(ask: Ask) -> None:
    book = law("duty 1\n  mayor must report\n  every 30 days\n  on storm")
    done = [storm("2025-03-03")]
    assert ask(book, "mayor", "report", "2025-04-02", done=done) == "permitted"
    assert ask(book, "mayor", "report", "2025-04-03", done=done) == "prohibited"
    done.append({"act": "report", "by": "mayor", "at": "2025-04-01"})
    assert ask(book, "mayor", "report", "2025-05-01", done=done, omit=True) == "permitted"
    assert ask(book, "mayor", "report", "2025-05-02", done=done, omit=True) == "prohibited"


def test_a_duty_while_a_state_lasts_is_over_with_it(ask: Ask) -> None:
    book = law("duty 1\n  mayor must report\n  every 30 days while alarm in effect")
    on = [{"state": "alarm", "since": "2025-05-01"}]
    over = [{"state": "alarm", "since": "2025-05-01", "until": "2025-05-20"}]
    assert ask(book, "mayor", "report", omit=True, states=on) == "prohibited"
    assert ask(book, "mayor", "report", omit=True, states=over) == "permitted"


def test_a_duty_due_by_a_date_is_late_after_it(ask: Ask) -> None:
    book = law("duty 1\n  mayor must report\n  by limit-day + 10 days")
    facts = {"limit-day": "2025-05-22"}
    assert ask(book, "mayor", "report", "2025-06-02", facts=facts) == "permitted"
    assert ask(book, "mayor", "report", "2025-06-03", facts=facts) == "prohibited"


def test_a_manner_that_the_duty_forbids_is_prohibited_whatever_else_allows_the_act(
    ask: Ask,
) -> None:
    book = law("duty 1\n  mayor must sign\n  so that colour is red", "power 2\n  mayor may sign")
    answer = ask(book, "mayor", "sign", facts={"colour": "green"})
    assert (answer.outcome, answer.deciding) == ("prohibited", ["1"])
    assert ask(book, "mayor", "sign", facts={"colour": "red"}) == "permitted"


def test_a_manner_binds_as_long_as_the_duty_does(ask: Ask) -> None:
    book = law(
        "duty 1\n  mayor must sign\n  so that colour is red\n  waived by auditor by waive-report",
        "duty 2\n  mayor must sign\n  so that colour is green\n  when urgent",
    )
    facts = {"colour": "green", "urgent": True}
    waived = [{"act": "waive-report", "by": "auditor"}]
    plain = {"colour": "green"}
    assert ask(book, "mayor", "sign", facts=plain) == "prohibited"
    assert ask(book, "mayor", "sign", facts=plain, done=["sign"]) == "prohibited"
    assert ask(book, "mayor", "sign", facts=plain, done=waived) == "permitted"
    assert ask(book, "mayor", "sign", facts=facts, done=waived) == "permitted"


def test_the_answer_tells_what_the_act_opens_and_when_it_falls_due(ask: Ask) -> None:
    book = law(
        "power 1\n  mayor may sign\n  begins watch\n  ends alarm",
        "duty 2\n  mayor must report\n  to each of upper, lower\n  within 30 days of sign",
        "duty 3\n  clerk must consult\n  every 7 days\n  on sign",
        "duty 4\n  clerk must walk\n  on start of watch",
        "duty 5\n  clerk must propose\n  within 10 days of end of alarm",
        "duty 6\n  clerk must resolve\n  on sign by clerk",
        "duty 7\n  clerk must destroy\n  on sign\n  when urgent",
        "duty 8\n  clerk must seize\n  on sign\n  in force from 2026-01-01",
    )
    facts: dict[str, Any] = {"urgent": False}
    assert ask(book, "mayor", "sign", facts=facts).opens == [
        ("2", "upper", "2025-07-02"),
        ("2", "lower", "2025-07-02"),
        ("3", "", "2025-06-09"),
        ("4", "", "None"),
        ("5", "", "2025-06-12"),
    ]
    assert ask(book, "clerk", "sign", facts=facts).opens == []
