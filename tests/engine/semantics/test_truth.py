"""`docs/semantics.md`, "Truth"."""

from __future__ import annotations

import pytest

from tests.engine.semantics.town import Ask, law


def test_what_is_not_stated_is_not_the_case(ask: Ask) -> None:
    book = law("power 1\n  mayor may sign\n  when urgent")
    assert ask(book, "mayor", "sign") == "no authority"
    assert ask(book, "mayor", "sign", facts={"urgent": True}) == "permitted"


def test_what_is_declared_unknown_is_asked_for(ask: Ask) -> None:
    answer = ask(law("power 1\n  mayor may sign\n  when doubt"), "mayor", "sign")
    assert (answer.outcome, answer.missing) == ("needs", [("fact", "doubt")])


def test_a_default_stands_until_the_contrary_is_stated(ask: Ask) -> None:
    book = law("power 1\n  mayor may sign\n  when assumed")
    assert ask(book, "mayor", "sign") == "permitted"
    assert ask(book, "mayor", "sign", facts={"assumed": False}) == "no authority"


def test_a_comparison_with_something_absent_is_false_and_its_negation_true(ask: Ask) -> None:
    above = law("power 1\n  mayor may sign\n  when amount above 5")
    below = law("power 1\n  mayor may sign\n  unless amount above 5")
    assert ask(above, "mayor", "sign") == "no authority"
    assert ask(below, "mayor", "sign") == "permitted"


@pytest.mark.parametrize(
    ("condition", "facts", "outcome"),
    [
        ("doubt or urgent", {"urgent": True}, "permitted"),
        ("doubt or urgent", {}, "needs"),
        ("doubt and urgent", {}, "no authority"),
        ("doubt and urgent", {"urgent": True}, "needs"),
        ("not doubt", {}, "needs"),
        ("not (doubt and urgent)", {}, "permitted"),
        ("at least 1 of (doubt, urgent, quiet)", {"quiet": True}, "permitted"),
        ("at least 2 of (doubt, urgent, quiet)", {"quiet": True}, "needs"),
        ("at least 3 of (doubt, urgent, quiet)", {"quiet": True}, "no authority"),
        ("exactly 1 of (doubt, urgent, quiet)", {"quiet": True}, "needs"),
        ("exactly 1 of (doubt, urgent, quiet)", {"quiet": True, "urgent": True}, "no authority"),
    ],
)
def test_an_unknown_counts_only_where_it_could_decide(
    ask: Ask, condition: str, facts: dict[str, bool], outcome: str
) -> None:
    book = law(f"power 1\n  mayor may sign\n  when {condition}")
    assert ask(book, "mayor", "sign", facts=facts) == outcome


def test_nobody_is_taken_for_another_while_a_name_is_missing(ask: Ask) -> None:
    """Separation of duty: who proposed may not sign."""
    book = law(
        "power 1\n  mayor may sign",
        "prohibition 2\n  no one may sign\n  when propose done by the actor",
    )

    def outcome(person: str, proposer: str) -> str:
        actor = {"office": "mayor", "person": person} if person else "mayor"
        return ask(
            book, actor, "sign", done=[{"act": "propose", "person": proposer or None}]
        ).outcome

    assert outcome("ann", "bob") == "permitted"
    assert outcome("ann", "ann") == "prohibited"
    assert outcome("", "ann") == "needs"
    assert outcome("ann", "") == "needs"


def test_the_actor_is_compared_with_a_person_only_when_known(ask: Ask) -> None:
    book = law(
        "power 1\n  mayor may sign", "prohibition 2\n  no one may sign\n  when actor is author"
    )
    ann = {"office": "mayor", "person": "ann"}
    assert ask(book, ann, "sign", facts={"author": "ann"}) == "prohibited"
    assert ask(book, ann, "sign", facts={"author": "bob"}) == "permitted"
    assert ask(book, ann, "sign") == "permitted"
    assert ask(book, "mayor", "sign", facts={"author": "ann"}) == "needs"


def test_a_deadline_beyond_the_list_of_sitting_days_is_unknown(ask: Ask) -> None:
    book = law(
        "power 1\n  mayor may sign\n  when now on or before limit-day + 2 sitting days of council"
    )
    assert (
        ask(book, "mayor", "sign", "2025-06-10", facts={"limit-day": "2025-06-02"}) == "permitted"
    )
    assert (
        ask(book, "mayor", "sign", "2025-06-11", facts={"limit-day": "2025-06-02"})
        == "no authority"
    )
    assert ask(book, "mayor", "sign", "2025-06-11", facts={"limit-day": "2025-06-11"}) == "needs"


def test_a_recital_of_the_history_need_not_repeat_why_it_could_be(ask: Ask) -> None:
    book = law(
        "power 1\n  mayor may raise-alarm\n  when urgent\n  begins alarm",
        "power 2\n  mayor may sign\n  when alarm in effect",
    )
    assert ask(book, "mayor", "sign", done=["raise-alarm"]) == "permitted"
    refuted = [{"act": "raise-alarm", "at": "2025-06-01", "facts": {"urgent": False}}]
    assert ask(book, "mayor", "sign", done=refuted) == "no authority"
