"""`writ decide`: the outcome, its citations, what is missing, and the exit status that scripts rely on."""

from __future__ import annotations

import io
import json
import sys

import pytest

DECLARE = ("--actor", "minister", "--act", "declare-flood", "--at", "2025-04-01")
GROUNDS = ("--fact", "severity=danger", "--fact", "grounds=the river has risen")


def test_what_is_permitted_has_its_citation_and_the_duties_it_opens(run, book):
    ran = run("decide", book, *DECLARE, *GROUNDS, "--done", "consult-governors@2025-03-31")
    assert ran == (
        0,
        "permitted  minister, declare-flood, 2025-04-01\n"
        "  under\n"
        "    s. 2(1)  power (declaration): minister may declare-flood\n"
        "  would open\n"
        "    s. 3(2)  minister must report-to-parliament to parliament, due 2025-04-08\n",
        "",
    )


def test_what_is_missing_is_named(run, book):
    ran = run("decide", book, *DECLARE, "--fact", "severity=danger")
    assert ran.status == 1
    assert ran.out.startswith("needs  minister, declare-flood, 2025-04-01\n")
    assert "    s. 2(1)  consult-governors -- this must be done before\n" in ran.out
    assert "    s. 2(1)  declare-flood.grounds -- the act must state this\n" in ran.out


def test_without_authority_the_nearest_norm_says_why(run, book):
    ran = run("decide", book, *DECLARE, "--fact", "severity=watch")
    assert ran.status == 1
    assert ran.out.startswith("no authority")
    assert "requires: declare-flood.severity at least danger" in " ".join(ran.out.split())


def test_an_omission_of_a_duty_is_prohibited(run, book):
    ran = run(
        *("decide", book, "--actor", "minister", "--act", "report-to-parliament", "--omit"),
        *("--at", "2025-04-03", "--done", "declare-flood@2025-04-01:minister"),
    )
    assert ran.status == 1
    assert ran.out.startswith("prohibited  minister, leave undone report-to-parliament")


def test_a_state_can_be_given_with_its_beginning(run, book):
    evacuate = ("decide", book, "--actor", "minister", "--act", "order-evacuation")
    state = ("--state", "flood-emergency@2025-04-01")
    assert run(*evacuate, "--at", "2025-04-02", *state).status == 0
    assert run(*evacuate, "--at", "2025-04-02").status == 1


def test_explain_lists_every_norm_considered(run, book):
    ran = run(
        *("decide", book, "--actor", "resident", "--act", "enter-closed-area", "--explain"),
        *("--at", "2025-04-02", "--state", "flood-emergency@2025-04-01", "--fact", "rescue=yes"),
    )
    assert ran.status == 0
    considered = ran.out.partition("  considered\n")[2]
    assert "s. 4(3)  prohibition: no one may enter-closed-area -- does not apply" in considered


def test_json_is_the_whole_record(run, book):
    ran = run("decide", book, *DECLARE, *GROUNDS, "--done", "consult-governors", "--json")
    answer = json.loads(ran.out)
    assert ran.status == 0
    assert answer["outcome"] == "permitted"
    assert answer["deciding"] == ["flood-act/2(1)"]
    assert answer["citations"] == ["s. 2(1)"]
    assert answer["opens"][0]["due"] == "2025-04-08"
    assert answer["considered"][0]["status"] == "applies"
    assert {"missing", "nearest", "chain", "notes"} <= answer.keys()


def test_a_request_is_read_from_a_file(run, book, tmp_path):
    file = tmp_path / "request.yaml"
    file.write_text("actor: minister\nact: end-flood\nat: 2025-04-02\n", "utf-8")
    assert run("decide", book, "--request", file).out.startswith(
        "no authority  minister, end-flood"
    )


def test_several_requests_give_one_line_of_json_each(run, book, tmp_path):
    asked = [
        {"actor": "minister", "act": "issue-directive", "at": "2025-04-02"},
        {"actor": "governor", "act": "issue-directive", "at": "2025-04-02"},
    ]
    file = tmp_path / "requests.json"
    file.write_text(json.dumps(asked), "utf-8")
    ran = run("decide", book, "--request", file, "--json")
    assert ran.status == 1, "one of them is not permitted"
    outcomes = [json.loads(line)["outcome"] for line in ran.out.splitlines()]
    assert outcomes == ["permitted", "no authority"]


def test_a_request_is_read_from_the_input(run, book, monkeypatch):
    text = b"{actor: minister, act: issue-directive, at: 2025-04-02}"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text)))
    assert run("decide", book, "--request", "-").status == 0


def test_the_law_as_known_on_a_day_can_be_asked(run, book):
    asked = ("decide", book, "--actor", "minister", "--act", "issue-directive")
    assert run(*asked, "--at", "2025-04-02", "--known-at", "2024-01-01").status == 1
    assert run(*asked, "--at", "2025-04-02", "--known-at", "2024-05-01").status == 0


