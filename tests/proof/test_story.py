"""A refutation told in sentences: who does what, when, on which facts, after what; what the law answers, and so."""

from __future__ import annotations

from typing import Any

import pytest

from tests.proof.floods import law
from writ.book.assurances import Assurance
from writ.book.model import Book
from writ.engine import Engine
from writ.engine.ask import read_request
from writ.proof.result import Example, Result, Verdict
from writ.proof.story import Story, story

NORMS = """\
power 3 "declaration"
  minister may declare
  begins flood for 30 days

power 4 "orders"
  minister may order
  when flood in effect

delegation 5 "handing over"
  minister may delegate order to governor by hand-over

prohibition 6 "closed area"
  no one may enter
  when flood in effect

right 7 "rescue"
  resident has the right to enter
  when rescue
  notwithstanding 6

prohibition 8
  no one may report
  when rescue

duty 9
  minister must report
  within 7 days of declare

limit 10
  minister may declare only
  after report

"""


def told(assurance: str, request: dict[str, Any], **result: Any) -> tuple[Story, Book]:
    """The story of the first assurance, as refuted by this request."""
    book = law(f"{NORMS}{assurance}")
    asked, wrong = read_request(book, request)
    assert asked is not None, wrong
    example = Example(asked, Engine(book).decide(asked))
    one = book.assurances[0]
    found = story(book, one, Result(one.id, Verdict.REFUTED, example=example, **result))
    assert found is not None
    assert read_request(book, found.request) == (asked, [])
    return found, book


def test_who_does_what_and_when():
    found, _ = told(
        "assurance A1\n  no one may order\n",
        {
            "actor": "minister",
            "act": "order",
            "at": "2022-02-14",
            "facts": {"order.night": True, "rescue": False},
            "states": [{"state": "flood", "since": "2022-02-01", "facts": {"severity": "danger"}}],
        },
    )
    assert found.situation == (
        "On 14 February 2022 the Minister of Floods (minister) would order people to leave (order).",
        "It is stated that:",
        "- it is done at night (order.night)",
        "- not so: it saves a life (rescue)",
    )
    assert found.states == (
        "a flood is declared (flood): since 1 February 2022, without an end; "
        "how bad it was declared to be (flood.severity): danger.",
    )
    assert found.answer == ("The law permits it: s. 4 (orders).",)
    assert found.conclusion == "It is not so that no one may order: here somebody may."
    assert [(one.citation, one.role) for one in found.norms] == [("s. 4", "decides")]


def test_what_was_done_before_and_by_whom():
    found, _ = told(
        "assurance A1\n  no one may both declare and order\n",
        {
            "actor": {"office": "minister", "person": "ann"},
            "act": "order",
            "about": "lower-town",
            "at": "2022-02-14T15:00+01:00",
            "done": [
                {"event": "storm", "at": "2022-02-01"},
                {"act": "report", "by": "deputy", "person": "bob", "at": "2022-02-02"},
                {
                    "act": "declare", "by": "minister", "person": "ann", "about": "lower-town",
                    "at": "2022-02-03", "facts": {"severity": "danger"},
                },
            ],
        },
    )  # fmt: skip
    assert found.before == (
        "On 1 February 2022 it happened: a storm warning was given (storm).",
        "On 2 February 2022 somebody else, bob, as the Deputy Minister (deputy), "
        "did report to Parliament (report).",
        "On 3 February 2022 ann, as the Minister of Floods (minister), did declare a flood (declare), "
        "of lower-town, where how bad it is (declare.severity): danger.",
    )
    assert found.situation == (
        "On 14 February 2022, 14:00 UTC, the same person, ann, as the Minister of Floods (minister), "
        "would order people to leave (order).",
        "It is done to lower-town.",
    )
    assert found.states[0].startswith(
        "a flood is declared (flood), of lower-town: since 3 February 2022, until 5 March 2022"
    )
    assert found.conclusion == (
        "It is not so that no one may both declare and order: one person has done the one (declare), "
        "and may now do the other (order)."
    )


