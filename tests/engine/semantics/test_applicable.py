"""`docs/semantics.md`, "Applicable norms"."""

from __future__ import annotations

from tests.engine.semantics.town import Ask, law


def test_a_norm_applies_from_its_first_day_to_its_last(ask: Ask) -> None:
    book = law("power 1\n  mayor may sign\n  in force from 2025-03-01 until 2025-03-31")
    days = ["2025-02-28", "2025-03-01", "2025-03-31", "2025-04-01"]
    answers = [ask(book, "mayor", "sign", day).outcome for day in days]
    assert answers == ["no authority", "permitted", "permitted", "no authority"]


def test_a_repeal_takes_effect_on_its_day_and_a_suspension_lasts_through_its_last(ask: Ask) -> None:
    book = law(
        "power 1\n  mayor may sign",
        "power 2\n  mayor may walk",
        "repeal 3\n  1\n  from 2025-03-01",
        "suspend 4\n  2\n  from 2025-03-01 until 2025-03-10",
    )
    assert ask(book, "mayor", "sign", "2025-02-28") == "permitted"
    assert ask(book, "mayor", "sign", "2025-03-01") == "no authority"
    assert ask(book, "mayor", "walk", "2025-03-10") == "no authority"
    assert ask(book, "mayor", "walk", "2025-03-11") == "permitted"


def test_the_day_of_a_moment_is_its_day_by_the_clock_of_the_book(ask: Ask) -> None:
    """At two in the morning in Greenwich the day before has not ended in Toronto."""
    book = law("power 1\n  mayor may sign\n  in force from 2025-03-01")
    assert ask(book, "mayor", "sign", "2025-03-01T02:00+00:00") == "no authority"
    assert ask(book, "mayor", "sign", "2025-03-01T05:00+00:00") == "permitted"


def test_a_text_binds_a_question_only_if_it_was_known(ask: Ask) -> None:
    book = law("power 1\n  mayor may sign\n  known from 2025-05-01")
    assert ask(book, "mayor", "sign", known_at="2025-04-30") == "no authority"
    assert ask(book, "mayor", "sign", known_at="2025-05-01") == "permitted"


def test_a_norm_on_a_broader_office_act_and_thing_covers_the_narrower_and_never_back(
    ask: Ask,
) -> None:
    book = law(
        "power 1\n  officer may sign paper",
        "power 2\n  sheriff may destroy order-paper",
    )
    assert ask(book, "sheriff", "sign-order", thing="order-paper") == "permitted"
    assert ask(book, "officer", "destroy", thing="order-paper") == "no authority"
    assert ask(book, "sheriff", "destroy") == "no authority"
    assert ask(book, "sheriff", "destroy", thing="order-paper") == "permitted"


def test_a_bar_on_the_broader_act_bars_the_narrower(ask: Ask) -> None:
    book = law("power 1\n  mayor may sign-order", "prohibition 2\n  no one may sign")
    assert ask(book, "mayor", "sign-order") == "permitted"  # the narrower power prevails
    book = law("power 1\n  mayor may sign", "prohibition 2\n  no one may sign\n  when urgent")
    assert ask(book, "mayor", "sign-order", facts={"urgent": True}) == "prohibited"


def test_who_is_excepted_is_not_meant_and_neither_is_who_is_one_of_them(ask: Ask) -> None:
    book = law("power 1\n  anyone except officer may sign")
    assert ask(book, "sheriff", "sign") == "no authority"
    assert ask(book, "mayor", "sign") == "permitted"


def test_no_one_except_bars_all_others(ask: Ask) -> None:
    book = law("power 1\n  anyone may sign", "prohibition 2\n  no one except officer may sign")
    assert ask(book, "sheriff", "sign") == "permitted"
    assert ask(book, "clerk", "sign") == "prohibited"


