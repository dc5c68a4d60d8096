"""Texts and positions: held to a model that encodes each line and counts bytes."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types

from tests.lsp.editor import Editor
from writ.lsp.analysis.text import UTF_8, UTF_16, UTF_32, Edit, Position, Text, applied
from writ.lsp.server import Server

LETTERS = st.text(st.sampled_from("ab §é€😀\u2028\x0b\x85\n\r"), max_size=30)
ENCODINGS = st.sampled_from((UTF_8, UTF_16, UTF_32))
CODECS = {UTF_8: ("utf-8", 1), UTF_16: ("utf-16-le", 2), UTF_32: ("utf-32-le", 4)}


def lines(text: str) -> list[str]:
    """The lines of a text with their ends: only a line feed, a return and the two together end one."""
    return re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z|\Z", text + "")[
        : len(re.findall(r"\r\n|\r|\n", text)) + 1
    ]


def units(text: str, encoding: str) -> int:
    codec, size = CODECS[encoding]
    return len(text.encode(codec)) // size


@given(LETTERS, st.integers(0, 40), ENCODINGS)
def test_an_offset_becomes_a_position_and_comes_back(text: str, at: int, encoding: str) -> None:
    at = min(at, len(text))
    if text[max(0, at - 1) : at + 1] == "\r\n":
        at -= 1  # between the two characters of one end there is no position
    place = Text(text).position(at, encoding)
    assert Text(text).offset(place, encoding) == at
    line = lines(text)[place.line]
    start = sum(len(each) for each in lines(text)[: place.line])
    assert place.column == units(line[: at - start], encoding)


@given(LETTERS, st.integers(0, 12), st.integers(0, 40), ENCODINGS)
def test_any_position_has_an_offset(text: str, line: int, column: int, encoding: str) -> None:
    known = lines(text)
    at = Text(text).offset(Position(line, column), encoding)
    if line >= len(known):
        assert at == len(text)
        return
    start = sum(len(each) for each in known[:line])
    body = known[line].rstrip("\r\n")
    assert start <= at <= start + len(body)
    before = units(body[: at - start], encoding)
    # The nearest start of a character at or before the position.
    assert before <= column
    rest = body[at - start :]
    assert not rest or before + units(rest[0], encoding) > column


@given(LETTERS, st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40), LETTERS), max_size=5))
def test_edits_follow_a_model(text: str, edits: list[tuple[int, int, str]]) -> None:
    model, held = text, Text(text)
    for start, end, new in edits:
        start, end = sorted((min(start, len(model)), min(end, len(model))))
        model = model[:start] + new + model[end:]
        held = held.edited(Edit(start, end, new))
        assert held.text == model
        assert [held.line(n) for n in range(len(held.starts))] == [
            each.rstrip("\r\n") for each in lines(model)
        ]


def test_edits_of_one_state_are_applied_together() -> None:
    assert applied("abcdef", [Edit(4, 5, "E"), Edit(0, 1, ""), Edit(6, 6, "!")]) == "bcdEf!"


@pytest.mark.parametrize(
    ("encoding", "column"), [(UTF_8, 4), (UTF_16, 2), (UTF_32, 1)], ids=[UTF_8, UTF_16, UTF_32]
)
def test_a_face_is_as_wide_as_its_encoding(encoding: str, column: int) -> None:
    assert Text("😀x").position(1, encoding) == Position(0, column)
    assert Text("😀x").offset(Position(0, column - 1), encoding) == 0


def test_half_a_character_is_marked_and_keeps_its_width() -> None:
    assert Text("a\ud83db").text == "a\ufffdb"


class Held(Server):
    """A server without an editor: what it would send is let go."""

    encoding = UTF_16

    def send(self, *_: object) -> None:
        pass


POSITIONS = st.builds(types.Position, st.integers(0, 8), st.integers(0, 12))


@given(
    LETTERS,
    st.lists(st.tuples(POSITIONS, POSITIONS, LETTERS), max_size=6),
    ENCODINGS,
)
def test_the_server_holds_the_text_that_the_editor_has(
    text: str, edits: list[tuple[types.Position, types.Position, str]], encoding: str
) -> None:
    """Any ranges, in the middle of characters too: both take the start of the character."""
    server, editor = Held(), Editor.__new__(Editor)
    server.encoding = editor.encoding = encoding
    uri = "file:///no-book/a.md"
    server.open(uri, text, 1)
    for number, (start, end, new) in enumerate(edits):
        if (end.line, end.character) < (start.line, start.character):
            start, end = end, start
        change = types.TextDocumentContentChangePartial(types.Range(start, end), new)
        server.change(uri, [change], number)
        first, last = editor.offset(text, start), editor.offset(text, end)
        text = text[:first] + new + text[last:]
        assert server.documents[uri].text.text == text