def test_a_misspelt_word_is_refused_with_a_suggestion(run, book):
    ran = run("decide", book, "--actor", "minister", "--act", "declare-flod", "--at", "2025-04-01")
    assert ran.status == 2
    assert ran.out == ""
    assert "`declare-flod` is not a known act" in ran.err
    assert "did you mean `declare-flood`" in ran.err


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--fact", "severity", "is not NAME=VALUE"),
        ("--done", "a@b@c", "is not ACT[@DATE][:BY]"),
        ("--state", "flood@soon", "is not NAME[@SINCE]"),
        ("--number", "many", "is no number of persons"),
        ("--fact", "severity=[danger, watch]", "is not a value of `severity`"),
    ],
)
def test_an_option_of_the_wrong_form_is_refused(run, book, option, value, said):
    ran = run("decide", book, *DECLARE, option, value)
    assert ran.status == 2
    assert said in ran.err


def test_a_moment_and_a_bearer_fit_in_one_word(run, book):
    done = ("--done", "consult-governors@2025-03-31T10:00+02:00:minister")
    assert run("decide", book, *DECLARE, *GROUNDS, *done).status == 0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"actor: [minister", "this is not YAML"),
        (b"", "holds no request"),
        (b"\xff\xfe\x00", "is not UTF-8 at byte 0"),
        (b"a: 1\n---\nb: 2\n", "there is a second document"),
        (b"actor: !!python/object:os.system x", "is not read"),
        (b"actor: minister\nactor: governor", "`actor` is given twice"),
        (b"a: " + b"[" * 100_000, "too deeply nested"),
        (b"[" * 100_000, "too deeply nested"),
        (b"a: &a [*a]", "too deeply nested"),
        (b"- just\n- words", "a request is a mapping"),
        (b"x" * 4_000_001, "at most 4 are read"),
    ],
)
def test_a_file_that_is_no_request_is_refused(run, book, tmp_path, text, said):
    file = tmp_path / "request.yaml"
    file.write_bytes(text)
    ran = run("decide", book, "--request", file)
    assert ran.status == 2
    assert said in ran.err


def test_aliases_cannot_blow_up_a_request(run, book, tmp_path):
    rows = ["a: &a [x, x, x, x, x, x, x, x, x, x]"]
    for one, other in zip("abcdefgh", "bcdefghi", strict=True):
        rows.append(f"{other}: &{other} [{', '.join([f'*{one}'] * 10)}]")
    file = tmp_path / "request.yaml"
    file.write_text("\n".join(rows), "utf-8")
    ran = run("decide", book, "--request", file)
    assert ran.status == 2
    assert "too large once its aliases are expanded" in ran.err


def test_nothing_asked_is_refused(run, book):
    ran = run("decide", book)
    assert ran.status == 2
    assert "give --actor and --act, or --request FILE" in ran.err


def test_a_book_that_does_not_compile_gives_no_answer(run, broken):
    ran = run("decide", broken, "--actor", "minister", "--act", "sign", "--at", "2025-01-01")
    assert ran.status == 2
    assert ran.out == ""
    assert "the book has 1 error, so it gives no answers" in ran.err


# --- on two days

EARLY = ("--actor", "minister", "--act", "declare-flood", "--fact", "severity=danger")
EARLY = (*EARLY, "--at", "2023-01-01")


def test_both_answers_and_the_amendment_that_turned_it(run, book):
    ran = run("decide", book, *EARLY, "--compare-at", "2025-04-01")
    first, second, turned = ran.out.split("\n\n")
    assert first == "no authority  minister, declare-flood, 2023-01-01"
    assert second.startswith("needs  minister, declare-flood, 2025-04-01\n")
    assert turned == "turned\n  2024-06-01  no authority -> needs -- s. 2(1) in force\n"
    assert ran.status == 1


def test_the_json_of_a_comparison(run, book):
    answer = json.loads(run("decide", book, *EARLY, "--compare-at", "2025-04-01", "--json").out)
    assert answer["decision"]["outcome"] == "no authority"
    assert answer["compared"]["at"] == "2025-04-01"
    assert answer["compared"]["decision"]["outcome"] == "needs"
    assert answer["turned"] == [
        {
            "at": "2024-06-01",
            "known": False,
            "before": {"outcome": "no authority", "citations": []},
            "after": {"outcome": "needs", "citations": ["s. 2(1)"]},
            "amended": [{"citation": "s. 2(1)", "how": "in force", "at": "2024-06-01"}],
        }
    ]


def test_an_answer_that_does_not_turn(run, book):
    ran = run("decide", book, *EARLY, "--compare-known-at", "2025-04-01")
    assert ran.out.endswith("\n\nthe answer does not turn in between\n")
    assert "2023-01-01, as known now\n" in ran.out
    assert "2023-01-01, as known 2025-04-01\n" in ran.out


def test_the_other_day_must_be_one(run, book):
    ran = run("decide", book, *EARLY, "--compare-at", "spring")
    assert ran.status == 2
    assert "`spring` is no day or moment" in ran.err
