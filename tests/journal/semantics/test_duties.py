"""`docs/semantics.md`, "The journal": duties."""

from __future__ import annotations

from tests.journal.semantics.hall import FREE, Conclude, Holds, failures, law

WITHIN = "duty 1\n  clerk must report\n  within 10 days of storm"
STORM = "2025-06-02 s: storm happened\n"


def test_a_duty_is_not_opened_before_its_trigger(holds: Holds) -> None:
    holds(law(FREE, WITHIN), "2025-06-02 given urgent\nexpect 2025-09-01 duty 1 not opened")


def test_it_is_open_until_its_day_and_breached_when_that_has_passed(holds: Holds) -> None:
    holds(
        law(FREE, WITHIN),
        STORM
        + """
expect 2025-06-02 duty 1 open due 2025-06-12
expect 2025-06-12 duty 1 open due 2025-06-12
expect 2025-06-13 duty 1 breached due 2025-06-12
""",
    )


def test_done_on_its_day_it_is_met_and_a_day_later_late(holds: Holds) -> None:
    for day, status in (("12", "met"), ("13", "late")):
        holds(
            law(FREE, WITHIN),
            f"{STORM}2025-06-{day} clerk did report\nexpect 2025-06-13 duty 1 {status}",
        )


def test_once_met_or_late_it_stays_so(holds: Holds) -> None:
    holds(
        law(FREE, WITHIN),
        STORM
        + """2025-06-20 a: clerk did report
2025-06-21 clerk did report
expect 2025-06-19 duty 1 breached
expect 2025-06-20 duty 1 late
expect 2025-08-20 duty 1 late
""",
    )


def test_one_opens_for_each_trigger(holds: Holds) -> None:
    holds(
        law(FREE, WITHIN),
        STORM
        + """2025-06-05 clerk did report
2025-07-02 storm happened
expect 2025-07-02 duty 1 met due 2025-06-12
expect 2025-07-02 duty 1 open due 2025-07-12
""",
    )


def test_it_opens_only_where_its_condition_is_not_false(holds: Holds) -> None:
    book = law(
        FREE, WITHIN + "\n  when urgent", "duty 2\n  clerk must vote\n  on storm\n  when doubt"
    )
    holds(
        book,
        STORM
        + """
2025-06-03 given urgent
expect 2025-06-30 duty 1 not opened
expect 2025-06-30 duty 2 open
""",
    )


def test_each_addressee_is_owed_apart(holds: Holds) -> None:
    holds(
        law(FREE, WITHIN + "\n  to each of upper, lower"),
        STORM
        + """2025-06-04 clerk did report to upper
expect 2025-06-30 duty 1 met
  to upper
expect 2025-06-30 duty 1 breached
  to lower
""",
    )


def test_a_narrower_act_by_a_bearer_about_the_same_thing_performs_it(holds: Holds) -> None:
    book = law(FREE, "duty 1\n  clerk must sign\n  within 9 days of fire")
    fires = "2025-06-02 fire happened about P-1\n"
    for act, status in (
        ("clerk did sign-order about P-1", "met"),
        ("clerk did sign about P-2", "open"),
        ("mayor did sign about P-1", "open"),
        ("clerk did report about P-1", "open"),
    ):
        holds(book, f"{fires}2025-06-03 {act}\nexpect 2025-06-03 duty 1 about P-1 {status}")


def test_who_stands_in_the_place_of_a_bearer_performs_it(holds: Holds) -> None:
    book = law(WITHIN, "power 2\n  clerk may report")
    holds(
        book,
        f"2025-06-01 deputy acts as clerk\n{STORM}2025-06-03 deputy did report\n"
        "expect 2025-06-03 duty 1 met",
    )


def test_an_act_in_a_manner_that_the_duty_forbids_performs_nothing(holds: Holds) -> None:
    book = law(
        "duty 1\n  clerk must sign\n  on storm\n  so that colour is red", "act paint\n  material"
    )
    for colour, status in (("red", "met"), ("green", "open")):
        holds(
            book,
            f"{STORM}2025-06-03 clerk did sign where colour is {colour}\n  taken as lawful\n"
            f"expect 2025-06-03 duty 1 {status}",
        )


def test_a_duty_of_each_is_discharged_with_the_act_of_the_last(holds: Holds) -> None:
    book = law("duty 1\n  each of upper, lower must report\n  within 10 days of storm")
    holds(
        book,
        f"{STORM}2025-06-03 upper did report\n2025-06-05 lower did report\n"
        "expect 2025-06-04 duty 1 open\nexpect 2025-06-05 duty 1 met",
    )


