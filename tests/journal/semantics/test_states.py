"""`docs/semantics.md`, "The journal": states, and the moments at which the law is asked."""

from __future__ import annotations

from tests.journal.semantics.hall import FREE, Conclude, Holds, law, read

RAISE = "power 1\n  mayor may raise-alarm\n  begins alarm for 5 days"
MORE = (
    "power 2\n  mayor may extend-alarm\n  continues alarm for 10 days",
    "power 3\n  mayor may pause-alarm\n  suspends alarm",
    "power 4\n  mayor may resume-alarm\n  resumes alarm",
    "power 5\n  mayor may stop-alarm\n  ends alarm",
    "power 6\n  mayor may repaint-alarm\n  amends alarm",
)


def test_a_stretch_lasts_from_its_act_through_its_last_day(holds: Holds) -> None:
    holds(
        law(RAISE),
        """2025-06-02 mayor did raise-alarm
expect 2025-06-01 state alarm not begun
expect 2025-06-02 state alarm in effect until 2025-06-07
expect 2025-06-07 state alarm in effect
expect 2025-06-08 state alarm lapsed
""",
    )


def test_it_takes_over_the_facts_of_its_act_and_those_that_amend_it(conclude: Conclude) -> None:
    book = law(RAISE, *MORE)
    journal = read(
        book,
        "2025-06-02 mayor did raise-alarm where colour is red\n"
        "2025-06-03 mayor did repaint-alarm where colour is green",
    )
    for day, colour in ((0, "red"), (1, "green")):
        found = conclude(book, journal, journal.entries[day].at, None, ())
        assert [one.view.facts for one in found.stretches] == [{"colour": colour}]


def test_an_act_that_ends_it_takes_effect_at_once(holds: Holds) -> None:
    holds(
        law(RAISE, *MORE),
        """2025-06-02T10:00-04:00 mayor did raise-alarm
2025-06-03T12:00-04:00 mayor did stop-alarm
expect 2025-06-03T11:59-04:00 state alarm in effect
expect 2025-06-03T12:00-04:00 state alarm ended
""",
    )


def test_it_is_continued_from_the_end_that_it_had(holds: Holds) -> None:
    holds(
        law(RAISE, *MORE),
        "2025-06-02 mayor did raise-alarm\n2025-06-03 mayor did extend-alarm\n"
        "expect 2025-06-03 state alarm in effect until 2025-06-17",
    )


def test_its_period_runs_on_while_it_is_suspended(holds: Holds) -> None:
    holds(
        law(RAISE, *MORE),
        """2025-06-02 mayor did raise-alarm
2025-06-03 mayor did pause-alarm
2025-06-05 mayor did resume-alarm
expect 2025-06-04 state alarm suspended
expect 2025-06-05 state alarm in effect until 2025-06-07
expect 2025-06-08 state alarm lapsed
""",
    )


def test_what_has_lapsed_or_ended_does_not_revive(holds: Holds) -> None:
    for over in ("2025-06-03 mayor did stop-alarm", "2025-06-08 given urgent"):
        holds(
            law(RAISE, *MORE),
            f"2025-06-02 mayor did raise-alarm\n{over}\n2025-06-09 a: mayor did extend-alarm\n"
            "2025-06-09 b: mayor did resume-alarm\n"
            "expect 2025-06-09 act a no effect\nexpect 2025-06-09 act b no effect",
        )


def test_a_lapse_is_asked_anew_at_every_moment(holds: Holds) -> None:
    book = law(
        FREE, "lapse 1\n  alarm lapses\n  when quiet", "lapse 2\n  watch lapses\n  at deadline"
    )
    holds(
        book,
        """2025-06-02 mayor did raise-alarm
2025-06-02 given watch in effect
2025-06-04 given deadline is 2025-06-20
2025-06-05 given quiet
2025-06-06 given not quiet
2025-06-07 given deadline is 2025-06-25
expect 2025-06-04 state alarm in effect
expect 2025-06-05 state alarm lapsed
expect 2025-06-30 state alarm lapsed
expect 2025-06-04 state watch in effect until 2025-06-20
expect 2025-06-21 state watch in effect until 2025-06-25
expect 2025-06-26 state watch lapsed
""",
    )


def test_a_lapse_is_asked_for_the_thing_of_the_state(holds: Holds) -> None:
    book = law(
        "power 1\n  clerk may seize\n  begins custody",
        "lapse 2\n  custody lapses\n  when fire happened",
        "lapse 3\n  custody lapses\n  when quiet",
    )
    start = "2025-06-02 clerk did seize about P-1\n2025-06-02 clerk did seize about P-2\n"
    for what in ("fire happened about P-1", "given quiet\n  about P-1"):
        holds(
            book,
            f"{start}2025-06-03 {what}\nexpect 2025-06-03 state custody about P-1 lapsed\n"
            "expect 2025-06-03 state custody about P-2 in effect",
        )


def test_only_the_last_stretch_of_the_same_thing_is_reached(holds: Holds) -> None:
    book = law(
        "power 1\n  clerk may seize\n  begins custody",
        "power 2\n  clerk may release\n  ends custody",
    )
    holds(
        book,
        """2025-06-02 clerk did seize about P-1
2025-06-03 clerk did seize about P-2
2025-06-04 clerk did release about P-1
2025-06-05 a: clerk did release about P-3
expect 2025-06-05 state custody about P-1 ended
expect 2025-06-05 state custody about P-2 in effect
expect 2025-06-05 act a no effect
""",
    )


