"""`writ audit`: a journal judged by its book, as text, JSON and a page."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

import pytest

SPRING = """\
journal "The flood of April 2025"
  book floods

premise rescuer "the resident was saving a life"

2025-04-01 warning: minister did consult-governors
  taken as lawful
2025-04-01 declaration: minister did declare-flood
  where severity is danger, grounds is "the river has left its bed"
2025-04-02 evacuation: minister did order-evacuation about lower-town
2025-04-03 given rescue
  under rescuer
2025-04-03 visit: resident did enter-closed-area
2025-04-05 late-word: minister did order-evacuation about upper-town
  known 2025-04-20
2025-04-20 report: minister did report-to-parliament to parliament

expect 2025-04-03 act visit no authority
expect 2025-04-03 act visit authorised
  under rescuer
expect 2025-04-20 duty 3(2) report-to-parliament late
"""


@pytest.fixture
def spring(tmp_path):
    file = tmp_path / "spring.journal"
    file.write_text(SPRING, "utf-8")
    return file


def report(run, *words) -> dict:
    return json.loads(run("audit", *words, "--json").out)


def status_of(answer: dict, entry: str) -> str:
    return {act["entry"]: act["status"] for act in answer["acts"]}[entry]


# --- answers


def test_what_is_wrong_makes_status_1(run, book, spring):
    ran = run("audit", book, spring)
    assert ran.status == 1
    assert ran.err == ""
    assert "\n1 act without authority, 1 duty discharged late\n" in ran.out


def test_where_nothing_is_wrong_the_status_is_0(run, book, spring):
    ran = run("audit", book, spring, "--as-of", "2025-04-02")
    assert ran.status == 0
    assert "\nnothing is wrong\n" in ran.out
    assert "  2025-04-08  6 days left  minister must report-to-parliament" in ran.out


def test_a_breach_is_wrong(run, book, spring):
    ran = run("audit", book, spring, "--as-of", "2025-04-09", "--premise", "rescuer")
    assert ran.status == 1
    assert "\n1 duty breached\n" in ran.out


def test_json_is_the_whole_record(run, book, spring):
    answer = report(run, book, spring)
    assert (answer["wrong"], answer["entries"], answer["unseen"]) == (2, 6, 1)
    assert status_of(answer, "visit") == "no authority"
    assert [duty["status"] for duty in answer["duties"]] == ["late"]
    assert answer == json.loads(run("audit", book, spring, "--format", "json").out)


def test_a_premise_counts_only_where_it_is_taken(run, book, spring):
    assert status_of(report(run, book, spring), "visit") == "no authority"
    answer = report(run, book, spring, "--premise", "rescuer")
    assert status_of(answer, "visit") == "authorised"
    assert answer["premises"] == ["rescuer"]


def test_what_was_known_later_is_left_aside(run, book, spring):
    answer = report(run, book, spring, "--known-at", "2025-04-10")
    assert "late-word" not in [act["entry"] for act in answer["acts"]]
    assert answer["known_at"] == "2025-04-10"
    assert "late-word" in [act["entry"] for act in report(run, book, spring)["acts"]]


def test_facts_can_be_supposed_and_the_report_says_so(run, book, spring):
    answer = report(run, book, spring, "--given", "2025-04-03 rescue")
    assert status_of(answer, "visit") == "authorised"
    assert answer["premises"] == ["given 2025-04-03 rescue"]
    later = report(run, book, spring, "--given", "2025-04-04 rescue")
    assert status_of(later, "visit") == "no authority"


def test_a_moment_is_a_time_too(run, book, spring):
    answer = report(run, book, spring, "--as-of", "2025-04-03T12:00+00:00")
    assert answer["as_of"] == "2025-04-03T12:00:00Z"


def test_the_input_is_a_journal(run, book, spring, monkeypatch):
    with spring.open(encoding="utf-8") as file:
        monkeypatch.setattr("sys.stdin", file)
        ran = run("audit", book, "-", "--json")
    assert json.loads(ran.out)["journal"] == "The flood of April 2025"


def test_a_journal_without_a_title_is_called_by_its_file(run, book, tmp_path):
    file = tmp_path / "nothing.journal"
    file.write_text("", "utf-8")
    ran = run("audit", book, file)
    assert ran.status == 0
    assert ran.out.startswith("nothing.journal\n")
    assert "nothing to judge" in ran.out


# --- mistakes


@pytest.fixture
def mistaken(spring):
    text = SPRING.replace("2025-04-02 evacuation: minister", "2025-04-02 evacuation: ministre")
    spring.write_text(text, "utf-8")
    return spring


def test_a_journal_with_a_mistake_is_not_judged(run, book, mistaken):
    ran = run("audit", book, mistaken)
    assert (ran.status, ran.out) == (2, "")
    assert f"{mistaken}:10:24" in ran.err
    assert "2025-04-02 evacuation: ministre did" in ran.err
    assert "--keep-going" in ran.err


@pytest.mark.parametrize("form", ["text", "json", "html"])
def test_going_on_says_in_every_form_that_something_was_left(run, book, mistaken, form):
    options = ("--keep-going", "--as-of", "2025-04-02", "--format", form)
    ran = run("audit", book, mistaken, *options)
    assert ran.status == 1, "nothing else is wrong by then"
    assert "is not a known office" in ran.err
    if form == "json":
        (mistake,) = json.loads(ran.out)["diagnostics"]
        assert mistake["severity"] == "error"
    else:
        assert "1 mistake in the journal: what it cost is not judged here" in ran.out
        assert ">Nothing is wrong.<" not in ran.out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--premise", "rescuers"], "has no premise `rescuers`"),
        (["--given", "2025-04-03 minister did end-flood"], "--given"),
        (["--given", "2025-04-03"], "--given"),
        (["--given", "2025-04-03 rescu"], "rescu"),
        (["--as-of", "yesterday"], "`yesterday` is no day or moment"),
        (["--format", "json", "--json"], "exclude each other"),
    ],
)
def test_a_mistake_in_the_asking_is_refused(run, book, spring, words, message):
    ran = run("audit", book, spring, *words)
    assert (ran.status, ran.out) == (2, "")
    assert message in ran.err


def test_a_file_that_is_not_there_is_refused(run, book, tmp_path):
    ran = run("audit", book, tmp_path / "none.journal")
    assert (ran.status, ran.out) == (2, "")
    assert "there is no file" in ran.err
    assert "is a folder" in run("audit", book, tmp_path).err


# --- files


@pytest.mark.parametrize(
    ("name", "start"),
    [("a.html", "<!doctype html>"), ("a.json", '{\n  "schema"'), ("a.txt", "The flood of April")],
)
def test_a_file_is_written_as_it_is_named(run, book, spring, tmp_path, name, start):
    ran = run("audit", book, spring, "-o", tmp_path / name)
    assert (ran.status, ran.out) == (1, "")
    assert (tmp_path / name).read_text("utf-8").startswith(start)


def test_a_file_keeps_its_mode_and_a_new_one_has_that_of_new_files(run, book, spring, tmp_path):
    file = tmp_path / "a.json"
    run("audit", book, spring, "-o", file)
    (tmp_path / "new").touch()
    assert file.stat().st_mode == (tmp_path / "new").stat().st_mode
    file.chmod(0o640)
    run("audit", book, spring, "-o", file)
    assert file.stat().st_mode & 0o777 == 0o640


def test_a_folder_that_is_not_there_is_refused(run, book, spring, tmp_path):
    ran = run("audit", book, spring, "-o", tmp_path / "none" / "a.html")
    assert ran.status == 2
    assert "cannot be written" in ran.err


def test_what_fails_in_the_middle_leaves_the_file_as_it_was(tmp_path):
    from writ.cli.replacing import replace

    def broken():
        yield b"half"
        raise RuntimeError

    file = tmp_path / "a.json"
    file.write_bytes(b"old")
    with pytest.raises(RuntimeError):
        replace(str(file), broken())
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]


KILLED = """\
import sys
from pathlib import Path
from writ.cli.replacing import replace