def test_it_is_waived_by_the_act_of_who_may(holds: Holds) -> None:
    book = law(FREE, WITHIN + "\n  waived by auditor by waive", "power 2\n  anyone may waive")
    holds(book, f"{STORM}2025-06-03 auditor did waive\nexpect 2025-06-30 duty 1 waived")
    holds(book, f"{STORM}2025-06-20 auditor did waive\nexpect 2025-06-30 duty 1 waived")
    holds(book, f"{STORM}2025-06-03 mayor did waive\nexpect 2025-06-30 duty 1 breached")


def test_it_lapses_when_its_until_comes_true(holds: Holds) -> None:
    book = law(FREE, WITHIN + "\n  until quiet")
    holds(
        book,
        f"{STORM}2025-06-05 given quiet\nexpect 2025-06-04 duty 1 open\nexpect 2025-06-30 duty 1 lapsed",
    )
    holds(book, f"{STORM}2025-06-15 given quiet\nexpect 2025-06-30 duty 1 breached")


def test_a_day_that_passes_breaches_only_what_is_still_owed(holds: Holds) -> None:
    book = law(FREE, WITHIN + "\n  until now after 2025-06-05")
    holds(book, f"{STORM}expect 2025-06-30 duty 1 lapsed")


def test_it_lapses_when_its_norm_is_repealed(holds: Holds) -> None:
    book = law(FREE, WITHIN, "repeal 3\n  1\n  from 2025-06-08")
    holds(book, f"{STORM}expect 2025-06-07 duty 1 open\nexpect 2025-06-08 duty 1 lapsed")


def test_it_lapses_when_its_thing_or_its_only_bearer_is_no_more(holds: Holds) -> None:
    book = law(FREE, "duty 1\n  clerk must sign\n  within 9 days of fire")
    start = "2025-06-02 fire happened about P-1\n"
    holds(book, f"{start}2025-06-03 P-1 is gone\nexpect 2025-06-30 duty 1 lapsed")
    holds(book, f"{start}2025-06-03 clerk is gone\nexpect 2025-06-30 duty 1 lapsed")
    holds(book, f"{start}2025-06-03 P-2 is gone\nexpect 2025-06-30 duty 1 breached")
    both = law(FREE, "duty 1\n  clerk, mayor must sign\n  within 9 days of fire")
    holds(both, f"{start}2025-06-03 clerk is gone\nexpect 2025-06-30 duty 1 breached")


def test_a_permission_to_leave_it_undone_that_prevails_ends_it(holds: Holds) -> None:
    spared = "permission 2\n  clerk need not report\n  when quiet\n  notwithstanding 1"
    holds(
        law(FREE, WITHIN, spared), f"{STORM}2025-06-04 given quiet\nexpect 2025-06-30 duty 1 lapsed"
    )
    holds(law(FREE, WITHIN, spared), f"{STORM}expect 2025-06-30 duty 1 breached")


def test_with_a_breach_comes_what_it_says(holds: Holds) -> None:
    book = law(FREE, WITHIN + "\n  if breached begins watch for 5 days")
    holds(
        book,
        STORM
        + """
expect 2025-06-12 state watch not begun
expect 2025-06-13 state watch in effect until 2025-06-18
expect 2025-06-19 state watch lapsed
""",
    )


def test_what_a_breach_brings_it_brings_once_at_one_moment(holds: Holds) -> None:
    book = law(
        FREE,
        "duty 1\n  clerk must report\n  on start of alarm\n  by 2025-06-01\n  if breached begins alarm",
    )
    holds(book, "2025-06-02 mayor did raise-alarm\nexpect 2025-06-02 duty 1 breached")


# --- recurring duties


RECURRING = "duty 1\n  clerk must report\n  within 3 days of storm\n  every 10 days"


def test_each_performance_opens_the_next_occurrence(holds: Holds) -> None:
    holds(
        law(FREE, RECURRING),
        STORM
        + """2025-06-04 clerk did report
expect 2025-06-02 duty 1 open due 2025-06-05
expect 2025-06-04 duty 1 met due 2025-06-05
expect 2025-06-04 duty 1 open due 2025-06-14
expect 2025-06-15 duty 1 breached due 2025-06-14
""",
    )


def test_a_new_trigger_opens_none_while_one_runs(holds: Holds) -> None:
    holds(
        law(FREE, RECURRING),
        STORM
        + """2025-06-04 storm happened
expect 2025-06-06 duty 1 breached due 2025-06-05
expect 2025-06-30 duty 1 breached due 2025-06-05
""",
    )


