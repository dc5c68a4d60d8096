"""Receipts: a record, its place in the log, and who saw the log."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.journal.log.register import (
    AUDITOR,
    LOG,
    NOW,
    ORIGIN,
    RECORDS,
    SALTS,
    STRANGER,
    WITNESSES,
    committed,
    receipt_of,
    trusting,
)
from writ.journal.log.codes import Refused
from writ.journal.log.note import parse_note
from writ.journal.log.policy import any_of
from writ.journal.log.receipt import Receipt, parse_receipt, verify


@settings(max_examples=40)
@given(st.data())
def test_any_record_of_any_log(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 200))
    index = data.draw(st.integers(0, size - 1))
    receipt = parse_receipt(receipt_of(index, size).encode())
    assert receipt == receipt_of_same(receipt, index, size)
    verdict = verify(receipt, trusting())
    assert verdict.verified
    assert (verdict.record, verdict.index, verdict.head.size) == (RECORDS[index], index, size)
    assert (verdict.head.origin, len(verdict.logs)) == (ORIGIN, 2)
    assert {name: one.time for name, one in verdict.witnesses.items()} == {
        "auditor.example": NOW + 1,
        "court.example": NOW + 1,
    }


def receipt_of_same(receipt: Receipt, index: int, size: int) -> Receipt:
    """As made, but with the signatures of `receipt`: those of ML-DSA-44 are never the same twice."""
    proof = tuple(committed(size).inclusion(index, size))
    return Receipt.of(SALTS[index], RECORDS[index], index, proof, receipt.checkpoint)


FILE = receipt_of(5, 12).encode()


def of_one_key(index: int, size: int) -> bytes:
    """A receipt in which every signature is needed."""
    checkpoint = committed(size).checkpoint(witnesses=WITNESSES[:2], keys=[LOG])
    proof = tuple(committed(size).inclusion(index, size))
    return Receipt.of(SALTS[index], RECORDS[index], index, proof, checkpoint).encode()


NEEDED = of_one_key(5, 12)
LAST_LETTERS = {
    NEEDED.index(line) + len(line.rstrip(b"=")) - 1
    for line in NEEDED.splitlines()
    if line.startswith("—".encode())
}
"""Of the base64 of signatures: some of their bits say nothing."""


@settings(max_examples=300)
@given(st.integers(0, len(NEEDED) - 1), st.integers(1, 255))
@example(4, 0x20)
def test_a_single_changed_byte_is_found_out(at: int, bits: int) -> None:
    changed = NEEDED[:at] + bytes([NEEDED[at] ^ bits]) + NEEDED[at + 1 :]
    try:
        verdict = verify(parse_receipt(changed), trusting())
    except Refused:
        return
    assert not verdict.verified or at in LAST_LETTERS
    assert verdict.record == (RECORDS[5] if verdict.verified else None)


def codes(receipt: Receipt, threshold: int = 2) -> list[str]:
    verdict = verify(receipt, trusting(threshold))
    assert (verdict.record is None) is bool(verdict.refused)
    return [one.code for one in verdict.refused]


def replaced(**fields: object) -> Receipt:
    receipt = parse_receipt(FILE)
    given = {
        "index": receipt.index,
        "proof": receipt.proof,
        "checkpoint": receipt.checkpoint,
        "extra": receipt.extra,
        **fields,
    }
    return Receipt(**given)  # type: ignore[arg-type]


def test_everything_that_fails_is_listed() -> None:
    assert codes(parse_receipt(FILE)) == []
    assert codes(parse_receipt(FILE), 3) == ["L204"]
    assert codes(replaced(index=6)) == ["L201"]
    assert codes(replaced(index=12)) == ["L201"]
    assert codes(replaced(proof=())) == ["L201"]
    assert codes(replaced(extra=None)) == ["L206"]
    assert codes(replaced(extra=b"something else")) == ["L206"]
    assert codes(replaced(extra=b"writ.record/v1\nshort")) == ["L206"]
    assert codes(Receipt.of(SALTS[6], RECORDS[5], 5, parse_receipt(FILE).proof, checkpoint())) == [
        "L201"
    ]
    assert codes(replaced(checkpoint=checkpoint(13))) == ["L201"]
    assert codes(replaced(checkpoint=committed(12).checkpoint(), index=6)) == ["L204", "L201"]


def checkpoint(size: int = 12) -> object:
    return committed(size).checkpoint(witnesses=WITNESSES)


def test_each_failure_has_its_line() -> None:
    lines = FILE.decode().split("\n")
    verdict = verify(parse_receipt(FILE), trusting(3))
    assert lines[verdict.refused[0].line - 1].startswith(f"— {ORIGIN}")
    verdict = verify(replaced(index=6), trusting())
    assert lines[verdict.refused[0].line - 1].startswith("index")
    elsewhere = any_of(1, [AUDITOR.verifier], [STRANGER.verifier])
    verdict = verify(parse_receipt(FILE), elsewhere)
    assert [one.code for one in verdict.refused] == ["L202"]
    assert lines[verdict.refused[0].line - 1] == ORIGIN


def test_a_false_signature_is_shown_where_it_stands() -> None:
    other = committed(13).checkpoint(witnesses=WITNESSES[:2]).note.signatures[2]
    lines = FILE.decode().splitlines(keepends=True)
    forged = "".join([*lines[:-2], other.line, lines[-1]])
    (refused,) = verify(parse_receipt(forged.encode()), trusting()).refused
    assert (refused.code, refused.line) == ("L203", len(lines) - 1)


def test_without_its_record_it_proves_a_record_that_comes_another_way() -> None:
    bare = receipt_of(5, 12).without_record()
    assert RECORDS[5] not in bare.encode()
    assert codes(bare) == ["L206"]
    assert verify(bare, trusting(), (SALTS[5], RECORDS[5])).record == RECORDS[5]
    verdict = verify(bare, trusting(), (SALTS[5], RECORDS[6]))
    assert [one.code for one in verdict.refused] == ["L201"]


def test_what_goes_in_comes_out() -> None:
    """The checkpoint stands in the receipt byte for byte, with signatures nobody knows."""
    receipt = receipt_of(5, 12, [AUDITOR, STRANGER])
    data = receipt.encode()
    assert data.endswith(b"\n\n" + receipt.checkpoint.encode())
    assert parse_receipt(data).encode() == data
    assert parse_note(data.partition(b"\n\n")[2]) == receipt.checkpoint.note


HEADING = b"c2sp.org/tlog-proof@v1\n"
HASH = b"A" * 43 + b"="


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        (b"", "L105", 1),
        (b"c2sp.org/tlog-proof@v2\nindex 0\n\n", "L105", 1),
        (HEADING, "L105", 0),
        (HEADING + b"\n", "L105", 2),
        (HEADING + b"\n\n", "L105", 2),
        (HEADING + b"extra !\nindex 0\n\n", "L105", 2),
        (HEADING + b"index 0\nextra AA==\n\n", "L105", 3),
        (HEADING + b"extra AA==\n\n", "L105", 3),
        (HEADING + b"extra AA==\nindex 00\n\n", "L105", 3),
        (HEADING + b"index -1\n\n", "L105", 2),
        (HEADING + b"index 0\n" + HASH[:-4] + b"\n\n", "L105", 3),
        (HEADING + b"index 0\n" + HASH + b"\n" + HASH + b" \n\n", "L105", 4),
        (HEADING + b"index 0\n" + (HASH + b"\n") * 64 + b"\n", "L105", 0),
        (HEADING + b"index 0\n\n", "L101", 0),
        (HEADING + b"index 0\n\na\n1\n" + HASH + b"\n", "L101", 0),
        (HEADING + b"index 0\n\na\n01\n" + HASH + b"\n\n" + "— a AAAAAAAA\n".encode(), "L103", 5),
        (HEADING + b"index 0\n\na\n1\n" + HASH + b"\n\n- a AAAAAAAA\n", "L101", 8),
        (b"x" * 2_000_001, "L105", 0),
    ],
)
def test_what_is_no_receipt(data: bytes, code: str, line: int) -> None:
    with pytest.raises(Refused) as refused:
        parse_receipt(data)
    assert (refused.value.code, refused.value.line) == (code, line)


def test_a_salt_has_32_bytes() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Receipt.of(b"", b"", 0, (), parse_receipt(FILE).checkpoint)
