"""`docs/semantics.md`, "The journal": acts, and what is the case."""

from __future__ import annotations

from tests.journal.semantics.hall import FREE, Conclude, Holds, law, read

SIGN = "power 1\n  mayor may sign\n  when urgent"
RAISE = "power 1\n  mayor may raise-alarm\n  begins alarm"


# --- what is the case


def test_facts_stand_until_another_entry_says_otherwise(holds: Holds) -> None:
    holds(
        law(SIGN),
        """2025-06-01 a: mayor did sign
2025-06-02 given urgent
2025-06-03 b: mayor did sign
2025-06-04 given urgent not stated
2025-06-05 c: mayor did sign
expect 2025-06-05 act a no authority
expect 2025-06-05 act b authorised
expect 2025-06-05 act c no authority
""",
    )


def test_the_narrower_fact_prevails(holds: Holds) -> None:
    holds(
        law(
            "power 1\n  mayor may sign\n  when amount above 5",
            "power 2\n  mayor may vote\n  when actor.trained",
        ),
        """2025-06-01 given amount is 9
2025-06-01 given amount is 1
  about P-1
2025-06-01 given trained
  of mayor ann
2025-06-02 a: mayor did sign about P-1
2025-06-02 b: mayor did sign about P-2
2025-06-02 c: mayor ann did vote
2025-06-02 d: mayor bob did vote
expect 2025-06-02 act a no authority
expect 2025-06-02 act b authorised
expect 2025-06-02 act c authorised
expect 2025-06-02 act d no authority
""",
    )


def test_what_an_act_itself_states_prevails_for_that_act_alone(holds: Holds) -> None:
    holds(
        law(SIGN),
        """2025-06-01 given urgent
2025-06-02 a: mayor did sign where not urgent
2025-06-03 b: mayor did sign
expect 2025-06-03 act a no authority
expect 2025-06-03 act b authorised
""",
    )


# --- acts


def test_an_act_is_decided_on_what_was_the_case_before_it(holds: Holds) -> None:
    book = law("power 1\n  mayor may raise-alarm\n  when alarm not in effect\n  begins alarm")
    holds(
        book,
        "2025-06-01 a: mayor did raise-alarm\n2025-06-02 b: mayor did raise-alarm\n"
        "expect 2025-06-02 act a authorised\nexpect 2025-06-02 act b no authority",
    )


def test_an_act_in_performance_of_a_duty_that_was_late_or_done_is_authorised(holds: Holds) -> None:
    book = law("duty 1\n  clerk must report\n  within 3 days of storm")
    holds(
        book,
        """2025-06-01 storm happened
2025-06-09 a: clerk did report
2025-06-10 b: clerk did report
expect 2025-06-10 act a authorised
expect 2025-06-10 act b authorised
expect 2025-06-10 duty 1 late
""",
    )


def test_the_record_says_late(conclude: Conclude) -> None:
    book = law("duty 1\n  clerk must report\n  within 3 days of storm")
    journal = read(
        book, "2025-06-01 storm happened\n2025-06-09 clerk did report\n2025-06-10 clerk did report"
    )
    found = conclude(book, journal, journal.entries[-1].at, None, ())
    assert [act.late for act in found.acts] == [True, False]


def test_what_is_missing_is_recorded(conclude: Conclude) -> None:
    book = law("power 1\n  mayor may sign\n  after vote")
    journal = read(book, "2025-06-01 mayor did sign")
    found = conclude(book, journal, journal.entries[-1].at, None, ())
    assert [(act.status, [one.what for one in act.missing]) for act in found.acts] == [
        ("no authority", ["vote"])
    ]


def test_an_entry_silent_on_what_it_had_to_state_is_taken_to_have_stated_it(holds: Holds) -> None:
    book = law("power 1\n  mayor may sign\n  stating urgent")
    holds(
        book,
        "2025-06-01 a: mayor did sign\n2025-06-02 b: mayor did sign where not urgent\n"
        "expect 2025-06-02 act a authorised\nexpect 2025-06-02 act b no authority",
    )


def test_who_acts_in_an_office_is_authorised_as_it_is(holds: Holds) -> None:
    holds(
        law("power 1\n  mayor may vote"),
        """2025-06-01 a: deputy did vote
2025-06-02 deputy acts as mayor
2025-06-03 b: deputy did vote
2025-06-04 deputy leaves mayor
2025-06-05 c: deputy did vote
expect 2025-06-05 act a no authority
expect 2025-06-05 act b authorised
expect 2025-06-05 act c no authority
""",
    )


def test_who_neither_holds_the_office_nor_acts_in_it_has_no_authority(holds: Holds) -> None:
    holds(
        law("power 1\n  mayor may vote"),
        """2025-06-01 a: mayor bob did vote
2025-06-02 ann holds mayor
2025-06-03 b: mayor bob did vote
2025-06-03 c: mayor ann did vote
2025-06-03 d: mayor did vote
2025-06-04 bob acts as mayor
2025-06-05 e: mayor bob did vote
expect 2025-06-05 act a authorised
expect 2025-06-05 act b no authority
expect 2025-06-05 act c authorised
expect 2025-06-05 act d authorised
expect 2025-06-05 act e authorised
""",
    )


def test_an_office_that_is_no_more_has_no_authority(holds: Holds) -> None:
    holds(
        law("power 1\n  mayor may vote"),
        "2025-06-01 a: mayor did vote\n2025-06-02 mayor is gone\n2025-06-03 b: mayor did vote\n"
        "expect 2025-06-03 act a authorised\nexpect 2025-06-03 act b no authority",
    )