def test_what_had_not_fallen_due_when_its_state_was_over_was_never_owed(holds: Holds) -> None:
    book = law(FREE, RECURRING.replace("storm", "raise-alarm") + " while alarm in effect")
    start = "2025-06-02 mayor did raise-alarm\n"
    holds(book, f"{start}2025-06-04 mayor did stop-alarm\nexpect 2025-06-30 duty 1 not opened")
    holds(book, f"{start}2025-06-09 mayor did stop-alarm\nexpect 2025-06-30 duty 1 breached")


def test_every_alone_opens_when_the_journal_first_tells_of_an_act_of_a_bearer(holds: Holds) -> None:
    book = law(FREE, "duty 1\n  clerk must report\n  every 10 days")
    holds(
        book,
        """2025-06-01 mayor did vote
2025-06-02 clerk did sign
expect 2025-06-01 duty 1 not opened
expect 2025-06-02 duty 1 open due 2025-06-12
expect 2025-06-13 duty 1 breached
""",
    )


def test_what_was_due_before_the_journal_began_it_does_not_tell(holds: Holds) -> None:
    book = law(FREE, "duty 1\n  clerk must report\n  by 2025-06-05")
    for first, status in (("2025-06-05", "breached"), ("2025-06-06", "not opened")):
        holds(book, f"{first} given urgent\nexpect 2025-06-30 duty 1 {status}")


# --- duties that the law alone opens


BY = "duty 1\n  clerk must report\n  by deadline"


def test_a_dated_duty_is_open_while_its_day_can_be_told_and_moves_with_it(holds: Holds) -> None:
    holds(
        law(FREE, BY),
        """2025-06-02 given urgent
2025-06-03 given deadline is 2025-06-20
2025-06-05 given deadline is 2025-06-25
expect 2025-06-02 duty 1 not opened
expect 2025-06-03 duty 1 open due 2025-06-20
expect 2025-06-21 duty 1 open due 2025-06-25
expect 2025-06-26 duty 1 breached due 2025-06-25
""",
    )


def test_it_was_never_opened_if_its_condition_is_false_before_the_day_is_past(holds: Holds) -> None:
    book = law(FREE, BY + "\n  when urgent")
    start = "2025-06-02 given urgent, deadline is 2025-06-20\n"
    holds(
        book,
        f"{start}2025-06-10 given not urgent\n"
        "expect 2025-06-09 duty 1 open\nexpect 2025-06-30 duty 1 not opened",
    )
    holds(book, f"{start}2025-06-21 given not urgent\nexpect 2025-06-30 duty 1 breached")


def test_nor_if_it_is_false_on_the_day_alone(holds: Holds) -> None:
    book = law(FREE, BY + "\n  when not now after 2025-06-19 or now after 2025-06-20")
    holds(
        book,
        "2025-06-02 given deadline is 2025-06-20\n2025-07-01 given urgent\n"
        "expect 2025-06-19 duty 1 open\nexpect 2025-07-30 duty 1 not opened",
    )


def test_it_does_not_open_again_for_the_same_day(holds: Holds) -> None:
    holds(
        law(FREE, BY),
        """2025-06-02 given deadline is 2025-06-20
2025-06-03 clerk did report
expect 2025-06-02 duty 1 open
expect 2025-06-03 duty 1 met
expect 2025-07-30 duty 1 met
""",
    )


def test_one_whose_day_is_past_when_it_would_open_is_breached_at_once(holds: Holds) -> None:
    holds(
        law(FREE, BY),
        "2025-06-02 given urgent\n2025-06-10 given deadline is 2025-06-05\n"
        "expect 2025-06-10 duty 1 breached due 2025-06-05",
    )


def test_but_the_act_that_makes_it_open_may_be_the_doing_of_it(holds: Holds) -> None:
    book = law(FREE, BY + "\n  when report done")
    for day, status in (("2025-06-05", "late"), ("2025-06-20", "met")):
        holds(
            book,
            f"2025-06-02 given deadline is {day}\n2025-06-10 a: clerk did report\n"
            f"expect 2025-06-10 duty 1 {status} due {day}",
        )


def test_it_is_asked_for_each_thing_of_its_kind(holds: Holds) -> None:
    book = law(FREE, "duty 1\n  clerk must sign\n  by time of fire + 9 days")
    holds(
        book,
        """2025-06-02 fire happened about P-1
2025-06-05 fire happened about P-2
expect 2025-06-06 duty 1 about P-1 open due 2025-06-11
expect 2025-06-06 duty 1 about P-2 open due 2025-06-14
expect 2025-06-12 duty 1 about P-1 breached
expect 2025-06-12 duty 1 about P-2 open
""",
    )


