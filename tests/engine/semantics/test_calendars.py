"""Deadlines by calendars that roll to sitting days, leave out adjournments, or count the first day."""

from __future__ import annotations

import pytest

from tests.engine.semantics.town import WORDS, Ask, book_of, instrument
from writ.book.model import Book

SITTINGS = """
calendar session
  sitting council tuesday from 2025-06-01 until 2025-06-30 except 2025-06-17
  adjourned council from 2025-07-01 until 2025-08-31
"""


def counted(norm: str, *lines: str) -> Book:
    """A law of this norm that counts by the calendar `session`, with these lines more."""
    more = "".join(f"  {line}\n" for line in lines)
    text = f"{WORDS}\n{SITTINGS}{more}\n{norm}"
    return book_of({"law.md": instrument("law", "statute", text, "top: true", "calendar: session")})


def storm(at: str) -> dict[str, str]:
    return {"event": "storm", "at": at}


def within(period: str) -> str:
    return f"duty 1\n  mayor must report\n  within {period} of storm"


@pytest.mark.parametrize(
    ("lines", "period", "trigger", "last", "after"),
    [
        ([], "5 days", "2025-06-11", "2025-06-16", "2025-06-17"),
        (["rolls forward to sitting days of council"], "5 days", "2025-06-11", "2025-06-24", "2025-06-25"),
        (["rolls forward to sitting days of council"], "5 days", "2025-06-05", "2025-06-10", "2025-06-11"),
        ([], "2 sitting days of council", "2025-06-03", "2025-06-24", "2025-06-25"),
        (["counts the first day"], "2 sitting days of council", "2025-06-03", "2025-06-10", "2025-06-11"),
        (["counts the first day"], "5 days", "2025-06-11", "2025-06-15", "2025-06-16"),
    ],
)  # fmt: skip
def test_a_duty_is_due_when_its_calendar_says(
    ask: Ask, lines: list[str], period: str, trigger: str, last: str, after: str
) -> None:
    book = counted(within(period), *lines)
    assert ask(book, "mayor", "report", last, done=[storm(trigger)]) == "permitted"
    assert ask(book, "mayor", "report", after, done=[storm(trigger)]) == "prohibited"


@pytest.mark.parametrize(
    ("lines", "period"),
    [
        ([], "2 sitting days of council"),
        (["rolls forward to sitting days of council"], "10 days"),
    ],
)
def test_a_duty_runs_on_in_an_adjournment_and_is_uncertain_beyond(
    ask: Ask, lines: list[str], period: str
) -> None:
    book = counted(within(period), *lines)
    history = [storm("2025-06-20")]
    assert ask(book, "mayor", "report", "2025-08-31", done=history) == "permitted"
    answer = ask(book, "mayor", "report", "2025-09-01", done=history)
    assert (answer.outcome, answer.deciding) == ("needs", ["1"])


def test_an_act_tells_the_due_day_that_it_opens(ask: Ask) -> None:
    norm = "power 2\n  mayor may consult\n\nduty 1\n  mayor must report\n  within 5 days of consult"
    book = counted(norm, "rolls forward to sitting days of council")
    opens = {at: ask(book, "mayor", "consult", at).opens for at in ("2025-06-11", "2025-06-20")}
    assert opens["2025-06-11"] == [("1", "", "2025-06-24")]
    assert opens["2025-06-20"] == [("1", "", "None")]


@pytest.mark.parametrize(("lines", "period"), [([], 14), (["counts the first day"], 15)])
def test_clear_days_are_what_lies_between(ask: Ask, lines: list[str], period: int) -> None:
    # At least 14 clear days' notice.
    norm = f"power 1\n  mayor may report\n  when now after limit-day + {period} days"
    book = counted(norm, *lines)
    given = {"limit-day": "2025-06-01"}
    assert ask(book, "mayor", "report", "2025-06-16", facts=given) == "permitted"
    assert ask(book, "mayor", "report", "2025-06-15", facts=given) == "no authority"
