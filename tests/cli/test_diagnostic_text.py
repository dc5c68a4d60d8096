"""Diagnostics as text: the caret stands under the place, and the text cannot command the terminal."""

from __future__ import annotations

from writ.diagnostics import Diagnostic, Related, Severity, Source, Span
from writ.formats.paint import Paint, visible
from writ.formats.text import count, render


def shown(text: str, span: Span, **more: object) -> str:
    found = Diagnostic("V201", Severity.ERROR, "wrong", span, **more)
    return render([found], lambda path: Source.of(path, text))


def test_the_caret_stands_under_the_place():
    assert shown("abc def\n", Span("a.md", 1, 5, 1, 8)) == (
        "error[V201]: wrong\n --> a.md:1:5\n1 | abc def\n  |     ^^^"
    )


def test_a_tab_and_a_wide_letter_take_the_columns_that_they_take():
    lines = shown("\t軍 def\n", Span("a.md", 1, 4, 1, 7)).splitlines()
    assert lines[2] == "1 |     軍 def"
    assert lines[3] == "  |        ^^^"


def test_a_place_of_no_width_is_one_caret():
    assert shown("abc\n", Span("a.md", 1, 4, 1, 4)).endswith("\n  |    ^")


def test_a_place_over_lines_is_marked_to_the_end_of_its_first():
    assert shown("abc def\nghi\n", Span("a.md", 1, 5, 2, 2)).endswith("1 | abc def\n  |     ^^^")


def test_a_long_line_is_shown_around_the_place():
    text = "x" * 5000 + " here " + "y" * 5000
    lines = shown(text, Span("a.md", 1, 5002, 1, 5006)).splitlines()
    assert len(lines[2]) < 140
    at = lines[3].index("^")
    assert lines[2][at : at + 4] == "here"
    assert lines[3].count("^") == 4


def test_related_places_follow_with_their_own_lines():
    related = (Related(Span("a.md", 2, 1, 2, 4), "declared here"),)
    assert shown("abc\ndef\n", Span("a.md", 1, 1, 1, 4), related=related).endswith(
        "  = declared here\n --> a.md:2:1\n2 | def\n  | ---"
    )


def test_a_file_that_is_gone_leaves_the_place():
    found = Diagnostic("V201", Severity.NOTE, "wrong", Span("a.md", 3, 1, 3, 2))
    assert render([found], lambda path: None) == "note[V201]: wrong\n --> a.md:3:1"


def test_control_characters_are_shown_and_not_obeyed():
    assert visible("a\x1b[31mb\x7f") == "a\N{SYMBOL FOR ESCAPE}[31mb\N{REPLACEMENT CHARACTER}"
    assert "\x1b" not in shown("\x1b[2J\n", Span("a.md", 1, 1, 1, 3))


def test_colour_comes_only_where_it_is_on():
    found = [Diagnostic("V201", Severity.ERROR, "wrong", Span("a.md", 1, 1, 1, 2))]
    source = Source.of("a.md", "abc\n")
    assert "\x1b[1;31m" in render(found, lambda _: source, Paint(True))
    assert "\x1b" not in render(found, lambda _: source)


def test_the_count_names_each_severity_once():
    error = Diagnostic("V201", Severity.ERROR, "wrong", Span("a.md", 1, 1, 1, 2))
    note = Diagnostic("V255", Severity.NOTE, "so", Span("a.md", 1, 1, 1, 2))
    assert count([error, note, error]) == "2 errors, 1 note"
    assert count([]) == "no errors"