def test_one_that_comes_into_force_between_two_entries_opens_then(holds: Holds) -> None:
    book = law(FREE, "duty 1\n  clerk must report\n  by 2025-06-20\n  in force from 2025-06-10")
    holds(
        book,
        "2025-06-02 given urgent\n2025-07-30 given quiet\n"
        "expect 2025-06-09 duty 1 not opened\nexpect 2025-06-11 duty 1 open due 2025-06-20\n"
        "expect 2025-07-30 duty 1 breached due 2025-06-20",
    )


def test_with_a_trigger_and_a_day_it_opens_at_the_trigger(holds: Holds) -> None:
    book = law(FREE, "duty 1\n  clerk must report\n  on storm\n  by deadline")
    holds(
        book,
        f"""2025-06-01 given deadline is 2025-06-20
{STORM}
2025-06-05 given deadline is 2025-06-25
expect 2025-06-01 duty 1 not opened
expect 2025-06-02 duty 1 open due 2025-06-20
expect 2025-06-26 duty 1 breached due 2025-06-25
""",
    )


def test_what_is_due_before_an_act_is_decided_with_it(holds: Holds) -> None:
    book = law(FREE, "duty 1\n  clerk must report\n  before dump", "power 2\n  anyone may dump")
    holds(
        book,
        "2025-06-02 mayor did dump\n2025-06-03 clerk did report\n2025-06-04 b: mayor did dump\n"
        "expect 2025-06-02 duty 1 breached\nexpect 2025-06-04 duty 1 met due 2025-06-04",
    )


def test_what_is_due_before_an_act_may_have_served_an_earlier_one(holds: Holds) -> None:
    # As an oath does that is taken once.
    book = law(FREE, "duty 1\n  clerk must report\n  before dump", "power 2\n  anyone may dump")
    holds(
        book,
        "2020-06-01 clerk did report\n2020-06-02 mayor did dump\n2025-06-02 mayor did dump\n"
        "expect 2025-06-02 duty 1 met due 2025-06-02",
    )


def test_but_a_book_may_want_it_done_anew_for_each(holds: Holds) -> None:
    # As a consultation is held on each action that is proposed.
    book = law(
        FREE,
        "power 2\n  anyone may vote",
        "limit 3\n  anyone may vote only\n  with report done since time of vote or vote not done\n"
        "  after report",
    )
    holds(
        book,
        """2025-06-01 early: mayor did vote
2025-06-02 clerk did report
2025-06-03 first: mayor did vote
2025-06-05 second: mayor did vote
2025-06-06 clerk did report
2025-06-07 third: mayor did vote
expect 2025-06-30 act early no authority
expect 2025-06-30 act first authorised
expect 2025-06-30 act second no authority
expect 2025-06-30 act third authorised
""",
    )


def test_a_standing_duty_is_open_until_it_is_done(holds: Holds) -> None:
    holds(
        law(FREE, "duty 1\n  clerk must report"),
        "2025-06-02 given urgent\n2025-06-05 clerk did report\n"
        "expect 2025-06-04 duty 1 open\nexpect 2025-06-05 duty 1 met",
    )


# --- days


def test_a_due_day_rolls_where_the_calendar_says_so(holds: Holds) -> None:
    duty = "duty 1\n  clerk must report\n  within 1 days of storm"
    for calendar, due in (("", "2025-07-01"), ("\n  rolls forward", "2025-07-02")):
        text = f"2025-06-30 storm happened\nexpect 2025-06-30 duty 1 open due {due}"
        holds(law(FREE, duty, calendar=calendar), text)


def test_breaches_come_before_the_ends_of_states_of_the_same_day(holds: Holds) -> None:
    # The duty lasts as long as the alarm, which ends with the duty's own day.
    book = law(
        "power 1\n  mayor may raise-alarm\n  begins alarm for 5 days",
        "duty 2\n  clerk must report\n  within 5 days of raise-alarm\n"
        "  every 5 days while alarm in effect",
    )
    holds(
        book,
        "2025-06-02 mayor did raise-alarm\nexpect 2025-06-07 duty 2 open\n"
        "expect 2025-06-08 duty 2 breached\nexpect 2025-06-08 state alarm lapsed",
    )


def test_what_does_not_hold_is_found(conclude: Conclude) -> None:
    text = f"{STORM}expect 2025-06-12 duty 1 breached\nexpect 2025-06-12 duty 1 open due 2025-06-11"
    assert len(failures(conclude, law(FREE, WITHIN), text)) == 2
