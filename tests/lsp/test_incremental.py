"""After every edit a space says what a clean compile of the same texts says."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.lsp.books import HARBOUR, written
from writ.book.load import load_book, load_texts
from writ.checks.run import run
from writ.diagnostics import Diagnostic, Source, Span, failed, ordered
from writ.lsp.analysis.findings import moved
from writ.lsp.analysis.snapshot import Space

TODAY = dt.date(2026, 11, 23)
LAW = {path: text for path, text in HARBOUR.items() if path.endswith(".md")}
PIECES = st.sampled_from(
    [
        "",
        " ",
        "\n",
        "\r\n",
        "-",
        '"',
        "```",
        "---\n",
        "master",
        "close-basin",
        "no-such-name",
        "fact urgent: yes-no\n",
        "office deputy\n",
        "\nduty 9\n  council must declare\n",
        "  when urgent\n",
        "act 2(1)",
        "😀",
        "\u2028",
        "\x00",
    ]
)


def clean(texts: dict[str, str]) -> list[Diagnostic]:
    """What `writ check` says: the checks wait while there are errors."""
    book, found = load_texts(texts)
    return ordered([*found, *(() if failed(found) else run(book, today=TODAY))])


@st.composite
def edits(draw: st.DrawFn) -> list[tuple[str, int, int, str]]:
    return draw(
        st.lists(
            st.tuples(
                st.sampled_from(sorted(LAW)), st.integers(0, 1300), st.integers(0, 40), PIECES
            ),
            min_size=1,
            max_size=6,
        )
    )


@settings(max_examples=120)
@given(edits())
def test_after_each_edit_the_space_says_what_a_clean_compile_says(
    made: list[tuple[str, int, int, str]],
) -> None:
    texts = dict(LAW)
    space = Space(None, texts)
    for path, start, length, new in made:
        text = texts[path]
        texts[path] = text[:start] + new + text[start + length :]
        space.settle({path: texts[path]})
        checked = space.check(today=TODAY)
        assert checked is not None
        assert checked.diagnostics == clean(texts)


SWITCHES = [
    # the file, and what is written there in place of what
    ("act.md", "fact urgent: yes-no", "fact urgent: yes-no, unknown if not stated -- "),
    ("act.md", "\nstate alarm", '\nfact idle: yes-no "x"\n\nstate alarm'),
    ("act.md", "act warn-ships", "act warn-vessels"),
    ("act.md", "  reports to council", "  reports to council\n  vacant from 2020-01-01"),
    ("act.md", '  danger: yes-no "there is danger to life"', "  danger: yes-no"),
    ("act.md", "  ends alarm\n", ""),
    ("act.md", "  reserved\n", ""),
    ("act.md", "  after warn-ships\n", ""),
    ("act.md", "power 2(3)", "power 2(4)"),
    ("act.md", "in-force: 2010-05-01", "in-force: 2010-05-01\nreview: 2020-01-01"),
    ("rules.md", "no one except council may", "master may not"),
    ("rules.md", "basin.depth below 3", "basin.depth below 3 and basin.depth above 5"),
    ("rules.md", "  subject to act 2(1)\n", ""),
    ("rules.md", "kind: regulation", "kind: constitution"),
    ("rules.md", "master must warn-ships", "master must warn-vessels"),
    ("rules.md", "# Rules\n", "# Rules\n\n\n\n"),
    ("rules.md", "under: act 2(1)", "under: act 2(4)"),
    ("rules.md", "id: rules", "id: act"),
    ("book.md", "title: Harbour", "ranks: [constitution, regulation, statute]\ntitle: Harbour"),
]


@settings(max_examples=60)
@given(st.lists(st.integers(0, len(SWITCHES) - 1), min_size=3, max_size=12))
def test_law_that_is_rewritten_to_and_fro(flips: list[int]) -> None:
    """Edits that mostly compile, so that the checks have something to say of them."""
    space = Space(None, LAW)
    on: set[int] = set()
    for flip in flips:
        on ^= {flip}
        texts = dict(LAW)
        for number in sorted(on):
            path, old, new = SWITCHES[number]
            texts[path] = texts[path].replace(old, new)
        space.settle({SWITCHES[flip][0]: texts[SWITCHES[flip][0]]})
        checked = space.check(today=TODAY)
        assert checked is not None
        assert checked.diagnostics == clean(texts)


def test_each_rewriting_changes_something() -> None:
    for path, old, _ in SWITCHES:
        assert old in LAW[path]


@settings(max_examples=60)
@given(st.lists(st.integers(0, len(SWITCHES) - 1), min_size=2, max_size=6), st.data())
def test_checks_that_were_stopped_leave_nothing_behind(
    flips: list[int], data: st.DataObject
) -> None:
    space = Space(None, LAW)
    space.check(today=TODAY)
    on: set[int] = set()
    texts = dict(LAW)
    for flip in flips:
        on ^= {flip}
        texts = dict(LAW)
        for number in sorted(on):
            path, old, new = SWITCHES[number]
            texts[path] = texts[path].replace(old, new)
        space.settle({SWITCHES[flip][0]: texts[SWITCHES[flip][0]]})
        if data.draw(st.booleans()):
            left = iter(range(data.draw(st.sampled_from((0, 1, 20, 40, 60)))))
            space.check(lambda: next(left, None) is None, TODAY)  # noqa: B023
    checked = space.check(today=TODAY)
    assert checked is not None
    assert checked.diagnostics == clean(texts)


def test_a_stopped_check_gives_nothing() -> None:
    space = Space(None, LAW)
    assert space.check(lambda: True, TODAY) is None
    assert space.snapshot.findings is None


def of_folder(folder: Path) -> list[Diagnostic]:
    book, found = load_book(folder)
    return ordered([*found, *(() if failed(found) else run(book, today=TODAY))])


def test_what_is_open_lies_over_the_disk_until_it_is_let_go(tmp_path: Path) -> None:
    folder = written(tmp_path / "book")
    space = Space(folder)
    space.settle({"rules.md": HARBOUR["rules.md"].replace("master must", "mastr must")})
    assert [each.code for each in space.snapshot.compiled] == ["V201"]
    (folder / "rules.md").write_text(HARBOUR["rules.md"].replace("when urgent", "when urgnt"))
    space.reread(["rules.md"])
    assert "mastr" in space.snapshot.compiled[0].message
    space.settle({"rules.md": None})
    assert space.snapshot.compiled == load_book(folder)[1]
    assert "urgnt" in space.snapshot.compiled[0].message


@pytest.mark.parametrize("data", [b"\xff\xfe not text", b"", b"---\nid: x\n"])
def test_a_file_that_becomes_anything_on_the_disk(tmp_path: Path, data: bytes) -> None:
    folder = written(tmp_path / "book")
    space = Space(folder)
    (folder / "rules.md").write_bytes(data)
    space.reread(["rules.md"])
    checked = space.check(today=TODAY)
    assert checked is not None
    assert checked.diagnostics == of_folder(folder)
    (folder / "rules.md").unlink()
    (folder / "new.md").write_text(HARBOUR["rules.md"])
    space.reread(["rules.md", "new.md"])
    checked = space.check(today=TODAY)
    assert checked is not None
    assert checked.diagnostics == of_folder(folder)


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    folder = written(tmp_path / "book")
    space = Space(folder)
    (folder / "rules.md").unlink()
    (folder / "rules.md").mkdir()
    os.mkfifo(folder / "pipe.md")
    space.reread(["rules.md", "pipe.md"])
    assert space.snapshot.compiled == load_book(folder)[1]
    assert "V241" in [each.code for each in space.snapshot.compiled]
    (folder / "pipe.md").unlink()
    (folder / "rules.md").rmdir()
    (folder / "rules.md").write_text(HARBOUR["rules.md"])
    space.reread(["rules.md", "pipe.md"])
    assert space.snapshot.whole


def test_the_book_file_may_go_and_come_back(tmp_path: Path) -> None:
    folder = written(tmp_path / "book")
    space = Space(folder)
    (folder / "book.md").unlink()
    space.reread(["book.md"])
    assert space.snapshot.compiled == load_book(folder)[1]
    (folder / "book.md").write_text(HARBOUR["book.md"])
    space.reread(["book.md"])
    assert space.snapshot.whole


def test_a_snapshot_never_changes() -> None:
    space = Space(None, LAW)
    before = space.snapshot
    norms, found = before.book.norms, list(before.compiled)
    mentions = before.mentions("rules.md")
    space.settle(
        {"rules.md": "---\nid: rules\n", "act.md": LAW["act.md"].replace("master", "boss")}
    )
    assert before.book.norms == norms
    assert before.compiled == found
    assert before.mentions("rules.md") == mentions
    assert "boss" in space.snapshot.book.vocabulary.actors


def found_at(line: int) -> Diagnostic:
    return Diagnostic("V255", "note", "m", Span("a.md", line, 1, line, 2))  # type: ignore[arg-type]


def test_findings_move_with_the_lines_that_did_not_change() -> None:
    old = Source.of("a.md", "a\nb\nc\nd\n")
    new = Source.of("a.md", "a\nB\nBB\nc\nd\n")
    kept = moved([found_at(1), found_at(2), found_at(3), found_at(4)], old, new)
    assert [each.span.line for each in kept] == [1, 4, 5]
    assert moved([found_at(2)], old, Source.of("a.md", "a\nb\nc\nd\n")) == [found_at(2)]