def test_fewer_than_the_number_required_need_the_rest(ask: Ask) -> None:
    book = law("power 1\n  at least 3 of clerk may resolve")
    answer = ask(book, {"office": "clerk", "number": 2}, "resolve")
    assert (answer.outcome, answer.missing) == ("needs", [("number", "1 more of clerk")])
    assert ask(book, {"office": "clerk", "number": 3}, "resolve") == "permitted"


def test_each_of_several_needs_the_act_of_the_others(ask: Ask) -> None:
    book = law("power 1\n  each of upper, lower may resolve")
    answer = ask(book, "upper", "resolve")
    assert (answer.outcome, answer.missing) == ("needs", [("others", "resolve by lower")])
    assert ask(book, "upper", "resolve", done=[{"act": "resolve", "by": "upper"}]) == "needs"
    assert ask(book, "upper", "resolve", done=[{"act": "resolve", "by": "lower"}]) == "permitted"
    late = [{"act": "resolve", "by": "lower", "at": "2025-06-03"}]
    assert ask(book, "upper", "resolve", done=late) == "needs"


def two_alarms(*colours: str) -> list[dict[str, object]]:
    return [{"state": "alarm", "facts": {"colour": colour}} for colour in colours]


def test_a_condition_on_a_state_holds_if_it_holds_for_one_instance(ask: Ask) -> None:
    book = law("power 1\n  mayor may sign\n  when alarm in effect\n  when alarm.colour is red")
    assert ask(book, "mayor", "sign", states=two_alarms("red", "green")) == "permitted"
    assert ask(book, "mayor", "sign", states=two_alarms("green", "red")) == "permitted"
    assert ask(book, "mayor", "sign", states=two_alarms("green", "blue")) == "no authority"


def test_its_parts_must_hold_for_the_same_instance(ask: Ask) -> None:
    book = law(
        "power 1\n  mayor may sign\n  when alarm.colour is red\n  when start of alarm before 2025-01-01"
    )
    states = two_alarms("red", "green")
    states[0]["since"], states[1]["since"] = "2025-05-01", "2024-05-01"
    assert ask(book, "mayor", "sign", states=states) == "no authority"
    states[0]["since"] = "2024-12-31"
    assert ask(book, "mayor", "sign", states=states) == "permitted"


def test_unless_a_state_is_so_means_that_no_instance_is(ask: Ask) -> None:
    book = law("power 1\n  mayor may sign\n  unless (alarm in effect and alarm.colour is red)")
    assert ask(book, "mayor", "sign") == "permitted"
    assert ask(book, "mayor", "sign", states=two_alarms("green", "blue")) == "permitted"
    assert ask(book, "mayor", "sign", states=two_alarms("red", "green")) == "no authority"
    assert ask(book, "mayor", "sign", states=two_alarms("green", "red")) == "no authority"


def test_a_state_named_beside_the_negation_is_the_one_that_the_negation_is_about(ask: Ask) -> None:
    book = law("power 1\n  mayor may sign\n  when alarm in effect\n  unless alarm.colour is red")
    assert ask(book, "mayor", "sign", states=two_alarms("red", "green")) == "permitted"
    assert ask(book, "mayor", "sign", states=two_alarms("red", "red")) == "no authority"


def test_a_state_of_another_thing_is_no_state_of_this_one(ask: Ask) -> None:
    book = law("power 1\n  mayor may destroy\n  unless custody in effect")
    held = [{"state": "custody", "about": "P-1"}]
    assert ask(book, "mayor", "destroy", about="P-1", states=held) == "no authority"
    assert ask(book, "mayor", "destroy", about="P-2", states=held) == "permitted"


def test_an_entry_of_the_history_counts_for_the_thing_that_it_concerned(ask: Ask) -> None:
    book = law("power 1\n  mayor may destroy\n  after sign")
    done = [{"act": "sign", "about": "P-1"}]
    assert ask(book, "mayor", "destroy", about="P-1", done=done) == "permitted"
    assert ask(book, "mayor", "destroy", about="P-2", done=done) == "needs"