def test_through_which_grant():
    found, _ = told(
        "assurance A1\n  governor may never order\n",
        {
            "actor": "governor",
            "act": "order",
            "at": "2022-02-14",
            "states": ["flood"],
            "delegations": [
                {"by": "minister", "to": "governor", "act": "hand-over", "at": "2022-02-02"}
            ],
        },
    )
    assert found.situation == (
        "On 14 February 2022 a governor of a province (governor) would order people to leave (order).",
    )
    assert found.grants == (
        "On 2 February 2022 the Minister of Floods (minister) did delegate the ordering (hand-over), "
        "to a governor of a province (governor), under s. 5.",
    )
    assert found.states == ("a flood is declared (flood): since a day not stated, without an end.",)


def test_which_norm_prevails_over_which():
    found, _ = told(
        "assurance A1\n  no one may enter\n  when flood in effect\n",
        {
            "actor": "resident", "act": "enter", "at": "2022-02-14",
            "states": ["flood"], "facts": {"rescue": True},
        },
    )  # fmt: skip
    assert found.answer == (
        "The law permits it: s. 7 (rescue).",
        "s. 6 (closed area) does not hold: s. 7 (rescue) is written to prevail over it.",
    )
    assert [(one.citation, one.role, one.maxim) for one in found.norms] == [
        ("s. 7", "decides", ""),
        ("s. 6", "is defeated", "override"),
    ]
    assert found.conclusion == (
        "It is not so that no one may enter when flood in effect: here somebody may."
    )


def test_what_bounds_it_and_what_it_yields_to_are_told_apart():
    bounded = """\
power 11
  minister may prolong
  subject to 12

prohibition 12
  minister may not prolong
  when rescue

limit 13 "first"
  minister may prolong only
  after report

assurance A1
  no one may prolong
"""
    found, _ = told(
        bounded,
        {"actor": "minister", "act": "prolong", "at": "2022-02-14", "done": ["report"]},
    )
    assert found.answer == ("The law permits it: s. 11.", "What bounds it is met: s. 13 (first).")
    assert [(one.citation, one.role) for one in found.norms] == [
        ("s. 11", "decides"),
        ("s. 12", "does not apply"),
        ("s. 13", "decides"),
    ]


def test_a_private_person_needs_no_norm():
    found, _ = told(
        "assurance A1\n  no one may enter\n",
        {"actor": "resident", "act": "enter", "at": "2022-02-14"},
    )
    assert found.situation[1:] == (
        "No fact need be stated, and nothing need have been done before.",
    )
    assert found.answer == (
        "The law permits it: a private person is free to do what nothing forbids.",
    )


@pytest.mark.parametrize(
    ("line", "request_", "answer", "conclusion"),
    [
        (
            "resident may always enter",
            {"actor": "resident", "act": "enter", "states": ["flood"]},
            "The law prohibits it: s. 6 (closed area).",
            "It is not so that resident may always enter: here it is refused.",
        ),
        (
            "nothing disputes report",
            {
                "actor": "minister",
                "act": "report",
                "facts": {"rescue": True},
                "done": [{"act": "declare", "by": "minister", "at": "2022-02-14"}],
            },
            "The law both allows or commands it and forbids it, and ranks neither: s. 8 and s. 9.",
            "It is not so that nothing disputes report: here they are in conflict.",
        ),
        (
            "minister must always report",
            {
                "actor": "minister",
                "act": "report",
                "omit": True,
                "done": [
                    {"act": "declare", "by": "minister", "at": "2022-02-12"},
                    {"act": "report", "by": "minister", "at": "2022-02-13"},
                ],
            },
            "The law lets it be left undone.",
            "It is not so that minister must always report: here it may be left undone.",
        ),
        (
            "governor can declare",
            {"actor": "governor", "act": "declare"},
            "The law gives no authority for it.",
            "It is not so that governor can declare: in no situation is it permitted; "
            "the situation told here is one of them.",
        ),
        (
            "someone can always order",
            {"actor": "minister", "act": "order"},
            "The law gives no authority for it.",
            "It is not so that someone can always order: in this situation nobody may; "
            "told here is how it is answered to the one who comes nearest.",
        ),
    ],
)
def test_each_form_has_its_answer_and_its_end(line, request_, answer, conclusion):
    found, _ = told(f"assurance A1\n  {line}\n", {"at": "2022-02-14", **request_})
    assert found.answer[0] == answer
    assert found.conclusion == conclusion


