"""Signed notes."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.journal.log.register import AUDITOR, COURT, LOG, NOW, STRANGER
from tests.journal.log.test_keys import EXAMPLE
from writ.journal.log.codes import Refused
from writ.journal.log.keys import Kind, new_key, parse_key
from writ.journal.log.note import (
    MOST_BYTES,
    Note,
    Signature,
    parse_note,
    sign_note,
    signature_lines,
    verify_note,
)

SIGNED = (
    "This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONnc"
    "AlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
).encode()
"""Of the specification."""
LINE = SIGNED.decode().split("\n\n")[1]


def test_the_example_of_the_specification() -> None:
    note = parse_note(SIGNED)
    assert note.text == "This is an example message.\n"
    (signed,) = verify_note(note, [parse_key(EXAMPLE)])
    assert signed.time is None
    assert note.encode() == SIGNED


def test_the_text_may_have_empty_lines() -> None:
    note = sign_note("a\n\nb\n\n\n", [LOG], NOW)
    again = parse_note(note.encode())
    assert again == note
    assert len(verify_note(again, [LOG.verifier])) == 1


@pytest.mark.parametrize(
    ("data", "message", "line"),
    [
        (b"", "no empty line", 0),
        (b"text\n", "no empty line", 0),
        (b"text\n\n", "a note has signatures", 0),
        (SIGNED[:-1], "the last line of a note has no end", 3),
        (SIGNED.replace(b"message", b"mess\tage"), "no control characters", 1),
        (SIGNED.replace(b"\n", b"\r\n"), "no control characters", 1),
        (SIGNED.replace(b"\n\xe2", b"\n\x00\xe2"), "no control characters", 3),
        (SIGNED + b"\xff\n", "in UTF-8", 0),
        (SIGNED.replace("—".encode(), b"-"), "a signature line is", 3),
        (SIGNED.replace(b" Uw2", b""), "a signature line is", 3),
        (SIGNED.replace(b" Uw2", b" =w2"), "a signature line is", 3),
        (SIGNED.replace(b" Uw2", b"  Uw2"), "a signature line is", 3),
        (SIGNED.replace(b"/foo", b"+foo"), "a signature line is", 3),
        (SIGNED.replace(b"/foo", "\u2003foo".encode()), "a signature line is", 3),
        ("text\n\n— a AAAAAA==\n".encode(), "a signature line is", 3),
        (SIGNED + "— a b\n".encode(), "a signature line is", 4),
        (SIGNED + b"text\n", "a signature line is", 4),
        (SIGNED + LINE.encode(), "twice", 4),
        (b"x" * MOST_BYTES + SIGNED, "at most 1,000,000 bytes", 0),
    ],
)
def test_what_is_no_note(data: bytes, message: str, line: int) -> None:
    with pytest.raises(Refused, match=message) as refused:
        parse_note(data)
    assert (refused.value.code, refused.value.line) == ("L101", line)


def test_sixteen_signatures_are_read_and_a_hundred_and_one_are_not() -> None:
    """The largest are those of ML-DSA-44."""
    data = base64.b64encode(b"x" * 2432).decode()
    lines = [f"— w{at} {data}\n" for at in range(101)]
    assert len(parse_note(f"a\n\n{''.join(lines[:100])}".encode()).signatures) == 100
    with pytest.raises(Refused, match="at most 100 signatures"):
        parse_note(f"a\n\n{''.join(lines)}".encode())


def test_unknown_signatures_are_kept_and_passed_over() -> None:
    other_key = new_key(LOG.name, Kind.ED25519)
    note = sign_note("a\n", [other_key, LOG], NOW)
    parsed = parse_note(note.encode())
    assert parsed.encode() == note.encode()
    (signed,) = verify_note(parsed, [LOG.verifier])
    assert signed.key == LOG.verifier
    assert verify_note(parsed, [STRANGER.verifier]) == ()
    # The same id under another name is another key.
    renamed = Note(parsed.text, (Signature("other", parsed.signatures[1].base64),))
    assert verify_note(renamed, [LOG.verifier]) == ()


def test_a_false_signature_by_a_known_key_is_the_end_of_it() -> None:
    note = sign_note("a\n", [LOG], NOW)
    forged = Note("b\n", note.signatures)
    with pytest.raises(Refused) as refused:
        verify_note(forged, [LOG.verifier])
    assert (refused.value.code, refused.value.line) == ("L203", 3)


HEAD = f"a.example\n1\n{base64.b64encode(b'x' * 32).decode()}\n"


@pytest.mark.parametrize("key", [LOG, AUDITOR, COURT], ids=lambda key: key.kind.name)
@settings(max_examples=25)
@given(data=st.data())
def test_a_single_changed_byte_is_found_out(key: object, data: st.DataObject) -> None:
    assert isinstance(key, type(LOG))
    note = sign_note(HEAD, [key], NOW).encode()
    at = data.draw(st.integers(0, len(note) - 1))
    changed = note[:at] + bytes([note[at] ^ data.draw(st.integers(1, 255))]) + note[at + 1 :]
    try:
        signed = verify_note(parse_note(changed), [key.verifier])
    except Refused:
        return
    # Or it is another name, another id, or other bits behind the last byte of base64.
    assert signed == () or parse_note(changed).signatures[0].data == signed[0].signature.data
    if signed:
        assert parse_note(changed).text == HEAD


def test_of_two_by_one_key_the_later_counts() -> None:
    lines = [sign_note(HEAD, [AUDITOR], NOW + at).signatures[0] for at in (0, 5, 2)]
    note = parse_note(f"{HEAD}\n{signature_lines(lines)}".encode())
    (signed,) = verify_note(note, [AUDITOR.verifier])
    assert signed.time == NOW + 5


@pytest.mark.parametrize("text", ["", "a", "a\tb\n", "a\r\n"])
def test_what_no_note_can_say(text: str) -> None:
    with pytest.raises(ValueError, match="ends in a line feed"):
        sign_note(text, [LOG], NOW)


def test_what_is_signed_byte_for_byte() -> None:
    """The messages of tlog-cosignature, written out."""
    time = NOW.to_bytes(8, "big")
    ed25519 = f"cosignature/v1\ntime {NOW}\n{HEAD}".encode()
    mldsa = b"".join(
        (
            b"subtree/v1\n\x00",
            b"\x0dcourt.example",
            time,
            b"\x09a.example",
            bytes(8),
            b"\x00\x00\x00\x00\x00\x00\x00\x01",
            b"x" * 32,
        )
    )
    for key, message in ((LOG, HEAD.encode()), (AUDITOR, ed25519), (COURT, mldsa)):
        (signature,) = sign_note(HEAD, [key], NOW).signatures
        stated = time if key.kind.timed else b""
        assert signature.data[4:].startswith(stated)
        assert key.verifier.verify(message, signature.data[4 + len(stated) :])