def test_where_nothing_was_there_to_end_it_has_no_effect(holds: Holds) -> None:
    for verb, act in (
        ("ends", "stop-alarm"),
        ("continues", "extend-alarm"),
        ("suspends", "pause-alarm"),
        ("resumes", "resume-alarm"),
        ("amends", "repaint-alarm"),
    ):
        holds(
            law(
                FREE,
                f"power 1\n  mayor may {act}\n  {verb} alarm",
                "override 2\n  1 prevails over 96",
            ),
            f"2025-06-01 a: mayor did {act}\n2025-06-02 mayor did raise-alarm\n"
            f"2025-06-03 b: mayor did {act}\n"
            "expect 2025-06-03 act a no effect\nexpect 2025-06-03 act b authorised",
        )


def test_where_it_wants_the_acts_of_others_it_has_no_effect_until_the_last(holds: Holds) -> None:
    book = law("power 1\n  each of upper, lower may raise-alarm\n  begins alarm")
    holds(
        book,
        """2025-06-01 a: upper did raise-alarm
2025-06-02 b: lower did raise-alarm
expect 2025-06-02 act a no effect
expect 2025-06-01 state alarm not begun
expect 2025-06-02 act b authorised
expect 2025-06-02 state alarm in effect
""",
    )


def test_taken_as_lawful_it_is_authorised_whatever_the_answer(holds: Holds) -> None:
    holds(
        law(RAISE),
        "2025-06-01 a: clerk did raise-alarm\n  taken as lawful\n"
        "expect 2025-06-01 act a authorised\nexpect 2025-06-01 state alarm not begun",
    )
    holds(
        law("power 1\n  mayor may raise-alarm\n  when urgent\n  begins alarm"),
        "2025-06-01 a: mayor did raise-alarm where urgent\n  taken as lawful\n"
        "expect 2025-06-01 state alarm in effect",
    )


def test_an_act_without_authority_begins_and_ends_nothing(holds: Holds) -> None:
    holds(
        law(RAISE, "power 2\n  mayor may stop-alarm\n  ends alarm"),
        """2025-06-01 clerk did raise-alarm
2025-06-02 mayor did raise-alarm
2025-06-03 clerk did stop-alarm
expect 2025-06-01 state alarm not begun
expect 2025-06-03 state alarm in effect
""",
    )


def test_it_opens_and_discharges_no_duty_and_is_not_done(holds: Holds) -> None:
    book = law(
        "power 1\n  mayor may vote\n  when urgent",
        "duty 2\n  clerk must report\n  within 5 days of vote",
        "duty 3\n  mayor must vote\n  within 5 days of storm",
        "prohibition 4\n  mayor may not vote\n  when quiet",
        "power 5\n  mayor may sign\n  after vote",
    )
    holds(
        book,
        """2025-06-01 storm happened
2025-06-02 a: mayor did vote where quiet
2025-06-03 b: mayor did sign
expect 2025-06-30 act a no authority
expect 2025-06-30 duty 2 not opened
expect 2025-06-30 duty 3 breached
expect 2025-06-30 act b no authority
""",
    )


def test_a_material_act_is_done_and_has_its_effects_without_authority(holds: Holds) -> None:
    book = law(
        "power 1\n  mayor may dump\n  begins watch",
        "limit 2\n  anyone may dump only\n  begins alarm",
        "duty 3\n  clerk must report\n  within 5 days of dump",
        "power 4\n  mayor may sign\n  after dump",
    )
    holds(
        book,
        """2025-06-01 a: clerk did dump-oil
2025-06-02 b: mayor did sign
expect 2025-06-02 act a no authority
expect 2025-06-02 state alarm in effect
expect 2025-06-02 duty 3 open
expect 2025-06-02 act b authorised
""",
    )


def test_its_effects_are_those_of_norms_whose_condition_it_meets(holds: Holds) -> None:
    book = law(
        "power 1\n  anyone may dump\n  when urgent\n  begins watch\n  subject to 2",
        "prohibition 2\n  clerk may not dump",
    )
    for fact, status in (("urgent", "in effect"), ("not urgent", "not begun")):
        holds(
            book,
            f"2025-06-01 a: clerk did dump where {fact}\nexpect 2025-06-01 act a no authority\n"
            f"expect 2025-06-01 state watch {status}",
        )


def test_an_authorised_act_has_the_effects_of_what_permits_it(holds: Holds) -> None:
    book = law(
        "power 1\n  mayor may raise-alarm\n  when urgent\n  begins alarm for 5 days",
        "power 2\n  mayor may raise-alarm\n  when not urgent\n  begins alarm for 9 days",
        "limit 3\n  anyone may raise-alarm only\n  begins watch for 2 days",
    )
    holds(
        book,
        "2025-06-01 mayor did raise-alarm where urgent\n"
        "expect 2025-06-01 state alarm in effect until 2025-06-06\n"
        "expect 2025-06-01 state watch in effect until 2025-06-03",
    )


def test_of_each_state_and_verb_one_effect(conclude: Conclude) -> None:
    book = law(
        "power 1\n  mayor may raise-alarm\n  begins alarm for 5 days",
        "power 2\n  anyone may raise-alarm\n  begins alarm for 9 days",
    )
    journal = read(book, "2025-06-01 mayor did raise-alarm")
    found = conclude(book, journal, journal.entries[-1].at, None, ())
    assert [str(one.view.until) for one in found.stretches] == ["2025-06-06"]
