"""`writ new`: a book to begin with."""

from __future__ import annotations


def test_it_checks_clean_and_its_cases_pass(run, tmp_path):
    folder = tmp_path / "My Law"
    ran = run("new", folder)
    assert ran.status == 0
    assert ran.out.endswith(f"\nNow: writ check {folder}\n")
    assert run("check", folder, "--today", "2025-01-01").out.startswith("clean")
    assert run("test", folder).status == 0


def test_it_is_named_after_its_folder_and_titled_as_asked(run, tmp_path):
    folder = tmp_path / "2025 Law"
    run("new", folder, "--title", 'Law: "of" the land')
    text = (folder / "book.md").read_text("utf-8")
    assert "book: book-2025-law\n" in text
    assert '# Law: "of" the land\n' in text
    assert run("show", folder).out.startswith('Law: "of" the land  3 instruments')


def test_an_empty_folder_is_filled_and_another_is_not_touched(run, tmp_path):
    assert run("new", tmp_path).status == 0
    ran = run("new", tmp_path)
    assert ran.status == 2
    assert ran.err == (f"writ: `{tmp_path}` is not empty\n  give a folder that is empty or new\n")


def test_it_shows_each_part_of_the_language(run, book):
    text = "".join(file.read_text("utf-8") for file in book.glob("*.md"))
    for word in ("power", "prohibition", "duty", "delegation", "limit", "levels", "state"):
        assert f"\n{word}" in text
