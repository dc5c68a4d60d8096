"""What a witness answers: a conversation recorded elsewhere, and every case of the specification."""

from __future__ import annotations

import hashlib
import re

import pytest

from tests.journal.log.register import (
    AUDITOR,
    COURT,
    LOG,
    LOG_KEYS,
    NOW,
    ORIGIN,
    SHARED,
    STRANGER,
    Register,
    key_of,
)
from writ.journal.log.checkpoint import Checkpoint, parse_checkpoint
from writ.journal.log.codes import Refused
from writ.journal.log.cosign import cosigned
from writ.journal.log.keys import Kind, VerifierKey
from writ.journal.log.merkle import EMPTY_ROOT
from writ.journal.log.note import Note, sign_note, verify_note
from writ.journal.log.witness import Answer, Request, Seen, add_checkpoint, parse_request


def test_a_conversation_with_another_witness() -> None:
    """What litewitness was asked, and answered; to an unknown log the specification has since said 404."""
    path = SHARED / "torchwood-litewitness.txt"
    if not path.exists():
        pytest.skip("the shared conversation is not here")
    public = bytes.fromhex("ffdc2d4d98e4124d3feaf788c0c2f9abfd796083d1f0495437f302ec79cf100f")
    origin = f"sigsum.org/v1/tree/{hashlib.sha256(public).hexdigest()}"
    logs = {origin: [VerifierKey(origin, Kind.ED25519, public)]}
    witness = key_of("example.com/witness", Kind.ED25519_COSIGNATURE)
    asked = re.findall(
        r'(?s)```\n(.*?)```\nHTTP (\d+)\n\[Asserts\]\nbody (contains|==) "(.*?)"\n',
        path.read_text("utf-8"),
    )
    seen: dict[str, Seen] = {}
    statuses = []
    for body, status, how, expected in asked:
        answer = add_checkpoint(body.encode(), seen, logs, [witness], NOW)
        expected = expected.replace("\\n", "\n")
        expected_status = 404 if expected == "unknown log" else int(status)
        assert answer.status == expected_status, body
        assert expected in answer.body if how == "contains" else expected == answer.body
        assert (answer.seen is not None) is (answer.status == 200)
        if answer.seen is not None:
            seen[origin] = answer.seen
            checkpoint = parse_request(body.encode()).checkpoint
            cosigned(checkpoint, answer.body.encode(), [witness.verifier])
        statuses.append(answer.status)
    assert statuses == [200, 403, 404, 422, 422, 200, 409, 200, 409]
    assert seen[origin].size == 5


REGISTER = Register([b"%d" % at for at in range(20)])
LOGS = {ORIGIN: [key.verifier for key in LOG_KEYS]}


def ask(request: Request | bytes, seen: Seen | None = None) -> Answer:
    body = request if isinstance(request, bytes) else request.encode()
    known = {} if seen is None else {ORIGIN: seen}
    return add_checkpoint(body, known, LOGS, [AUDITOR, COURT], NOW)


def request(old: int, size: int, register: Register = REGISTER) -> Request:
    return Request(old, tuple(register.consistency(old, size)), register.checkpoint(size))


def seen(size: int, register: Register = REGISTER) -> Seen:
    return Seen(size, register.root(size))


def test_the_first_checkpoint_and_every_later_one() -> None:
    known: Seen | None = None
    for old, size in ((0, 0), (0, 7), (7, 7), (7, 8), (8, 20)):
        answer = ask(request(old, size), known)
        assert (answer.status, answer.seen) == (200, seen(size))
        checkpoint = cosigned(
            REGISTER.checkpoint(size), answer.body.encode(), [AUDITOR.verifier, COURT.verifier]
        )
        signed = verify_note(checkpoint.note, [AUDITOR.verifier, COURT.verifier])
        assert [one.time for one in signed] == [NOW, NOW]
        known = answer.seen


def test_a_request_and_back() -> None:
    one = request(7, 20)
    assert parse_request(one.encode()) == one


