"""`writ test`: cases kept with a book."""

from __future__ import annotations

import json

CASE = """\
cases:
  - id: a-watch
    ask: Is a watch enough?
    request:
      actor: minister
      act: declare-flood
      at: 2025-04-01
      facts: {severity: watch}
    outcome: permitted
    cites: [s. 2(1), s. 4(1)]
"""


def only(book, text):
    (book / "flood.cases.yaml").unlink()
    (book / "more.cases.yaml").write_text(text, "utf-8")


def test_the_cases_of_a_sound_book_pass(run, book):
    assert run("test", book) == (0, "7 passed, 0 failed\n", "")


def test_a_failure_shows_what_was_expected_and_what_came(run, book):
    only(book, CASE)
    ran = run("test", book)
    assert ran.status == 1
    assert ran.out == (
        f"FAILED a-watch  {book}/more.cases.yaml:2\n"
        "  Is a watch enough?\n"
        "  expected  permitted, citing s. 2(1), s. 4(1)\n"
        "  got       no authority, citing s. 2(1)\n"
        "  not cited s. 4(1)\n"
        "  no authority  minister, declare-flood, 2025-04-01\n"
        "    nearest\n"
        "      s. 2(1)  power (declaration): minister may declare-flood -- requires: declare-flood.severity at\n"
        "               least danger\n"
        "\n"
        "0 passed, 1 failed\n"
    )


def test_the_norms_considered_are_listed_on_demand(run, book):
    only(book, CASE)
    assert "    considered\n      s. 2(1)  power" in run("test", book, "--explain").out


def test_a_choice_that_chooses_nothing_is_refused(run, book):
    ran = run("test", book, "-k", "evacuaton")
    assert (ran.status, ran.out) == (2, "")
    assert "no case has `evacuaton` in its id" in ran.err


def test_the_outcome_alone_is_not_enough(run, book):
    only(book, CASE.replace("outcome: permitted", "outcome: no authority"))
    ran = run("test", book)
    assert ran.status == 1
    assert "  not cited s. 4(1)\n" in ran.out


def test_cases_can_be_chosen_by_their_id(run, book):
    assert run("test", book, "-k", "evacuation").out == "3 passed, 0 failed\n"


def test_json_has_each_result(run, book):
    answer = json.loads(run("test", book, "-k", "no-report", "--json").out)
    assert (answer["passed"], answer["failed"], answer["malformed"]) == (1, 0, [])
    (case,) = answer["cases"]
    assert case["id"] == "no-report"
    assert case["decision"]["outcome"] == case["expected"]["outcome"] == "prohibited"


def malformed(run, book, text):
    only(book, text)
    ran = run("test", book)
    assert ran.status == 1
    return ran.out


def test_a_malformed_case_is_pointed_at_and_the_rest_are_run(run, book):
    more = "  - id: b\n    request: {actor: minister, act: end-flood, at: 2025-04-01}\n"
    out = malformed(
        run, book, CASE.replace("permitted", "permited") + more + "    outcome: needs\n"
    )
    assert f"  --> {book}/more.cases.yaml:9:14\n9 |     outcome: permited\n" in out.replace(
        " -->", "  -->"
    )
    assert "help: did you mean `permitted`?" in out
    assert "FAILED b" in out
    assert out.endswith("0 passed, 1 failed, 1 error in the cases\n")


def test_a_case_names_only_words_of_the_book(run, book):
    out = malformed(run, book, CASE.replace("minister", "ministre"))
    assert "error[Q901]: `ministre` is not a known office, body or person" in out


def test_a_case_cites_only_provisions_that_have_a_norm(run, book):
    out = malformed(run, book, CASE.replace("s. 4(1)]", "s. 44]"))
    assert "no norm of the book is cited as `s. 44`" in out


def test_a_case_has_an_id_of_its_own_a_request_and_an_outcome(run, book):
    assert "a case needs an `id`" in malformed(run, book, CASE.replace("id: a-watch", "why: so"))


def test_two_cases_cannot_share_an_id(run, book):
    out = malformed(run, book, CASE + CASE.partition("\n")[2])
    assert "`a-watch` is already a case, in line 2" in out


def test_a_misspelt_field_is_found(run, book):
    out = malformed(run, book, CASE.replace("cites:", "cite:"))
    assert "a case has no field `cite`" in out
    assert "did you mean `cites`?" in out


def test_a_file_without_cases_is_found(run, book):
    assert "`cases`, a list, is expected here" in malformed(run, book, "case: 1\n")
    (book / "more.cases.yaml").write_text("", "utf-8")
    assert "the file is empty" in run("test", book).out


def test_yes_is_a_truth_value_and_on_is_a_word(run, book):
    from writ.engine.yaml_text import compose, plain

    node, _ = compose("a: yes\nb: on\nc: 12:30\nd: 2025-01-01\ne: 3\nf: 1.5\ng:\nh: '5'", "x")
    data, found = plain(node, "x")
    assert found == []
    assert data == {
        "a": True,
        "b": "on",
        "c": "12:30",
        "d": "2025-01-01",
        "e": 3,
        "f": 1.5,
        "g": None,
        "h": "5",
    }


def test_mappings_can_be_merged():
    from writ.engine.yaml_text import compose, plain

    node, _ = compose("base: &base {a: 1, b: 2}\nother: {<<: *base, b: 3}", "x")
    assert plain(node, "x")[0]["other"] == {"a": 1, "b": 3}