def endless():
    while True:
        Path(sys.argv[2]).touch()
        yield b"half of it" * 10_000

replace(sys.argv[1], endless())
"""


@pytest.mark.parametrize("before", [None, b"the report of yesterday"])
def test_whoever_kills_it_in_the_middle_leaves_no_half_file(tmp_path, before):
    file, begun = tmp_path / "a.json", tmp_path / "begun"
    if before is not None:
        file.write_bytes(before)
    process = subprocess.Popen([sys.executable, "-c", KILLED, str(file), str(begun)])
    try:
        while not begun.exists():
            assert process.poll() is None
            time.sleep(0.01)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert (file.read_bytes() if file.exists() else None) == before


def test_a_pipe_is_written_to_as_it_is(run, book, spring, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE)
    run("audit", book, spring, "--json", "-o", pipe)
    said, _ = reader.communicate()
    assert json.loads(said)["wrong"] == 2
    assert pipe.is_fifo()


def test_a_reader_that_goes_away_is_no_mistake(book, spring):
    ran = subprocess.run(
        f"'{sys.executable}' -m writ audit '{book}' '{spring}' | true; exit ${{PIPESTATUS[0]}}",
        shell=True,
        executable="/bin/bash",
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode in (1, 141)
    assert ran.stderr == ""


# --- the expectations of a journal, as tests


def kept(book, text):
    (book / "spring.journal").write_text(text, "utf-8")


def test_expectations_count_like_cases(run, book):
    kept(book, SPRING)
    assert run("test", book) == (0, "10 passed, 0 failed\n", "")


def test_an_expectation_that_fails_shows_what_was_found(run, book):
    kept(book, SPRING.replace("report-to-parliament late", "report-to-parliament met\n  id q1"))
    ran = run("test", book)
    assert ran.status == 1
    assert ran.out == (
        f"FAILED q1  {book}/spring.journal:21\n"
        "  duty 3(2) report-to-parliament, 2025-04-20\n"
        "  expected  met\n"
        "  found     late\n"
        "\n"
        "9 passed, 1 failed\n"
    )


def test_expectations_can_be_chosen_and_are_data(run, book):
    kept(book, SPRING)
    answer = json.loads(run("test", book, "-k", "spring.journal:18", "--json").out)
    (one,) = answer["expectations"]
    assert answer["cases"] == []
    assert (one["line"], one["passed"], one["found"]) == (18, True, "no authority")


def test_the_expectations_of_a_journal_with_a_mistake_are_not_held(run, book):
    kept(book, SPRING.replace("evacuation: minister", "evacuation: ministre"))
    ran = run("test", book)
    assert ran.status == 1
    assert ran.out.endswith("7 passed, 0 failed, 1 error in the cases\n")


# --- what changed since


def test_a_late_entry_is_told_as_the_cause_of_what_it_changed(run, book, spring):
    ran = run("audit", book, spring, "--as-of", "2025-04-20", "--since-known", "2025-04-19")
    assert (
        ran.out.partition("What changed")[2]
        == """ since what was known on 2025-04-19 (3)
  duty  minister must report-to-parliament to parliament: breached, due 2025-04-08 -> late, due
        2025-04-08  s. 3(2)
        because   entry report of 2025-04-20
  act   minister did order-evacuation about upper-town (late-word): new: authorised  s. 4(1)
        because   late entry late-word, known 2025-04-20
  act   minister did report-to-parliament (report): new: authorised, late  s. 3(1), s. 3(2)
        because   entry report of 2025-04-20