BODY = request(7, 20).encode()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"old 0",
        b"old 0\n",
        b"old 0\n\n",
        BODY.replace(b"old 7", b"old 07"),
        BODY.replace(b"old 7", b"old -7"),
        BODY.replace(b"old 7", b"old  7"),
        BODY.replace(b"old 7", b"Old 7"),
        BODY.replace(b"old 7", b"7"),
        BODY.replace(b"old 7", b"old 7 "),
        BODY.replace(b"old 7\n", b"old 7\r\n"),
        BODY.replace(b"old 7\n", b"old 7\nhash\n"),
        BODY.replace(b"old 7\n", b"old 7\n" + b"A" * 43 + b"=\n" + b"\n"),
        BODY.replace(b"old 7\n", b"old 7\n" + (b"A" * 43 + b"=\n") * 60),
        BODY.replace(b"old 7\n", b"old 7\n\xff\n"),
        BODY.replace(b"\n20\n", b"\n020\n"),
        BODY[:-1],
        BODY + b"\n",
        BODY + b"x" * 1_000_000,
    ],
)
def test_400_what_is_no_request(body: bytes) -> None:
    answer = ask(body, seen(7))
    assert (answer.status, answer.seen) == (400, None)
    with pytest.raises(Refused):
        parse_request(body)


def test_400_an_old_size_above_the_new_one() -> None:
    assert ask(Request(8, (), REGISTER.checkpoint(7)), seen(8)).status == 400


def test_400_at_most_63_hashes() -> None:
    checkpoint = REGISTER.checkpoint(20)
    assert ask(Request(7, (EMPTY_ROOT,) * 64, checkpoint), seen(7)).status == 400
    assert ask(Request(7, (EMPTY_ROOT,) * 63, checkpoint), seen(7)).status == 422


def test_403_who_did_not_sign() -> None:
    for keys in ([key_of(ORIGIN + "x", Kind.ED25519)], [AUDITOR]):
        head = REGISTER.head(20)
        checkpoint = Checkpoint(head, sign_note(head.text, keys, NOW))
        assert ask(Request(0, (), checkpoint)).status == 403


def test_403_a_false_signature_beside_a_good_one() -> None:
    (false, _), (_, good) = (REGISTER.checkpoint(size).note.signatures for size in (19, 20))
    note = Note(REGISTER.head(20).text, (false, good))
    answer = ask(b"old 0\n\n" + note.encode())
    assert (answer.status, answer.seen) == (403, None)


def test_unknown_signatures_are_ignored() -> None:
    body = request(0, 20).encode()
    stranger = sign_note(REGISTER.head(20).text, [STRANGER], NOW).signatures[0]
    assert ask(body + stranger.line.encode()).status == 200
    assert ask(body + f"— {ORIGIN} AAAAAAAA\n".encode()).status == 200


def test_404_an_unknown_log() -> None:
    body = request(0, 20).encode().replace(ORIGIN.encode(), b"elsewhere.example")
    answer = ask(body)
    assert (answer.status, answer.body) == (404, "unknown log\n")


@pytest.mark.parametrize(("old", "known"), [(0, 7), (6, 7), (8, 7), (7, 0)])
def test_409_says_the_size_that_is_known(old: int, known: int) -> None:
    answer = ask(request(old, 20), seen(known) if known else None)
    assert (answer.status, answer.body, answer.seen) == (409, f"{known}\n", None)
    assert answer.type == "text/x.tlog.size"


def test_422_a_rewritten_log() -> None:
    rewritten = Register([b"%d" % at if at != 3 else b"other" for at in range(20)])
    assert ask(request(7, 20, rewritten), seen(7)).status == 422
    assert ask(request(7, 7, rewritten), seen(7)).status == 422
    # What came after the known size may be anything.
    another = Register([b"%d" % at if at != 9 else b"other" for at in range(20)])
    assert ask(request(7, 20, another), seen(7)).status == 200


def test_422_proofs_where_nothing_is_to_be_proven() -> None:
    for old in (0, 7):
        checkpoint = REGISTER.checkpoint(old or 20)
        answer = ask(Request(old, (EMPTY_ROOT,), checkpoint), seen(old) if old else None)
        assert answer.status == 422


def test_422_an_empty_tree_with_leaves() -> None:
    head = REGISTER.head(20)
    text = head.text.replace("\n20\n", "\n0\n")
    note = sign_note(text, [LOG], NOW)
    body = b"old 0\n\n" + note.encode()
    assert parse_checkpoint(note.encode()).head.size == 0
    assert ask(body).status == 422
