"""`docs/semantics.md`, "The journal": by what a duty that fell away, or never opened, is not owed."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.journal.semantics.hall import FREE, Conclude, Holds, audited, law, read
from writ.book.model import Book
from writ.journal.record import DutyRecord, DutyStatus

STORM = "2025-06-02 storm happened\n"
BY = "duty 1\n  clerk must report\n  by 2025-06-20"
SPARED = "permission 2\n  clerk need not report\n  when quiet"
OVER = f"{SPARED}\n  notwithstanding 1"
END = dt.date(2025, 6, 30)


def duties(conclude: Conclude, book: Book, text: str, at: dt.date = END) -> list[DutyRecord]:
    return list(audited(conclude, book, read(book, text), at, None, ()).duties)


def only(conclude: Conclude, book: Book, text: str, at: dt.date = END) -> DutyRecord:
    (found,) = duties(conclude, book, text, at)
    return found


# --- a permission to leave it undone


def test_one_with_a_day_of_its_own_is_not_opened_while_somebody_need_not_do_it(
    holds: Holds,
) -> None:
    holds(
        law(FREE, BY, OVER),
        """2025-06-02 given urgent
2025-06-05 given quiet
expect 2025-06-04 duty 1 open due 2025-06-20
expect 2025-06-05 duty 1 not opened due 2025-06-20
  cites "s. 2"
expect 2025-06-30 duty 1 not opened
""",
    )


def test_it_is_owed_again_when_the_permission_ends_before_its_day(holds: Holds) -> None:
    holds(
        law(FREE, BY, OVER),
        """2025-06-02 given urgent
2025-06-05 given quiet
2025-06-10 given not quiet
expect 2025-06-09 duty 1 not opened
expect 2025-06-10 duty 1 open due 2025-06-20
expect 2025-06-21 duty 1 breached
""",
    )


def test_spared_on_its_day_it_is_not_owed_later(holds: Holds) -> None:
    holds(
        law(FREE, BY, OVER.replace("quiet", "now after 2025-06-19")),
        """2025-06-02 given urgent
expect 2025-06-19 duty 1 open
expect 2025-06-30 duty 1 not opened
  cites "s. 2"
""",
    )


def test_one_that_a_trigger_opened_lapses_and_does_not_come_back(holds: Holds) -> None:
    book = law(FREE, "duty 1\n  clerk must report\n  within 18 days of storm", OVER)
    holds(
        book,
        f"""{STORM}2025-06-05 given quiet
2025-06-10 given not quiet
expect 2025-06-05 duty 1 lapsed
  cites "s. 2"