"""
    )


def test_since_an_earlier_day(run, book, spring):
    ran = run("audit", book, spring, "--as-of", "2025-04-09", "--since", "2025-04-08", "--brief")
    assert (
        ran.out.partition("What changed")[2]
        == """ since 2025-04-08 (1)
  duty  minister must report-to-parliament to parliament: open, due 2025-04-08 -> breached, due
        2025-04-08  s. 3(2)
        because   time alone, on 2025-04-09
"""
    )


def test_where_nothing_changed_it_says_so(run, book, spring):
    ran = run("audit", book, spring, "--as-of", "2025-04-08", "--since", "2025-04-07")
    assert ran.out.endswith("\nWhat changed since 2025-04-07: nothing\n")
    assert "What changed" not in run("audit", book, spring).out


def test_the_json_has_what_changed(run, book, spring):
    answer = report(run, book, spring, "--since-known", "2025-04-19")
    assert answer["since"] == {"as_of": "2025-04-20", "known_at": "2025-04-19"}
    found = {one["entry"]: one for one in answer["changed"] if one["subject"] == "act"}
    assert found["late-word"]["causes"] == [
        {"kind": "late entry", "what": "late-word", "at": "2025-04-20"}
    ]
    assert "since" not in report(run, book, spring)


def test_the_page_has_what_changed(run, book, spring, tmp_path):
    file = tmp_path / "spring.html"
    run("audit", book, spring, "--since-known", "2025-04-19", "-o", file)
    text = file.read_text("utf-8")
    assert '<a href="#changed">What changed</a>' in text
    assert '<h2 id="changed-title">What changed since what was known on 2025-04-19</h2>' in text
    assert text.count('id="changed-') == len(
        report(run, book, spring, "--since-known", "2025-04-19")["changed"]
    ) + len(["title", "table"])
    run("audit", book, spring, "-o", file)
    assert "What changed" not in file.read_text("utf-8")


@pytest.mark.parametrize(
    "words",
    [("--since", "2025-04-21"), ("--known-at", "2025-04-10", "--since-known", "2025-04-11")],
)
def test_a_comparison_with_what_is_later_is_refused(run, book, spring, words):
    ran = run("audit", book, spring, *words)
    assert (ran.status, ran.out) == (2, "")
    assert "what is compared is later than the report itself" in ran.err
