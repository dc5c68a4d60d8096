"""`writ vocabulary`: all that an outsider needs to phrase a request."""

from __future__ import annotations

import json

import pytest
import yaml

from writ.book.load import load_book
from writ.cli.conventions import OUTCOMES, REQUEST
from writ.cli.example import example
from writ.cli.relevance import relevance
from writ.cli.request_text import request_text
from writ.engine.answer import Outcome
from writ.engine.ask import REQUEST_FIELDS, read_request


@pytest.fixture
def words(run, book):
    return json.loads(run("vocabulary", book, "--json").out)


def test_the_schema_has_a_version(words):
    assert words["schema"] == "writ-vocabulary/1"
    assert words["book"] == {"name": "floods", "title": "Law of Floods"}


def test_every_field_of_a_request_and_every_outcome_is_explained():
    assert REQUEST.keys() == REQUEST_FIELDS
    assert OUTCOMES.keys() == {outcome.value for outcome in Outcome}


def test_an_actor_says_what_it_is(words):
    assert words["actors"]["deputy-minister"] == {
        "kind": "office",
        "description": "the Deputy Minister",
        "is": [],
        "in": "ministry",
    }


def test_an_act_says_who_can_have_authority_and_what_the_answer_turns_on(words):
    act = words["acts"]["declare-flood"]
    assert act["description"] == "declare a flood emergency"
    assert act["reserved"] is True
    assert act["attributes"] == ["declare-flood.severity", "declare-flood.grounds"]
    assert act["authority"] == [{"who": "minister", "kind": "power", "citation": "s. 2(1)"}]
    assert act["relevant"]["facts"] == {
        "declare-flood.severity": ["s. 2(1)"],
        "declare-flood.grounds": ["s. 2(1)"],
    }
    assert act["relevant"]["done"] == {"consult-governors": ["s. 2(1)"]}
    assert act["opens"][0]["citation"] == "s. 3(2)"


def test_limits_of_another_instrument_and_rules_of_delegation_count(words):
    relevant = words["acts"]["order-evacuation"]["relevant"]
    assert relevant["facts"] == {"order-evacuation.night": ["Directive 1"]}
    assert relevant["states"] == {"flood-emergency": ["Directive 1", "s. 4(1)"]}
    assert relevant["state_facts"] == {"flood-emergency": {"severity": ["Directive 1"]}}
    (rule,) = relevant["delegations"]
    assert (rule["citation"], rule["by"], rule["to"]) == ("s. 4(2)", "minister", "governor")


def test_the_trigger_of_a_duty_counts_and_that_it_can_be_omitted(words):
    relevant = words["acts"]["report-to-parliament"]["relevant"]
    cited = ["s. 3(2)"]
    assert relevant["done"] == {"declare-flood": cited, "report-to-parliament": cited}
    assert relevant["fields"] == {"omit": ["s. 3(2)"]}


def test_an_attribute_says_how_it_is_written_and_what_silence_means(words):
    assert words["attributes"]["rescue"] == {
        "of": "fact",
        "type": "yes-no",
        "write": "yes or no",
        "not_stated": "no",
        "description": "it is done to save a life",
    }
    severity = words["attributes"]["declare-flood.severity"]
    assert (severity["of"], severity["not_stated"]) == ("act declare-flood", "absent")
    assert words["kinds"]["severity"]["ordered"] is True
    assert list(words["kinds"]["severity"]["values"]) == ["watch", "danger", "disaster"]


def test_a_state_says_what_changes_it(words):
    state = words["states"]["flood-emergency"]
    assert state["changed_by"] == [
        {
            "act": "declare-flood",
            "effect": "begins flood-emergency for 30 days",
            "citation": "s. 2(1)",
        },
        {"act": "end-flood", "effect": "ends flood-emergency", "citation": "s. 2(2)"},
    ]


def test_one_act_brings_what_it_needs_and_no_more(run, book):
    page = json.loads(run("vocabulary", book, "order-evacuation", "--json").out)
    assert list(page["acts"]) == ["order-evacuation"]
    assert list(page["attributes"]) == ["order-evacuation.night", "flood-emergency.severity"]
    assert list(page["states"]) == ["flood-emergency"]
    assert list(page["kinds"]) == ["severity"]
    assert len(page["actors"]) == 6


def test_every_example_is_a_request_in_good_form(book):
    loaded, _ = load_book(book)
    for act in loaded.vocabulary.acts:
        data = example(loaded, relevance(loaded, act))
        request, wrong = read_request(loaded, data)
        assert wrong == []
        assert request is not None
        again = yaml.load(request_text(data), yaml.BaseLoader)
        assert again.keys() == data.keys()


def test_the_overview_teaches_how_to_ask(run, book):
    out = run("vocabulary", book).out
    assert out.startswith("Law of Floods\n\nTo ask a question, choose an act and an actor;")
    assert "  no authority  the actor holds no power to do it" in out
    assert "  - What a request does not state is not the case" in out
    assert "  resident         a person who lives in the Republic [person]\n" in out
    assert "    order-evacuation      order people to leave an area\n" in out


PAGE = """\
order-evacuation  order people to leave an area
  is protective-act
  reserved: nobody is free to do it without authority

Who can have authority
  minister  power, s. 4(1)

Facts that the answer can turn on (facts:)
  order-evacuation.night  it takes effect between sunset and sunrise -- yes or no; not stated: no
                          [Directive 1]

States (states:)
  flood-emergency  a flood emergency is in effect [Directive 1, s. 4(1)]
    changed        declare-flood begins flood-emergency for 30 days; end-flood ends flood-emergency
    severity       how bad it was declared to be -- one of the levels of severity, listed lowest
                   first; not stated: absent

Authority can be delegated (delegations:)
  s. 4(2)  minister may delegate order-evacuation to governor by delegate-evacuation

Values
  severity (lowest first): how bad a flood is, least first
    watch     water is rising
    danger    homes are threatened
    disaster  lives are threatened

A request in the right form
  actor: minister
  act: order-evacuation
  at: 2024-06-01
  facts:
    order-evacuation.night: yes
  states:
    - {state: flood-emergency, since: 2024-05-25, facts: {severity: watch}}
"""


def test_the_page_of_an_act_is_enough_to_ask_about_it(run, book):
    assert run("vocabulary", book, "order-evacuation").out == PAGE


def test_other_words_have_pages_too(run, book):
    assert run("vocabulary", book, "severity").out.startswith("  severity (lowest first)")
    assert "yes or no; not stated: no" in run("vocabulary", book, "rescue").out
    assert run("vocabulary", book, "governor").out == ("governor\n  the governor of a province\n")


def test_a_word_that_is_not_there_has_a_suggestion(run, book):
    ran = run("vocabulary", book, "declare-flod")
    assert ran.status == 2
    assert "did you mean `declare-flood`?" in ran.err