expect 2025-06-30 duty 1 lapsed
""",
    )


def test_a_permission_over_which_the_duty_prevails_spares_nothing(conclude: Conclude) -> None:
    book = law(FREE, BY, f"{SPARED}\n  subject to 1")
    record = only(conclude, book, "2025-06-02 given quiet")
    assert record.status is DutyStatus.BREACHED
    assert record.citations == ("s. 1",)


def test_one_that_is_not_ranked_is_cited_where_nothing_is_owed(conclude: Conclude) -> None:
    book = law(FREE, f"{BY}\n  unless quiet", SPARED)
    record = only(conclude, book, "2025-06-02 given urgent\n2025-06-05 given quiet")
    assert record.status is DutyStatus.NOT_OPENED
    assert record.citations == ("s. 1", "s. 2")
    assert record.turns[-1].citations == ("s. 2",)


# --- never opened


TOLD = "duty 1\n  clerk must report\n  by deadline\n  unless quiet"
QUIET = "2025-06-02 given quiet, deadline is 2025-06-20"


def test_one_that_never_opened_is_on_record_where_a_permission_spares_it(
    conclude: Conclude,
) -> None:
    for duty in (TOLD, TOLD.replace("\n  unless quiet", "")):
        record = only(conclude, law(FREE, duty, OVER), QUIET)
        assert (record.status, record.opened) == (DutyStatus.NOT_OPENED, None)
        assert record.due == dt.date(2025, 6, 20)
        assert record.citations == ("s. 1", "s. 2")


def test_it_need_not_prevail_where_nothing_is_owed(conclude: Conclude) -> None:
    assert only(conclude, law(FREE, TOLD, SPARED), QUIET).citations == ("s. 1", "s. 2")


@pytest.mark.parametrize(
    ("duty", "permission", "text"),
    [
        (TOLD.replace("unless quiet", "when urgent"), SPARED, QUIET.replace("quiet", "doubt")),
        (TOLD, OVER, "2025-06-02 given quiet"),  # it has no day
        (TOLD, OVER, QUIET.replace("2025-06-02", "2025-06-21")),  # due before the journal began
        (f"{TOLD}\n  in force from 2025-07-01", OVER, QUIET),
        (TOLD, f"{SPARED}\n  subject to 1", QUIET),
        (TOLD, f"{SPARED}\n  in force from 2025-07-01", QUIET),
        (TOLD, f"{SPARED}\n  in force from 2020-01-01 until 2025-06-29", QUIET),
    ],
)
def test_else_there_is_no_record_of_it(
    conclude: Conclude, duty: str, permission: str, text: str
) -> None:
    assert duties(conclude, law(FREE, duty, permission), text) == []


def test_it_is_so_for_each_thing_and_each_addressee(conclude: Conclude) -> None:
    book = law(
        FREE,
        "duty 1\n  clerk must sign\n  to each of upper, lower\n  by time of fire + 9 days",
        "permission 2\n  clerk need not sign\n  when quiet\n  notwithstanding 1",
    )
    text = """2025-06-02 given quiet
  about P-1
2025-06-03 fire happened about P-1
2025-06-04 fire happened about P-2
"""
    found = [(one.about, one.to, one.status) for one in duties(conclude, book, text)]
    assert sorted(found) == [
        ("P-1", "lower", DutyStatus.NOT_OPENED),
        ("P-1", "upper", DutyStatus.NOT_OPENED),
        ("P-2", "lower", DutyStatus.BREACHED),
        ("P-2", "upper", DutyStatus.BREACHED),
    ]


# --- the end of a state


RAISED = "2025-06-02 mayor did raise-alarm\n"
SHORT = "lapse 5\n  alarm lapses\n  after 3 days"


def test_what_hung_on_a_state_cites_what_took_it_out_of_effect(conclude: Conclude) -> None:
    hung = {
        "by 2025-06-20\n  when alarm in effect": DutyStatus.NOT_OPENED,
        "within 9 days of raise-alarm\n  every 9 days while alarm in effect": DutyStatus.NOT_OPENED,
        "within 9 days of raise-alarm\n  until alarm not in effect": DutyStatus.LAPSED,
    }
    for clauses, status in hung.items():
        for ending, text, citation in (
            (SHORT, RAISED, "s. 5"),
            ("", f"{RAISED}2025-06-05 mayor did stop-alarm\n", "s. 96"),
        ):
            book = law(FREE, f"duty 1\n  clerk must report\n  {clauses}", *filter(None, (ending,)))
            record = only(conclude, book, text)
            assert (record.status, record.citations) == (status, ("s. 1", citation))


def test_what_still_holds_is_not_cited(conclude: Conclude) -> None:
    # The alarm is over by then; but it is the other condition that turned.
    book = law(FREE, f"{BY}\n  when alarm in effect or not quiet\n  when urgent", SHORT)
    text = f"2025-06-01 given urgent\n{RAISED}2025-06-10 given not urgent\n"
    assert only(conclude, book, text).citations == ("s. 1",)


def test_where_no_provision_let_it_fall_away_it_cites_its_own(conclude: Conclude) -> None:
    for duty, text in (
        ("duty 1\n  clerk must report\n  within 9 days of storm\n  until quiet", "given quiet"),
        ("duty 1\n  clerk must report\n  within 9 days of storm", "clerk is gone"),
    ):
        record = only(conclude, law(FREE, duty), f"{STORM}2025-06-03 {text}")
        assert (record.status, record.citations) == (DutyStatus.LAPSED, ("s. 1",))