def test_an_omission_is_told_as_one():
    found, _ = told(
        "assurance A1\n  minister must always report\n",
        {"actor": "minister", "act": "report", "at": "2022-02-14", "omit": True},
    )
    assert found.situation[0] == (
        "On 14 February 2022 the Minister of Floods (minister) would leave undone: "
        "report to Parliament (report)."
    )


def test_what_is_missing_and_what_is_nearest_are_told():
    found, _ = told(
        "assurance A1\n  minister can declare\n",
        {"actor": "minister", "act": "declare", "at": "2022-02-14"},
    )
    assert found.answer[-1] == "Missing: report (s. 10)."
    found, _ = told(
        "assurance A1\n  minister can order\n",
        {"actor": "minister", "act": "order", "at": "2022-02-14"},
    )
    assert [(one.citation, one.role, one.because) for one in found.norms] == [
        ("s. 4", "is nearest", "flood in effect")
    ]


def test_a_long_history_is_shortened():
    again = [{"act": "report", "by": "minister", "at": f"2022-02-{day:02}"} for day in range(1, 10)]
    found, _ = told(
        "assurance A1\n  every flood ends within 2 weeks\n",
        {"actor": "minister", "act": "declare", "at": "2022-02-14", "done": again},
    )
    assert len(found.before) == 6
    assert found.before[4] == "So it goes on, 4 times more."
    assert found.before[5].startswith("On 9 February 2022 ")


def test_a_state_that_outlasts_its_time():
    found, _ = told(
        "assurance A1\n  every flood ends within 2 weeks\n",
        {
            "actor": "minister", "act": "declare", "at": "2022-02-16",
            "done": [{"act": "declare", "by": "minister", "at": "2022-02-01"}],
        },
        norms=("act/3",),
    )  # fmt: skip
    assert (found.situation, found.answer) == ((), ())
    assert found.states == (
        "a flood is declared (flood): since 1 February 2022, until 3 March 2022.",
    )
    assert [(one.citation, one.role) for one in found.norms] == [("s. 3", "begins the state")]
    assert found.conclusion == (
        "It is not so that every flood ends within 2 weeks: "
        "on 16 February 2022 it is still in effect."
    )


def _first(assurance: str) -> tuple[Book, Assurance]:
    book = law(f"{NORMS}{assurance}")
    return book, book.assurances[0]


def test_duties_without_a_holder_are_named():
    book, one = _first("assurance A1\n  every duty has a holder with 1 office vacant\n")
    because = "with minister vacant nobody is left to do report (s. 9)"
    found = story(book, one, Result(one.id, Verdict.REFUTED, because, norms=("act/9",)))
    assert found is not None
    assert [(each.citation, each.role) for each in found.norms] == [("s. 9", "has no holder")]
    assert found.conclusion == (
        f"It is not so that every duty has a holder with 1 office vacant: {because}."
    )
    assert found.request is None


def test_without_a_situation_the_reason_is_told():
    book, one = _first("assurance A1\n  someone can always order\n")
    found = story(book, one, Result(one.id, Verdict.REFUTED, "there is no office to do it"))
    assert found == Story(
        conclusion="It is not so that someone can always order: there is no office to do it."
    )


def test_a_situation_that_can_be_is_told_as_what_shows_it():
    book, one = _first("assurance A1\n  resident can enter\n")
    asked, _ = read_request(book, {"actor": "resident", "act": "enter", "at": "2022-02-14"})
    assert asked is not None
    shown = Example(asked, Engine(book).decide(asked))
    found = story(book, one, Result(one.id, Verdict.PROVED, example=shown))
    assert found is not None
    assert found.conclusion == "It is so: resident can enter."


def test_what_is_proved_of_every_situation_or_unknown_has_no_story():
    book, one = _first("assurance A1\n  no one may order\n")
    assert story(book, one, Result(one.id, Verdict.PROVED)) is None
    assert story(book, one, Result(one.id, Verdict.UNKNOWN, "time")) is None
