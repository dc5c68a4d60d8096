"""`writ show`, `writ who`, `writ may`: readable pages of a book."""

from __future__ import annotations

import json


def test_the_overview_has_each_instrument_beneath_its_authority(run, book):
    assert run("show", book).out == (
        "Law of Floods  3 instruments, 10 norms, 6 actors, 10 acts, 1 state\n"
        "  6 power, 1 limit, 1 duty, 1 delegation, 1 prohibition\n"
        "\n"
        "constitution  Constitution of the Republic (constitution, in force from 2000-01-01; 1 norm)\n"
        "  flood-act  Flood Act (statute, in force from 2024-06-01, under Const. art. 2; 8 norms)\n"
        "    evacuation-directive  Directive on Evacuations (directive, in force from 2024-09-01,"
        " under s. 5;\n"
        "        1 norm)\n"
    )


def test_a_provision_has_its_text_and_its_norms(run, book):
    out = run("show", book, "flood-act", "4").out
    assert out.startswith("s. 4  Flood Act\n\n## 4 Evacuation\n\nWhile the emergency is in effect")
    assert "prohibition 4(3)\n  no one may enter-closed-area\n" in out
    assert out.endswith("s. 4(3)  prohibition, in force from 2024-06-01\n")


def test_a_paragraph_without_a_heading_has_the_text_of_its_section(run, book):
    out = run("show", book, "s. 4(1)").out
    assert "While the emergency is in effect" in out
    assert "power 4(1)\n  minister may order-evacuation\n" in out
    assert "4(3)" not in out


def test_an_office_has_its_line_of_command_and_its_powers(run, book):
    out = run("show", book, "governor").out
    assert "  in          ministry\n  reports to  minister\n" in out
    assert "minister, governor may order-evacuation only" in out


def test_a_state_has_the_acts_that_change_it(run, book):
    out = run("show", book, "flood-emergency").out
    assert "  declare-flood  begins flood-emergency for 30 days\n" in out


def test_an_act_has_the_norms_on_it(run, book):
    out = run("show", book, "order-evacuation").out
    assert (
        "s. 4(1)      power: minister may order-evacuation; when flood-emergency in effect" in out
    )
    assert "Directive 1  limit:" in out


def test_an_instrument_has_its_dates_and_norms(run, book):
    out = run("show", book, "flood-act").out
    assert "  under       constitution 2\n  review by   2034-06-01\n" in out
    assert "s. 4(2)  delegation: minister may delegate order-evacuation to governor" in out


def test_every_word_of_the_book_has_a_page(run, book):
    for word in ("protective-act", "severity", "rescue", "capital", "parliament", "constitution"):
        ran = run("show", book, word)
        assert ran.status == 0, word
        assert ran.out.strip(), word
    assert "  holidays  New Year's Day\n" in run("show", book, "capital").out


def test_a_definition_says_what_it_means(run, book):
    act = book / "flood-act.md"
    text = act.read_text("utf-8").replace(
        "fact rescue:",
        'definition grave: yes-no "it is grave"\n  means declare-flood.severity at least danger\n\nfact rescue:',
    )
    act.write_text(text.replace("when severity at least danger", "when grave"), "utf-8")
    assert run("check", book).status == 0
    assert run("show", book, "grave").out == (
        "grave  it is grave\n  is     yes-no\n  means  declare-flood.severity at least danger\n"
    )


def test_a_word_that_is_not_there_has_a_suggestion(run, book):
    ran = run("show", book, "governer")
    assert ran.status == 2
    assert ran.err == (
        "writ: the book has no word or provision `governer`\n  did you mean `governor`?\n"
    )


def test_json_has_the_norms(run, book):
    answer = json.loads(run("show", book, "flood-act 4", "--json").out)
    assert [norm["citation"] for norm in answer["norms"]] == ["s. 4(1)", "s. 4(2)", "s. 4(3)"]
    assert answer["norms"][2]["clauses"] == ["when flood-emergency in effect", "unless rescue"]


def test_may_lists_what_an_office_may_must_and_must_not_do(run, book):
    out = run("may", book, "minister", "--at", "2025-01-01").out
    assert out.startswith("minister  the Minister of Civil Protection  (2025-01-01)\n\nMay\n")
    assert "Must\n  s. 3(2)  minister must report-to-parliament to parliament; within 7 days" in out
    assert "Only on conditions\n  Directive 1  minister, governor may order-evacuation only" in out
    assert "Like everybody\n  s. 4(3)  no one may enter-closed-area;" in out


def test_may_knows_the_day(run, book):
    out = run("may", book, "minister", "--at", "2020-01-01").out
    assert "No norm in force speaks of it." in out


def test_may_suggests_an_office(run, book):
    assert "did you mean `minister`?" in run("may", book, "ministr").err


def test_may_gives_json(run, book):
    answer = json.loads(run("may", book, "minister", "--at", "2025-01-01", "--json").out)
    assert answer["actor"] == "minister"
    assert [norm["citation"] for norm in answer["must"]] == ["s. 3(2)"]


def test_who_lists_those_who_may_and_those_who_lack_something(run, book):
    declare = ("who", book, "--act", "declare-flood", "--at", "2025-04-01")
    facts = ("--fact", "severity=danger", "--fact", "grounds=rain")
    ran = run(*declare, *facts, "--done", "consult-governors")
    assert ran == (0, "permitted\n  minister  s. 2(1)\n", "")
    ran = run(*declare, *facts)
    assert ran.status == 1
    assert ran.out == "needs\n  minister  missing: consult-governors (s. 2(1))\n"


def test_who_says_when_it_is_nobody(run, book):
    ran = run("who", book, "--act", "declare-flood", "--at", "2020-04-01")
    assert (ran.status, ran.out) == (1, "nobody may do it on these facts\n")


def test_who_gives_json(run, book):
    asked = ("who", book, "--act", "issue-directive", "--at", "2025-04-01", "--json")
    (found,) = json.loads(run(*asked).out)["who"]
    assert (found["actor"], found["decision"]["citations"]) == ("minister", ["s. 5"])
