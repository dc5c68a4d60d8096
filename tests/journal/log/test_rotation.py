"""The keys of a log, one after the other."""

from __future__ import annotations

import pytest

from tests.journal.log.register import LOG, LOG_MLDSA, NOW, ORIGIN, committed, key_of
from writ.journal.log.checkpoint import sign_checkpoint
from writ.journal.log.codes import Refused
from writ.journal.log.keys import Kind, SigningKey
from writ.journal.log.note import verify_note
from writ.journal.log.policy import accept, any_of
from writ.journal.log.rotation import (
    Term,
    in_use,
    parse_terms,
    require_terms,
    rotated,
    signers,
    terms_data,
)

NEXT = SigningKey(ORIGIN, Kind.ED25519, key_of("next", Kind.ED25519).private)
FIRST = (Term(LOG.verifier, 0), Term(LOG_MLDSA.verifier, 0))
LATER = rotated(FIRST, LOG.verifier, NEXT.verifier, 100, 20)


def test_the_list_and_back() -> None:
    assert parse_terms(b"# keys\n\n" + terms_data(LATER)) == LATER
    assert terms_data(LATER).decode().splitlines() == [
        f"key {LOG.verifier} from 0 until 120",
        f"key {LOG_MLDSA.verifier} from 0",
        f"key {NEXT.verifier} from 100",
    ]


@pytest.mark.parametrize(
    ("size", "keys"),
    [
        (0, [LOG, LOG_MLDSA]),
        (99, [LOG, LOG_MLDSA]),
        (100, [LOG, LOG_MLDSA, NEXT]),
        (119, [LOG, LOG_MLDSA, NEXT]),
        (120, [LOG_MLDSA, NEXT]),
        (10**9, [LOG_MLDSA, NEXT]),
    ],
)
def test_who_signs_at_which_size(size: int, keys: list[SigningKey]) -> None:
    assert in_use(LATER, size) == tuple(key.verifier for key in keys)
    assert signers(LATER, [NEXT, LOG_MLDSA, LOG], size) == tuple(keys)


def test_old_and_new_policies_accept_the_overlap() -> None:
    checkpoint = sign_checkpoint(
        committed(110).head(), signers(LATER, [LOG, NEXT, LOG_MLDSA], 110), NOW
    )
    for key in (LOG, NEXT):
        assert len(accept(checkpoint, any_of(0, [], [key.verifier])).logs) == 1
    after = sign_checkpoint(committed(130).head(), signers(LATER, [LOG, NEXT, LOG_MLDSA], 130), NOW)
    assert verify_note(after.note, [LOG.verifier]) == ()


def test_a_key_that_is_missing_stops_the_log() -> None:
    with pytest.raises(Refused, match="is missing") as refused:
        signers(LATER, [LOG, LOG_MLDSA], 110)
    assert refused.value.code == "L107"


def test_a_rotation_begins_with_a_key_that_signs() -> None:
    for old, at, overlap in ((NEXT, 100, 20), (LOG, 100, -1)):
        with pytest.raises(Refused, match="does not sign at size"):
            rotated(FIRST, old.verifier, NEXT.verifier, at, overlap)
    with pytest.raises(Refused, match="does not sign at size"):
        rotated(LATER, LOG.verifier, key_of("x", Kind.ED25519).verifier, 120, 20)


def test_post_quantum_keys_rotate_too() -> None:
    new = key_of(ORIGIN + "", Kind.ED25519_COSIGNATURE)
    terms = rotated(FIRST, LOG_MLDSA.verifier, new.verifier, 10, 5)
    assert in_use(terms, 12) == (LOG.verifier, LOG_MLDSA.verifier, new.verifier)


OTHER = key_of("other.example", Kind.ED25519).verifier


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 0, "all have its origin"),
        (f"key {LOG.verifier}\n", 1, "a line is"),
        (f"key {LOG.verifier} from x\n", 1, "not the size of a tree"),
        (f"key {LOG.verifier} from 0 until\n", 1, "a line is"),
        (f"key {LOG.verifier} from 0\nkey a+b from 0\n", 2, "is not a verifier key"),
        (f"key {LOG.verifier} from 0\nkey {OTHER} from 0\n", 0, "all have its origin"),
        (f"key {LOG.verifier} from 0\nkey {LOG.verifier} from 9\n", 0, "two terms"),
        (f"key {LOG.verifier} from 9 until 9\n", 0, "ends before it begins"),
        (f"key {LOG.verifier} from 1\n", 0, "from size 0 no Ed25519"),
        (f"key {LOG_MLDSA.verifier} from 0\n", 0, "from size 0 no Ed25519"),
        (f"key {LOG.verifier} from 0 until 9\n", 0, "from size 9 no Ed25519"),
        (
            f"key {LOG.verifier} from 0 until 9\nkey {NEXT.verifier} from 10\n",
            0,
            "from size 9 no Ed25519",
        ),
    ],
    ids=range(12),
)
def test_what_is_no_list(text: str, line: int, message: str) -> None:
    with pytest.raises(Refused, match=message) as refused:
        parse_terms(text.encode())
    assert refused.value.line == line
    assert refused.value.code == ("L102" if "verifier key" in message else "L107")


def test_terms_without_a_gap() -> None:
    require_terms([Term(LOG.verifier, 0, 9), Term(NEXT.verifier, 9)])
