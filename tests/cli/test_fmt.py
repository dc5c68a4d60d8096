"""`writ fmt`."""

from __future__ import annotations

import io
import sys

import pytest

UGLY = '# A note\n\n```writ\noffice   minister    "the Minister"\n```\n'
NICE = '# A note\n\n```writ\noffice minister "the Minister"\n```\n'


@pytest.fixture
def note(tmp_path):
    file = tmp_path / "note.md"
    file.write_text(UGLY, "utf-8")
    return file


def test_a_file_is_put_in_the_style_and_then_left_alone(run, note):
    assert run("fmt", note) == (0, f"formatted {note}\n", "")
    assert note.read_text("utf-8") == NICE
    assert run("fmt", note) == (0, "", "")


def test_a_folder_is_all_its_markdown(run, note, tmp_path):
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "note.md").write_text(UGLY, "utf-8")
    assert run("fmt", tmp_path).out == f"formatted {note}\n"


def test_a_new_book_is_in_the_style(run, book):
    assert run("fmt", "--check", book) == (0, "", "")


def test_check_writes_nothing_and_fails(run, note):
    assert run("fmt", "--check", note) == (1, f"would format {note}\n", "")
    assert note.read_text("utf-8") == UGLY


def test_diff_shows_the_change(run, note):
    ran = run("fmt", "--diff", note)
    assert ran.status == 1
    assert '-office   minister    "the Minister"\n+office minister "the Minister"\n' in ran.out
    assert note.read_text("utf-8") == UGLY


def test_the_input_goes_to_the_output(run, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(UGLY.encode())))
    assert run("fmt", "-") == (0, NICE, "")


def test_the_mode_of_a_file_stays_and_a_link_stays_a_link(run, note, tmp_path):
    note.chmod(0o640)
    link = tmp_path / "link.md"
    link.symlink_to(note)
    run("fmt", link)
    assert link.is_symlink()
    assert note.read_text("utf-8") == NICE
    assert note.stat().st_mode & 0o777 == 0o640


def test_line_ends_and_a_byte_order_mark_stay(run, note):
    note.write_bytes(b"\xef\xbb\xbf" + UGLY.replace("\n", "\r\n").encode())
    run("fmt", note)
    assert note.read_bytes() == b"\xef\xbb\xbf" + NICE.replace("\n", "\r\n").encode()


def test_a_block_with_a_mistake_is_left_and_reported(run, note):
    note.write_text(UGLY + "\n```writ\noffise   x\n```\n", "utf-8")
    ran = run("fmt", note)
    assert ran.status == 1
    assert f"--> {note}:8:1" in ran.err
    assert note.read_text("utf-8") == NICE + "\n```writ\noffise   x\n```\n"


def test_what_cannot_be_read_is_named(run, tmp_path):
    assert run("fmt", tmp_path / "no.md").err == f"writ: there is no file `{tmp_path}/no.md`\n"
    (tmp_path / "bytes.md").write_bytes(b"\xff")
    assert "is not UTF-8 at byte 0" in run("fmt", tmp_path / "bytes.md").err