def test_when_effects_begin_and_end_is_told_by_what_was_before_the_act(holds: Holds) -> None:
    # The watch begins beside the alarm: the end of the alarm that the same act begins is not asked for.
    book = law(
        "power 1\n  mayor may raise-alarm\n  begins alarm for 5 days\n"
        "  begins watch until later of (end of alarm, deadline)"
    )
    text = "2025-06-02 mayor did raise-alarm where deadline is 2025-06-03\n"
    holds(book, f"{text}expect 2025-06-02 state watch in effect until 2025-06-03")
    holds(
        book,
        f"2025-06-01 mayor did raise-alarm\n{text}"
        "expect 2025-06-02 state watch in effect until 2025-06-06",
    )


def test_the_start_and_the_end_of_a_stretch_open_duties(holds: Holds) -> None:
    book = law(
        RAISE,
        "duty 2\n  clerk must report\n  within 3 days of start of alarm",
        "duty 3\n  clerk must vote\n  within 3 days of end of alarm",
    )
    holds(
        book,
        """2025-06-02 mayor did raise-alarm
expect 2025-06-02 duty 2 open due 2025-06-05
expect 2025-06-07 duty 3 not opened
expect 2025-06-08 duty 3 open due 2025-06-10
""",
    )


# --- moments, and what is seen


def test_entries_are_taken_by_day_and_hour_whatever_their_order_in_the_file(holds: Holds) -> None:
    holds(
        law(FREE),
        """2025-06-03T12:00-04:00 b: mayor did stop-alarm
2025-06-03T09:00-04:00 a: mayor did raise-alarm
  known 2025-06-04
expect 2025-06-05 act b authorised
expect 2025-06-05 state alarm ended
""",
    )


def test_those_of_one_moment_are_taken_as_they_were_written(holds: Holds) -> None:
    both = {"a": "a: mayor did raise-alarm", "b": "b: mayor did stop-alarm"}
    for order, status in (("ab", "authorised"), ("ba", "no effect")):
        text = "".join(f"2025-06-03 {both[name]}\n" for name in order)
        holds(law(FREE), f"{text}expect 2025-06-03 act b {status}")


def test_a_day_asked_about_is_its_end(holds: Holds) -> None:
    holds(
        law(FREE),
        """2025-06-03T12:00-04:00 mayor did raise-alarm
expect 2025-06-03T11:00-04:00 state alarm not begun
expect 2025-06-03 state alarm in effect
""",
    )


def test_what_was_not_known_then_is_not_seen(holds: Holds) -> None:
    holds(
        law(FREE, "duty 1\n  clerk must report\n  within 3 days of storm"),
        """2025-06-01 storm happened
2025-06-02 clerk did report
  known 2025-06-20
expect 2025-06-10 duty 1 breached
  known 2025-06-19
expect 2025-06-10 duty 1 met
  known 2025-06-20
expect 2025-06-10 duty 1 met
""",
    )


def test_entries_under_premises_count_only_under_them(holds: Holds) -> None:
    holds(
        law(FREE),
        """premise wet

2025-06-03 mayor did raise-alarm
  under wet
2025-06-04 given urgent
expect 2025-06-04 state alarm not begun
expect 2025-06-04 state alarm in effect
  under wet
""",
    )


def test_each_act_is_judged_as_the_law_stood_at_its_moment(holds: Holds) -> None:
    book = law("power 1\n  mayor may vote", "repeal 2\n  1\n  from 2025-06-10")
    holds(
        book,
        "2025-06-09 a: mayor did vote\n2025-06-10 b: mayor did vote\n"
        "expect 2025-06-30 act a authorised\nexpect 2025-06-30 act b no authority",
    )


def test_the_norms_are_those_known_then(holds: Holds) -> None:
    book = law("power 1\n  mayor may vote\n  known from 2025-06-20")
    holds(
        book,
        """2025-06-09 a: mayor did vote
expect 2025-06-30 act a no authority
  known 2025-06-19
expect 2025-06-30 act a authorised
  known 2025-06-20
""",
    )


def test_a_journal_that_has_not_begun_concludes_nothing(conclude: Conclude) -> None:
    book = law(FREE, "duty 1\n  clerk must vote\n  by 2025-06-20")
    journal = read(book, "2025-06-09 given urgent")
    before = conclude(book, journal, journal.entries[0].at.replace(day=8), None, ())
    assert (before.acts, before.stretches, before.lives) == ((), (), ())
    assert len(conclude(book, journal, journal.entries[0].at, None, ()).lives) == 1


def test_the_law_is_asked_where_a_norm_comes_into_force_between_entries(holds: Holds) -> None:
    book = law(FREE, "lapse 1\n  alarm lapses\n  when quiet\n  in force from 2025-06-10")
    holds(
        book,
        "2025-06-02 mayor did raise-alarm\n2025-06-03 given quiet\n2025-07-01 given not quiet\n"
        "expect 2025-06-09 state alarm in effect\nexpect 2025-07-01 state alarm lapsed until 2025-06-10",
    )


def test_where_a_lapse_waits_for_nothing_the_older_stretch_is_asked_first(holds: Holds) -> None:
    book = law(
        FREE,
        "power 1\n  mayor may dump\n  begins watch",
        "lapse 2\n  alarm lapses\n  when watch in effect",
        "lapse 3\n  watch lapses",
    )
    holds(
        book,
        "2025-06-02 mayor did raise-alarm\n2025-06-03 mayor did dump\n"
        "expect 2025-06-03 state watch lapsed\nexpect 2025-06-03 state alarm lapsed",
    )
