"""The recipes compile without a word and answer as they say."""

import re
from pathlib import Path

import pytest

from writ.book.load import load_texts
from writ.checks.run import run
from writ.diagnostics import Severity
from writ.engine import reference
from writ.engine.ask import read_request
from writ.engine.engine import engine_of
from writ.journal.check import check_journal
from writ.journal.expected import verify
from writ.journal.read import read_journal

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "recipes.md").read_text("utf-8")
FRONT = """---
id: law
title: Law
kind: statute
citation: Law
cite-as: Law {}
top: true
in-force: 2020-01-01
---
"""


@pytest.fixture(scope="module")
def book():
    blocks = re.findall(r"^```writ\n.*?^```$", TEXT, re.M | re.S)
    found, diagnostics = load_texts({"law.md": FRONT + "\n\n".join(blocks)})
    assert diagnostics == []
    assert [one for one in run(found) if one.severity is not Severity.NOTE] == []
    return found


def ask(book, **fields):
    request, wrong = read_request(book, {"at": "2024-05-01", **fields})
    assert request is not None, wrong
    answer = reference.decide(book, request)
    assert engine_of(book).decide(request).outcome == answer.outcome
    return str(answer.outcome), answer.citations


READER = {
    "level": "secret",
    "compartments": ["nuclear"],
    "releasable-to": ["north", "south"],
    "actor.clearance": "secret",
    "actor.compartments": ["nuclear", "signals"],
    "actor.nationality": "north",
}


def read(book, done=("confirm-need",), **changes):
    facts = {**READER, **changes}
    facts = {key: value for key, value in facts.items() if value is not None}
    return ask(book, actor="officer", act="read", facts=facts, done=list(done))


def test_a_reader_with_everything_may_read(book):
    assert read(book)[0] == "permitted"


@pytest.mark.parametrize(
    ("change", "cited"),
    [
        ({"actor.clearance": "confidential"}, "Law 5(1)"),
        ({"actor.clearance": None}, "Law 5(1)"),
        ({"actor.compartments": ["signals"]}, "Law 5(2)"),
        ({"releasable-to": ["south"]}, "Law 5(3)"),
    ],
)
def test_one_thing_short_is_prohibited(book, change, cited):
    outcome, citations = read(book, **change)
    assert outcome == "prohibited" and cited in citations


def test_a_nationality_that_nobody_stated_is_needed(book):
    outcome, citations = read(book, **{"actor.nationality": None})
    assert outcome == "needs" and "Law 5(3)" in citations


def test_the_need_to_know_can_still_be_confirmed(book):
    assert read(book, done=())[0] == "needs"


def pay(book, **fields):
    return ask(book, act="approve-payment", done=["propose-payment"], **fields)


def test_a_director_approves_what_another_proposed(book):
    facts = {"amount": 50000, "proposer": "ann"}
    assert pay(book, actor="director", person="ben", facts=facts)[0] == "permitted"
    assert pay(book, actor="director", person="ann", facts=facts)[0] == "prohibited"


def test_who_proposed_it_must_be_known(book):
    assert pay(book, actor="director", person="ben", facts={"amount": 1})[0] == "needs"


@pytest.mark.parametrize(
    ("amount", "at", "outcome"),
    [
        (1000, "2024-05-01", "permitted"),
        (1001, "2024-05-01", "no authority"),
        (1000, "2025-05-01", "permitted"),
        (1000, "2025-05-02", "no authority"),
    ],
)
def test_a_delegate_has_what_was_given_and_no_longer(book, amount, at, outcome):
    grant = {"by": "director", "to": "section-chief", "act": "delegate-approval"}
    chain = [{**grant, "at": "2024-05-01", "facts": {"ceiling": 1000}}]
    facts = {"amount": amount, "proposer": "ann"}
    asked = {"actor": "section-chief", "person": "cem", "facts": facts, "at": at}
    assert pay(book, delegations=chain, **asked)[0] == outcome


def test_an_emergency_states_why_it_is_proportionate(book):
    facts = {"grounds": True}
    assert ask(book, actor="governor", act="declare-emergency", facts=facts)[0] == "needs"
    facts = {"grounds": True, "proportionate": True}
    assert ask(book, actor="governor", act="declare-emergency", facts=facts)[0] == "permitted"


JOURNALS = re.findall(r"^```text\n(\d{4}-.*?)^```$", TEXT, re.M | re.S)


@pytest.mark.parametrize("text", JOURNALS, ids=range(len(JOURNALS)))
def test_a_journal_comes_out_as_it_expects(book, text):
    journal, wrong = read_journal(text, book)
    assert wrong == ()
    assert check_journal(book, journal) == ()
    verdicts = verify(book, journal)
    assert len(verdicts) >= 3
    assert [(one.expectation.name, one.found) for one in verdicts if not one.ok] == []
