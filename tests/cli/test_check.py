"""`writ check`."""

from __future__ import annotations

import json

BROKEN = """\
error[V201]: `ministre` is not declared; an office, a body or a person is expected here
  --> {folder}/act.md:22:3
22 |   ministre may sign
   |   ^^^^^^^^
   = help: did you mean `minister`?

1 error: 0 norms in 1 instrument; the checks wait until it compiles
"""


def test_a_sound_book_is_clean(run, book):
    ran = run("check", book)
    assert ran == (0, "clean: 10 norms in 3 instruments\n", "")


def test_a_mistake_is_shown_in_its_line_with_a_way_out(run, broken):
    ran = run("check", broken)
    assert ran.status == 1
    assert ran.out == BROKEN.format(folder=broken)


def test_the_same_is_found_without_the_cache(run, broken):
    assert run("check", broken).out == run("check", broken, "--no-cache").out
    assert run("check", broken).out == run("check", broken).out


def test_json_has_the_diagnostics_as_they_are(run, broken):
    ran = run("check", broken, "--json")
    (found,) = json.loads(ran.out)
    assert ran.status == 1
    assert found == {
        "code": "V201",
        "severity": "error",
        "message": "`ministre` is not declared; an office, a body or a person is expected here",
        "span": {"file": "act.md", "line": 22, "column": 3, "end_line": 22, "end_column": 11},
        "help": "did you mean `minister`?",
        "related": [],
    }


def test_warnings_alone_do_not_fail(run, book):
    act = book / "flood-act.md"
    act.write_text(
        act.read_text("utf-8").replace(
            'severity: severity "how bad it was declared to be"', "severity: severity"
        ),
        "utf-8",
    )
    ran = run("check", book)
    assert ran.status == 0
    assert "warning[" in ran.out
    assert ran.out.endswith("1 warning: 10 norms in 3 instruments\n")


def test_the_day_decides_whether_a_review_is_overdue(run, book):
    assert run("check", book, "--today", "2025-01-01").out.startswith("clean")
    late = run("check", book, "--today", "2040-01-01")
    assert "review" in late.out


def test_sarif_goes_to_a_file_or_to_the_output(run, broken, tmp_path):
    target = tmp_path / "found.sarif"
    assert run("check", broken, "--sarif", target) == (1, "", "")
    assert json.loads(target.read_text("utf-8")) == json.loads(
        run("check", broken, "--sarif", "-").out
    )


def test_a_folder_that_is_not_there_is_a_mistake_in_the_asking(run, tmp_path):
    ran = run("check", tmp_path / "nowhere")
    assert ran.status == 2
    assert ran.err == f"writ: there is no folder `{tmp_path}/nowhere`\n  `writ new` makes a book\n"


def test_a_folder_without_a_book_is_a_mistake_in_the_asking(run, tmp_path):
    ran = run("check", tmp_path)
    assert ran.status == 2
    assert "has no `book.md`" in ran.err


def test_a_file_is_not_a_book(run, book):
    ran = run("check", book / "book.md")
    assert ran.status == 2
    assert f"perhaps `{book}`?" in ran.err


def test_a_day_that_is_none_is_refused(run, book):
    ran = run("check", book, "--today", "tomorrow")
    assert ran.status == 2
    assert "`tomorrow` is no day; write it as 2022-02-14" in ran.err
